"""Runs whole processes in turns, and tells what each took: wall time, processor time, peak memory."""
import os
import resource
import signal
import statistics
import subprocess
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

# git of the one who measures has no say.
ENVIRONMENT = {
    "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8", "SDI_REQUIRED": "1",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
}


@dataclass
class Case:
    """One line of a table. `prepare` is run before each round and not measured."""
    name: str
    argv: list
    folder: str
    codes: tuple = (0, 1)
    prepare: Optional[Callable] = None
    runs: list = field(default_factory=list)
    trouble: str = ""


@dataclass
class Run:
    wall: float
    cpu: float
    peak: int  # bytes


def run(case, limit):
    """One run, or None when it took longer than `limit` seconds."""
    if case.prepare:
        case.prepare()
    start = time.perf_counter()
    child = subprocess.Popen(case.argv, cwd=case.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child.pid, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, status, usage = os.wait4(child.pid, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode == -signal.SIGKILL:
        return None
    if child.returncode not in case.codes:
        raise SystemExit(f"bench: {' '.join(case.argv)} in {case.folder} ended with {child.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def in_turns(cases, rounds, limit):
    """A B C A B C …; whoever would need more than `limit` seconds for all rounds gets fewer."""
    for turn in range(rounds):
        for case in cases:
            spent = sum(r.wall for r in case.runs)
            if case.trouble or (turn and spent + spent / len(case.runs) > limit):
                continue
            result = run(case, limit)
            if result:
                case.runs.append(result)
            else:
                case.trouble = f"stopped after {limit:g} s"


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def ratio(case, base):
    """How much longer, and how much more processor time, than `base` in the same round: the median."""
    pairs = list(zip(case.runs, base.runs))
    wall = statistics.median(a.wall / b.wall for a, b in pairs)
    cpu = statistics.median(a.cpu / b.cpu for a, b in pairs)
    return f"{wall:.2f}", f"{cpu:.2f}"


def peak(case):
    """A child starts with the memory of whoever starts it: less than that cannot be seen."""
    most = max(r.peak for r in case.runs)
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return f"< {floor / 1e6:.0f} MB" if most <= floor * 1.02 else f"{most / 1e6:.0f} MB"


def row(case, base):
    if not case.runs:
        return [case.name, case.trouble, "", "", "", "", "", "0"]
    wall = [r.wall for r in case.runs]
    cpu = statistics.median(r.cpu for r in case.runs)
    return [case.name, seconds(statistics.median(wall)), f"{seconds(min(wall))} – {seconds(max(wall))}", seconds(cpu),
            peak(case), *ratio(case, base), str(len(wall))]


def print_table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|---|" + "---:|" * (len(head) - 1))
    for cells in rows:
        print("| " + " | ".join(cells) + " |")
    print(flush=True)


def print_cases(cases, base):
    print_table(["", "wall", "least – most", "user+system", "peak memory", "wall ×", "user+system ×", "rounds"],
                [row(case, base) for case in cases])
