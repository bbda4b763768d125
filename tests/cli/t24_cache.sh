#!/bin/sh
# What is remembered changes no byte of what is said.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

archive=.git/sdi/archive.db

# A repository with 40 digests, of which some have slips; in a folder $1.
repository() {
	rm -rf "$1" && mkdir "$1" && cd "$1" && git init -q . && project . && template . && mkdir news && day=10 &&
		while [ "$day" -lt 30 ]; do
			digest | sed "s/題名/題名$day/" >"news/202611$day.md"
			digest | sed "s/一行/行$day /; s/- 要約/- 要約約/" >"news/202610$day.md"
			day=$((day + 1))
		done && git add . && git commit -qm begin
}

all_formats() {
	for format in full concise json sarif github gitlab rdjson rdjsonl junit; do
		same --output-format "$format" || return
	done
	same --lang ja && same --statistics
}

formats_agree() (
	repository a && all_formats && [ -s "$archive" ] && all_formats
)

# Findings or none; into a file.
lint_into() {
	sdi lint -q >"$1" 2>"$err"
	[ $? -lt 2 ]
}

# A run that finds all that it needs writes nothing; and what is known is taken from there: another text under its key is said.
is_used() (
	repository b && lint_into "$scratch/first" && cp "$archive" "$scratch/db" && lint_into "$out" && cmp "$scratch/first" "$out" &&
		cmp "$archive" "$scratch/db" && [ "$(rows)" -eq 40 ] && sed -i 's/一行/九行/' news/20261110.md && lint_into "$out" && [ "$(rows)" -eq 41 ]
)

rows() {
	python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("select count(*) from memory").fetchone()[0])' "$archive"
}

no_cache() (
	repository c && check_exit 1 sdi lint -q --no-cache && [ ! -e .git/sdi ] && check_exit 0 sdi hook run && [ ! -e .git/sdi ] &&
		check_exit 1 sdi lint -q --select structure news/20261010.md && [ ! -e .git/sdi ] && git rm -q news/202611* news/2026102* &&
		check_exit 1 sdi lint -q && [ ! -e .git/sdi ]
)

outside_of_git() (
	mkdir d && project d && template d && mkdir d/news && cd d && for day in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26; do
		digest | sed 's/要約/要約約/' >"news/202611$day.md"
	done && same
)

# ---- what changes ----

edits() (
	repository e && same && seed=1 && turn=0 && while [ "$turn" -lt 60 ]; do
		seed=$(((seed * 1103515245 + 12345) % 2147483648)) && turn=$((turn + 1)) && file=news/2026$((10 + seed / 7 % 2))$((10 + seed / 64 % 20)).md
		case $((seed / 4096 % 9)) in
		0) echo 'x ' >>"$file" ;;
		1) sed -i '/要約/d' "$file" ;;
		2) digest >"$file" ;;
		3) sed -i "s/一行/$turn行/" "$file" ;;
		4) printf 'rules:\n  trailing-space: %s\n' "$(set -- error off info && shift $((seed % 3)) && echo "$1")" >.sdi.yaml ;;
		5) git checkout -q . ;;
		6) sed -i "s/^# Daily$/# Daily$((turn % 3))/" .sdi/templates/day.md ;;
		7) git mv "$file" "news/moved$turn.md" && git mv "news/moved$turn.md" "$file" && touch -d 2001-01-01 "$file" ;;
		8) printf 'overrides:\n  - paths: [news/2026101*]\n    ignore: [format]\n' >.sdi.yaml ;;
		esac
		same || { echo "after turn $turn" && return 1; }
	done
)

# The same size in the same second.
racy() (
	repository f && same && turn=0 && while [ "$turn" -lt 10 ]; do
		turn=$((turn + 1)) && sed -i 's/要約約/要約訳/' news/20261010.md && touch -d @1700000000 news/20261010.md && same &&
			sed -i 's/要約訳/要約約/' news/20261010.md && touch -d @1700000000 news/20261010.md && same || return
	done
)

branches() (
	repository g && git checkout -qb other && sed -i 's/要約約/要約/' news/*.md && git commit -qam other && same && git checkout -q - && same &&
		git checkout -q other && same && same --rev HEAD~1 && same --rev HEAD && same --since HEAD~1 --changed-lines
)

# A link leads to another file: what is said of it is never remembered.
links() (
	repository h && echo '[a](../image.png) [b](20261011.md#メモ)' >>news/20261010.md && git add . && same && : >image.png && same && git add . && same &&
		sed -i 's/### メモ/### 覚え書き/' news/20261011.md && same && rm image.png && git add . && same
)

# Paths are said from the current folder.
folders() (
	repository i && same && cd news && same && same . && cd .. && same news && same "$PWD/news"
)

twins() (
	repository j && same && mkdir other && cp news/20261010.md other/ && same && rm -r other && same
)

command_line() (
	repository k && same && same --select structure && same --ignore format && same --preset strict && same --isolated && printf 'fail-on: never\n' >"$scratch/c.yaml" &&
		same --config "$scratch/c.yaml"
)

baseline() (
	repository l && same && sdi lint -q --write-baseline known >/dev/null && same --baseline known && echo 'x ' >>news/20261010.md && same --baseline known
)

fixes() (
	repository m && lint_into "$out" && check_exit 0 sdi fix -q && same && git checkout -q . && same
)

linked() (
	repository n && same && git worktree add -q ../n2 -b n2 && cd ../n2 && same && [ ! -e .git/sdi ] && lint_into "$out" && [ -s "../n/$archive" ]
)

# ---- where it cannot be ----

damaged() (
	repository o && same && for what in ': >' 'rm -f' 'echo no database >' 'truncate -s 5000' 'truncate -s -1'; do
		eval "$what $archive" && same || return
	done && at=0 && while [ "$at" -lt 40 ]; do
		at=$((at + 1)) && printf '\377\0\377' | dd of="$archive" bs=1 seek=$((at * 1531)) conv=notrunc 2>/dev/null && same || return
	done
)

in_its_place() (
	repository p && rm -rf .git/sdi && ln -s "$scratch/elsewhere" .git/sdi && same && [ ! -e "$scratch/elsewhere" ] && rm .git/sdi && mkdir -p "$archive" && same &&
		rm -r .git/sdi && mkdir .git/sdi && ln -s "$scratch/elsewhere" "$archive" && same && [ ! -e "$scratch/elsewhere" ] &&
		rm "$archive" && mkfifo "$archive" && same && rm "$archive" && echo x >.git/nothing && rmdir .git/sdi && echo file >.git/sdi && same
)

read_only() (
	repository q && chmod -R a+rX . && chmod 755 .. && same
	as_nobody "$SDI" lint --no-cache >"$scratch/wanted" 2>"$scratch/wanted.err"
	as_nobody "$SDI" lint >"$out" 2>"$err"
	cmp "$scratch/wanted" "$out" && cmp "$scratch/wanted.err" "$err" && { [ "$(id -u)" -ne 0 ] || roots; }
)

# What root does in the repository of somebody else leaves nothing there.
roots() {
	rm -rf .git/sdi && chown -R 65534:65534 . && export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' &&
		git status >/dev/null && same && [ ! -e .git/sdi ]
}

locked() (
	repository r && same && python3 - "$archive" "$SDI" <<'PYTHON'
import sqlite3, subprocess, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
wanted = subprocess.run([sys.argv[2], "lint", "--no-cache"], capture_output=True)
for how in "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE":
    held.execute(how)
    for _ in range(2):
        with open("news/20261010.md", "a") as f:
            f.write("")
        got = subprocess.run([sys.argv[2], "lint"], capture_output=True)
        if (got.stdout, got.stderr, got.returncode) != (wanted.stdout, wanted.stderr, wanted.returncode):
            sys.exit(how)
    held.execute("ROLLBACK")
PYTHON
)

at_once() (
	repository s && sdi lint --no-cache >"$scratch/wanted" 2>/dev/null
	for turn in 1 2 3; do
		rm -rf .git/sdi
		for one in 1 2 3 4; do
			sdi lint >"$scratch/at.$one" 2>/dev/null &
		done
		wait
		for one in 1 2 3 4; do
			cmp "$scratch/wanted" "$scratch/at.$one" || return
		done
	done
	same
)

check 'all formats' formats_agree
check 'what is known is not written again' is_used
check '--no-cache, and few files' no_cache
check 'outside of git' outside_of_git
check 'edits of texts, config and template' edits
check 'the same size in the same second' racy
check 'branches and commits' branches
check 'links to other files' links
check 'from other folders' folders
check 'another digest of the day' twins
check 'what the command line says' command_line
check 'baselines' baseline
check 'after fixing' fixes
check 'linked work trees share it' linked
check 'damaged' damaged
check 'something else in its place' in_its_place
if has_nobody; then
	check 'not ours to write' read_only
fi
check 'locked' locked
check 'several at once' at_once
finish
