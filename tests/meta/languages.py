"""Compares documents with their Japanese form, and with what the program takes.

languages.py SDI      exit 1 when something differs
"""

import re
import subprocess
import sys
from pathlib import Path

failures = []


def fail(text):
    failures.append(text)


def sdi(*arguments):
    return subprocess.run([sys.argv[1], *arguments], capture_output=True, text=True, check=True).stdout


def without_table(text):
    return re.sub(r"<!-- rules -->.*<!-- /rules -->", "", text, flags=re.DOTALL)


def without_words(line):
    """What a program says is in the language of the document: its places, its code and its signs are left."""
    place = re.match(r"[^\s:]+:\d+(:\d+: \w+ [\w-]+)?|[\x20-\x7e]*\d+ \|.*|[| ^]+$", line)
    return [place[0] if place else "", *re.findall(r"`[^`]+`|\[[^\]]+\]", line)]


def without_remark(line):
    """Without what is said of a command, behind three blanks or more, and without the reason of a comment that ignores."""
    return re.sub(r"(sdi-ignore\S* [\w-]+): .* -->", r"\1 -->", re.split(r"(?<=\S) {3,}", line.strip())[0])


def code_of(text):
    """Lines of code, without the words of what is printed."""
    lines, prints = [], False
    for line in text.splitlines():
        if not line.strip():
            continue
        if not line.startswith("    "):
            prints = False
            continue
        line = line[4:]
        command = line.startswith("$ ")
        prints |= command
        lines.append(without_words(line) if prints and not command else without_remark(line))
    return lines


def spans_of(text):
    """`code` in prose, without what only looks different."""
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("    "))
    return sorted(set(re.findall(r"`([^`\n]+)`", prose)))


def links_of(text):
    return sorted(set(re.sub(r"\.ja\.md", ".md", link) for link in re.findall(r"\]\(([^)]+)\)", text)))


def headings_of(text):
    return [line.split(" ")[0] for line in text.splitlines() if re.match(r"#+ ", line)]


def compare(english):
    path = english.with_name(english.stem + ".ja.md")
    ours, theirs = without_table(english.read_text()), without_table(path.read_text())
    for what, of in (("headings", headings_of), ("code", code_of), ("`spans`", spans_of), ("links", links_of),
                     ("places", lambda text: re.findall(r"<!-- place: .*? -->", text))):
        one, other = of(ours), of(theirs)
        if one != other:
            lacking = [x for x in one if x not in other]
            added = [x for x in other if x not in one]
            fail(f"{path}: other {what} than {english}: lacks {lacking}, has {added}")


def read(path):
    """Without examples of digests, and without the places that are kept for what is to come."""
    return re.sub(r"^(`{3,}).*?^\1$|<!-- place: .*? -->|`[^`\n]*\]\([^`\n]*`", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)


def check_links(path):
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(path)):
        if not (path.parent / link).exists():
            fail(f"{path}: there is no {link}")


def options_of(command):
    """Every option in the help of a command; of those that help tells nothing of, too."""
    return set(re.findall(r"^  (?:-\w, |    )(--[a-z-]+)", sdi(command, "--help"), re.MULTILINE))


def check_options(path, options):
    """`sdi COMMAND … --option`, up to what ends the command."""
    for command, rest in re.findall(r"\bsdi ([a-z]+)((?: +[^\s`|;&)]+)*)", read(path)):
        for option in re.findall(r"(?<= )--[a-z-]+", rest.split(" -- ")[0]):
            if command in options and option not in options[command]:
                fail(f"{path}: sdi {command} has no {option}")


help_text = sdi("--help")
commands = re.findall(r"^  ([a-z]+) ", help_text[help_text.index("Commands:"):help_text.index("\nOptions:")], re.MULTILINE)
options = {command: options_of(command) for command in commands}
documents = [Path("README.md"), Path("README.ja.md"), *sorted(Path("docs").glob("*.md"))]
for document in documents:
    check_links(document)
    check_options(document, options)
everything = "\n".join(document.read_text() for document in documents)
for command in commands:
    if f"sdi {command}" not in everything:
        fail(f"no document tells of sdi {command}")
for english in (Path("README.md"), Path("docs/first-week.md"), Path("docs/authoring.md")):
    compare(english)
print("\n".join(failures) or f"{len(documents)} documents, {len(commands)} commands")
sys.exit(bool(failures))
