"""What tests/bench/run does once the other programs are there."""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys

import generate
from measure import ENVIRONMENT, Case, in_turns, print_cases, print_table

# What rumdl and markdownlint find in nearly every digest, and what is as its template wants it.
NOISY = ("MD001", "MD007", "MD013", "MD022", "MD032", "MD034", "MD047")


def git(folder, *arguments):
    subprocess.run(("git", *arguments), cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def digests_of(folder):
    found = glob.glob(os.path.join(glob.escape(folder), "**", "*.md"), recursive=True)
    return sorted(path for path in found if "/." not in path[len(folder):])


class Tools:
    """The command lines of all programs."""

    def __init__(self, sdi, peers, work):
        self.sdi = sdi
        self.work = work
        self.bin = os.path.join(peers, "node_modules", ".bin")
        native = glob.glob(os.path.join(peers, "node_modules", "@rumdl", "*", "rumdl"))
        if not native:
            sys.exit("bench: npm brought no rumdl for this system")
        self.rumdl = [native[0], "check", "--disable", ",".join(NOISY)]
        self.rumdl_npm = [os.path.join(self.bin, "rumdl"), *self.rumdl[1:]]
        self.no_cache = ["--no-cache"]
        rules = {"config": {name: False for name in NOISY}}
        settings = write(os.path.join(work, "bench.markdownlint-cli2.jsonc"), json.dumps(rules))
        self.markdownlint = [os.path.join(self.bin, "markdownlint-cli2"), "--config", settings, "**/*.md"]
        rules = {"rules": {"preset-japanese": True, "preset-ja-technical-writing": True}}
        settings = write(os.path.join(work, "textlintrc.json"), json.dumps(rules))
        modules = os.path.join(peers, "node_modules")
        self.textlint = [os.path.join(self.bin, "textlint"), "--rules-base-directory", modules, "--config", settings]
        self.autocorrect = [os.path.join(self.bin, "autocorrect"), "--lint"]

    def cache(self, name):
        return os.path.join(self.work, "cache-" + name)


def cold(tools, folder):
    return [
        Case("sdi lint --no-cache", [tools.sdi, "lint", "--no-cache"], folder),
        Case("rumdl", [*tools.rumdl, *tools.no_cache, "."], folder),
        Case("autocorrect", [*tools.autocorrect, "."], folder),
        Case("markdownlint-cli2", tools.markdownlint, folder),
        Case("textlint", [*tools.textlint, "**/*.md"], folder),
    ]


def again(tools, folder):
    rumdl, textlint = tools.cache("rumdl"), tools.cache("textlint")
    return [
        Case("sdi lint", [tools.sdi, "lint"], folder),
        Case("rumdl, its cache", [*tools.rumdl, "--cache-dir", rumdl, "."], folder),
        Case("textlint, its cache", [*tools.textlint, "--cache", "--cache-location", textlint, "**/*.md"], folder),
    ]


def fix_diff(tools, folder):
    return [
        Case("sdi fix --diff", [tools.sdi, "fix", "--diff"], folder),
        Case("rumdl --diff", [*tools.rumdl, *tools.no_cache, "--diff", "."], folder),
        Case("autocorrect", [*tools.autocorrect, "."], folder),
    ]


def with_hook(tools, folder, name, config):
    """A copy of the archive in which sdi checks each commit."""
    copy = os.path.join(tools.work, name)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, symlinks=True)
    if config:
        settings = os.path.join(copy, ".sdi.yaml")
        with open(settings, "a", encoding="utf-8") as file:
            file.write(config)
        git(copy, "add", ".sdi.yaml")
    git(copy, "commit", "-q", "--allow-empty", "-m", "config")
    git(copy, "tag", "-f", "start")
    subprocess.run((tools.sdi, "hook", "install"), cwd=copy, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return copy


def stage_slip(folder, path, text):
    """Puts one changed digest into the index, whatever the round before left."""
    def prepare():
        git(folder, "reset", "-q", "start")
        write(path, text)
        git(folder, "add", path)
        git(folder, "status")
    return prepare


def staged(tools, folder):
    plain = with_hook(tools, folder, "hook", "")
    fixing = with_hook(tools, folder, "hook-fix", "hook: {fix: true}\n")
    path = os.path.relpath(digests_of(plain)[-1], plain)
    with open(os.path.join(plain, path), encoding="utf-8", newline="") as file:
        text = file.read() + "- 追記した行 \n"
    check = stage_slip(plain, os.path.join(plain, path), text)
    fix = stage_slip(fixing, os.path.join(fixing, path), text)
    commit = ["git", "commit", "-q", "-m", "day"]
    return [
        Case("sdi lint --staged", [tools.sdi, "lint", "--staged"], plain, prepare=check),
        Case("sdi hook run", [tools.sdi, "hook", "run"], plain, prepare=check),
        Case("sdi hook run, `hook: {fix: true}`", [tools.sdi, "hook", "run"], fixing, prepare=fix),
        Case("git status", ["git", "status"], plain, prepare=check),
        Case("git commit --no-verify", [*commit, "--no-verify"], plain, prepare=check),
        Case("git commit, with the hook", commit, plain, prepare=check),
        Case("git commit, with the hook that fixes", commit, fixing, prepare=fix),
        Case("rumdl FILE", [*tools.rumdl, *tools.no_cache, path], plain),
        Case("rumdl FILE, through npm's wrapper", [*tools.rumdl_npm, *tools.no_cache, path], plain),
        Case("autocorrect FILE", [*tools.autocorrect, path], plain),
        Case("textlint FILE", [*tools.textlint, path], plain),
    ]


def search(tools, folder):
    word, rare, url = "ランサムウェア", "CVE-2024-3400", "hxxps://news[.]example/2024/04/17"
    return [
        Case("sdi search, a CVE number", [tools.sdi, "search", rare], folder),
        Case("sdi search, a URL that is not there", [tools.sdi, "search", url], folder),
        Case("sdi search -c, a common word", [tools.sdi, "search", "-c", word], folder),
        Case("sdi search, a common word", [tools.sdi, "search", word], folder),
        Case("git grep -niF, the CVE number", ["git", "grep", "-niF", rare], folder),
        Case("git grep -niF, the common word", ["git", "grep", "-niF", word], folder),
        Case("grep -rniF, the CVE number", ["grep", "-rniF", "--include=*.md", rare, "."], folder),
    ]


SCENARIOS = {
    "cold": ("whole archive, no cache", cold, 0),
    "again": ("whole archive, nothing changed since the last run", again, 1),
    "diff": ("the diff of all fixes", fix_diff, 0),
    "staged": ("one staged digest", staged, 0),
    "search": ("something looked for", search, 1),
}


def measure(options, tools, folder):
    """Returns what the archive as a whole took."""
    whole = []
    nr = len(digests_of(folder))
    for name in options.only:
        heading, make, warm_up = SCENARIOS[name]
        cases = make(tools, folder)
        rounds = options.rounds if name != "staged" else 4 * options.rounds
        in_turns(cases, warm_up, options.limit)
        for case in cases:
            case.runs.clear()
        in_turns(cases, rounds, options.limit)
        print(f"### {nr} digests: {heading}\n")
        print_cases(cases, cases[0])
        whole += [(nr, case) for case in cases[:2] if name == "cold" and case.runs]
    return whole


def print_growth(whole):
    rows = [[case.name, str(nr), f"{min(r.wall for r in case.runs) / nr * 1e6:.0f} µs",
             f"{min(r.cpu for r in case.runs) / nr * 1e6:.0f} µs",
             f"{max(r.peak for r in case.runs) / nr / 1000:.1f} kB"] for nr, case in whole]
    print("### What one digest takes\n")
    print_table(["", "digests", "wall", "user+system", "peak memory"], sorted(rows))


def copy_of(real, folder):
    """An existing folder of digests as a repository with one commit. Its templates and config come along."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(real, folder, ignore=shutil.ignore_patterns(".git"))
    subprocess.run(("chmod", "-R", "u+w", folder), check=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "archive")
    return folder


def archives(options):
    if options.real:
        yield copy_of(options.real, os.path.join(options.work, "real"))
        return
    for size in options.sizes or [1000, 10000] + [100000] * options.large:
        folder = os.path.join(options.work, f"archive-{size}")
        shutil.rmtree(folder, ignore_errors=True)
        generate.main(folder, size)
        yield folder


def parse():
    p = argparse.ArgumentParser(prog="tests/bench/run")
    for name in ("--sdi", "--peers", "--work"):
        p.add_argument(name, required=True, help=argparse.SUPPRESS)
    p.add_argument("--real", metavar="DIR", help="an existing folder of digests instead of generated ones")
    p.add_argument("--large", action="store_true", help="100000 digests, too")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--limit", type=float, default=120, help="seconds for one program in one scenario")
    p.add_argument("--only", type=lambda text: text.split(","), default=list(SCENARIOS), help=",".join(SCENARIOS))
    p.add_argument("sizes", nargs="*", type=int, metavar="SIZE")
    return p.parse_args()


def main():
    options = parse()
    tools = Tools(options.sdi, options.peers, options.work)
    whole = []
    for folder in archives(options):
        whole += measure(options, tools, folder)
    if whole:
        print_growth(whole)


if __name__ == "__main__":
    main()
