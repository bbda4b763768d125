#!/bin/sh
# Presets, overrides, patterns, and what sdi config says of them.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

lint() {
	sdi lint --output-format concise "$@"
}

# The paths with findings of `sdi lint $2…` are $1.
found() {
	wanted=$1
	shift
	lint -q "$@" >"$out" 2>"$err"
	[ "$(sed 's/:.*//' "$out" | uniq | tr '\n' ' ')" = "$wanted" ] && return
	cat "$out" "$err"
	return 1
}

config() {
	printf '%b' "$1" >.sdi.yaml
}

strict() {
	config 'select: [too-many-items, trailing-space]\nrules: {trailing-space: info}\n'
	check_exit 0 lint new/2026-11-20.md && printed ' info trailing-space' &&
		check_exit 0 lint --preset strict new/2026-11-20.md && printed ' info trailing-space' &&
		config 'preset: strict\n' && check_exit 0 sdi config && printed 'item-too-long' &&
		check_exit 0 sdi config --preset recommended && ! grep -q item-too-long "$out" &&
		check_exit 2 lint --preset loose
}

overrides() {
	config 'select: [trailing-space]\noverrides:\n  - paths: ["old/**"]\n    ignore: [format]\n'
	found 'new/2026-11-20.md new/a/2026-11-21.md ' &&
		config 'select: [tab]\noverrides:\n  - paths: [old]\n    select: [trailing-space]\n' &&
		found 'old/2020-01-01.md ' && found '' --select tab &&
		config 'overrides:\n  - paths: ["*/2*"]\n    rules: {trailing-space: off}\n  - paths: [new]\n    rules: {trailing-space: error}\n' &&
		found 'new/2026-11-20.md new/a/2026-11-21.md ' --select trailing-space && found '' --select tab
}

# Paths are the project's, wherever sdi runs and however they are named.
from_elsewhere() {
	config 'select: [trailing-space]\noverrides:\n  - paths: [old]\n    ignore: [format]\n'
	(cd old && found '' .) && (cd new && found '' ../old/2020-01-01.md) && found '' "$PWD/old" &&
		printf 'x \n' | check_exit 0 lint --stdin-filename old/2020-01-01.md - && [ ! -s "$out" ]
}

unread() {
	config 'overrides:\n  - paths: [old]\n    ignore: [all]\n    rules: {invalid-encoding: info}\n'
	printf '\377\n' >old/2020-01-02.md && found 'old/2020-01-02.md ' old && rm old/2020-01-02.md
}

exclude() {
	config "select: [trailing-space]\nexclude: ['old/**', '**/a']\n"
	found 'new/2026-11-20.md ' && found 'old/2020-01-01.md ' old && found 'old/2020-01-01.md ' old/2020-01-01.md &&
		config "select: [trailing-space]\nexclude: ['{old,new/*}/202?-*.md']\n" && found 'new/2026-11-20.md '
}

# No pattern keeps anybody waiting.
hostile() {
	stars=$(printf 'a*%.0s' $(seq 300))
	{
		echo 'overrides:'
		for i in $(seq 30); do printf '  - paths: ["**/%s%sb"]\n' "$stars" "$i"; done
	} >.sdi.yaml
	check_exit 0 timeout 10 "$SDI" lint -q --select tab &&
		config 'exclude: ["{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"]\n' && check_exit 2 lint && said 'more than 100 ways'
}

# A mistake anywhere is told, also where no path fits.
mistakes() {
	config 'overrides:\n  - paths: [nowhere]\n    rules: {tabs: off}\n' && check_exit 2 lint new && said '.sdi.yaml:3:13: ' &&
		config 'overrides:\n  - paths: [nowhere]\n    rules: {wrong-date: {max-days: x}}\n' && check_exit 2 lint new &&
		said '.sdi.yaml:3:36: ' && config 'exclude: [*.md]\n' && check_exit 2 lint && said 'in quotes'
}

shown() {
	config 'preset: strict\nignore: [tab]\noverrides:\n  - paths: [old]\n    rules:\n      wrong-date: {severity: off, max-days: 9}\n'
	check_exit 0 sdi config && printed 'Config: .sdi.yaml' && sed 's/  */ /g' "$out" >text &&
		grep -qx 'preset strict .sdi.yaml:1:9' text && grep -qx 'timezone Asia/Tokyo default' text &&
		grep -qx ' tab off .sdi.yaml:2:10' text && ! grep -q wrong-date text &&
		check_exit 0 sdi config --ignore date old/2020-01-01.md && printed 'with override 1' && sed 's/  */ /g' "$out" >text &&
		grep -qx ' wrong-date off command line' text && grep -qx ' max-days 9 override 1, .sdi.yaml:6:45' text &&
		check_exit 0 sdi config --all && [ "$(wc -l <"$out")" -gt "$(wc -l <text)" ] && printed 'max-bytes' &&
		check_exit 0 sdi config --isolated && printed 'Config: none' && (cd old && check_exit 0 sdi config 2020-01-01.md) &&
		printed 'For old/2020-01-01.md' && check_exit 2 sdi config a b && check_exit 2 sdi config .
}

shown_hook() {
	config 'hook:\n  fix: true\n' && check_exit 0 sdi config && sed 's/  */ /g' "$out" >text &&
		grep -qx 'hook.fix true .sdi.yaml:2:8' text && config 'hook:\n' && check_exit 0 sdi config &&
		sed 's/  */ /g' "$out" >text && grep -qx 'hook.fix false default' text
}

shown_json() {
	command -v jq >/dev/null || return 0
	config 'hook: {fix: true}\noverrides:\n  - paths: [old]\n    rules: {wrong-date: {max-days: 9}}\n'
	check_exit 0 sdi config --output-format json old/a.md && jq -e '
		.version == 1 and .file == "old/a.md" and .keys.preset.from.kind == "default" and .excluded == false and
		.keys["hook.fix"].value == true and .keys["hook.fix"].from.column == 13 and
		(.rules[] | select(.name == "wrong-date") | .options[0] | .value == 9 and .from.override == 1 and .from.line == 4)
	' "$out"
}

schema() {
	check_exit 0 sdi config --schema && printed 'draft-07' && [ ! -s "$err" ] && check_exit 2 sdi config --schema a
}

escaped() {
	config 'ignore: ["a\\e[31m"]\n' && check_exit 2 sdi config && config 'exclude: ["a\\e[31m]"]\n' && check_exit 0 sdi config &&
		printed '\x1b' && ! LC_ALL=C grep -q "$(printf '\033')" "$out"
}

mkdir -p new/a old
for f in new/2026-11-20.md new/a/2026-11-21.md old/2020-01-01.md; do
	printf 'x \n' >"$f"
done
check 'presets' strict
check 'overrides' overrides
check 'from elsewhere' from_elsewhere
check 'what tells of unread texts stays' unread
check 'exclude takes patterns' exclude
check 'hostile patterns' hostile
check 'mistakes in overrides' mistakes
check 'sdi config' shown
check 'sdi config: the hook' shown_hook
check 'sdi config, as JSON' shown_json
check 'the schema' schema
check 'sdi config escapes' escaped
finish
