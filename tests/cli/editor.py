"""A small editor that speaks with `sdi lsp`, for lsp.py."""

import json
import os
import re
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path
from queue import Queue

SDI = os.environ["SDI"]
ENCODINGS = ["utf-16", "utf-8", "utf-32"]
ACTIONS = {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}}}}
PATIENCE = 60


def uri_of(path):
    return "file://" + urllib.parse.quote(str(Path(path).absolute()))


# ---- places


def units(text, encoding):
    if encoding == "utf-8":
        return len(text.encode())
    return len(text) if encoding == "utf-32" else len(text) + sum(c > "\uffff" for c in text)


def line_starts(text):
    return [0] + [m.end() for m in re.finditer(r"\r\n|\r|\n", text)]


def offset_of(text, place, encoding, starts=None):
    """The index of a place that the server has named; it must be one."""
    starts = starts or line_starts(text)
    i, left = starts[place["line"]], place["character"]
    while left > 0:
        assert text[i] not in "\r\n", place
        left -= units(text[i], encoding)
        i += 1
    assert left == 0, place
    return i


def place_of(text, index, encoding):
    starts = line_starts(text[:index])
    return {"line": len(starts) - 1, "character": units(text[starts[-1]:index], encoding)}


def apply(text, edits, encoding):
    starts = line_starts(text)
    spans = [(offset_of(text, e["range"]["start"], encoding, starts),
              offset_of(text, e["range"]["end"], encoding, starts), e["newText"]) for e in edits]
    for before, after in zip(spans, spans[1:]):
        assert before[1] <= after[0], edits
    for start, end, new in reversed(spans):
        assert start <= end
        text = text[:start] + new + text[end:]
    return text


# ---- the editor


class Editor:
    """One that can do all, or with other `capabilities`."""

    def __init__(self, encoding="utf-16", capabilities=None, **initialize):
        self.server = subprocess.Popen([SDI, "lsp", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.replies, self.diagnostics, self.requests = {}, Queue(), []
        self.here = threading.Condition()
        self.last = 0
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        able = {
            "general": {"positionEncodings": [encoding, "utf-16"]},
            "textDocument": {"publishDiagnostics": {"relatedInformation": True}, **ACTIONS,
                             "documentSymbol": {"hierarchicalDocumentSymbolSupport": True}},
            "workspace": {"workspaceEdit": {"documentChanges": True},
                          "didChangeWatchedFiles": {"dynamicRegistration": True}}}
        self.about = self.ask("initialize", {"processId": None, "rootUri": uri_of("."), "locale": "en",
                                             "capabilities": able if capabilities is None else capabilities,
                                             **initialize})
        assert self.about["capabilities"]["positionEncoding"] == encoding, self.about
        self.tell("initialized", {})

    def read(self):
        while True:
            length = None
            while (line := self.server.stdout.readline()) not in (b"\r\n", b""):
                name, value = line.split(b":")
                length = int(value) if name == b"Content-Length" else length
            if length is None:
                break
            message = json.loads(self.server.stdout.read(length))
            message["at"] = time.perf_counter()
            if message.get("method") == "textDocument/publishDiagnostics":
                self.diagnostics.put(message)
            elif "method" in message:
                self.requests.append(message)
            else:
                with self.here:
                    self.replies[message["id"]] = message
                    self.here.notify_all()
        with self.here:
            self.replies[None] = None
            self.here.notify_all()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def reply(self, method, params):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        with self.here:
            assert self.here.wait_for(lambda: self.last in self.replies or None in self.replies, PATIENCE), method
            return self.replies[self.last]

    def ask(self, method, params):
        reply = self.reply(method, params)
        assert "error" not in reply, reply
        return reply["result"]

    def published(self, path, version=None):
        """The diagnostics of that version, and when they came."""
        while True:
            message = self.diagnostics.get(timeout=PATIENCE)
            params = message["params"]
            if params["uri"] == uri_of(path) and version in (None, params.get("version")):
                return params["diagnostics"], message["at"]

    def open(self, path, text, version=1):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri_of(path), "languageId": "markdown",
                                                            "version": version, "text": text}})
        return self.published(path, version)[0]

    def change(self, path, version, *changes):
        self.tell("textDocument/didChange", {"textDocument": {"uri": uri_of(path), "version": version},
                                             "contentChanges": list(changes)})

    def about_document(self, method, path, **params):
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri_of(path)}, **params})

    def actions(self, path, at, only=None):
        context = {"diagnostics": [], **({"only": only} if only else {})}
        return self.about_document("codeAction", path, range=at, context=context)

    def leave(self):
        assert self.ask("shutdown", None) is None
        self.tell("exit", None)
        code = self.server.wait(PATIENCE)
        self.reader.join(PATIENCE)
        assert code == 0, code


def edits_of(action, path):
    [change] = action["edit"]["documentChanges"]
    assert change["textDocument"]["uri"] == uri_of(path)
    return change["edits"]


def whole(text, encoding):
    return {"start": {"line": 0, "character": 0}, "end": place_of(text, len(text), encoding)}
