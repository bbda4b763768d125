"""`sdi links` among thousands of links: what it takes, and what is left when somebody stops it.

link_crowd.py SCENARIO [--links N] [--rounds N] [--seed TEXT] [--slow]: in an empty folder, with SDI the program.
Ends with 1 and says what is wrong.
"""

import argparse
import collections
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "farm"))

import crowd  # noqa: E402
from watch import Watch  # noqa: E402

SDI = os.environ["SDI"]
HOSTS = 250
GROWTH = 4000  # bytes a link may take
THREADS, FILES = 20, 160
SEEN = 1.0  # s: what the farm had answered so long before is known, however busy the machine
WRITTEN = 2.0  # s: what was known so long before is in the file
FINE = ("ok", "redirected-permanently")


def say(text):
    print(text, flush=True)


def expect(true, text):
    if not true:
        sys.exit("wrong: " + text)


# ---- what is asked for


def path_of(mark):
    """One in 25 is gone, one in ten has moved."""
    def make(i):
        kind = "404" if i % 25 == 0 else "301" if i % 10 == 1 else "ok"
        return f"/{kind}/{mark}/{i}" + (f"?to=/ok/moved/{mark}/{i}" if kind == "301" else "")
    return make


def links_of(nr, mark):
    return crowd.spread(crowd.uniform(nr, HOSTS), path_of(mark))


def project(farm, mark, nr):
    links = links_of(nr, mark)
    crowd.write_project(mark, [farm.url(link) for link in links], 40)
    return {farm.url(link): link for link in links}


def gone(links):
    return {url for url, (_, path) in links.items() if path.startswith("/404")}


def ended(farm, links, start, end):
    """URLs that the farm had answered for good between two of its moments: those that need no second look."""
    done = {(e["host"], e["path"]) for e in farm.events(start, end) if e["event"] == "end"}
    answer = {url: (host, path.partition("?to=")[2] or path) for url, (host, path) in links.items()}
    return {url for url, link in answer.items() if link in done} - gone(links)


# ---- a run


class Asking:
    """A run of sdi that has begun."""

    def __init__(self, farm, folder, interval, *more, in_flight=8):
        self.folder, self.begun = folder, farm.written()
        self.out = open(os.path.join(folder, f"out-{time.monotonic_ns()}"), "w+b")
        self.err = open(self.out.name + ".err", "w+b")
        argv = [SDI, "links", "--allow-address", crowd.NET, "--interval", str(interval), "--in-flight",
                str(in_flight), "--output-format", "json", "-q", *more]
        self.process = subprocess.Popen(argv, cwd=folder, stdout=self.out, stderr=self.err, stdin=subprocess.DEVNULL)

    def is_over(self):
        return self.process.poll() is not None

    def wait(self, seconds=300):
        return self.process.wait(seconds)

    def said(self):
        with open(self.err.name, encoding="utf-8") as err:
            return err.read()

    def report(self):
        with open(self.out.name, encoding="utf-8") as out:
            return json.load(out)


def outcomes(report):
    return {link["url"]: link["outcome"] for link in report["links"]}


def expect_true(links, told):
    """Whatever is told of a link is so."""
    dead = gone(links)
    for url, outcome in told.items():
        true = outcome == "broken" if url in dead else outcome in FINE
        expect(true or outcome == "skipped-policy", f"{url}: {outcome}")


def finish(farm, folder, links):
    """A last run in peace: then everything is known, also to who asks nobody."""
    last = Asking(farm, folder, 1, in_flight=1)
    expect(last.wait() == 1 and not last.said(), f"the last run: {last.process.returncode} {last.said()}")
    report = last.report()
    told = outcomes(report)
    expect(report["complete"] and set(told) == set(links) and "skipped-policy" not in told.values(), "not all is told")
    expect_true(links, told)
    lint = subprocess.run([SDI, "lint", "--select", "broken-link", "--output-format", "concise", "-q"], cwd=folder,
                          capture_output=True, text=True, check=False)
    expect(lint.returncode == 1 and lint.stdout.count(" broken-link:") == len(gone(links)),
           f"sdi lint: {lint.returncode}, {lint.stdout.count(' broken-link:')} of {len(gone(links))}: {lint.stderr}")
    return last


# ---- what it takes


def peaks(farm, nr):
    mark = f"m{nr}"
    links = project(farm, mark, nr)
    asking = Asking(farm, mark, 1)
    watch = Watch(asking.process.pid)
    code = asking.wait()
    found = watch.end()
    expect(code == 1 and set(outcomes(asking.report())) == set(links), f"{nr} links: {code} {asking.said()}")
    say(f"{nr} links: {found}")
    return found


def memory(farm, options):
    few, many = options.links // 10, options.links
    first, second = peaks(farm, few), peaks(farm, many)
    growth = (second["memory"] - first["memory"]) * 1024 / (many - few)
    say(f"{growth:.0f} bytes a link")
    expect(options.slow or growth < GROWTH, f"{growth:.0f} bytes a link")
    expect(second["threads"] <= THREADS, f"{second['threads']} threads")
    expect(second["files"] <= FILES, f"{second['files']} files")


# ---- interrupts


def expect_turns(farm, links, known, asking):
    """At each host, what was answered before is not asked for again while something else was never answered."""
    first = {}
    for e in farm.events(asking.begun):
        if e["event"] == "request":
            first.setdefault((e["host"], e["path"]), len(first))
    at_host = collections.defaultdict(list)
    for url, link in links.items():
        at_host[link[0]].append((first.get(link, len(first)), url))
    for host, turns in at_host.items():
        again = [turn for turn, url in turns if url in known and turn < len(first)]
        fresh = [turn for turn, url in turns if url not in known]
        expect(not again or not fresh or max(fresh) < min(again), f"{host}: asked again before others were")


def stop_at(farm, asking, moment, number, seen):
    """
    Sends a signal `moment` seconds after the first request. Where the log was `seen` seconds before; None: it was over.
    """
    while farm.written() == asking.begun and not asking.is_over():
        time.sleep(0.005)
    time.sleep(max(0.0, moment - seen))
    mark = farm.written()
    time.sleep(min(moment, seen))
    if asking.is_over():
        return None
    asking.process.send_signal(number)
    return mark


def interrupt_once(farm, links, known, moment, options):
    asking = Asking(farm, "int", options.interval, in_flight=1)  # one after the other: the farm sees in which order
    mark = stop_at(farm, asking, moment, signal.SIGINT, SEEN)
    start = time.monotonic()
    code = asking.wait(60)
    late = time.monotonic() - start
    told = outcomes(asking.report())
    expect_true(links, told)
    expect_turns(farm, links, known, asking)
    if mark is not None:
        expect(code == 2 and "interrupted" in asking.said(), f"SIGINT after {moment:.2f} s: {code} {asking.said()}")
        expect(late < (15 if options.slow else 2.5), f"SIGINT after {moment:.2f} s: {late:.1f} s until it ended")
        expect(not asking.report()["complete"], "complete, though interrupted")
        lost = [url for url in ended(farm, links, asking.begun, mark) if told.get(url) not in FINE]
        expect(not lost, f"SIGINT after {moment:.2f} s: {len(lost)} answers are lost: {lost[:3]}")
    fresh = {url for url, outcome in told.items() if outcome != "skipped-policy"}
    new = len(fresh - known)
    say(f"SIGINT after {moment:.2f} s: {len(fresh)} of {len(links)} are told, {new} of them new; {late:.2f} s")
    known |= fresh


def interrupt(farm, options):
    draw = random.Random(options.seed)
    links, known = project(farm, "int", options.links), set()
    for _ in range(options.rounds):
        interrupt_once(farm, links, known, draw.uniform(0.05, options.longest), options)
    expect_turns(farm, links, known, finish(farm, "int", links))


# ---- kills


def remembered(folder):
    """URLs that the file knows, each with how often it was gone."""
    with sqlite3.connect(os.path.join(folder, ".git/sdi/links.db")) as db:
        expect(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the file is damaged")
        return dict(db.execute("SELECT url, gone FROM answer"))


def kill_once(farm, number, options, draw):
    mark = f"kill{number}"
    links = project(farm, mark, options.links)
    plain = {url: link for url, link in links.items() if link[1].startswith("/ok")}
    moment = draw.uniform(SEEN + WRITTEN + 0.3, SEEN + WRITTEN + options.longest)
    asking = Asking(farm, mark, 3 * options.interval)
    before = stop_at(farm, asking, moment, signal.SIGKILL, SEEN + WRITTEN)
    asking.wait(60)
    known = remembered(mark)
    lost = [url for url in ended(farm, plain, asking.begun, before) if url not in known]
    expect(not lost, f"SIGKILL after {moment:.2f} s: {len(lost)} answers are lost: {lost[:3]}")
    say(f"SIGKILL after {moment:.2f} s: {len(known)} of {len(links)} are remembered")
    finish(farm, mark, links)


def kill(farm, options):
    draw = random.Random(options.seed)
    for number in range(options.rounds):
        kill_once(farm, number, options, draw)


def lull(farm, _):
    """Nothing more comes, and what came is kept all the same."""
    links = [(crowd.host(i), f"/ok/lull/{i}") for i in range(20)] + [(crowd.host(30), "/hang")]
    crowd.write_project("lull", [farm.url(link) for link in links], 40)
    asking = Asking(farm, "lull", 1)
    time.sleep(5)
    asking.process.kill()
    asking.wait()
    expect(len(remembered("lull")) == 20, f"{len(remembered('lull'))} answers are remembered")


# ---- two at once


def two_once(farm, number, options):
    mark = f"two{number}"
    links = project(farm, mark, options.links)
    half = sorted(os.listdir(os.path.join(mark, "news")))[::2]
    both = [Asking(farm, mark, options.interval, *paths) for paths in ([], ["news/" + name for name in half])]
    for asking in both:
        expect(asking.wait() == 1 and not asking.said(), f"one of two: {asking.process.returncode} {asking.said()}")
        expect_true(links, outcomes(asking.report()))
    known = remembered(mark)
    shared = outcomes(both[1].report())
    expect(set(known) == set(links), f"{len(known)} of {len(links)} are remembered")
    for url in gone(links):
        expect(known[url] == (4 if url in shared else 2), f"{url}: seen gone {known[url]} times")
    say(f"two at once: {len(links)} and {len(shared)} links")


def two(farm, options):
    for number in range(options.rounds):
        two_once(farm, number, options)


SCENARIOS = {"memory": memory, "interrupt": interrupt, "kill": kill, "lull": lull, "two": two}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("scenario", choices=SCENARIOS)
    parser.add_argument("--links", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--interval", type=int, default=200)
    parser.add_argument("--longest", type=float, default=2.5, help="seconds before a signal comes")
    parser.add_argument("--latency", type=float, default=0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--slow", action="store_true", help="sanitizers: bounds of memory and time do not hold")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored by what runs in the background
    with crowd.Running(os.path.abspath("farm.log"), 3600, options.latency) as farm:
        SCENARIOS[options.scenario](farm, options)


main()
