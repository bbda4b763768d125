"""What SARIF 2.1.0 allows of the members that sdi writes, and what GitHub wants beyond (sections of the standard in brackets).

formats.py also holds reports against the standard's own schema. This here is stricter: a member that is not listed is wrong.
"""

import re


class Text:
    def __init__(self, most=None, pattern=None):
        self.most, self.pattern = most, pattern

    def check(self, value, where):
        if not isinstance(value, str) or not value:
            yield f"{where}: no text, or an empty one: {value!r}"
        elif self.most and len(value) > self.most:
            yield f"{where}: {len(value)} characters, allowed are {self.most}"
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield f"{where}: {value!r} is not of the form {self.pattern}"


class Number:
    def __init__(self, least):
        self.least = least

    def check(self, value, where):
        if type(value) is not int or value < self.least:
            yield f"{where}: no number from {self.least}: {value!r}"


class OneOf:
    def __init__(self, *values):
        self.values = values

    def check(self, value, where):
        if value not in self.values:
            yield f"{where}: {value!r} is none of {self.values}"


class Array:
    def __init__(self, item, least=0, unique=False):
        self.item, self.least, self.unique = item, least, unique

    def check(self, value, where):
        if not isinstance(value, list):
            yield f"{where}: no array"
            return
        if len(value) < self.least:
            yield f"{where}: {len(value)} items, wanted are {self.least}"
        if self.unique and len({repr(v) for v in value}) != len(value):
            yield f"{where}: an item twice"
        for i, item in enumerate(value):
            yield from self.item.check(item, f"{where}[{i}]")


class Object:
    def __init__(self, required, optional=None):
        self.required, self.members = required, {**required, **(optional or {})}

    def check(self, value, where):
        if not isinstance(value, dict):
            yield f"{where}: no object"
            return
        for key in self.required:
            if key not in value:
                yield f"{where}: lacks {key}"
        for key, member in value.items():
            if key in self.members:
                yield from self.members[key].check(member, f"{where}.{key}")
            else:
                yield f"{where}: {key} is not known"


MESSAGE = Object({"text": Text()})                                                      # 3.11
DESCRIPTION = Object({"text": Text(1024)})                                              # GitHub
URI = Text(pattern=r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2}|file://)+")                       # 3.4, RFC 3986
ARTIFACT = Object({"uri": URI})
LINES = {"startLine": Number(1)}
COLUMNS = {"startColumn": Number(1), "endLine": Number(1), "endColumn": Number(1)}      # 3.30
REGION = Object({**LINES, **COLUMNS})
LOCATION = Object({"physicalLocation": Object({"artifactLocation": ARTIFACT, "region": REGION})})
RELATED = Object({"id": Number(0), "message": MESSAGE,
                  "physicalLocation": Object({"artifactLocation": ARTIFACT, "region": Object(LINES)})})
LEVEL = OneOf("error", "warning", "note")
RULE = Object({                                                                         # 3.49
    "id": Text(pattern="[a-z-]+"),
    "shortDescription": DESCRIPTION,
    "fullDescription": DESCRIPTION,
    "help": Object({"text": Text(), "markdown": Text()}),
    "defaultConfiguration": Object({"level": LEVEL}),
    "properties": Object({
        "tags": Array(Text(), least=1, unique=True),
        "precision": OneOf("very-high", "high", "medium", "low"),
        "problem.severity": OneOf("error", "warning", "recommendation"),
    }),
})
FIX = Object({                                                                          # 3.55
    "artifactChanges": Array(Object({
        "artifactLocation": ARTIFACT,
        "replacements": Array(Object({"deletedRegion": REGION}, {"insertedContent": MESSAGE}), least=1),
    }), least=1),
    "properties": Object({"safety": OneOf("safe", "unsafe")}),
}, {"description": MESSAGE})
RESULT = Object({                                                                       # 3.27
    "ruleId": Text(),
    "ruleIndex": Number(0),
    "level": LEVEL,
    "message": MESSAGE,
    "locations": Array(LOCATION, least=1),
}, {
    "relatedLocations": Array(RELATED, least=1, unique=True),
    "fixes": Array(FIX, least=1),
    "partialFingerprints": Object({"primaryLocationLineHash": Text(pattern="[0-9a-f]{1,16}:[1-9][0-9]*")}),
})
RUN = Object({                                                                          # 3.14
    "tool": Object({"driver": Object({
        "name": OneOf("sdi"),
        "semanticVersion": Text(pattern=r"[0-9]+\.[0-9]+\.[0-9]+"),
        "rules": Array(RULE, unique=True),
    })}),
    "invocations": Array(Object({"executionSuccessful": OneOf(True, False)}), least=1),
    "language": Text(pattern="[a-z]{2}"),
    "columnKind": OneOf("utf16CodeUnits"),
    "newlineSequences": Array(OneOf("\r\n", "\n", "\r"), least=1, unique=True),
    "results": Array(RESULT),
})
LOG = Object({                                                                          # 3.13
    "$schema": OneOf("https://json.schemastore.org/sarif-2.1.0.json"),
    "version": OneOf("2.1.0"),
    "runs": Array(RUN, least=1),
})


def wrong_with(log):
    """A list of what is wrong with a log."""
    problems = list(LOG.check(log, "sarif"))
    for i, result in enumerate(log["runs"][0]["results"]):
        r = result["locations"][0]["physicalLocation"]["region"]
        if (r["endLine"], r["endColumn"]) < (r["startLine"], r["startColumn"]):
            problems.append(f"sarif: result {i} ends before it begins: {r}")
        for text in [result["message"]["text"]] + [v["message"]["text"] for v in result.get("relatedLocations", [])]:
            if re.search(r"\]\(|\{[0-9]+\}", text):
                problems.append(f"sarif: result {i}: a link or a placeholder in {text!r}")
    return problems
