#!/bin/sh
# Formats for programs: byte for byte over one digest, and against each other. UPDATE=1 rewrites what is expected.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

lint() {
	sdi lint --select trailing-space,tab,final-newline,unknown-field,unknown-section,duplicate-entry "$@"
}

same() {
	check_exit 1 lint --output-format "$1" && golden "$1.txt"
}

# The texts of the rules change; they have tests of their own.
same_sarif() {
	command -v jq >/dev/null || return 0
	check_exit 1 lint --output-format sarif && jq '.runs[0].tool.driver |= (del(.semanticVersion)
		| .rules[] |= del(.shortDescription, .fullDescription, .help))' "$out" >"$scratch/sarif" &&
		cp "$scratch/sarif" "$out" && golden sarif.txt
}

same_summary() {
	rm -f "$scratch/step"
	check_exit 1 env GITHUB_STEP_SUMMARY="$scratch/step" "$SDI" lint --output-format github \
		--select trailing-space,tab,final-newline,unknown-field,unknown-section,duplicate-entry &&
		cp "$scratch/step" "$out" && golden step_summary.txt
}

statistics() {
	check_exit 1 lint --statistics && golden statistics.txt && said 'Found ' &&
		check_exit 1 lint --statistics --output-format concise && golden statistics.txt
}

json_statistics() {
	command -v jq >/dev/null || return 0
	check_exit 1 lint --statistics --output-format json &&
		jq -e '(.findings | length) == ([.statistics[].count] | add)
			and ([.statistics[].fixable] | add) == .summary.fixable
			and ([.statistics[].count] | . == (sort | reverse))' "$out" &&
		check_exit 1 lint --output-format json && jq -e 'has("statistics") | not' "$out"
}

# Texts that make columns, lines and escapes hard.
write_odd() {
	mkdir "$1" && project "$1" && (
		cd "$1" || exit
		printf '\357\273\277# 日本語 \r\n\r\n- 𠮷 😀👨‍👩‍👧 \r- か\343\202\231 \n\tタブ \n' >2026-01-01.md
		: >2026-01-02.md
		printf '# x \n\343\201 \377\360\237\230 \343\201\202 \355\240\200 \360\237 \n' >2026-01-03.md
		printf '# x\000 \n' >2026-01-04.md
		awk 'BEGIN { printf "- "; for (i = 0; i < 20000; i++) printf "😀 か゛ "; print "" }' >2026-01-05.md
		printf 'x \n\n\n\n\n' >2026-01-06.md
		printf 'x \r\ry \r' >2026-01-07.md
		awk 'BEGIN { for (i = 0; i < 200; i++) print "Lorem ipsum " }' >2026-01-08.md
		printf '### a](http://evil.example/) {0} ##[add-mask]x %%0A | <b> `\n\n### ::error::x\n' >2026-01-09.md
		printf '\357\273\277' >2026-01-10.md
		printf 'x \n😀' >2026-01-11.md
	)
}

odd() {
	write_odd odd && cd odd && compared .
}

subfolder() {
	cd sub/news && compared ../.. && return 1
	check_exit 1 lint --output-format github && printed 'file=sub/news/20261122.md,' &&
		check_exit 1 lint --output-format sarif && printed '"uri": "sub/news/20261122.md"' &&
		check_exit 1 lint --output-format gitlab && printed '"path": "sub/news/20261122.md"' &&
		check_exit 1 lint --output-format rdjson && printed '"path": "20261122.md"' &&
		check_exit 1 lint --output-format json && printed '"path": "20261122.md"'
}

in_repository() {
	command -v git >/dev/null || return 0
	mkdir "$trash/repo" && cp -R "$trash/day" "$trash/repo/sub" && (cd "$trash/repo" && git init -q . && subfolder)
}

in_workspace() {
	mkdir "$trash/work" && cp -R "$trash/day" "$trash/work/sub" &&
		(export GITHUB_WORKSPACE="$trash/work" && cd "$trash/work" && subfolder)
}

related() {
	cd "$trash/repo/sub" && check_exit 1 lint --output-format sarif news/20261122.md &&
		printed '"relatedLocations": [{"id": 0, "physicalLocation": {"artifactLocation": {"uri": "sub/news/20261122.md"}'
}

# The fingerprints of a report, sorted.
prints() {
	lint --output-format gitlab | sed -n 's/.*"fingerprint": "\([0-9a-f]*\)".*/\1/p' | sort
}

shifted() {
	cp -R "$trash/day" "$trash/shifted" && cd "$trash/shifted" && prints >"$scratch/before" || return
	sed 's/^### ニュース$/一行\n\n&/' news/20261122.md >x && mv x news/20261122.md && prints >"$scratch/after" &&
		[ -s "$scratch/before" ] && diff "$scratch/before" "$scratch/after" && ! uniq -d "$scratch/after" | grep .
}

# Facts of the action's own test: a text without a character, and the last line of any other.
known_hash() {
	project kh && : >kh/2026-01-01.md && (cd kh && check_exit 1 sdi lint --output-format sarif 2026-01-01.md) &&
		printed '"primaryLocationLineHash": "c129715d7a2bc9a3:1"'
}

nothing() {
	mkdir -p empty && for format in $formats; do
		check_exit 0 lint --output-format "$format" empty && said '0 files checked' || return
		case $format in
		github | rdjsonl | concise) [ ! -s "$out" ] ;;
		junit) python3 -c 'import sys, xml.etree.ElementTree as x; x.parse(sys.argv[1])' "$out" ;;
		*) python3 -c 'import sys, json; json.load(open(sys.argv[1]))' "$out" ;;
		esac || return
	done
}

same_code() {
	for format in $formats full; do
		check_exit 1 lint --output-format "$format" --color always && check_exit 0 lint -q --output-format "$format" --fail-on never ||
			return
		[ "$format" = full ] || [ "$format" = concise ] || [ ! -s "$err" ] || return
		[ "$format" = full ] || [ "$format" = concise ] || ! LC_ALL=C grep -q "$(printf '\033')" "$out" || return
	done
}

# What the runner of GitHub would take for a command, in a job and in no matter which format.
forges() {
	LC_ALL=C.UTF-8 grep -nE '^[[:space:]]*::' "$1" || grep -nF '##[' "$1"
}

hostile() {
	mkdir hostile && project hostile && cd hostile || return
	digest=$(printf '### ::error::x ##[error]y %%0A::error::z\r::warning::w \n\t::error::v ##[add-mask]x \n')
	for name in '::error::2026-01-01.md' '##[error]2026-01-02.md' ' ::error::2026-01-03.md' 'a%0A::error::2026-01-04.md' \
		'　::error file=x::2026-01-05.md' "$(printf 'a\r::error::2026-01-06.md')" "$(printf 'a\n::error::2026-01-07.md')" \
		'a,line=1::2026-01-08.md'; do
		printf '%s\n' "$digest" >"$name"
	done
	for format in full concise json sarif gitlab rdjson rdjsonl junit; do
		GITHUB_ACTIONS=true sdi lint --output-format "$format" -- *.md >"$out" 2>"$err"
		[ -s "$out" ] && ! forges "$out" && ! forges "$err" || return
	done
	GITHUB_ACTIONS=true sdi lint --select unknown-section --output-format github -- *.md >"$out"
	# Each line is one of ours, whole.
	! grep -vE '^::(error|warning|notice) (file=[^:,]*,line=[0-9]+,endLine=[0-9]+(,col=[0-9]+,endColumn=[0-9]+)?,)?title=[a-z-]+::' \
		"$out" && printed 'file=%3A%3Aerror%3A%3A2026-01-01.md,' && printed 'file=a%250A%3A%3Aerror%3A%3A2026-01-04.md,' &&
		printed 'file=a%0A%3A%3Aerror%3A%3A2026-01-07.md,' && printed 'file=a%2Cline=1%3A%3A2026-01-08.md,'
}

elsewhere() {
	cd hostile && check_exit 0 sdi lint --select trailing-space --output-format concise -- ::*01.md &&
		printed '::error::2026-01-01.md:2:'
}

summary_cap() {
	mkdir cap && project cap && awk 'BEGIN { for (i = 0; i < 19999; i++) print "x " }' >cap/2026-01-01.md &&
		(cd cap && rm -f step && GITHUB_STEP_SUMMARY=$PWD/step sdi lint --output-format github --select trailing-space >"$out") &&
		[ "$(wc -c <cap/step)" -le 1048576 ] && tail -n 1 cap/step | grep -qE '^… and [0-9]+ more$' &&
		[ "$(grep -c '^| [0-9]' cap/step)" -gt 9000 ] && [ "$(wc -l <"$out")" -eq 11 ] &&
		printed '::notice title=sdi::and 19989 more'
}

summary_adds() {
	printf 'before\n' >"$scratch/step" &&
		GITHUB_STEP_SUMMARY=$scratch/step sdi lint --output-format github --select tab day >"$out" &&
		[ "$(head -n 1 "$scratch/step")" = before ] && [ "$(wc -l <"$scratch/step")" -gt 3 ]
}

no_summary() {
	rm -f "$scratch/step" && GITHUB_STEP_SUMMARY=$scratch/step sdi lint --output-format json --select tab day >"$out" &&
		[ ! -e "$scratch/step" ]
}

bad_summary() {
	check_exit 2 env GITHUB_STEP_SUMMARY=/nowhere/step "$SDI" lint --output-format github --select tab day &&
		said 'cannot write `/nowhere/step`'
}

check_files() {
	check_exit 1 lint --output json="$scratch/a" --output sarif="$scratch/b" --output-format concise && printed ' error ' &&
		grep -q '^{"version": 1' "$scratch/a" && grep -q '"version": "2.1.0"' "$scratch/b"
}

stdout_too() {
	check_exit 1 lint --output json=- && [ "$(head -c 12 "$out")" = '{"version": ' ] && [ ! -s "$err" ] &&
		check_exit 1 lint --output github=- --output-format concise && printed '::error file=' && printed '.md:'
}

unwritable() {
	check_exit 2 lint --output json=/nowhere/a --output sarif="$scratch/c" && said 'cannot write `/nowhere/a`: ' &&
		printed 'error' && grep -q '"version": "2.1.0"' "$scratch/c" &&
		check_exit 2 lint --output "json=$scratch" && said 'cannot write'
}

replaced() {
	printf 'old' >"$scratch/r" && chmod 640 "$scratch/r" && ln -s r "$scratch/link" &&
		check_exit 1 lint --output json="$scratch/link" && [ -L "$scratch/link" ] && grep -q version "$scratch/r" &&
		[ "$(stat -c %a "$scratch/r")" = 640 ] && [ "$(find "$scratch" -name 'r.*' | wc -l)" -eq 0 ]
}

not_replaced() {
	has_nobody || return 0
	mkdir "$scratch/ro" && printf 'old' >"$scratch/ro/f" && chmod 555 "$scratch/ro" && chmod 444 "$scratch/ro/f" &&
		check_exit 2 as_nobody "$SDI" lint --output json="$scratch/ro/f" "$trash/day" && [ "$(cat "$scratch/ro/f")" = old ]
}

wrong_use() {
	check_exit 2 lint --output jsonx=a && said 'did you mean `json`?' && check_exit 2 lint --output json &&
		said 'FORMAT=FILE' && check_exit 2 lint --output json= && check_exit 2 lint --output '' &&
		check_exit 2 lint --output json=a --output sarif=a && said 'named twice' && [ ! -e a ]
}

spares() {
	mkdir -p "$trash/spare" && cd "$trash/spare" || return 1
	"$SDI" new 2026-11-22 >/dev/null || return 1
	file=$(find . -name '*.md') && cp "$file" before && ln -s "$file" link || return 1
	for name in "$file" "./$file" link; do
		"$SDI" lint --output "json=$name" "$file" >/dev/null 2>err
		[ $? -eq 2 ] && cmp -s before "$file" && grep -q 'would be replaced' err || return 1
	done
}

one_document() {
	for two in '--output json=- --output sarif=-' '--output-format full --output json=-'; do
		# shellcheck disable=SC2086 # two options
		"$SDI" lint $two >out 2>err
		[ $? -eq 2 ] && [ ! -s out ] && grep -q 'stands alone' err || return 1
	done
}

from_environment() {
	check_exit 1 env SDI_OUTPUT_FORMAT=junit "$SDI" lint day && printed '<testsuites' &&
		check_exit 1 env SDI_OUTPUT_FORMAT=junit "$SDI" lint --output-format concise day && ! printed '<testsuites' &&
		check_exit 2 env SDI_OUTPUT_FORMAT=xml "$SDI" lint day && said 'SDI_OUTPUT_FORMAT takes' &&
		check_exit 1 env SDI_OUTPUT_FORMAT= "$SDI" lint day && printed ' | '
}

standard_input() {
	for format in $formats; do
		printf '# x \n' | sdi lint --output-format "$format" --select trailing-space - >"$out" 2>"$err" && [ -s "$out" ] || return
	done
	printf '# x \n' | sdi lint --output-format sarif --select trailing-space - >"$out" && printed '"uri": "%3Cstdin%3E"'
}

incomplete() {
	check_exit 2 lint --output-format sarif day nowhere.md && printed '"executionSuccessful": false'
}

mkdir day && project day && template day && mkdir day/news && {
	printf '# Daily\n\n### ニュース\n\n'
	printf '#### 𠮷野家と😀 \nhttps://example.com/news/1\n\n- 要約\n    - か\343\202\231く点と👨‍👩‍👧の\tタブ \n'
	printf '\t- ﾊﾝｶｸ と ＷＩＤＥ　 \n- 😀要役\n    - x\n\n'
	printf '#### 𠮷野家と😀\nhttps://example.com/news/1\n\n- 要約\n    - \033[31m赤\033[0m \342\200\256sdrow \n\n'
	printf '### 𠮷 | [a](http://evil.example/) {0} <b>\n\n### メモ\nN/A'
} >day/news/20261122.md
cd day || exit 1

for format in github gitlab rdjson rdjsonl junit; do
	check "$format" same "$format"
done
check 'sarif' same_sarif
check 'the summary of a step' same_summary
check '--statistics' statistics
check '--statistics in json' json_statistics
check 'the exit code is the same, colour and summary for people only' same_code
check 'all formats of one digest agree' compared .
cd "$trash" || exit 1
check 'all formats of odd texts agree' odd
cd "$trash" || exit 1
check 'paths start at the root of the repository' in_repository
check 'related ones, too' related
cd "$trash" || exit 1
check 'or at the workspace of the CI' in_workspace
check 'fingerprints stay when lines move' shifted
cd "$trash" || exit 1
check 'a line hash that is known' known_hash
check 'no digest, an empty document' nothing
check 'no command comes out of a digest' hostile
cd "$trash" || exit 1
check 'elsewhere names are as they are' elsewhere
cd "$trash" || exit 1
check 'a summary has a limit' summary_cap
check 'a summary is added' summary_adds
check 'no summary in other formats' no_summary
check 'a summary that cannot be written' bad_summary
cd day || exit 1
check 'several at once' check_files
check '- is stdout' stdout_too
check 'what cannot be written' unwritable
check 'a file is replaced' replaced
check 'a file that may not be written' not_replaced
check 'wrong use of --output' wrong_use
cd "$trash" || exit 1
check 'no output replaces what is checked' spares
check 'one document on standard output' one_document
cd "$trash" || exit 1
check 'SDI_OUTPUT_FORMAT' from_environment
check 'standard input' standard_input
cd "$trash" || exit 1
check 'a file that is missing is told in SARIF' incomplete
finish
