#!/bin/sh
# sdi rules and sdi explain.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

names() {
	sdi rules --output-format json | sed -n 's/^    {"name": "\([a-z-]*\)".*/\1/p'
}

same_rules() {
	for f in "$SDI_SOURCE_DIR"/lint/rules/*.c; do
		basename "$f" .c | tr _ -
	done | sort >"$scratch/files"
	names | sort | diff "$scratch/files" -
}

listed() {
	check_exit 0 sdi rules && for name in $(names); do
		grep -q "^  $name " "$out" || return
	done
}

in_force() {
	check_exit 0 sdi rules && grep -qE '^  tab +info ' "$out" &&
		check_exit 0 sdi rules --isolated && grep -qE '^  tab +warning ' "$out" &&
		check_exit 0 sdi rules --output-format json && grep -q '"name": "tab".*"severity": "info"' "$out"
}

table() {
	check_exit 0 sdi rules --output-format markdown && printed '| `tab` |' && printed '| --- | --- | --- | --- |'
}

explained() {
	check_exit 0 sdi explain "$1" && printed "$1: " && printed 'Bad' && printed 'Good' &&
		printed "<!-- sdi-ignore $1: the reason -->" && ! LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]')" "$out"
}

markdown() {
	check_exit 0 sdi explain --output-format markdown tab trailing-space && printed '## tab' && printed '## trailing-space'
}

json() {
	check_exit 0 sdi explain --output-format json tab trailing-space && valid_json
}

valid_json() {
	command -v jq >/dev/null || return 0
	jq -e . "$out" >/dev/null
}

all_json() {
	# shellcheck disable=SC2046 # names hold no blanks
	check_exit 0 sdi explain --output-format json $(names) && valid_json && check_exit 0 sdi rules --output-format json &&
		valid_json
}

unknown() {
	check_exit 2 sdi explain tabb trailing-space && said 'sdi: unknown rule `tabb`; did you mean `tab`?' && [ ! -s "$out" ] && check_exit 2 sdi explain ioc && said '`ioc` is a group'
}

project . 'rules:\n  tab: info\n'
check 'every file of lint/rules is a rule' same_rules
check 'the list' listed
check 'the severity in force' in_force
check 'a table for Markdown' table
check 'no arguments' check_exit 2 sdi rules tab
for name in $(names); do
	check "explain $name" explained "$name"
done
check 'explain several in Markdown' markdown
check 'explain several in JSON' json
check 'all of it is JSON' all_json
check 'explain no rule' unknown
check 'explain nothing' check_exit 2 sdi explain
finish
