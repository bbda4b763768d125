#!/bin/sh
# sdi links among thousands of links: what it takes, and what is left when it is interrupted or killed.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2086,SC2317
. "$(dirname "$0")/lib.sh"

echo 'leak:libgit2' >>"$scratch/leaks"
python3 -c 'import asyncio, sqlite3' || skip 'python3 is not all there'
slow=''
if grep -qE '__(asan|tsan)_init' "$SDI"; then
	slow=--slow
fi

# In a folder of its own. $1: a scenario of link_crowd.py; the rest: its options
crowd() {
	mkdir "$1" && (cd "$1" && PYTHONDONTWRITEBYTECODE=1 SDI=$SDI python3 "$SDI_SOURCE_DIR/tests/cli/link_crowd.py" "$@" $slow)
}

# These wait more than they work: side by side.
begin() {
	(crowd "$@" >"$scratch/$1.log" 2>&1 && echo 0 || echo 1) >"$scratch/$1.code" &
}

ended() {
	cat "$scratch/$1.log"
	[ "$(cat "$scratch/$1.code")" -eq 0 ]
}

check 'memory, threads and files' crowd memory
begin interrupt --links 2500 --rounds 2 --longest 2 --seed "$$"
begin kill --links 1500 --longest 1.5 --seed "$$"
begin lull
begin two --links 1500
wait
check 'an interrupt tells what is known, and the next run goes on' ended interrupt
check 'a kill loses two seconds' ended kill
check 'what is known is kept while nothing more comes' ended lull
check 'two at once' ended two
finish
