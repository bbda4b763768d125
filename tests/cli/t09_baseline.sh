#!/bin/sh
# Baselines: what is known does not count, wherever it has moved to; they only shrink.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

lint() {
	sdi lint --output-format concise "$@"
}

# A digest of the 22nd with two findings: no URL and a trailing space.
bad_digest() {
	digest | sed '/^https/d; s/^N\/A$/N\/A /'
}

fresh() {
	rm -rf "$trash/p" && template "$trash/p" && mkdir -p "$trash/p/news" && cd "$trash/p" || return
	printf 'timezone: UTC\n' >.sdi.yaml
	digest >news/20261121.md
	bad_digest >news/20261122.md
}

write() {
	fresh && check_exit 1 lint && [ "$(wc -l <"$out")" -eq 2 ] &&
		check_exit 0 lint --write-baseline .sdi/known && said '.sdi/known: 2 in the baseline' &&
		said 'No findings in 3 files; 2 in the baseline' && [ ! -s "$out" ] &&
		check_exit 0 lint --baseline .sdi/known && said '; 2 in the baseline' && check_exit 1 lint
}

# $1: the lines behind the first
lines() {
	sed -n '1s/^# sdi baseline 1$/ok/p; 2,$s/ [0-9a-f]* / * /p' .sdi/known | diff - "$scratch/wanted"
}

format() {
	fresh && lint --write-baseline .sdi/known 2>/dev/null && cp .sdi/known first && rm .sdi/known &&
		lint --write-baseline .sdi/known 2>/dev/null && cmp first .sdi/known &&
		printf 'ok\n2026-11-22 missing-url * 1\n2026-11-22 trailing-space * 1\n' >"$scratch/wanted" && lines
}

# A path in the config is relative to it.
from_config() {
	fresh && printf 'baseline: .sdi/known\n' >>.sdi.yaml && check_exit 2 lint && said '--write-baseline .sdi/known' &&
		check_exit 0 lint --write-baseline .sdi/known && check_exit 0 lint && check_exit 0 lint news/20261122.md &&
		cd news && check_exit 0 lint && check_exit 1 lint --isolated && check_exit 0 lint -q && [ ! -s "$err" ]
}

prepared() {
	fresh && lint --write-baseline .sdi/known 2>/dev/null && printf 'baseline: .sdi/known\n' >>.sdi.yaml
}

moved_lines() {
	prepared && bad_digest | sed 's/^# Daily$/&\n\n別の行。/; s/記事の題名/記事の　題名/; s/一行の要約/別の要約/' >news/20261122.md &&
		check_exit 0 lint --fail-on error && said '; 2 in the baseline'
}

moved_file() {
	prepared && mkdir -p news/old && mv news/20261122.md news/old/ && check_exit 1 lint &&
		said '; 2 in the baseline' && printed misplaced-digest && [ "$(wc -l <"$out")" -eq 1 ]
}

# What is new is told: more of the same, another entry, another line.
new_ones() {
	prepared && bad_digest | sed 's/^N\/A $/&\n&/' >news/20261122.md && check_exit 0 lint --fail-on error &&
		[ "$(grep -c trailing-space "$out")" -eq 1 ] && bad_digest | sed 's/題名/別の題名/' >news/20261122.md &&
		check_exit 1 lint && printed missing-url && ! grep trailing-space "$out"
}

shrinks() {
	prepared && bad_digest | sed 's/N\/A $/N\/A/' >news/20261122.md && sed -i 's/一行の要約/& /' news/20261121.md &&
		check_exit 0 lint --fail-on error && said '.sdi/known: 1 found no more; `sdi lint --write-baseline .sdi/known`' &&
		lint --write-baseline .sdi/known --fail-on never >/dev/null 2>&1 &&
		printf 'ok\n2026-11-22 missing-url * 1\n' >"$scratch/wanted" && lines &&
		check_exit 0 lint --fail-on error && ! grep 'no more' "$err" && printed '20261121.md'
}

# What was not looked at stays.
partly() {
	prepared && cp .sdi/known before && check_exit 0 lint news/20261121.md && ! grep 'no more' "$err" &&
		check_exit 0 lint --select tab && ! grep 'no more' "$err" &&
		check_exit 0 lint --write-baseline .sdi/known news/20261121.md && cmp before .sdi/known &&
		check_exit 0 lint --write-baseline .sdi/known --select tab && cmp before .sdi/known &&
		printf 'rules: {trailing-space: off}\n' >>.sdi.yaml && check_exit 0 lint && said ': 1 found no more'
}

gone() {
	prepared && rm news/20261122.md && check_exit 0 lint && said ': 2 found no more' &&
		check_exit 0 lint --write-baseline .sdi/known && echo ok >"$scratch/wanted" && lines
}

both() {
	prepared && bad_digest | sed 's/N\/A $/N\/A/' >news/20261122.md && sed -i 's/一行の要約/& /' news/20261121.md &&
		lint --baseline .sdi/known --write-baseline other --fail-on never >/dev/null 2>&1 &&
		grep -q missing-url other && [ "$(wc -l <other)" -eq 2 ]
}

# That a text could not be checked is never known.
unread() {
	prepared && printf '\377\n' >news/20261122.md && check_exit 1 lint && printed invalid-encoding &&
		! grep 'no more' "$err" && cp .sdi/known before && check_exit 1 lint --write-baseline .sdi/known &&
		cmp before .sdi/known
}

not_all_read() {
	prepared && cp .sdi/known before && rm news/20261122.md && check_exit 2 lint --write-baseline .sdi/known nowhere . &&
		said 'is not written' && cmp before .sdi/known
}

# $1: what is said, $2: the file
refused() {
	fresh && printf '%b' "$2" >known && check_exit 2 lint --baseline known && said "sdi: known$1" && [ ! -s "$out" ] &&
		check_exit 2 lint --write-baseline known && printf '%b' "$2" | cmp - known
}

not_there() {
	fresh && check_exit 2 lint --baseline nowhere && said 'nowhere' && check_exit 2 lint --baseline news &&
		mkfifo pipe && check_exit 2 lint --baseline pipe && check_exit 2 lint --write-baseline pipe && [ -p pipe ]
}

link() {
	fresh && echo precious >elsewhere && ln -s elsewhere known && check_exit 2 lint --write-baseline known &&
		[ "$(cat elsewhere)" = precious ]
}

keeps_mode() {
	prepared && chmod 640 .sdi/known && rm news/20261122.md && lint --write-baseline .sdi/known 2>/dev/null &&
		[ "$(stat -c %a .sdi/known)" = 640 ] && [ "$(find .sdi -name '.known*' | wc -l)" -eq 0 ]
}

huge() {
	fresh && { echo '# sdi baseline 1' && yes '2026-11-22 tab 0000000000000000 1' | head -n 300000; } >known &&
		check_exit 2 lint --baseline known && said 'known:3: not in order' &&
		{ echo '# sdi baseline 1' && head -c 17000000 /dev/zero | tr '\0' a; } >known &&
		check_exit 2 lint --baseline known && said 'too large'
}

json() {
	prepared && check_exit 0 sdi lint --output-format json && printed '"findings": []' && printed '"baseline": 2'
}

# Two that are the same are two; a third is not known.
counts() {
	fresh && printf '\nx \n\nx \n' >>news/20261121.md && lint --write-baseline known 2>/dev/null &&
		grep -q '^2026-11-21 trailing-space [0-9a-f]* 2$' known && check_exit 0 lint --baseline known &&
		printf '\nx \n' >>news/20261121.md && lint --baseline known >"$out" 2>"$err"
	[ "$(grep -c trailing-space "$out")" -eq 1 ]
}

good='2026-11-22 tab 0123456789abcdef'
check 'a baseline is written, and holds' write
check 'its form' format
check 'from the config' from_config
check 'lines may move' moved_lines
check 'digests may move' moved_file
check 'what is new is told' new_ones
check 'the same, twice' counts
check 'it shrinks' shrinks
check 'what was not looked at stays' partly
check 'a digest that is gone' gone
check 'two baselines: what both have' both
check 'texts that cannot be checked' unread
check 'not everything was read' not_all_read
check 'no baseline' refused ':1: no baseline' 'x\n'
check 'an empty file' refused ':1: no baseline' ''
check 'another version' refused ':1: a baseline of another version' '# sdi baseline 2\n'
check 'a line of something else' refused ':3: not `DIGEST RULE' "# sdi baseline 1\n$good 1\n<<<<<<< ours\n"
check 'no count' refused ':2: not `DIGEST' "# sdi baseline 1\n$good\n"
check 'a count of nothing' refused ':2: not `DIGEST' "# sdi baseline 1\n$good 0\n"
check 'a count too high' refused ':2: not `DIGEST' "# sdi baseline 1\n$good 1000001\n"
check 'more than a count' refused ':2: not `DIGEST' "# sdi baseline 1\n$good 1 1\n"
check 'twice the same' refused ':3: not in order' "# sdi baseline 1\n$good 1\n$good 1\n"
check 'a line that does not end' refused ':2: the last line' "# sdi baseline 1\n$good 1"
check 'bytes that are no text' refused ': no baseline: not UTF-8' '# sdi baseline 1\n\0377\n'
check 'not there, and nothing to read' not_there
check 'a link is left alone' link
check 'permissions are kept' keeps_mode
# What a commit is judged by is in the commit.
unstaged() (
	mkdir "$trash/unstaged" && cd "$trash/unstaged" && git init -q . && sdi init --yes --no-hook >/dev/null 2>&1 && sdi new 2031-11-20 >/dev/null && sdi lint -q --write-baseline .sdi/baseline >/dev/null 2>&1 && [ -s .sdi/baseline ] && echo 'baseline: .sdi/baseline' >>.sdi.yaml && git add .sdi.yaml 2031 &&
		check_exit 2 sdi lint --staged && said '`.sdi/baseline` is on disk, but not among what is looked at; `git add` it' && git add .sdi && check_exit 0 sdi lint --staged && rm -r .sdi/baseline && git rm -q --cached .sdi/baseline && check_exit 2 sdi lint --staged && said 'it is not there'
)

check 'on disk, but not in the index' unstaged
check 'a huge one' huge
check 'json counts it' json
finish
