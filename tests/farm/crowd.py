"""Digests that link to a farm of hosts in great number, and what the farm's log says of who asked for them."""

import collections
import datetime
import json
import os
import random
import subprocess
import sys

import farm

NET = "127.30.0.0/16"  # of all hosts of a crowd: farm.TRAP is none of them
DAY = """---
path: "news/{yyyyMMdd}.md"
---
# Daily

### ニュース <!-- sdi: entries -->

#### {title}
{url}

- 要約
    - {text}

### メモ
N/A
"""


def host(number):
    return f"127.30.{number // 250}.{number % 250 + 1}"


def uniform(links, hosts):
    return [links // hosts + (i < links % hosts) for i in range(hosts)]


def archive(links):
    """How many links each host has in a real archive of 10 761 links and 776 hosts, of which 506 have one."""
    hosts = max(8, round(links * 776 / 10761))
    counts = [round(links * share) for share in (0.526, 0.148, 0.054)]
    single = round(hosts * 506 / 776)
    some = hosts - single - len(counts)
    left = links - sum(counts) - single
    weights = [1 / (i + 3) for i in range(some)]
    counts += [max(1, int(left * w / sum(weights))) for w in weights] + [1] * single
    counts[0] += links - sum(counts)
    return counts


def spread(counts, path):
    """(host, path) of all links, shuffled as days shuffle them; `path` makes one of a number."""
    links = [(host(h), h) for h, nr in enumerate(counts) for _ in range(nr)]
    random.Random(1).shuffle(links)
    return [(name, path(i)) for i, (name, _) in enumerate(links)]


def digest(urls, warning=""):
    entries = "".join(f"#### 記事の題名\n{url}\n\n- 要約\n    - 一行の要約\n\n" for url in urls)
    return f"# Daily\n\n### ニュース\n\n{entries}### メモ\n{warning or 'N/A'}\n"


def write_project(folder, urls, per_day, warning=""):
    """A repository of digests with these URLs in their order, the oldest day first."""
    os.makedirs(os.path.join(folder, ".sdi/templates"))
    os.makedirs(os.path.join(folder, "news"))
    files = {".sdi.yaml": "timezone: UTC\n", ".sdi/templates/day.md": DAY}
    day = datetime.date(2026, 11, 1) - datetime.timedelta(days=len(urls) // per_day)
    for i in range(0, len(urls), per_day):
        files[f"news/{day:%Y%m%d}.md"] = digest(urls[i:i + per_day], warning if not i else "")
        day += datetime.timedelta(days=1)
    for path, text in files.items():
        with open(os.path.join(folder, path), "w", encoding="utf-8") as out:
            out.write(text)
    subprocess.run(["git", "init", "-q", folder], check=True)


class Running:
    """A farm that runs; a context manager."""

    def __init__(self, log, seconds, latency=0, seed="1"):
        self.log, self.seed, self.latency = log, seed, latency
        here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "farm.py")
        self.process = subprocess.Popen([sys.executable, here, "--log", log, "--seconds", str(seconds), "--seed", seed,
                                         "--latency", str(latency)], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def url(self, link):
        return f"http://{link[0]}:{self.port}{link[1]}"

    def written(self):
        """How far the log goes by now."""
        return os.path.getsize(self.log)

    def events(self, start=0, end=None):
        """What was logged between two answers of written()."""
        with open(self.log, "rb") as log:
            log.seek(start)
            lines = log.read(-1 if end is None else end - start).split(b"\n")
        return [json.loads(line) for line in lines if line.endswith(b"}")]


def requests_by_link(events):
    """(host, path) → events of requests."""
    by_link = collections.defaultdict(list)
    for e in events:
        if e["event"] == "request":
            by_link[e["host"], e["path"]].append(e)
    return by_link
