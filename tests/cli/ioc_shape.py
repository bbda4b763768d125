"""Reads what `sdi ioc` prints, in all formats, of the same digests: ioc_shape.py FOLDER

FOLDER  holds csv, json, stix, misp and text

STIX is held to the rules of its specification (2.1 §2, §3, §4.7, §9, §10.3), MISP to its core format; both to the rows of
the JSON. Exit 1 with a line for each thing that is wrong.
"""

import csv
import json
import re
import sys
import uuid
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:sdi:ioc")
HEADER = ["value", "type", "known", "context", "scope", "date", "path", "line", "title", "url"]
FORMULA = re.compile(r"^''*[=+\-@\t\r\n＝＋－＠]")
KNOWN = {"well-known": True, "not-well-known": False, "": None}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
HEX = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
TIME = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\.000Z")
STRING = r"'((?:[^'\\]|\\['\\])*)'"
PROPERTY = {"ipv4-addr:value": "ipv4", "ipv6-addr:value": "ipv6", "domain-name:value": "domain", "url:value": "url",
            "email-addr:value": "email", "file:hashes.MD5": "md5", "file:hashes.'SHA-1'": "sha1",
            "file:hashes.'SHA-256'": "sha256", "file:hashes.'SHA-512'": "sha512"}
COMPARISON = re.compile(rf"\[([a-z0-9-]+:[A-Za-z0-9._'-]+) (=|ISSUBSET) {STRING}\]")
TRAFFIC = re.compile(rf"\[network-traffic:dst_ref\.type = '(ipv4-addr|ipv6-addr|domain-name)' AND network-traffic:dst_ref\.value = {STRING}"
                     r" AND network-traffic:dst_port = (\d+)\]")
EITHER = re.compile(r"\[url:value = 'http://((?:[^'\\]|\\['\\])*)' OR url:value = 'https://\1'\]")
NETWORK, PAYLOAD = "Network activity", "Payload delivery"
MISP = {"ip-dst": NETWORK, "ip-dst|port": NETWORK, "hostname|port": NETWORK, "domain": NETWORK, "hostname": NETWORK, "url": NETWORK,
        "email-src": PAYLOAD, "md5": PAYLOAD, "sha1": PAYLOAD, "sha224": PAYLOAD, "sha256": PAYLOAD, "sha384": PAYLOAD,
        "sha512": PAYLOAD, "ssdeep": PAYLOAD, "tlsh": PAYLOAD, "filename": None, "AS": NETWORK,
        "regkey": "Persistence mechanism", "vulnerability": "External analysis", "link": "External analysis",
        "btc": "Financial fraud", "xmr": "Financial fraud"}
wrong = []


def claim(holds, *said):
    if not holds:
        wrong.append(" ".join(str(s) for s in said))


def id_of(kind, name):
    return str(uuid.uuid5(SPACE, f"{kind}|{name}"))


def split_address(value):
    """Address, port and whether it is a prefix."""
    if value.startswith("["):
        address, port = value[1:].rsplit("]:", 1)
        return ip_address(address), int(port), False
    if "/" in value:
        return ip_network(value, strict=False).network_address, None, True
    if value.count(":") == 1:
        address, port = value.split(":")
        return ip_address(address), int(port), False
    return ip_address(value), None, False


def url_host(value):
    return urlsplit(value if "://" in value else "//" + value).hostname


def is_of_type(value, kind):
    if kind in ("ipv4", "ipv6"):
        return split_address(value)[0].version == int(kind[3])
    if kind in HEX:
        return re.fullmatch(rf"[0-9a-f]{{{HEX[kind]}}}", value)
    if kind == "domain":
        return re.fullmatch(r"([^\s./:@\[\]]+\.)+[^\s./:@\[\]]+(:\d+)?", value) and value == value.lower()
    if kind == "url":
        return url_host(value) and re.fullmatch(r"[!-~]+", value)
    if kind == "email":
        return re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", value)
    return value


def check_rows(rows, table):
    claim(table[0] == HEADER, "csv: header", table[0])
    claim(len(table) == len(rows) + 1, "csv and json: not as many rows")
    for row, cells in zip(rows, table[1:]):
        cells = [CONTROL.sub("\ufffd", c[1:] if FORMULA.match(c) else c) for c in cells]
        there = dict(zip(HEADER, cells))
        there |= {"known": KNOWN[there["known"]], "line": int(there["line"])}
        here = {k: CONTROL.sub("\ufffd", v) if isinstance(v, str) else v for k, v in row.items()}
        claim(there == here, "csv and json differ:", there, row)
        claim(is_of_type(row["value"], row["type"]), "no", row["type"], row["value"])
    claim(list(rows[0]) == HEADER if rows else True, "json: keys")


def unescape(text):
    return re.sub(r"\\(.)", r"\1", text)


def read_pattern(pattern):
    """(type, value) as the rows have them."""
    traffic = TRAFFIC.fullmatch(pattern)
    if traffic:
        kind, address, port = traffic.groups()
        return PROPERTY[kind + ":value"], f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    either = EITHER.fullmatch(pattern)
    if either:
        return "url", unescape(either.group(1))
    simple = COMPARISON.fullmatch(pattern)
    if not simple:
        return None
    name, operator, value = simple.groups()
    claim((operator == "ISSUBSET") == (name.startswith("ipv") and "/" in value), "stix: operator", pattern)
    return PROPERTY.get(name), unescape(value)


def check_indicator(o, rows):
    for key in ("type", "spec_version", "id", "created", "modified", "pattern", "pattern_type", "valid_from"):
        claim(isinstance(o.get(key), str), "stix: no", key)
    claim(not set(o) - {"type", "spec_version", "id", "created", "modified", "name", "description", "indicator_types", "pattern",
                        "pattern_type", "pattern_version", "valid_from", "labels", "external_references"}, "stix: keys", set(o))
    claim(all(v not in ("", [], {}, None) for v in o.values()), "stix: empty value", o["id"])
    claim((o["type"], o["spec_version"], o["pattern_type"]) == ("indicator", "2.1", "stix"), "stix: constants", o["id"])
    claim(o["id"] == "indicator--" + id_of("indicator", o["pattern"]), "stix: id", o["id"])
    claim(all(TIME.fullmatch(o[k]) for k in ("created", "modified", "valid_from")), "stix: time", o["id"])
    claim(o["modified"] >= o["created"] == o["valid_from"], "stix: order of times", o["id"])
    found = read_pattern(o["pattern"])
    mine = [r for r in rows if found == (r["type"], r["value"])]
    claim(mine, "stix: pattern of no row", o["pattern"], found)
    if not mine:
        return
    dates = sorted(r["date"] for r in mine)
    claim((o["created"][:10], o["modified"][:10]) == (dates[0], dates[-1]), "stix: dates", o["id"])
    known = any(r["known"] for r in mine)
    claim(o["indicator_types"] == (["benign"] if known else ["malicious-activity"]), "stix: indicator_types", o["id"])
    claim(o.get("labels") == (["well-known"] if known else None), "stix: labels", o["id"])
    claim(all(r["context"] in o.get("description", "") for r in mine), "stix: description", o["id"])
    for e in o["external_references"]:
        claim(e["source_name"] and ("url" in e) != ("description" in e), "stix: reference", o["id"])
        claim(re.fullmatch(r"[!#-;=?-Z\[\]_a-z~]+", e.get("url", "-")), "stix: URL", e.get("url"))
    articles = {r["url"] or (r["title"], r["date"]) for r in mine}
    claim(len(o["external_references"]) == len(articles), "stix: number of references", o["id"])


def is_nobodys(row):
    host = row["value"]
    try:
        if row["type"] == "url":
            host = url_host(host)
        return not (ip_address(host) if row["type"] == "url" else split_address(host)[0]).is_global
    except ValueError:
        return False


def check_stix(bundle, rows):
    claim(set(bundle) <= {"type", "id", "objects"} and bundle["type"] == "bundle", "stix: bundle")
    claim(re.fullmatch(r"bundle--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", bundle["id"]),
          "stix: bundle's id")
    claim("objects" not in bundle or bundle["objects"], "stix: empty list")
    objects = bundle.get("objects", [])
    for o in objects:
        check_indicator(o, rows)
    ids = [o["id"] for o in objects]
    claim(len(ids) == len(set(ids)), "stix: an id twice")
    wanted = {(r["type"], r["value"]) for r in rows if r["type"] in PROPERTY.values() and not is_nobodys(r)}
    claim({read_pattern(o["pattern"]) for o in objects} == wanted, "stix: not the rows' indicators")


def check_misp(event, rows):
    claim(event["date"] == max((r["date"] for r in rows), default="1970-01-01"), "misp: date")
    claim(all(isinstance(v, (str, bool)) for k, v in event.items() if k not in ("Orgc", "Attribute")), "misp: scalars")
    claim(event["uuid"] == id_of("event", event["info"]), "misp: uuid")
    seen = set()
    values = {r["value"] for r in rows} | {r["url"] for r in rows}
    for a in event["Attribute"]:
        claim(set(a) == {"uuid", "type", "category", "value", "to_ids", "comment"}, "misp: keys", a)
        claim(a["type"] in MISP and MISP[a["type"]] in (None, a["category"]), "misp: type", a["type"], a["category"])
        key = (a["category"], a["type"], a["value"])
        claim(key not in seen, "misp: twice", key)
        seen.add(key)
        claim(a["uuid"] == id_of("attribute", "|".join([event["uuid"], *key])), "misp: uuid of", key)
        value = a["value"]
        if a["type"].endswith("|port"):
            address, port = value.split("|")
            value = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        claim(value in values, "misp: value of no row", a["value"])
        mine = [r for r in rows if r["value"] == value]
        if a["type"] in ("link", "vulnerability", "AS"):
            claim(not a["to_ids"], "misp: to_ids", key)
        else:
            claim(a["to_ids"] == (not any(r["known"] or is_nobodys(r) for r in mine)), "misp: to_ids", key)
            claim(all(r["context"] in a["comment"] for r in mine), "misp: comment", key)


def main(folder):
    folder = Path(folder)
    document = json.loads((folder / "json").read_bytes())
    rows = document["indicators"]
    claim(document["version"] == 1, "json: version")
    raw = (folder / "csv").read_bytes()
    claim(raw.endswith(b"\r\n") and not raw.startswith(b"\xef\xbb\xbf"), "csv: ends of lines")
    with open(folder / "csv", encoding="utf-8", newline="") as f:
        check_rows(rows, list(csv.reader(f, strict=True)))
    check_stix(json.loads((folder / "stix").read_bytes()), rows)
    check_misp(json.loads((folder / "misp").read_bytes())["Event"], rows)
    text = (folder / "text").read_text(encoding="utf-8").splitlines()
    claim(sorted(set(text)) == sorted({r["value"] for r in rows}), "text: not the rows' values")
    for line in wrong[:40]:
        print(line)
    print(len(rows), "rows")
    return 1 if wrong else 0


sys.exit(main(sys.argv[1]))
