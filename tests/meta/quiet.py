"""Finds calls that a layer must not make. quiet.py ROOT checks a tree, quiet.py --prove checks quiet.py."""

import re
import sys
from pathlib import Path

# Below cmd/, and in cmd/export: no printing, no exit, no environment, no clock, no terminal.
LOUD = """
    printf fprintf vprintf vfprintf dprintf vdprintf puts fputs putchar putc fputc perror
    exit _exit _Exit quick_exit abort
    getenv secure_getenv setenv putenv unsetenv
    time gettimeofday clock_gettime clock localtime localtime_r gmtime gmtime_r
    isatty ioctl tcgetattr system popen
""".split()

# Nowhere: no bounds, hidden state, or no way to tell an error.
BANNED = "strcpy strcat sprintf vsprintf gets strtok atoi atol atoll atof".split()

# The end of a program that is wrong is written once.
BUG_AT = {"core/base/alloc.c": {"fprintf", "vfprintf", "fputs", "fputc", "abort", "exit"}}

LITERAL = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
CALL = re.compile(r"(?<![\w.])(?<!->)(\w+)[ \t]*\(")


def code_of(text):
    """The text with comments and literals blanked out, lines kept."""
    return LITERAL.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def calls_in(path, text):
    banned = set(BANNED)
    if not path.startswith(("cmd/", "tests/")) or path.startswith("cmd/export/"):
        banned |= set(LOUD) - BUG_AT.get(path, set())
    code = code_of(text)
    for match in CALL.finditer(code):
        if match.group(1) in banned:
            yield f"{path}:{code.count(chr(10), 0, match.start()) + 1}: calls {match.group(1)}"


def prove():
    cases = [
        ("core/x.c", 'snprintf(b, 9, "printf(");', 0),
        ("core/x.c", "/* printf(x) */ vsnprintf(b); // exit(1)\n", 0),
        ("core/x.c", "c->exit(1); v.time(2); date_time(3); char q = '\"'; /* \" */", 0),
        ("cmd/x.c", 'printf("x"); exit(2);', 0),
        ("core/base/alloc.c", "vfprintf(stderr, fmt, ap); abort();", 0),
        ("lint/x.c", "\nprintf (x);", 1),
        ("fix/x.c", "return time(NULL);", 1),
        ("core/base/alloc.c", "getenv(x);", 1),
        ("cmd/x.c", "strcpy(a, b);", 1),
        ("tests/unit/x.c", "atoi(a) + strtok(a, b);", 2),
    ]
    for path, text, expected in cases:
        found = list(calls_in(path, text))
        if len(found) != expected:
            yield f"{path}: {text!r}: expected {expected}, got {found}"


def main():
    if sys.argv[1:] == ["--prove"]:
        problems, checked = list(prove()), 1
    else:
        root = Path(sys.argv[1])
        files = sorted(p for top in ("core", "lint", "fix", "cmd", "tests") for p in (root / top).rglob("*.[ch]"))
        checked = len(files)
        problems = [c for p in files for c in calls_in(p.relative_to(root).as_posix(), p.read_text(encoding="utf-8"))]
    for problem in problems:
        print(problem)
    print(f"quiet: {checked} checked, {len(problems)} wrong")
    return 1 if problems or not checked else 0


sys.exit(main())
