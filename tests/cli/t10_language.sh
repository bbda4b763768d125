#!/bin/sh
# Languages: which is chosen, what it changes, and what stays the same in all of them.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

english='Explain rules'
japanese='ルールを説明する'

# $1: what the help says in the environment that follows, all other variables of a locale unset
spoken() {
	text=$1
	shift
	check_exit 0 env -u LC_ALL -u LC_MESSAGES -u LANG -u LANGUAGE "$@" && printed "$text"
}

speaks_ja() {
	spoken "$japanese" "$@"
}

speaks_en() {
	spoken "$english" "$@"
}

missing_locale() {
	! locale -a 2>/dev/null | grep -qi '^ja_JP' || echo '# ja_JP is installed here: nothing is proved'
	speaks_ja LANG=ja_JP.UTF-8 "$SDI" help
}

# $1: what is said of the rest; in the environment's language, on one line
refused() {
	text=$1
	shift
	check_exit 2 "$@" && said "$text" && [ ! -s "$out" ] && [ "$(wc -l <"$err")" -eq 1 ]
}

lint() {
	sdi lint --select structure,format 2026-11-22.md "$@"
}

full() {
	check_exit 1 lint --lang ja && golden japanese.txt && said '1ファイル中1ファイルで'
}

# The line that programs read by its parts: only the message differs.
parts() {
	check_exit 1 lint --output-format concise --lang "$1" && sed 's/: [^:]*$//' "$out" >"$1" && [ -s "$1" ]
}

same_parts() {
	parts en && parts ja && cmp en ja
}

carets() {
	check_exit 1 lint --lang "$1" && grep -n '\^' "$out" >"$1" && [ -s "$1" ]
}

same_carets() {
	carets en && carets ja && cmp en ja
}

# What programs read is the same everywhere; unless a language is asked for by name.
machine() {
	check_exit 1 lint --output-format "$1" && cp "$out" en
	check_exit 1 env LC_ALL=ja_JP.UTF-8 "$SDI" lint --select structure,format 2026-11-22.md --output-format "$1" &&
		cmp en "$out" && check_exit 1 lint --lang ja --output-format "$1" && printed '空白が1個ある'
}

machine_beside() {
	check_exit 1 env LC_ALL=ja_JP.UTF-8 "$SDI" lint 2026-11-22.md --output json=out.json && printed 'trailing space' &&
		! grep -q '空白が1個ある' out.json
}

machine_auto() {
	check_exit 1 env LC_ALL=ja_JP.UTF-8 "$SDI" lint --lang auto --output-format json 2026-11-22.md && printed '空白が1個ある'
}

# Names and keys stay: only texts for people differ.
keys() {
	for lang in en ja; do
		check_exit 1 lint --lang "$lang" --output-format json &&
			jq 'del(.findings[].message, .findings[].fix?.title, .findings[].related?)' "$out" >"$lang" || return
	done
	cmp en ja
}

rules_json() {
	check_exit 0 env LC_ALL=ja_JP.UTF-8 "$SDI" rules --output-format json && printed 'A tab stands outside of code' &&
		check_exit 0 sdi rules --lang ja --output-format json && printed 'タブ'
}

explained() {
	check_exit 0 sdi explain tab --lang ja && printed 'タブの幅は' && printed '悪い例:' && printed '    \t- 一行の要約' &&
		[ "$(head -n 8 "$out" | wc -L)" -le 90 ]
}

config() {
	printf 'timezone: UTC\nselct: [tab]\n' >wrong.yaml
	check_exit 2 sdi --lang ja lint --config wrong.yaml 2026-11-22.md &&
		said 'sdi: wrong.yaml:2:1: `selct`というキーはない。`select`の誤りか'
}

system() {
	check_exit 2 sdi --lang ja lint nowhere.md && said 'sdi: `nowhere.md`が見つからない: ファイルまたはフォルダーがない'
}

# Every line of every help that explains something does so in Japanese.
helps() {
	for command in $(sdi --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
		check_exit 0 sdi help "$command" --lang ja || return
		! LC_ALL=C grep -E '^ .{28,}  +[!-~ ]+$|^ {30}[!-~ ]+$|^[!-~ ]+\.$' "$out" || return
	done
}

new_is_data() {
	check_exit 0 sdi new 2026-11-21 && mv news/20261121.md en.md
	check_exit 0 sdi new --lang ja 2026-11-21 && [ "$(cat "$out")" = news/20261121.md ] && cmp en.md news/20261121.md
}

printf '# Daily\n\n### ニュース\n\n#### 題名\t一\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約 \n - 要約\n* 推奨事もも\n\n\n### メモ\nN/A' \
	>2026-11-22.md
mkdir .sdi
printf 'timezone: UTC\n' >.sdi.yaml
template .

check '--lang before the command' speaks_ja "$SDI" --lang ja help
check '--lang behind the command' speaks_ja "$SDI" help --lang ja
check '--lang=' speaks_ja "$SDI" help --lang=ja
check 'the last --lang wins' speaks_en "$SDI" --lang ja help --lang en
check '--lang auto' speaks_ja LANG=ja_JP.UTF-8 "$SDI" --lang auto help
check '--lang before the environment' speaks_en LC_ALL=ja_JP.UTF-8 "$SDI" help --lang en
check 'no locale' speaks_en "$SDI" help
check 'a locale that is not installed' missing_locale
check 'a locale of the language alone' speaks_ja LANG=ja "$SDI" help
check 'a locale of another encoding' speaks_ja LANG=ja_JP.eucJP "$SDI" help
check 'another language' speaks_en LANG=fr_FR.UTF-8 "$SDI" help
check 'a language that begins alike' speaks_en LANG=jam_JM.UTF-8 "$SDI" help
check 'LANG=C' speaks_en LANG=C "$SDI" help
check 'LC_MESSAGES before LANG' speaks_ja LC_MESSAGES=ja_JP.UTF-8 LANG=en_US.UTF-8 "$SDI" help
check 'LC_ALL before LC_MESSAGES' speaks_en LC_ALL=en_US.UTF-8 LC_MESSAGES=ja_JP.UTF-8 "$SDI" help
check 'LC_ALL=C before LANG' speaks_en LC_ALL=C LANG=ja_JP.UTF-8 "$SDI" help
check 'an empty LC_ALL is none' speaks_ja LC_ALL= LANG=ja_JP.UTF-8 "$SDI" help
check 'LANGUAGE before the locale' speaks_ja LANGUAGE=ja LANG=en_US.UTF-8 "$SDI" help
check 'LANGUAGE is a list' speaks_ja LANGUAGE=fr:ja:en LANG=en_US.UTF-8 "$SDI" help
check 'in its order' speaks_en LANGUAGE=fr:en:ja LANG=ja_JP.UTF-8 "$SDI" help
check 'LANGUAGE means nothing in the C locale' speaks_en LANGUAGE=ja LC_ALL=C "$SDI" help
check 'nor in C.UTF-8' speaks_en LANGUAGE=ja LANG=C.UTF-8 "$SDI" help
check 'nor without a locale' speaks_en LANGUAGE=ja "$SDI" help

check 'an unknown --lang' refused 'sdi: --lang takes auto, en, ja, not `jp`; did you mean `ja`?' sdi help --lang jp
check 'one that is near to none' refused 'not `french`' sdi help --lang=french
check 'an empty one' refused 'not ``' sdi help --lang=
check 'none' refused 'sdi: --lang needs a value' sdi help --lang
check 'it is told in the language of the environment' refused '使える値は' env LC_ALL=ja_JP.UTF-8 "$SDI" help --lang jp
check 'a mistyped --lang' refused 'did you mean `--lang`?' sdi lint --lan ja
check 'behind -- it is a file' refused 'unknown rule `--lang=ja`' sdi explain -- --lang=ja

check 'a report' full
check 'places, severities and rules stay' same_parts
check 'carets stay' same_carets
for format in json sarif gitlab rdjson junit github; do
	check "$format is in English" machine "$format"
done
check 'so is all that is found beside it' machine_beside
check '--lang auto asks for a language, too' machine_auto
command -v jq >/dev/null && check 'keys and values of JSON stay' keys
check 'rules as JSON' rules_json
check 'a rule is explained' explained
check 'mistakes in a config' config
check 'what the system says' system
check 'every help' helps
check 'what `sdi new` makes is no message' new_is_data
finish
