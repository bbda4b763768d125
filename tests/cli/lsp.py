"""What `sdi lsp` says is compared with what `sdi lint` and `sdi fix` say of the same texts.

lsp.py CHECK ARGUMENT...   runs one of the functions `check_…` below
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
from editor import (  # noqa: E402
    ACTIONS, ENCODINGS, PATIENCE, SDI, Editor, apply, edits_of, line_starts, offset_of, place_of, uri_of, whole)

# ---- what sdi says in another way


def linted(path, text):
    run = subprocess.run([SDI, "lint", "--output-format", "json", "-", "--stdin-filename", str(path)],
                         input=text.encode(), stdout=subprocess.PIPE, check=False)
    assert run.returncode < 2, run
    return [f for f in json.loads(run.stdout)["findings"] if f["path"] == os.path.relpath(path)]


def fixed(path, text):
    run = subprocess.run([SDI, "fix", "-q", "-", "--stdin-filename", str(path)], input=text.encode(),
                         stdout=subprocess.PIPE, check=False)
    assert run.returncode < 2, run
    return run.stdout.decode()


def inside_ending(data, offset):
    return data[offset - 1:offset + 1] == b"\r\n"


def same_findings(text, diagnostics, findings, encoding):
    """Places, too; those between CR and LF are none of an editor."""
    data, starts = text.encode(), line_starts(text)
    severity = {"error": 1, "warning": 2, "info": 3}
    assert len(diagnostics) == len(findings), (len(diagnostics), len(findings))
    for d, f in zip(diagnostics, findings):
        assert (d["code"], d["severity"], d["message"], d["source"]) == (
            f["rule"], severity[f["severity"]], f["message"], "sdi"), (d, f)
        for end in "start", "end":
            at = f[end]["offset"] - inside_ending(data, f[end]["offset"])
            index = offset_of(text, d["range"][end], encoding, starts)
            assert len(text[:index].encode()) == at, (d, f)
        related = d.get("relatedInformation", [])
        assert [(r["message"], r["location"]["range"]["start"]["line"] + 1, r["location"]["uri"]) for r in related] == [
            (r["message"], r["line"], uri_of(r["path"])) for r in f.get("related", [])]


# ---- texts


def mutations(text, seed, nr):
    """Texts as they are while somebody writes, or pastes what does not belong there."""
    rng = random.Random(seed)
    pieces = ["\n", "\r\n", "\r", "- ", "    - ", "### ", "#### 題", "𠮷", "😀", "か\u3099", "\t", " ", "hxxps://evil[.]example/",
              "https://example.com/", "推奨事もも", "<!-- sdi-ignore ", "1.2.3.4,IPアドレス,知られていない,C2,グローバル", "\ufeff", "ｱｲｳ"]
    for _ in range(nr):
        out = text
        for _ in range(rng.randint(1, 8)):
            at, kind = rng.randrange(len(out) + 1), rng.randrange(4)
            if kind == 0:
                out = out[:at] + rng.choice(pieces) + out[at:]
            elif kind == 1:
                out = out[:at] + out[at + rng.randint(1, 40):]
            elif kind == 2:
                lines = out.split("\n")
                lines.insert(rng.randrange(len(lines) + 1), lines.pop(rng.randrange(len(lines))))
                out = "\n".join(lines)
            else:
                out = out.replace("\n", "\r\n") if rng.random() < 0.3 else out
        yield out


# ---- checks


def check_lint(*paths):
    """Of files, and of texts that they may become: diagnostics are findings, at the same places."""
    for i, path in enumerate(paths):
        encoding = ENCODINGS[i % len(ENCODINGS)]
        editor = Editor(encoding)
        text = Path(path).read_bytes().decode()
        same_findings(text, editor.open(path, text), linted(path, text), encoding)
        for version, other in enumerate(mutations(text, i, 12), 2):
            editor.change(path, version, {"text": other})
            same_findings(other, editor.published(path, version)[0], linted(path, other), encoding)
        editor.leave()


def check_fix(*paths):
    """source.fixAll is `sdi fix -`; a quick fix makes the edits of its finding; a comment takes its finding away."""
    for i, path in enumerate(paths):
        encoding = ENCODINGS[i % len(ENCODINGS)]
        editor = Editor(encoding)
        first = Path(path).read_bytes().decode()
        editor.open(path, first)
        for version, text in enumerate([first, *mutations(first, i, 12)], 2):
            editor.change(path, version, {"text": text})
            actions = editor.actions(path, whole(text, encoding), ["source.fixAll"])
            after = apply(text, edits_of(actions[0], path), encoding) if actions else text
            assert [a["kind"] for a in actions] in ([], ["source.fixAll.sdi"])
            assert after == fixed(path, text), (path, version)
            quick_fixes(editor, path, text, encoding)
        editor.leave()


def quick_fixes(editor, path, text, encoding):
    data = text.encode()
    actions = editor.actions(path, whole(text, encoding), ["quickfix"])
    fixes = [a for a in actions if not a["title"].startswith("ignore `")]
    findings = [f for f in linted(path, text) if "fix" in f]
    assert len(fixes) == len(findings)
    for action, finding in zip(fixes, findings):
        safe = finding["fix"]["safety"] == "safe"
        assert action.get("isPreferred", False) == safe
        assert action["title"].startswith(finding["fix"]["title"]) and safe == (action["title"] == finding["fix"]["title"])
        assert [d["code"] for d in action["diagnostics"]] == [finding["rule"]]
        wanted = data
        for e in reversed(finding["fix"]["edits"]):
            wanted = wanted[:e["start"]] + e["text"].encode() + wanted[e["end"]:]
        assert apply(text, edits_of(action, path), encoding).encode() == wanted, (action, finding)


def check_ignore(path):
    """Each finding that a comment can reach is gone when it is put in, and no other one is there instead."""
    editor = Editor()
    text = Path(path).read_bytes().decode()
    version, diagnostics, tried = 1, editor.open(path, text), 0
    for d in diagnostics:
        for action in editor.actions(path, d["range"], ["quickfix"]):
            if not action["title"].startswith("ignore `%s`" % d["code"]) or action["diagnostics"] != [d]:
                continue
            after = apply(text, edits_of(action, path), "utf-16")
            editor.change(path, version + 1, {"text": after})
            left = editor.published(path, version + 1)[0]
            version += 2
            editor.change(path, version, {"text": text})
            editor.published(path, version)
            assert re.search(f"<!-- sdi-ignore(-file)? {d['code']}: the reason -->", after)
            old, new = [x["code"] for x in diagnostics], [x["code"] for x in left]
            assert new.count(d["code"]) < old.count(d["code"]), d
            assert not [c for c in new if new.count(c) > old.count(c)], (d, new)
            tried += 1
    assert tried, diagnostics
    editor.leave()


def typed(text):
    """The keystrokes that make a text, as LF and with some second thoughts: (index, removed, inserted)."""
    rng = random.Random(7)
    for i, c in enumerate(text):
        if rng.random() < 0.02:
            yield i, 0, "x"
            yield i, 1, ""
        yield i, 0, c


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


def check_type(path, source, keys="2000", start="0", bound="250"):
    """A digest is typed key by key; each time the diagnostics come. At the end they are what lint says."""
    final = Path(source).read_bytes().decode().replace("\r\n", "\n")
    first = int(float(start) * len(final))
    editor, text, times, version = Editor("utf-16"), final[:first], [], 1
    editor.open(path, text)
    for index, removed, inserted in typed(final[first:first + int(keys)]):
        index += first
        version += 1
        at = place_of(text, index, "utf-16")
        end = place_of(text, index + removed, "utf-16")
        text = text[:index] + inserted + text[index + removed:]
        begin = time.perf_counter()
        editor.change(path, version, {"range": {"start": at, "end": end}, "text": inserted})
        diagnostics, came = editor.published(path, version)
        times.append(came - begin)
    same_findings(text, diagnostics, linted(path, text), "utf-16")
    editor.leave()
    print("%d keys, %d bytes: p50 %.1f ms, p99 %.1f ms, most %.1f ms" % (
        len(times), len(text.encode()), percentile(times, 0.5), percentile(times, 0.99), max(times) * 1000))
    assert percentile(times, 0.99) < float(bound)


def check_burst(path):
    """Of changes that come at once only the newest is answered; edits one by one are the same as all of the text."""
    editor = Editor("utf-8")
    text = Path(path).read_bytes().decode()
    editor.open(path, text)
    editor.server.stdin = open(os.dup(editor.server.stdin.fileno()), "wb", buffering=1 << 20)
    flush, rng = editor.server.stdin.flush, random.Random(3)
    editor.server.stdin.flush, count = lambda: None, 100
    for version in range(2, 2 + count):
        at = rng.randrange(len(text) - 5)
        a, b = (i - (text[i - 1:i + 1] == "\r\n") for i in (at, at + rng.randrange(5)))
        new = rng.choice(["", "𠮷", "\r\n", "x"])
        at = {"start": place_of(text, a, "utf-8"), "end": place_of(text, b, "utf-8")}
        editor.change(path, version, {"range": at, "text": new})
        text = text[:a] + new + text[b:]
    flush()
    seen = []
    while not seen or seen[-1]["version"] != 1 + count:
        seen.append(editor.diagnostics.get(timeout=PATIENCE)["params"])
    assert len(seen) < count / 4, len(seen)
    same_findings(text, seen[-1]["diagnostics"], linted(path, text), "utf-8")
    editor.server.stdin.flush = flush
    editor.leave()


def check_life():
    """The order of things, and what is asked for that is not there."""
    editor = Editor(locale="ja")
    assert editor.about["serverInfo"]["name"] == "sdi"
    for method, code in [("initialize", -32600), ("no/such", -32601), ("$/alsoNot", -32601)]:
        assert editor.reply(method, {})["error"]["code"] == code, method
    for method in "$/cancelRequest", "$/setTrace", "no/such", "workspace/didChangeConfiguration", "textDocument/didChange":
        editor.tell(method, {"id": 1})
    nowhere, spot = {"textDocument": {"uri": "file:///nowhere.md"}}, {"line": 0, "character": 0}
    assert editor.ask("textDocument/hover", {**nowhere, "position": spot}) is None
    [register] = editor.requests
    assert register["method"] == "client/registerCapability"
    editor.send({"id": register["id"], "result": None})
    assert editor.open("2026-01-01.md", "# 題\n")[0]["message"] != linted("2026-01-01.md", "# 題\n")[0]["message"]
    assert editor.open("README.md", "text \n") == []
    assert editor.ask("shutdown", None) is None
    assert editor.reply("textDocument/hover", {})["error"]["code"] == -32600
    editor.tell("exit", None)
    assert editor.server.wait(PATIENCE) == 0


def check_params():
    """A request that does not say what it is about is told so, whether its document is open or not."""
    editor = Editor()
    editor.open("2026-01-01.md", "# x \n")
    spot = {"line": 0, "character": 0}
    places = {"position": spot, "range": {"start": spot, "end": spot}}
    odd = {"position": [{}, 5, {"line": "0", "character": 0}, {"line": 0}, None],
           "range": [{}, [], {"start": spot}, {"start": spot, "end": 1}, None]}
    for method, place in [("hover", "position"), ("completion", "position"), ("codeAction", "range"), ("documentSymbol", None)]:
        document = {"textDocument": {"uri": uri_of("2026-01-01.md")}}
        bad = [{}, None, [], 5, places, {**places, "textDocument": 5}, {**places, "textDocument": {"uri": 5}}]
        bad += [{**document, place: x} for x in odd[place]] + [document] if place else []
        for params in bad:
            assert editor.reply("textDocument/" + method, params).get("error", {}).get("code") == -32602, (method, params)
        editor.ask("textDocument/" + method, {**document, **places})
    editor.leave()


def check_changes(path):
    """Changes that are none leave the text and its version as they are, also where others come with them."""
    editor = Editor()
    text = Path(path).read_text() + "x \n"
    first = editor.open(path, text)
    spot = {"line": 0, "character": 0}
    odd = [{}, {"text": 5}, {"range": {"start": spot, "end": spot}}, {"range": {}, "text": "y"}, {"range": 5, "text": "y"}]
    for bad in [5, None, {}, "x", [5], *([x] for x in odd), *([{"text": "# y \n"}, x] for x in odd)]:
        editor.tell("textDocument/didChange", {"textDocument": {"uri": uri_of(path), "version": 2}, "contentChanges": bad})
    editor.tell("textDocument/didOpen", {"textDocument": {"uri": uri_of(path), "version": 2, "text": 5}})
    editor.tell("textDocument/didOpen", {"textDocument": {"uri": uri_of("other.md"), "version": 2}})
    editor.tell("textDocument/didSave", {"textDocument": {"uri": uri_of(path)}})
    message = editor.diagnostics.get(timeout=PATIENCE)["params"]
    assert message == {"uri": uri_of(path), "version": 1, "diagnostics": first}, message
    logged = [m for m in editor.requests if m["method"] == "window/logMessage"]
    assert len(logged) == 15 and all(m["params"]["type"] == 2 and m["params"]["message"] for m in logged), logged
    editor.leave()


def check_plain(path):
    """An editor that can do nothing but what has always been there."""
    editor = Editor(capabilities={}, rootUri=None)
    text = Path(path).read_text()
    editor.open(path, text)
    assert editor.about["capabilities"]["codeActionProvider"] is False
    assert editor.actions(path, whole(text, "utf-16")) == []
    editor.leave()
    editor = Editor(capabilities={"textDocument": ACTIONS}, rootUri=None)
    assert "quickfix" in editor.about["capabilities"]["codeActionProvider"]["codeActionKinds"]
    found = editor.open(path, text)
    assert len(found) == len(linted(path, text)) and not any("relatedInformation" in d for d in found)
    [action] = editor.actions(path, whole(text, "utf-16"), ["source"])
    assert apply(text, action["edit"]["changes"][uri_of(path)], "utf-16") == fixed(path, text)
    assert not editor.requests
    editor.leave()


def check_deaf():
    """Nobody reads the answers: that ends the server, though it could still be spoken to."""
    server = subprocess.Popen([SDI, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    server.stdout.close()
    server.stdin.write(START)
    server.stdin.flush()
    assert server.wait(PATIENCE) == 1 and server.stderr.read() == b""


def check_orphan():
    """The editor's process is gone, though another one still holds the pipe."""
    with subprocess.Popen(["sleep", "600"]) as parent:
        editor = Editor(processId=parent.pid)
        time.sleep(4)
        assert editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": "file:///nowhere.md"}}) is None
        parent.kill()
    assert editor.server.wait(PATIENCE) == 1
    for odd in -1, 0, 1e300, 0.5, "1", {}:
        Editor(processId=odd).leave()


def talk(data):
    run = subprocess.run([SDI, "lsp"], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                         timeout=PATIENCE)
    replies, rest = [], run.stdout
    while rest:
        head, rest = rest.split(b"\r\n\r\n", 1)
        length = int(head.split(b":")[1])
        replies.append(json.loads(rest[:length]))
        rest = rest[length:]
    return run.returncode, replies, run.stderr.decode()


def frame(body):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


START = frame({"id": 1, "method": "initialize", "params": {"capabilities": {}}})
END = frame({"id": 2, "method": "shutdown"}) + frame({"method": "exit"})


def errors(data):
    code, replies, _ = talk(data)
    return code, [r["error"]["code"] for r in replies if "error" in r]


def check_hostile():
    """What is no message is told from what makes it impossible to go on."""
    assert talk(b"")[0] == 1 and talk(START)[0] == 1 and talk(START + frame({"method": "exit"}))[0] == 1
    assert errors(START + END) == (0, []) and errors(START + frame({"id": 2, "method": "shutdown"})) == (1, [])
    assert errors(frame({"id": 5, "method": "textDocument/hover"}) + START + END) == (0, [-32002])
    odd = [b"", b"{", b"[]", b"1", b"{}", b'{"method": 1}', b'{"id": 3}', b'"\xff"', b"[" * 100000, b'{"a":' * 5000]
    code, found = errors(START + b"".join(frame(x) for x in odd) + END)
    assert code == 0 and set(found) == {-32700, -32600} and len(found) == len(odd), found
    head = b"content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-LENGTH:  2 \r\n\r\n{}"
    assert errors(START + head + END) == (0, [-32600])
    large = b"Content-Length: 67108865\r\n\r\n" + b"x" * 67108865
    code, replies, _ = talk(START + large + large + END)
    assert code == 0 and [(r["id"], r["error"]["code"]) for r in replies if "error" in r] == [(None, -32600)] * 2, replies
    for bad in [b"Content-Length: 99999999999\r\n\r\n", b"Content-Length: -1\r\n\r\n", b"Content-Length: 0x10\r\n\r\n",
                b"Content-Length: 100000000\r\n\r\n", b"\r\n\r\n", b"no head\n\n", b"x" * 100000, b"A: b\r\n\r\n",
                b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", b"Content-Length: 10\r\n\r\n{}", b"Content-Le"]:
        code, _, said = talk(START + bad)
        assert code == 2 and said.startswith("sdi: "), (bad, code, said)
    document = {"uri": uri_of("2026-01-01.md"), "languageId": "markdown", "version": 1, "text": "@"}
    opened = {"method": "textDocument/didOpen", "params": {"textDocument": document}}
    changes = [{"range": {"start": {"line": a, "character": b}, "end": {"line": c, "character": d}}, "text": "𠮷\r\n"}
               for a, b, c, d in [(0, 0, 9, 9), (9, 9, 0, 0), (0, 1, 0, 2), (4294967296, 0, 1e99, 0), (-1, -1, 0, 0)]]
    changes += [{"range": None, "text": "x"}]
    code, replies, _ = talk(START + frame(opened) + frame({"method": "textDocument/didChange", "params": {
        "textDocument": {"uri": document["uri"], "version": "new"}, "contentChanges": changes}}) + END)
    assert code == 0, replies
    editor = Editor()
    text = "# \ud800 \udc00𠮷 x \n"
    same_findings(text.replace("\ud800", "\ufffd").replace("\udc00", "\ufffd"), editor.open("2026-01-01.md", text),
                  linted("2026-01-01.md", text.replace("\ud800", "\ufffd").replace("\udc00", "\ufffd")), "utf-16")
    editor.change("2026-01-01.md", 2, {"text": "# \0\n"})
    assert [d["code"] for d in editor.published("2026-01-01.md", 2)[0]] == ["invalid-encoding"]
    editor.about_document("hover", "2026-01-01.md", position={"line": 1e300, "character": -5})
    editor.leave()


def check_config(folder):
    """What the project says on disk holds for what is being written, as soon as it changes."""
    digest, config = Path(folder, "news/20260101.md"), Path(folder, ".sdi.yaml")
    template, other = Path(folder, ".sdi/templates/day.md"), Path(folder, "news/20251231.md")
    text = digest.read_text()
    editor = Editor()
    saved = lambda path: editor.tell("textDocument/didSave", {"textDocument": {"uri": uri_of(path)}})
    changed = lambda path: editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(path), "type": 2}]})
    codes = lambda: [d.get("code", d["message"]) for d in editor.published(digest)[0]]
    assert "trailing-space" in [d["code"] for d in editor.open(digest, text + "x \n")]
    old = config.read_text()
    config.write_text(old + "ignore: [trailing-space]\n")
    saved(config)
    assert "trailing-space" not in codes()
    config.write_text("no-such: key\n")
    changed(config)
    [said] = codes()
    assert "unknown key" in said and ".sdi.yaml:1:1" in said, said
    config.write_text(old)
    time.sleep(1.1)
    editor.change(digest, 2, {"text": text})
    found = codes()
    assert not found, found
    shape = template.read_text()
    template.write_text(shape.replace("- 要約", "- 概略"))
    changed(template)
    assert set(codes()) & {"missing-field", "unknown-field"}
    same_findings(text, editor.open(digest, text, 3), linted(digest, text), "utf-16")
    template.write_text(shape.replace("max-items", "max-itemz").replace("path:", "path"))
    changed(template)
    said = codes()
    assert "template" in said[0], (said, linted(digest, text), template.read_text())
    found = editor.open(template, template.read_text())
    same_findings(template.read_text(), found, linted(template, template.read_text()), "utf-16")
    editor.change(template, 2, {"text": shape})
    assert editor.published(template, 2)[0] == []
    template.write_text(shape)
    shutil.copy(digest, other)
    changed(other)
    assert "repeated-article" in codes()
    same_findings(text, editor.open(digest, text, 4), linted(digest, text), "utf-16")
    other.unlink()
    time.sleep(1.1)
    editor.change(digest, 5, {"text": text})
    assert codes() == []
    editor.tell("textDocument/didClose", {"textDocument": {"uri": uri_of(digest)}})
    assert codes() == []
    editor.leave()


def labels(items):
    return [i["label"] for i in items]


def check_author(path):
    """Completion, outline and explanations, as an author meets them."""
    editor = Editor("utf-16")
    text = Path(path).read_text()
    title = text.index("記事の題名")
    editor.open(path, text)
    [news, notes] = editor.about_document("documentSymbol", path)
    assert (news["name"], notes["name"]) == ("ニュース", "メモ")
    assert [e["name"] for e in news["children"]] == ["記事の題名"]
    assert labels_of(news["children"][0]) == ["要約", "推奨事項"]
    start, end = (offset_of(text, news["children"][0]["selectionRange"][k], "utf-16") for k in ("start", "end"))
    assert text[start:end] == "記事の題名" and start == title
    plain = Editor("utf-16", {})
    plain.open(path, text)
    flat = plain.about_document("documentSymbol", path)
    assert [s["name"] for s in flat] == ["ニュース", "記事の題名", "要約", "推奨事項", "メモ"]
    assert flat[1]["location"] == {"uri": uri_of(path), "range": news["children"][0]["range"]}
    plain.leave()
    version = 1

    def completed(written):
        nonlocal version
        version += 1
        editor.change(path, version, {"text": written.replace("|", "")})
        at = place_of(written, written.index("|"), "utf-16")
        items = editor.about_document("completion", path, position=at)
        if items:
            apply(written.replace("|", ""), [items[0]["textEdit"]], "utf-16")
        return labels(items)

    assert completed(text.replace("    - なし\n", "    - なし\n- |\n")) == ["その他", "追記"]
    assert completed(text.replace("- 推奨事項\n    - なし\n", "- 推|\n")) == ["推奨事項", "その他", "追記"]
    assert completed(text.replace("- 推奨事項\n    - なし\n", "- |")) == ["推奨事項", "その他", "追記"]
    assert completed(text.replace("    - なし\n", "    - |\n")) == ["推奨事項なし"]
    assert completed(text.replace("### メモ\nN/A\n", "### |")) == ["Tools", "メモ"]
    assert completed(text.replace("### メモ\nN/A\n", "## |")) == completed(text.replace("N/A", "- |")) == []
    assert completed(text.replace("記事の題名", "記事 |")) == completed("|") == completed("- |") == []
    wrong = text.replace("- 推奨事項", "- 推奨事もも")
    [mistake] = [d for d in editor.open(path, wrong, version + 1) if d["code"] == "unknown-field"]
    hover = editor.about_document("hover", path, position=mistake["range"]["start"])
    assert hover["range"] == mistake["range"] and hover["contents"]["kind"] == "markdown"
    said = subprocess.run([SDI, "explain", "--output-format", "markdown", "unknown-field"], stdout=subprocess.PIPE, check=True)
    assert said.stdout.decode() in hover["contents"]["value"]
    assert editor.about_document("hover", path, position={"line": 0, "character": 0}) is None
    editor.leave()


def labels_of(symbol):
    return [c["name"] for c in symbol["children"]]


CHECKS = {name[6:]: check for name, check in list(globals().items()) if name.startswith("check_")}

if __name__ == "__main__":
    CHECKS[sys.argv[1]](*sys.argv[2:])
