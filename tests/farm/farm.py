"""A farm of hosts for tests of links: every 127.x.y.z, on one port. Standard library only.

farm.py [--log FILE] [--seed N] [--latency MS] [--seconds N] [--tls CERT KEY]...

Prints its port, then one more for each --tls, on one line. Ends with its parent, and after --seconds in any case.
What a path does is said by its first word: see BEHAVIOURS, or a status. /mix/… is one of them, chosen by seed and URL in
the shares of MIX; "end" in the log says which. The log has a JSON object a line:
{"t": seconds, "event": "connect" | "request" | "end", "host", "conn", "method", "path", "flying": in this host, …};
"end" has the status.
"""

import argparse
import asyncio
import contextlib
import email.utils
import hashlib
import json
import os
import random
import socket
import ssl
import struct
import sys
import time
import urllib.parse
import zlib

TRAP = "127.66.6.6"  # no test may ever reach it
HEADERS_LOGGED = ("user-agent", "range", "cookie", "authorization", "accept-encoding", "referer", "x-test")
PAGE = b"<!doctype html><title>farm</title><h1 id='top'>Farm</h1><p id='p1'>ok</p><a name='old'></a>\n"
# The bytes of terminals and of workflow commands that nobody may repeat.
ESCAPE = "\x1b]0;owned\x07\x1b[31mred%0A::error::owned\u202e"

MIX = [
    (84.0, "ok"), (5.0, "301"), (2.0, "302"), (3.0, "404"), (0.5, "410"), (1.0, "403"), (1.0, "403-cf"),
    (1.5, "429?after=1"), (0.5, "503-then-200"), (0.5, "head-405"), (0.3, "202-waf"), (0.3, "hang"), (0.2, "reset"),
    (0.1, "gzip-bomb"), (0.1, "to-metadata"),
]


def chance(seed, what, host, target):
    return random.Random(hashlib.sha256(f"{seed} {what} {host}{target}".encode()).digest())


def mix_of(seed, host, target):
    """The one of MIX that stands for /mix/…"""
    return chance(seed, "mix", host, target).choices([name for _, name in MIX], [share for share, _ in MIX])[0]


def latency_of(seed, median, host, target):
    """Seconds; `median` in ms."""
    return min(3.0, median / 1000 * chance(seed, "latency", host, target).lognormvariate(0, 0.8)) if median else 0


class Farm:
    def __init__(self, args):
        self.args = args
        self.log = open(args.log, "w", buffering=1, encoding="utf-8") if args.log else None
        self.started = time.monotonic()
        self.conns = 0
        self.flying = {}
        self.seen = {}
        self.port = 0

    def tell(self, event, host, conn, **more):
        if self.log:
            entry = {"t": round(time.monotonic() - self.started, 4), "event": event, "host": host, "conn": conn, **more}
            self.log.write(json.dumps(entry) + "\n")

    def times(self, request):
        """How often this was asked before."""
        key = request.host + request.target
        self.seen[key] = self.seen.get(key, 0) + 1
        return self.seen[key] - 1


class Request:
    def __init__(self, farm, host, method, target, headers, writer):
        self.farm, self.host, self.headers, self.writer = farm, host, headers, writer
        self.method, self.target, self.status = method, target, 0
        path, _, query = target.partition("?")
        self.words = [w for w in path.split("/") if w]
        self.query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        self.does = self.words[0] if self.words else "ok"
        self.closing = headers.get("connection", "").lower() == "close"

    def port(self):
        return self.writer.get_extra_info("sockname")[1]

    def raw(self, data):
        self.writer.write(data if isinstance(data, bytes) else data.encode("utf-8"))

    def head(self, status, headers=(), reason="Word"):
        self.status = status
        lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers)]
        self.raw("\r\n".join(lines) + "\r\n\r\n")

    def reply(self, status, headers=(), body=PAGE, reason="Word"):
        fields = list(headers)
        if not any(name.lower() == "content-type" for name, _ in fields):
            fields.append(("Content-Type", "text/html; charset=utf-8"))
        partial = status == 200 and self.headers.get("range") == "bytes=0-0"
        if partial:
            status, fields, body = 206, [*fields, ("Content-Range", f"bytes 0-0/{len(body)}")], body[:1]
        self.head(status, [*fields, ("Content-Length", len(body))], reason)
        if self.method != "HEAD":
            self.raw(body)

    async def forever(self, piece, pause=0.0):
        """Ends when the other side has gone."""
        self.closing = True
        while True:
            self.raw(piece)
            await self.writer.drain()
            await asyncio.sleep(pause)

    def reset(self):
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def plain(status, *headers):
    async def behave(r):
        r.reply(status, headers)
    return behave


def redirect(status, to=None):
    async def behave(r):
        r.reply(status, [("Location", to.replace("PORT", str(r.port())) if to else r.query.get("to", "/ok"))])
    return behave


def then_ok(status):
    async def behave(r):
        r.reply(200 if r.farm.times(r) else status)
    return behave


async def loop(r):
    r.reply(302, [("Location", "/loop/b" if r.words[-1] == "a" else "/loop/a")])


async def chain(r):
    left, code, to = int(r.query.get("n", 5)), int(r.query.get("code", 301)), r.query.get("to", "/ok")
    r.reply(code, [("Location", f"/chain?n={left - 1}&code={code}&to={to}" if left > 1 else to)])


async def too_many(r):
    """429 until so many seconds have passed since it was first asked."""
    after = float(r.query.get("after", 1))
    due = r.farm.seen.setdefault(("due", r.host, r.target), time.monotonic() + after)
    if time.monotonic() >= due:
        r.reply(200)
        return
    when = email.utils.formatdate(time.time() + after, usegmt=True) if "date" in r.query else f"{after:g}"
    r.reply(int(r.query.get("code", 429)), [("Retry-After", when)])


async def head_405(r):
    r.reply(405 if r.method == "HEAD" else 200)


async def head_404(r):
    r.reply(404 if r.method == "HEAD" else 200)


async def delay(r):
    await asyncio.sleep(float(r.query.get("ms", 100)) / 1000)
    r.reply(200)


async def slow_headers(r):
    r.closing = True
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: " + b"x" * 10000:
        r.raw(bytes([byte]))
        await r.writer.drain()
        await asyncio.sleep(0.5)


async def slow_body(r):
    r.head(200, [("Content-Type", "text/html")])
    await r.forever(b"x", 0.5)


async def hang(r):
    r.closing = True
    await asyncio.sleep(600)


async def reset(r):
    r.closing = True
    r.reset()


async def reset_body(r):
    r.closing = True
    r.head(200, [("Content-Length", 100000)])
    r.raw(b"x" * 1000)
    await r.writer.drain()
    await asyncio.sleep(0.05)
    r.reset()


async def close(r):
    r.closing = True


async def partial(r):
    r.closing = True
    r.head(200, [("Content-Length", 100000)])
    r.raw(b"x" * 1000)


async def garbage(r):
    r.closing = True
    r.raw(b"\x00\x01\x02 SSH-2.0-OpenSSH_9.2\r\n" * 4)


async def endless(r):
    r.head(200, [("Content-Type", "text/html")])
    await r.forever(b"x" * 65536)


async def large(r):
    """Announced, and worth nobody's while."""
    size = int(r.query.get("bytes", 1 << 30))
    r.head(200, [("Content-Type", "application/octet-stream"), ("Content-Length", size)])
    r.closing = True
    while size > 0:
        r.raw(b"x" * min(size, 65536))
        size -= 65536
        await r.writer.drain()


async def chunked_endless(r):
    r.head(200, [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")])
    await r.forever(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")


def bomb():
    """1 GiB of zeros as 1 MiB of gzip: the same compressed piece, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(1 << 20)
    piece = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0x5b64c2b0  # of 1 GiB of zeros
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\x03" + piece * 1024 + packer.flush() + struct.pack("<II", checksum, 1 << 30)


async def gzip_bomb(r):
    body = r.farm.seen.get("bomb") or r.farm.seen.setdefault("bomb", bomb())
    if r.words[-1] == "transfer":
        r.closing = True
        r.head(200, [("Content-Type", "text/html"), ("Transfer-Encoding", "gzip")])
    else:
        r.head(200, [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", len(body))])
    if r.method != "HEAD":
        r.raw(body)


async def header_flood(r):
    r.raw("HTTP/1.1 200 OK\r\n")
    await r.forever(b"X-Flood: " + b"x" * 1000 + b"\r\n")


async def header_1xx(r):
    await r.forever(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")


async def header_long(r):
    r.closing = True
    r.raw("HTTP/1.1 200 OK\r\nX-Long: " + "x" * (1 << 20) + "\r\nContent-Length: 0\r\n\r\n")


async def escape(r):
    headers = [("Location", "/ok?" + ESCAPE), ("X-Escape", ESCAPE)]
    r.reply(int(r.query.get("code", 302)), headers, ESCAPE.encode(), reason=ESCAPE)


async def soft_404(r):
    r.reply(302, [("Location", "/")])


async def cookies(r):
    r.reply(302 if "cookie" not in r.headers else 200, [("Set-Cookie", "farm=1; Path=/"), ("Location", "/cookies")])


async def limited(r):
    r.reply(403, [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", str(int(time.time()) + 60))])


async def echo(r):
    r.reply(200, [("Content-Type", "application/json")], json.dumps(r.headers).encode())


async def web(r):
    """An archive of pages: of each there is a copy, a day after the one that is asked for; of some there is none."""
    day, _, page = r.target.removeprefix("/web/").partition("/")
    if "uncopied" in page:
        r.reply(404)
    elif len(day) == 14:
        r.reply(200)
    else:
        r.reply(302, [("Location", f"http://{r.host}:{r.port()}/web/{int(day) + 1}123456/{page}")])


async def titled(r):
    """A page called `t`, in the encoding `cs`; that is said by HTTP, by the page (`say=meta`), or by nobody (`say=none`)."""
    charset, say = r.query.get("cs", "utf-8"), r.query.get("say", "http")
    meta = f'<meta charset="{charset}">' if say == "meta" else ""
    page = f"<!doctype html><html><head>{meta}<title>{r.query.get('t', '')}</title></head><body><p>本文</p></body></html>"
    kind = f"text/html; charset={charset}" if say == "http" else "text/html"
    r.reply(200, [("Content-Type", kind)], page.encode(charset, "xmlcharrefreplace"))


async def mix(r):
    name, _, query = mix_of(r.farm.args.seed, r.host, r.target).partition("?")
    r.query = {"to": "/ok" + r.target, **dict(urllib.parse.parse_qsl(query))}
    r.does = name
    await behave(r)


BEHAVIOURS = {
    "ok": plain(200), "fragment": plain(200), "mix": mix,
    "301": redirect(301), "302": redirect(302), "303": redirect(303), "307": redirect(307), "308": redirect(308),
    "loop": loop, "chain": chain, "soft404": soft_404, "cookies": cookies,
    "403-cf": plain(403, ("CF-Mitigated", "challenge"), ("Server", "cloudflare")),
    "202-waf": plain(202, ("X-Amzn-Waf-Action", "challenge")),
    "limited": limited, "429": too_many,
    "503-then-200": then_ok(503), "404-then-200": then_ok(404), "head-405": head_405, "head-404": head_404,
    "delay": delay, "slow-headers": slow_headers, "slow-body": slow_body, "hang": hang,
    "reset": reset, "reset-body": reset_body, "close": close, "partial": partial, "garbage": garbage,
    "endless": endless, "large": large, "chunked-endless": chunked_endless, "gzip-bomb": gzip_bomb,
    "header-flood": header_flood, "header-1xx": header_1xx, "header-long": header_long, "escape": escape, "echo": echo, "web": web, "titled": titled,
    "to-metadata": redirect(302, "http://169.254.169.254/latest/meta-data/"),
    "to-file": redirect(302, "file:///etc/passwd"),
    "to-mapped": redirect(302, f"http://[::ffff:{TRAP}]:PORT/ok"),
    "to-trap": redirect(302, f"http://{TRAP}:PORT/ok"),
    "to-nothing": redirect(302, "http://"),
}


async def behave(r):
    if r.does in BEHAVIOURS:
        await BEHAVIOURS[r.does](r)
    elif r.does.isdigit() and 200 <= int(r.does) <= 999:
        r.reply(int(r.does))
    else:
        r.reply(404)


async def read_request(farm, host, reader, writer):
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ", 2)
    fields = (line.partition(":") for line in lines if line)
    return Request(farm, host, method, target, {name.lower(): value.strip() for name, _, value in fields}, writer)


async def serve_one(farm, conn, r):
    farm.flying[r.host] = farm.flying.get(r.host, 0) + 1
    farm.tell("request", r.host, conn, method=r.method, path=r.target, flying=farm.flying[r.host],
              headers={k: v for k, v in r.headers.items() if k in HEADERS_LOGGED})
    try:
        wait = latency_of(farm.args.seed, farm.args.latency, r.host, r.target)
        if wait:
            await asyncio.sleep(wait)
        await behave(r)
        await r.writer.drain()
    finally:
        farm.flying[r.host] -= 1
        farm.tell("end", r.host, conn, path=r.target, does=r.does, status=r.status)


async def serve(farm, reader, writer):
    host, peer = writer.get_extra_info("sockname")[0], writer.get_extra_info("peername")[0]
    host, peer = host.removeprefix("::ffff:"), peer.removeprefix("::ffff:")
    farm.conns += 1
    conn = farm.conns
    farm.tell("connect", host, conn, tls=writer.get_extra_info("ssl_object") is not None)
    with contextlib.suppress(ConnectionError, ssl.SSLError, ValueError, asyncio.CancelledError):
        while peer.startswith("127.") or peer == "::1":
            r = await read_request(farm, host, reader, writer)
            if not r:
                break
            await serve_one(farm, conn, r)
            if r.closing:
                break
    with contextlib.suppress(Exception):
        writer.close()


def listen():
    """On all of 127/8, and on nothing else where the kernel lets us say so."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # so that asyncio sets TCP_NODELAY
    with contextlib.suppress(OSError, AttributeError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo\0")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("0.0.0.0", 0))
    sock.listen(1024)
    return sock


async def outlive(args):
    """Waits until the parent has gone or the time is over."""
    parent, end = os.getppid(), time.monotonic() + args.seconds
    while os.getppid() == parent and time.monotonic() < end:
        await asyncio.sleep(0.2)


async def run(args):
    farm = Farm(args)
    ports = []
    for pair in [None, *args.tls]:
        context = None
        if pair:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*pair)
        sock = listen()
        ports.append(sock.getsockname()[1])
        await asyncio.start_server(lambda r, w: serve(farm, r, w), sock=sock, ssl=context, backlog=1024)
    print(*ports, flush=True)
    await outlive(args)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--log")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--latency", type=float, default=0, help="median in ms; lognormal, fixed by URL, 3 s at most")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--tls", nargs=2, action="append", default=[], metavar=("CERT", "KEY"))
    asyncio.run(run(parser.parse_args()))
    sys.stdout.flush()
    os._exit(0)  # whoever still hangs in a connection does not matter


if __name__ == "__main__":
    main()
