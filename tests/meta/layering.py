"""Reads the #include lines of the house, and tells which of them run the wrong way.

layering.py ROOT     checks a tree; exit 1 when something is wrong
layering.py --prove  checks that each kind of violation is found, in small trees made for it
"""

import re
import sys
import tempfile
from pathlib import Path

# A folder, and the folders whose headers its files may include beside their own. The deepest one that fits a file counts.
MAY_INCLUDE = {
    "core/base": [],
    "core/source": ["core/base"],
    "core/config": ["core/base", "core/source"],
    "core/ioc": ["core/base"],
    "core/html": ["core/base"],
    "core/search": ["core/base", "core/ioc"],
    "core/archive": ["core/base"],
    "core/digest": ["core/base", "core/source", "core/config", "core/ioc"],
    "lint": ["core"],
    # Rules see the digest and what they may do with it, and share helpers; the engine is none of their business.
    "lint/rules": ["core/base", "core/ioc", "core/digest", "lint"],
    "fix": ["core", "lint"],
    "cmd": ["core", "lint", "fix"],
    # Formats of indicators know no terminal and no files.
    "cmd/export": ["core", "lint", "cmd/options.h", "cmd/report"],
}

# Headers of the engine.
ENGINE = ["lint/lint.h", "lint/check_run.h", "lint/settle.h", "lint/ignore.h", "lint/rule.h"]

# A library's header, and the only files that may include it.
DOORS = [
    (r"unicode/", ["core/base/unicode.c", "core/base/unicode_host.c", "core/base/unicode_regex.c",
                   "core/base/unicode_slug.c", "core/base/unicode_spoof.c", "core/base/unicode_text.c",
                   "core/base/unicode_wrap.c"]),
    (r"libpsl\.h$", ["core/ioc/domain.c"]),
    (r"nettle/", ["core/base/hash.c"]),
    (r"sqlite3\.h$", ["core/archive/archive.c", "core/archive/answers.c"]),
    (r"git2", ["core/source/libgit2.h"]),
    (r"core/source/libgit2\.h$", ["core/source/diff.c", "core/source/history_libgit2.c", "core/source/libgit2.c",
                                  "core/source/repo.c"]),
    # Only git is ever run, and the editor that the user's environment names.
    (r"(core/source/)?spawn\.h$", ["cmd/edit.c", "core/source/git.h", "core/source/spawn.c"]),
    (r"libxml/", ["core/html/page.c"]),
    (r"dlfcn\.h$", ["core/base/library.c"]),
    (r"curl/", ["lint/links/fetch_curl.h"]),
    (r"lint/links/fetch_(curl|transfer)\.h$", ["lint/links/fetch.c", "lint/links/fetch_curl.c", "lint/links/fetch_reply.c",
                                              "lint/links/fetch_setup.c", "lint/links/fetch_transfer.h"]),
    (r"tree_sitter/", ["core/digest/block.c", "core/digest/block_memory.c", "core/digest/scanner_shim.c"]),
    (r"libfyaml\.h$", ["core/config/yaml.c"]),
    (r"jansson\.h$", ["core/config/json.c"]),
]

# Sources of others that are compiled as a part of one of our files.
FOREIGN = {"core/digest/scanner_shim.c": ["scanner.c"]}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)


def inside(path, folder):
    return path == folder or path.startswith(folder + "/")


def folder_of(path):
    """The folder of the table that a file belongs to; None when it has no place there."""
    return max((f for f in MAY_INCLUDE if inside(path, f)), key=len, default=None)


def wrong_with(path, quote, name, root):
    """What is wrong with one include; None when it is fine."""
    for pattern, doors in DOORS:
        if re.match(pattern, name) and path not in doors:
            return f"{name} belongs behind {' and '.join(doors)}"
    if quote == "<" or name in FOREIGN.get(path, []):
        return None
    if inside(name, "tests"):
        return f"{name}: nothing includes tests/"
    if inside(name, "lint/rules"):
        return f"{name}: nobody includes a rule"
    if not (root / name).is_file():
        return f"{name} is no path from the root"
    folder = folder_of(path)
    if folder is None:
        return f"{path} lies in no folder that {Path(__file__).name} knows"
    allowed = MAY_INCLUDE[folder] + ([] if folder == "lint/rules" else [folder])
    if folder == "lint/rules" and (name in ENGINE or inside(name, "lint/links")):
        return f"{name}: the wrong way; rules include lint/check.h"
    if not any(inside(name, a) for a in allowed):
        return f"{name}: the wrong way; {folder} includes {', '.join(allowed)}"
    return None


def circle_in(graph):
    """A list of files that include one another in a circle; None without one."""
    done, way = set(), []

    def visit(node):
        if node in way:
            return way[way.index(node):] + [node]
        if node in done:
            return None
        way.append(node)
        for target in graph.get(node, []):
            found = visit(target)
            if found:
                return found
        way.pop()
        done.add(node)
        return None

    for node in sorted(graph):
        found = visit(node)
        if found:
            return found
    return None


def problems_of(root):
    problems, graph = [], {}
    files = [p for top in ("core", "lint", "fix", "cmd") for p in (root / top).rglob("*.[ch]")]
    for file in sorted(files):
        path = file.relative_to(root).as_posix()
        text = file.read_text(encoding="utf-8")
        graph[path] = []
        for match in INCLUDE.finditer(text):
            quote, name = match.groups()
            line = text.count("\n", 0, match.start(1)) + 1
            wrong = wrong_with(path, quote, name, root)
            if wrong:
                problems.append(f"{path}:{line}: {wrong}")
            if quote == '"':
                graph[path].append(name)
    circle = circle_in(graph)
    if circle:
        problems.append("a circle: " + " → ".join(circle))
    return problems, len(files)


# A tree without a fault; each violation adds one file to it.
SOUND = {
    "core/base/str.h": "#include <stddef.h>\n",
    "core/base/unicode.c": "#include <unicode/uchar.h>\n",
    "core/source/source.h": '#include "core/base/str.h"\n',
    "core/source/repo.h": '#include "core/base/str.h"\n',
    "core/source/repo.c": '#include "core/source/repo.h"\n#include "core/source/libgit2.h"\n',
    "core/source/libgit2.h": "#include <git2.h>\n",
    "core/config/config.h": '#include "core/base/str.h"\n',
    "core/config/yaml.c": "#include <libfyaml.h>\n",
    "core/digest/digest.h": '#include "core/config/config.h"\n#include "core/source/source.h"\n',
    "core/digest/block.c": "#include <tree_sitter/api.h>\n",
    "core/digest/scanner_shim.c": '#include "scanner.c"\n',
    "lint/rule.h": '#include "core/digest/digest.h"\n',
    "lint/links/target.h": '#include "core/base/str.h"\n',
    "lint/check.h": '#include "lint/rule.h"\n',
    "lint/rules/tab.c": '#include "lint/check.h"\n#include "core/base/str.h"\n#include "core/digest/digest.h"\n',
    "lint/rules/other.h": "",
    "fix/fix.h": '#include "lint/rule.h"\n',
    "cmd/report/text.h": '#include "lint/rule.h"\n',
    "cmd/main.c": '#include "cmd/report/text.h"\n#include "fix/fix.h"\n',
    "tests/help.h": "",
}
VIOLATIONS = [
    ("core/base/a.c", '#include "core/source/source.h"\n', "wrong way"),
    ("core/source/a.c", '#include "core/config/config.h"\n', "wrong way"),
    ("core/config/a.c", '#include "core/digest/digest.h"\n', "wrong way"),
    ("core/digest/a.c", '#include "lint/rule.h"\n', "wrong way"),
    ("core/new/a.c", '#include "core/base/str.h"\n', "no folder"),
    ("lint/a.c", '#include "fix/fix.h"\n', "wrong way"),
    ("fix/a.c", '#  include "cmd/report/text.h"\n', "wrong way"),
    ("lint/rules/a.c", '#include "lint/rule.h"\n', "wrong way"),
    ("lint/rules/a.c", '#include "core/source/repo.h"\n', "wrong way"),
    ("lint/rules/a.c", '#include "lint/rules/other.h"\n', "nobody includes a rule"),
    ("cmd/a.c", '#include "lint/rules/other.h"\n', "nobody includes a rule"),
    ("lint/a.c", '#include "tests/help.h"\n', "nothing includes tests"),
    ("cmd/a.c", '#include "text.h"\n', "no path from the root"),
    ("core/base/a.h", '#include "core/base/b.h"\n', "a circle"),
    ("core/base/a.c", "#include <unicode/ustring.h>\n", "belongs behind"),
    ("cmd/a.c", "#include <git2/sys/repository.h>\n", "belongs behind"),
    ("cmd/a.c", "#include <spawn.h>\n", "belongs behind"),
    ("lint/a.c", "#include <tree_sitter/api.h>\n", "belongs behind"),
    ("core/config/a.c", "#include <libfyaml.h>\n", "belongs behind"),
    ("lint/links/check.c", "#include <curl/curl.h>\n", "belongs behind"),
    ("lint/rules/a.c", '#include "lint/links/target.h"\n', "wrong way"),
]


def write_tree(root, files):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def prove():
    failures = []
    for path, text, expected in [(None, None, None)] + VIOLATIONS:
        files = dict(SOUND)
        if path:
            files[path] = text
        if expected == "a circle":
            files["core/base/b.h"] = '#include "core/base/a.h"\n'
        with tempfile.TemporaryDirectory() as folder:
            write_tree(Path(folder), files)
            problems, _ = problems_of(Path(folder))
        as_expected = len(problems) == 1 and expected in problems[0] if expected else not problems
        if not as_expected:
            failures.append(f"{path}: expected {expected!r}, got {problems}")
    return failures


def main():
    if sys.argv[1:] == ["--prove"]:
        problems, checked = prove(), len(VIOLATIONS)
    else:
        problems, checked = problems_of(Path(sys.argv[1]))
    for problem in problems:
        print(problem)
    print(f"layering: {checked} checked, {len(problems)} wrong")
    return 1 if problems or not checked else 0


sys.exit(main())
