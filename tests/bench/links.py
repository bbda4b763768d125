"""What tests/bench/links does once the other programs are there."""

import argparse
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "farm"))

import crowd  # noqa: E402
import links_truth as truth  # noqa: E402
from measure import ENVIRONMENT, print_table, seconds  # noqa: E402
from watch import Watch  # noqa: E402

METADATA = "169.254.169.254"
WARNED = 20000  # the number of the host that a digest warns of
IN_ALL = 64
REPEATED = 0.12  # of the references
PER_DAY = 11


@dataclass
class Regime:
    heading: str
    share: float  # of --links
    latency: int  # ms, the median
    interval: int
    in_flight: int
    sdi: list = field(default_factory=list)
    linkinator: list = field(default_factory=list)
    mlc: dict = field(default_factory=dict)


TRIES = ["--timeout", "10000", "--retry", "--retry-errors", "--retry-errors-count", "1", "--retry-errors-jitter", "0"]
TRIES_MLC = {"timeout": "10s", "retryOn429": True, "retryCount": 2, "fallbackRetryDelay": "1s"}
REGIMES = {
    "fast": Regime("as fast as each can, the same limits for all", 1, 80, 1, 64,
                   ["--interval", "1", "--in-flight", "64"], ["--concurrency", "64", *TRIES], TRIES_MLC),
    "polite": Regime("as polite as each can, the same limits for all", 0.5, 80, 100, 2,
                     ["--interval", "100"], ["--concurrency", "2", *TRIES], TRIES_MLC),
    "defaults": Regime("each with its defaults", 0.1, 300, 500, 2),
}


# ---- who runs


@dataclass
class Tool:
    name: str
    argv: list
    said: object
    runs: list = field(default_factory=list)
    trouble: str = ""


def tools_of(options, regime, work):
    settings = os.path.join(work, "mlc.json")
    with open(settings, "w", encoding="utf-8") as out:
        json.dump(regime.mlc, out)
    programs = os.path.join(options.peers, "node_modules", ".bin")
    sdi = [options.sdi, "links", "--allow-address", crowd.NET, "--output-format", "json", "-q"]
    linkinator = [os.path.join(programs, "linkinator"), "news/*.md", "--markdown", "--format", "json", "--verbosity", "info"]
    mlc = [os.path.join(programs, "markdown-link-check"), "-c", settings, "news"]
    tools = [
        Tool("sdi links", [*sdi, *regime.sdi], truth.said_by_sdi),
        Tool("linkinator", [*linkinator, *regime.linkinator], truth.said_by_linkinator),
        Tool("markdown-link-check", mlc, truth.said_by_mlc),
    ]
    return [tool for tool in tools if tool.name.split()[0] in options.tools]


def linked(options, regime, histogram):
    """Links without doubles, and what digests say: some twice."""
    nr = round(options.links * regime.share)
    counts = crowd.archive(nr)
    if histogram == "uniform":
        counts = crowd.uniform(nr, len(counts))
    links = crowd.spread(counts, lambda i: f"/to-trap/{i}" if i % 500 == 100 else f"/mix/{i}")
    draw = random.Random(2)
    written = links + draw.choices(links, k=round(nr * REPEATED / (1 - REPEATED)))
    draw.shuffle(written)
    return links, written


class Trap:
    """Whoever connects to where clouds keep their secrets, if this machine lets us stand there."""

    def __init__(self):
        self.hits = 0
        self.socket = socket.socket()
        self.stands = not self.begin()

    def begin(self):
        try:
            self.socket.bind((METADATA, 80))
        except OSError:
            return True
        self.socket.listen(64)
        threading.Thread(target=self.work, daemon=True).start()
        return False

    def work(self):
        while True:
            self.socket.accept()[0].close()
            self.hits += 1


# ---- a run


def run_once(tool, folder, limit):
    """(wall, processor time, peaks, what it printed); None: it was stopped."""
    with open(folder + ".out", "w+b") as out:
        start = time.perf_counter()
        child = subprocess.Popen(tool.argv, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out,
                                 stderr=subprocess.DEVNULL)
        watch = Watch(child.pid)
        clock = threading.Timer(limit, child.kill)
        clock.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        clock.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        peaks = watch.end()
        out.seek(0)
        text = out.read().decode()
    if child.returncode not in (0, 1):
        return None
    return wall, usage.ru_utime + usage.ru_stime, peaks, text


def measure(tool, options, regime, written, links, trap):
    """A farm and an archive of its own: what a farm has answered changes what it answers next."""
    folder = os.path.join(options.work, "crowd")
    shutil.rmtree(folder, ignore_errors=True)
    with crowd.Running(os.path.join(options.work, "farm.log"), 7200, regime.latency) as farm:
        warned = crowd.host(WARNED)
        urls = [farm.url(link) for link in written] + [farm.url((warned, "/ok/warned"))]
        crowd.write_project(folder, urls, PER_DAY, "hxxp://" + warned.replace(".", "[.]") + "/ に注意")
        hits = trap.hits
        result = run_once(tool, folder, options.limit)
        if not result:
            tool.trouble = f"stopped after {options.limit:g} s"
            return
        wall, cpu, peaks, text = result
        events = farm.events()
        tool.runs.append({
            "wall": wall, "cpu": cpu, **peaks, **truth.seen(links, events), "metadata": trap.hits - hits,
            "warned": sum(e["host"] == warned and e["event"] == "request" for e in events),
            "confusion": truth.confusion(links, farm.url, tool.said(text)),
        })


def in_turns(tools, options, *more):
    for turn in range(options.rounds):
        for tool in tools:
            spent = sum(run["wall"] for run in tool.runs)
            if not tool.trouble and (not turn or spent + spent / turn <= options.limit):
                measure(tool, options, *more)


# ---- what is printed


def median(tool, what):
    return statistics.median(run[what] for run in tool.runs)


def most(tool, what):
    return max(run[what] for run in tool.runs)


def costs(tool, regime, limit):
    """The bound holds for who is as polite as that."""
    bounded = tool.said is truth.said_by_sdi or regime.in_flight == IN_ALL
    return [seconds(median(tool, "wall")), f"{median(tool, 'wall') / limit:.2f}" if bounded else "–",
            seconds(median(tool, "half")), seconds(median(tool, "most")), seconds(median(tool, "cpu")),
            f"{most(tool, 'memory') / 1000:.0f} MB", str(most(tool, "threads")), str(most(tool, "files")),
            str(len(tool.runs))]


def print_costs(tools, regime, links):
    limit = truth.bound(links, regime.latency, regime.interval, regime.in_flight, IN_ALL)
    head = ["", "wall", f"÷ bound ({seconds(limit)})", "half is answered", "95 %", "user+system", "peak memory", "threads",
            "files", "rounds"]
    print_table(head, [[tool.name, *(costs(tool, regime, limit) if tool.runs else [tool.trouble] + [""] * 8)]
                       for tool in tools])


def manners(tool, trap):
    return [f"{median(tool, 'requests'):.0f}", f"{median(tool, 'HEAD'):.0f}", str(most(tool, "most a link")),
            f"{median(tool, 'mean a link'):.2f}", str(most(tool, "in flight")), f"{median(tool, 'least gap'):.1f} ms",
            f"{median(tool, '5 % gap'):.1f} ms", f"{median(tool, '429'):.0f}", str(most(tool, "warned")),
            str(most(tool, "trap")), str(most(tool, "metadata")) if trap.stands else "not seen"]


def print_manners(tools, trap):
    head = ["", "requests", "of them HEAD", "a link: most", "mean", "in flight at a host",
            "from one to the next: least", "5 %", "429", "host that is warned of", "trap", METADATA]
    print_table(head, [[tool.name, *manners(tool, trap)] for tool in tools if tool.runs])


def print_truth(tools):
    rows = []
    for tool in tools:
        for what in ("dead", "alive", "unknown"):
            for c in [run["confusion"] for run in tool.runs][-1:]:
                rows.append([tool.name, what, *(str(c[what, said]) for said in ("broken", "fine", "unknown"))])
    print_table(["", "it is", "said broken", "said fine", "said unknown, or nothing"], rows)


def main():
    p = argparse.ArgumentParser(prog="tests/bench/links")
    for name in ("--sdi", "--peers", "--work"):
        p.add_argument(name, required=True, help=argparse.SUPPRESS)
    p.add_argument("--links", type=int, default=2000, help="of the regime fast; the others take a part of them")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--limit", type=float, default=300, help="seconds for one program in one table")
    p.add_argument("--regimes", type=lambda text: text.split(","), default=list(REGIMES), help=",".join(REGIMES))
    p.add_argument("--histograms", type=lambda text: text.split(","), default=["archive", "uniform"])
    p.add_argument("--tools", type=lambda text: text.split(","), default=["sdi", "linkinator", "markdown-link-check"])
    options = p.parse_args()
    trap = Trap()
    for name in options.regimes:
        for histogram in options.histograms:
            regime = REGIMES[name]
            links, written = linked(options, regime, histogram)
            tools = tools_of(options, regime, options.work)
            in_turns(tools, options, regime, written, links, trap)
            hosts = len({host for host, _ in links})
            print(f"### {len(links)} links of {hosts} hosts ({histogram}): {regime.heading}\n")
            print_costs(tools, regime, links)
            print_manners(tools, trap)
            print_truth(tools)


main()
