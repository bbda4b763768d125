"""Reads the reports of one run and compares them: formats.py ROOT REPORTS

ROOT     the folder that paths start from
REPORTS  a folder with one report in each format: json, sarif, github, gitlab, rdjson, rdjsonl, junit, concise, summary

The JSON report says with byte offsets what was found where. Everything else is recomputed from these and the files:
columns in each format's unit, line hashes, what the text is after a fix. Exit 1 with a line for each thing that is wrong.
"""

import json
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path
from urllib.parse import unquote

import jsonschema

from sarif_shape import wrong_with

LEVELS = {
    "error": {"sarif": "error", "github": "error", "rdjson": "ERROR", "gitlab": {"major", "critical", "blocker"}},
    "warning": {"sarif": "warning", "github": "warning", "rdjson": "WARNING", "gitlab": {"minor"}},
    "info": {"sarif": "note", "github": "notice", "rdjson": "INFO", "gitlab": {"info"}},
}
BOM = b"\xef\xbb\xbf"
SCHEMA = Path(__file__).parents[2] / "node_modules/@microsoft/sarif-matcher-utils/lib/schemas/sarif-2.1.0-rtm.5.json"


def utf16(data):
    """A byte that is no UTF-8 is one character."""
    return data.decode("utf-8", "surrogateescape").encode("utf-16-le", "surrogatepass")


class File:
    """A text as bytes, its lines, and places in it."""

    def __init__(self, path):
        self.bytes = path.read_bytes()
        self.ends, self.starts = [], [0]
        for ending in re.finditer(rb"\r\n|\n|\r", self.bytes):
            self.ends.append(ending.start())
            self.starts.append(ending.end())
        if self.starts[-1] == len(self.bytes) and len(self.starts) > 1:
            self.starts.pop()
        else:
            self.ends.append(len(self.bytes))

    def line(self, off):
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= off else (low, middle)
        return low

    def width(self, data, unit):
        if unit == "bytes":
            return len(data)
        if unit == "utf16":
            return len(utf16(data)) // 2
        return len(data.decode("utf-8", "surrogateescape"))

    def place(self, off, unit):
        line = self.line(off)
        start = self.starts[line]
        if unit == "utf16" and line == 0 and self.bytes.startswith(BOM):
            start = len(BOM)
        return line + 1, self.width(self.bytes[start:max(start, off)], unit) + 1

    def shown(self, start, end, unit):
        """Without the newline that the span ends with."""
        first = min(start, self.ends[self.line(start)])
        last = min(end, self.ends[self.line(end - 1)]) if end > start else first
        return self.place(first, unit) + self.place(max(first, last), unit)

    def offset(self, line, column, unit):
        """The way back, for "utf16" and "bytes"; line and column may stand behind the last newline."""
        if line == len(self.starts) + 1:
            return len(self.bytes)
        at = self.starts[line - 1]
        if unit == "bytes":
            return at + column - 1
        if line == 1 and self.bytes.startswith(BOM):
            at = len(BOM)
        after = self.starts[line] if line < len(self.starts) else len(self.bytes)
        before = utf16(self.bytes[at:after])[:2 * (column - 1)]
        return at + len(before.decode("utf-16-le", "surrogatepass").encode("utf-8", "surrogateescape"))

    def hashes(self):
        """Of each line, as GitHub's action computes them."""
        text = re.sub(r"\r\n?", "\n", self.bytes.decode("utf-8", "replace"))
        units, starts, fresh = [], [], True
        for c in text + "\uffff":
            if c in " \t":
                continue
            if fresh:
                starts.append(len(units))
            fresh = c == "\n"
            code = ord(c)
            units += [code] if code < 0x10000 else [0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code - 0x10000 & 0x3FF)]
        units += [0] * 100
        seen, out = {}, []
        for start in starts:
            value = 0
            for unit in units[start:start + 100]:
                value = (value * 37 + unit) % 2 ** 64
            seen[value] = seen.get(value, 0) + 1
            out.append(f"{value:x}:{seen[value]}")
        return out

    def joined(self, edits):
        """Several edits as one, with the text between them."""
        start, end = edits[0][0], edits[-1][1]
        out, at = [], start
        for first, last, text in edits:
            out += [self.bytes[at:first], text.encode()]
            at = last
        return start, end, b"".join(out)


class Checker:
    def __init__(self, root, reports):
        self.root, self.reports = Path(root), Path(reports)
        self.files, self.problems = {}, []
        self.report = json.loads(self.read("json"))
        self.findings = self.report["findings"]

    def read(self, name):
        return (self.reports / name).read_text(encoding="utf-8")

    def file(self, path):
        if path not in self.files:
            self.files[path] = File(self.root / path)
        return self.files[path]

    def same(self, what, got, wanted, finding=""):
        if got != wanted:
            self.problems.append(f"{what}: {got!r}, not {wanted!r} {finding}")

    def pairs(self, name, items):
        self.same(f"{name}: how many", len(items), len(self.findings))
        return zip(items, self.findings)

    def place(self, finding, unit):
        return self.file(finding["path"]).shown(finding["start"]["offset"], finding["end"]["offset"], unit)

    @staticmethod
    def edits(finding):
        return [(e["start"], e["end"], e["text"]) for e in finding["fix"]["edits"]]

    def json(self):
        counted = self.report["summary"]
        self.same("json: counts", sum(counted[s] for s in LEVELS), len(self.findings))
        for f in self.findings:
            for end in ("start", "end"):
                line, column = self.file(f["path"]).place(f[end]["offset"], "characters")
                self.same("json: place", (f[end]["line"], f[end]["column"]), (line, column), f)

    def sarif(self):
        log = json.loads(self.read("sarif"))
        self.problems += wrong_with(log)
        run = log["runs"][0]
        rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
        self.same("sarif: rules", rules, sorted(set(rules)))
        hashes = {}
        for result, f in self.pairs("sarif", run["results"]):
            self.sarif_result(result, f, rules)
            if f["path"] not in hashes:
                hashes[f["path"]] = self.file(f["path"]).hashes()
            got = result.get("partialFingerprints", {}).get("primaryLocationLineHash")
            if f["rule"] != "file-too-large":
                self.same("sarif: fingerprint", got, hashes[f["path"]][f["start"]["line"] - 1], f)

    def sarif_result(self, result, f, rules):
        self.same("sarif: ruleId", (result["ruleId"], rules[result["ruleIndex"]]), (f["rule"], f["rule"]))
        self.same("sarif: level", result["level"], LEVELS[f["severity"]]["sarif"])
        plain = re.sub(r"\](?=\()", "] ", re.sub(r"\{(?=[0-9]+\})", "{ ", f["message"]))
        self.same("sarif: message", result["message"]["text"], plain)
        place = result["locations"][0]["physicalLocation"]
        self.same("sarif: uri", unquote(place["artifactLocation"]["uri"]), f["path"])
        r = place["region"]
        self.same("sarif: region", (r["startLine"], r["startColumn"], r["endLine"], r["endColumn"]),
                  self.place(f, "utf16"), f)
        self.same("sarif: related", len(result.get("relatedLocations", [])), len(f.get("related", [])))
        if "fixes" in result:
            self.sarif_fix(result["fixes"][0], f)
        elif "fix" in f and not self.file(f["path"]).bytes.startswith(BOM):
            self.problems.append(f"sarif: no fix of {f}")

    def sarif_fix(self, fix, f):
        edits = []
        file = self.file(f["path"])
        for r in fix["artifactChanges"][0]["replacements"]:
            d = r["deletedRegion"]
            edits.append((file.offset(d["startLine"], d["startColumn"], "utf16"),
                          file.offset(d["endLine"], d["endColumn"], "utf16"),
                          r.get("insertedContent", {}).get("text", "")))
        self.same("sarif: fix", edits, self.edits(f), f)
        self.same("sarif: safety", fix["properties"]["safety"], f["fix"]["safety"])

    def github(self):
        left, shown, more = [dict(f) for f in self.findings], {}, 0
        order = []
        for line in self.read("github").splitlines():
            command, properties, message = parse_command(line)
            match = re.fullmatch(r"and (\d+) more", message)
            if match and "file" not in properties:
                more += int(match.group(1))
                shown[command] = shown.get(command, 0) + 1
                continue
            order.append(command)
            shown[command] = shown.get(command, 0) + 1
            wanted = [f for f in left if LEVELS[f["severity"]]["github"] == command]
            if not wanted:
                self.problems.append(f"github: nothing is left for {line}")
                continue
            left.remove(wanted[0])
            self.annotation(properties, wanted[0])
        self.same("github: how many", len(self.findings) - len(left) + more, len(self.findings))
        self.same("github: left out", more, len(left))
        self.same("github: order", order, sorted(order, key=["error", "warning", "notice"].index))
        if any(n > 10 for n in shown.values()):
            self.problems.append(f"github: more than ten of a kind: {shown}")

    def annotation(self, p, f):
        line, column, end_line, end_column = self.place(f, "characters")
        wanted = {"file": f["path"], "line": str(line), "endLine": str(end_line), "title": f["rule"]}
        if line == end_line:
            wanted |= {"col": str(column), "endColumn": str(end_column)}
        self.same("github: properties", p, wanted, f)

    def gitlab(self):
        prints = set()
        for issue, f in self.pairs("gitlab", json.loads(self.read("gitlab"))):
            self.same("gitlab: name", (issue["check_name"], issue["description"]),
                      (f["rule"], f"{f['rule']}: {f['message']}"))
            if issue["severity"] not in LEVELS[f["severity"]]["gitlab"]:
                self.problems.append(f"gitlab: severity {issue['severity']} of {f}")
            where = issue["location"]
            begin, end = where["positions"]["begin"], where["positions"]["end"]
            self.same("gitlab: place", (where["path"], begin["line"], begin["column"], end["line"], end["column"]),
                      (f["path"],) + self.place(f, "characters"), f)
            if not re.fullmatch("[0-9a-f]{64}", issue["fingerprint"]) or issue["fingerprint"] in prints:
                self.problems.append(f"gitlab: fingerprint {issue['fingerprint']}")
            prints.add(issue["fingerprint"])

    def diagnostics(self, name, items):
        for d, f in self.pairs(name, items):
            r = d["location"]["range"]
            self.same(f"{name}: what", (d["message"], d["severity"], d["code"]["value"], d["location"]["path"]),
                      (f["message"], LEVELS[f["severity"]]["rdjson"], f["rule"], f["path"]))
            self.same(f"{name}: range",
                      (r["start"]["line"], r["start"]["column"], r["end"]["line"], r["end"]["column"]),
                      self.place(f, "bytes"), f)
            for s in d.get("suggestions", []):
                file, at = self.file(f["path"]), s["range"]
                got = tuple(file.offset(at[e]["line"], at[e]["column"], "bytes") for e in ("start", "end"))
                self.same(f"{name}: suggestion", got + (s["text"].encode(),), file.joined(self.edits(f)), f)
            self.same(f"{name}: related", len(d.get("related_locations", [])), len(f.get("related", [])))

    def rdjson(self):
        document = json.loads(self.read("rdjson"))
        self.same("rdjson: source", document["source"]["name"], "sdi")
        self.diagnostics("rdjson", document["diagnostics"])

    def rdjsonl(self):
        self.diagnostics("rdjsonl", [json.loads(line) for line in self.read("rdjsonl").split("\n") if line])

    def junit(self):
        top = xml.fromstring(self.read("junit"))
        suites = top.findall("testsuite")
        self.same("junit: suites", len(suites), self.report["files"])
        self.same("junit: tests", int(top.get("tests")), len(top.findall(".//testcase")))
        self.same("junit: failures", int(top.get("failures")), len(top.findall(".//failure")))
        for case, f in self.pairs("junit", [c for c in top.iter("testcase") if c.find("failure") is not None]):
            line, column = f["start"]["line"], f["start"]["column"]
            self.same("junit: case", (case.get("name"), case.get("file"), case.get("line")),
                      (f"{f['rule']}:{line}:{column}", f["path"], str(line)))
            self.same("junit: type", case.find("failure").get("type"), f["severity"])

    def concise(self):
        lines = [line for line in self.read("concise").split("\n") if line]
        for line, f in self.pairs("concise", lines):
            head = f"{f['path']}:{f['start']['line']}:{f['start']['column']}: {f['severity']} {f['rule']}: "
            self.same("concise", line[:len(head)], head)

    def summary(self):
        text = self.read("summary")
        rows = len(re.findall(r"^\| \d+ \| (?:error|warning|info) \| ", text, re.MULTILINE))
        more = sum(int(n) for n in re.findall(r"^… and (\d+) more$", text, re.MULTILINE))
        self.same("summary: how many", rows + more, len(self.findings))
        if len(text.encode()) > 1 << 20:
            self.problems.append(f"summary: {len(text.encode())} bytes")


def parse_command(line):
    """As the runner of GitHub reads a line."""
    head, _, message = line[2:].partition("::")
    if not line.startswith("::"):
        raise SystemExit(f"github: no command: {line!r}")
    command, _, rest = head.partition(" ")
    properties = {}
    for pair in filter(None, rest.split(",")):
        key, _, value = pair.partition("=")
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, char)
        properties[key] = value
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        message = message.replace(code, char)
    return command, properties, message


def main():
    checker = Checker(*sys.argv[1:3])
    names = ["json", "sarif", "github", "gitlab", "rdjson", "rdjsonl", "junit", "concise", "summary"]
    for name in names:
        getattr(checker, name)()
    for problem in checker.problems[:20]:
        print(problem)
    jsonschema.validate(json.loads(checker.read("sarif")), json.loads(SCHEMA.read_text(encoding="utf-8")))
    print(f"{len(checker.findings)} findings in {len(names)} formats, {len(checker.problems)} wrong")
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main())
