"""What is true of the links of a farm, what a program says of them, and what the farm's log says of the program."""

import collections
import json
import re
import statistics

import crowd
import farm

DEAD = ("404", "410")
UNKNOWN = ("403", "403-cf", "202-waf", "hang", "reset", "to-metadata", "to-trap")
RETRY_AFTER = 1  # s, of each 429
TIMEOUT = 10  # s, of all programs


def does(link):
    """Which behaviour of the farm a link has."""
    host, path = link
    word = path.split("/")[1]
    return farm.mix_of("1", host, path).partition("?")[0] if word == "mix" else word


def truth(link):
    what = does(link)
    return "dead" if what in DEAD else "unknown" if what in UNKNOWN else "alive"


def takes(link, latency):
    """Seconds of each request that nobody can do without: for the link, and for where it leads or once it may be asked."""
    host, path = link
    what = does(link)
    first = TIMEOUT if what == "hang" else farm.latency_of("1", latency, host, path)
    more = {"301": "/ok" + path, "302": "/ok" + path, "429": path}.get(what)
    return [first] + [farm.latency_of("1", latency, host, more)] * bool(more)


def bound(links, latency, interval, in_flight, in_all):
    """
    Seconds in which nobody can ask for these links who is that polite: the slowest host's, or all of it at so many at
    a time.
    """
    at_host, held = collections.defaultdict(list), collections.Counter()
    for link in links:
        at_host[link[0]] += takes(link, latency)
        held[link[0]] += max(0.0, RETRY_AFTER - interval / 1000) * (does(link) == "429")
    slowest = max(max((len(v) - 1) * interval / 1000 + held[h], sum(v) / in_flight, *v) for h, v in at_host.items())
    return max(slowest, sum(sum(v) for v in at_host.values()) / in_all)


# ---- what programs say: URL → "broken", "fine" or "unknown"


def said_by_sdi(out):
    words = {"ok": "fine", "redirected-permanently": "fine", "broken": "broken"}
    return {link["url"]: words.get(link["outcome"], "unknown") for link in json.loads(out)["links"]}


def said_by_linkinator(out):
    words = {"OK": "fine", "BROKEN": "broken", "SKIPPED": "unknown"}
    return {link["url"]: words[link["state"]] for link in json.loads(out[out.index("{"):])["links"]}


def said_by_mlc(out):
    words = {"✓": "fine", "✖": "broken"}
    lines = re.findall(r"^ +\[(.)\] (\S+)", out, re.MULTILINE)
    return {url: words.get(mark, "unknown") for mark, url in lines}


def confusion(links, url_of, said):
    """(truth, said) → how many."""
    return collections.Counter((truth(link), said.get(url_of(link), "unknown")) for link in links)


# ---- what the farm saw


def flying(events):
    """The most requests at one host at the same time; what hangs counts no longer once the next one has come."""
    most, hanging = 0, collections.Counter()
    for e in events:
        if e["event"] == "request":
            most = max(most, e["flying"] - hanging[e["host"]])
            hanging[e["host"]] += does((e["host"], e["path"])) == "hang"
    return most


def gaps(events):
    """From one request at a host to the next, in ms, in order."""
    last, found = {}, []
    for e in events:
        if e["event"] == "request":
            if e["host"] in last:
                found.append((e["t"] - last[e["host"]]) * 1000)
            last[e["host"]] = e["t"]
    return sorted(found) or [0.0]


def answered(links, events):
    """When each link had its first answer, in seconds after the first of all requests; in order."""
    first, begin = {}, min((e["t"] for e in events), default=0)
    for e in events:
        if e["event"] == "end":
            first.setdefault((e["host"], e["path"]), e["t"] - begin)
    return sorted(first.get(link, 9e9) for link in links)


def seen(links, events):
    asked = crowd.requests_by_link(events)
    each = [len(asked.get(link, ())) for link in links]
    between, when = gaps(events), answered(links, events)
    requests = [e for e in events if e["event"] == "request"]
    return {
        "half": when[len(when) // 2],
        "most": when[len(when) * 95 // 100],
        "requests": len(requests),
        "HEAD": sum(e["method"] == "HEAD" for e in requests),
        "most a link": max(each),
        "mean a link": statistics.mean(each),
        "in flight": flying(events),
        "least gap": between[0],
        "5 % gap": between[len(between) // 20],
        "429": sum(e.get("status") == 429 for e in events),
        "trap": sum(e["host"] == farm.TRAP for e in requests),
    }
