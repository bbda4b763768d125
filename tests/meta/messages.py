"""Reads catalogs, and tells which of their texts are not written as the house writes.

messages.py PO...    checks them; exit 1 when something is wrong
messages.py --prove  checks that each kind of fault is found, in texts made for it
"""

import json
import re
import subprocess
import sys

QUOTED = re.compile(r"`[^`]*`")
FORMAT = re.compile(r"%(?:\d+\$)?[-+0-9.*$]*(?:l|ll|z)?[a-zA-Z]")
JAPANESE = r"[\u3040-\u30ff\u4e00-\u9fff]"
# What stands in `backquotes`, but is put into other words.
TRANSLATED = re.compile(r"reason|COMMAND|key: value")


def pairs_of(text):
    """(English, Japanese) of a catalog as msgcat --no-wrap prints it; without its header."""
    for block in text.split("\n\n")[1:]:
        found = {"msgid": "", "msgstr": ""}
        key = None
        for line in block.splitlines():
            match = re.match(r'(?:(msgid|msgstr) )?(".*")$', line)
            if match:
                key = match.group(1) or key
                found[key] += json.loads(match.group(2))
        if found["msgid"]:
            yield found["msgid"], found["msgstr"]


def literals_of(text):
    """What stands in `backquotes` and is the same in both languages."""
    return {q for q in QUOTED.findall(text) if not FORMAT.search(q) and not TRANSLATED.search(q)}


def is_prose(text):
    """Sentences that end as sentences do: help, and why a rule is there."""
    return text.rstrip("\n").endswith(".")


def wrong_with(english, japanese):
    """What is wrong with one text; None when it is fine."""
    if not re.search("[A-Za-z]", FORMAT.sub("", QUOTED.sub("", english))):
        return None
    words = FORMAT.sub("0", QUOTED.sub("`", japanese))
    if not re.search(JAPANESE, words):
        return "is not Japanese"
    lacking = literals_of(english) - literals_of(japanese)
    if lacking:
        return "lacks " + " and ".join(sorted(lacking))
    if re.search(f"{JAPANESE} +[A-Za-z0-9`]|[A-Za-z0-9`] +{JAPANESE}", words) and not words.startswith("使い方"):
        return "has a blank between Japanese and Latin"
    if re.search(f"{JAPANESE}([,;!?()]|\\.(?![A-Za-z]))|[,;!?(]{JAPANESE}", words):
        return "has half-width punctuation"
    if not is_prose(english) and japanese.endswith("。"):
        return "ends in a full stop"
    if not is_prose(english) and re.search(r"(です|ます|ません|ました|でした)(。|$)", japanese):
        return "is too polite for a message"
    return None


FAULTS = [
    ("no blank line", "空行がない", None),
    ("no blank line", "no blank line", "is not Japanese"),
    ("write `- `", "行頭記号を書く", "lacks `- `"),
    ("the file has %u lines", "ファイルが %u行ある", "has a blank"),
    ("a line, a word", "行,語", "half-width"),
    ("no blank line", "空行がない。", "full stop"),
    ("no blank line", "空行がありません", "too polite"),
    ("Nobody sees them.", "目に見えません。", None),
    ("%s: %s", "%s: %s", None),
]


def prove():
    problems = []
    for english, japanese, expected in FAULTS:
        got = wrong_with(english, japanese)
        if (expected is None) != (got is None) or (expected and expected not in got):
            problems.append(f"{english!r}, {japanese!r}: expected {expected!r}, got {got!r}")
    return problems, len(FAULTS)


def check(paths):
    problems, checked = [], 0
    for path in paths:
        printed = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True, text=True, encoding="utf-8")
        for english, japanese in pairs_of(printed.stdout):
            checked += 1
            wrong = wrong_with(english, japanese)
            if wrong:
                problems.append(f"{path}: {japanese!r} {wrong}: {english!r}")
    return problems, checked


def main():
    problems, checked = prove() if sys.argv[1:] == ["--prove"] else check(sys.argv[1:])
    for problem in problems:
        print(problem)
    print(f"messages: {checked} checked, {len(problems)} wrong")
    return 1 if problems or not checked else 0


sys.exit(main())
