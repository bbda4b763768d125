#!/bin/sh
# What findings look like, byte for byte: columns, carets, escapes. UPDATE=1 rewrites what is expected.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

lint() {
	sdi lint --select trailing-space,tab,final-newline "$@"
}

same() {
	check_exit 0 lint --output-format "$1" 2026-11-22.md && golden "$2"
}

default_full() {
	check_exit 0 lint 2026-11-22.md && golden full.txt && check_exit 0 lint --output-format text 2026-11-22.md &&
		golden full.txt
}

coloured() {
	check_exit 0 lint --color always 2026-11-22.md && golden colour.txt
}

valid_json() {
	command -v jq >/dev/null || return 0
	check_exit 0 lint --output-format json 2026-11-22.md && jq -e '.version == 1 and .files == 1 and
		(.findings | length) == (.summary.error + .summary.warning + .summary.info)' "$out"
}

# The bytes between the offsets are what columns say: JSON is read back.
offsets() {
	command -v jq >/dev/null || return 0
	check_exit 0 lint --output-format json 2026-11-22.md &&
		jq -e '[.findings[] | select(.rule == "trailing-space") | .end.column - .start.column
			== .end.offset - .start.offset] | all' "$out"
}

colour_of() {
	check_exit 0 env "$@" "$SDI" lint --select trailing-space --output-format concise 2026-11-22.md
	LC_ALL=C grep -q "$(printf '\033')" "$out"
}

no_colour_of() {
	! colour_of "$@"
}

flag_beats() {
	check_exit 0 env "$1" "$SDI" lint --select trailing-space --color "$2" 2026-11-22.md
	LC_ALL=C grep -q "$(printf '\033')" "$out"
}

never() {
	! flag_beats FORCE_COLOR=1 never
}

plain_json() {
	check_exit 0 lint --output-format json --color always 2026-11-22.md && ! LC_ALL=C grep -q "$(printf '\033')" "$out"
}

terminal() {
	script -qec "'$SDI' lint --select trailing-space --output-format concise 2026-11-22.md" /dev/null >"$out" 2>/dev/null
	LC_ALL=C grep -q "$(printf '\033')" "$out"
}

project .
{
	printf '# 日本語 \n'
	printf '\n'
	printf '%s\n' '- 𠮷野家で𩸽 '
	printf -- '- 絵文字😀と👨‍👩‍👧 \n'
	printf -- '- か\343\202\231く点 \n'
	printf -- '- ﾊﾝｶｸ と ＷＩＤＥ \n'
	printf '\t- タブ\tの後 \n'
	printf -- '- \033[31m赤\033[0m \342\200\256sdrow \n'
	printf -- '- \302\205\302\233 \177 \n'
	printf -- '- \357\273\277見えない\342\200\213字 \n'
	printf -- '- %s \n' "$(printf '長い行%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)"
	printf -- '- \t%s\n' "$(printf '後ろの長い%.0s' 1 2 3 4 5 6 7 8 9 10 11 12)"
	printf -- '- 最後'
} >2026-11-22.md

check 'full' same full full.txt
check 'full is the default' default_full
check 'concise' same concise concise.txt
check 'json' same json json.txt
check 'json can be read' valid_json
check 'columns are code points, offsets bytes' offsets
check 'in colour' coloured
check 'FORCE_COLOR' colour_of FORCE_COLOR=1
check 'CLICOLOR_FORCE' colour_of CLICOLOR_FORCE=1
check 'CLICOLOR_FORCE=0 is none' no_colour_of CLICOLOR_FORCE=0
check 'no terminal' no_colour_of TERM=xterm
check 'FORCE_COLOR before NO_COLOR' colour_of FORCE_COLOR=1 NO_COLOR=1
check 'an empty FORCE_COLOR is none' no_colour_of FORCE_COLOR=
check 'the flag beats FORCE_COLOR' never
check 'the flag beats NO_COLOR' flag_beats NO_COLOR=1 always
check 'JSON is never coloured' plain_json
if command -v script >/dev/null && script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
	check 'a terminal' terminal
fi
finish
