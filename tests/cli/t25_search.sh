#!/bin/sh
# sdi search: what it finds, what it prints, and how it ends.
# shellcheck disable=SC2016,SC2317
. "$SDI_SOURCE_DIR/tests/cli/lib.sh"

# $1: title, $2: URL; the items of its summary on stdin
entry() {
	printf '#### %s\n%s\n\n- 要約\n' "$1" "$2"
	sed 's/^/    - /'
	printf -- '- IOCの列挙\n    - IOC情報なし\n- 推奨事項\n    - 推奨事項なし\n- その他\n    - なし\n- ChatGPTの推奨事項\n    - 推奨事項なし\n\n'
}

around() {
	printf '# Daily Security Info\n\n### Tools\nN/A\n\n### 日々のニュース要約\n\n'
	cat
	printf '### 日本のインシデント事例\n- [ＶＰＮの事例](https://example.com/incident)\n'
}

first_day() {
	entry 'VPN装置の脆弱性' 'https://www.example.com/news/1?utm_source=feed' <<'ROWS'
ＣＶＥ－２０２６－３４００が悪用された
hxxps://a.evil[.]com/gate から ｍａｌｗａｒｅ を取得
ROWS
	entry 'ランサムウェアの記事' 'https://example.com/news/2' <<'ROWS'
notevil.com と evil.com.au は別のもの
CVE-2026-34001とゼロデイ
ROWS
}

second_day() {
	entry '続報: ランサムウェア' 'https://example.com/news/3' <<'ROWS'
VPNから侵入、evil.comへ送信
D41D8CD98F00B204E9800998ECF8427E
ROWS
}

mkdir days && project days && first_day | around >days/2026-11-21.md && second_day | around >days/2026-11-22.md
cd days || exit 1

# $1: lines of stdout; the rest: arguments
finds() {
	lines=$1
	shift
	if [ "$lines" -eq 0 ]; then
		check_exit 1 sdi search "$@" || return
	else
		check_exit 0 sdi search "$@" || return
	fi
	[ ! -s "$err" ] && [ "$(wc -l <"$out")" -eq "$lines" ] && return
	cat "$out" "$err"
	return 1
}

check_output 'lines with date and title, the newest day first' sdi search evil.com <<'OUT'
2026-11-22.md:12:15: 2026-11-22 続報: ランサムウェア: - VPNから侵入、evil.comへ送信
2026-11-21.md:13:17: 2026-11-21 VPN装置の脆弱性: - hxxps://a.evil[.]com/gate から ｍａｌｗａｒｅ を取得
OUT
check_output 'a title is not told twice, and a line of no entry has none' sdi search ｖｐｎ <<'OUT'
2026-11-22.md:12:7: 2026-11-22 続報: ランサムウェア: - VPNから侵入、evil.comへ送信
2026-11-22.md:24:4: 2026-11-22 - [ＶＰＮの事例](https://example.com/incident)
2026-11-21.md:8:6: 2026-11-21 #### VPN装置の脆弱性
2026-11-21.md:39:4: 2026-11-21 - [ＶＰＮの事例](https://example.com/incident)
OUT

spellings() {
	for query in evil.com 'evil[.]com' 'EVIL(dot)COM' 'hxxps://evil[.]com' https://www.evil.com/ '*.evil.com'; do
		finds 2 "$query" || return
	done
	for query in https://a.evil.com/gate 'hxxp://a.evil[.]com/gate/?utm_source=x#y' 'a[.]evil[.]com/gate'; do
		finds 1 "$query" || return
	done
	for query in http://example.com/news/1/ 'hxxps://www.example[.]com/news/1?fbclid=1' https://example.com/NEWS/1; do
		finds 1 "$query" || return
	done
	for query in CVE-2026-3400 cve‑2026‑3400 'CVE 2026-3400' ＣＶＥ－２０２６－３４００; do
		finds 1 "$query" || return
	done
	finds 1 d41d8cd98f00b204e9800998ecf8427e && finds 1 MALWARE && finds 1 ﾗﾝｻﾑｳｪｱ --in 2026-11-21.md
}
check 'defanged or not, in any case and width' spellings

whole() {
	finds 0 l.com && finds 1 CVE-2026-34001 && finds 0 41d8cd98f00b204e9800998ecf8427e && finds 0 https://a.evil.com/gat &&
		finds 3 --substring evil.com && finds 2 --substring CVE-2026-3400
}
check 'values as a whole, and parts only when asked for' whole

literal() {
	finds 0 '.*' && finds 0 '^' && finds 1 '[.]' && finds 0 '\w' && finds 2 '](' && finds 0 -- '--in' && finds 0 -- '-x'
}
check 'no character has a meaning of its own' literal

several() {
	finds 1 VPN 送信 && finds 1 VPN evil.com --in 2026-11-22.md && finds 0 VPN ゼロデイ && finds 2 VPN 脆弱性 CVE-2026-3400 &&
		finds 2 ＶＰＮ 事例
}
check 'of several an entry has all, and elsewhere a line' several

paths() {
	check_exit 0 sdi search -l 記事 && [ "$(cat "$out")" = 2026-11-21.md ] &&
		check_exit 0 sdi search -c VPN && [ "$(tr '\n' ' ' <"$out")" = '2026-11-22.md:2 2026-11-21.md:2 ' ] &&
		check_exit 0 sdi search --files-with-matches -m 1 VPN && [ "$(cat "$out")" = 2026-11-22.md ] &&
		finds 3 -m 3 VPN && finds 1 --limit 1 VPN && check_exit 2 sdi search -l -c VPN
}
check 'paths and counts, and no more than asked for' paths

scopes() {
	finds 2 VPN --in 2026-11-21.md && finds 4 VPN --in . --in 2026-11-21.md && mkdir -p empty &&
		check_exit 1 sdi search VPN --in empty && said 'there are no digests to look at' &&
		check_exit 2 sdi search VPN --in nowhere && said nowhere &&
		(cd .. && check_exit 0 sdi search VPN --in days && printed 'days/2026-11-22.md:12:7: ') &&
		check_exit 0 sdi search 脆弱性 --in - --stdin-filename 2026-11-23.md <2026-11-21.md &&
		printed '2026-11-23.md:8:12: 2026-11-23 #### VPN装置の脆弱性' &&
		check_exit 0 sdi search 脆弱性 --in - <2026-11-21.md && printed '<stdin>:8:12: '
}
check 'only in files and folders that are named' scopes

json() {
	check_exit 0 sdi search --format json 'VPN' -m 2 && jq -e '.version == 1 and .files == 2 and (.matches | length) == 2' <"$out" &&
		jq -e '.matches[0] | .path == "2026-11-22.md" and .date == "2026-11-22" and .title == "続報: ランサムウェア" and
			.url == "https://example.com/news/3" and .text == "    - VPNから侵入、evil.comへ送信"' <"$out" &&
		jq -e '.matches[0].places == [{"start": {"line": 12, "column": 7, "offset": 149},
			"end": {"line": 12, "column": 10, "offset": 152}}]' <"$out" &&
		check_exit 1 sdi search --format json nothing && jq -e '.matches == []' <"$out" &&
		check_exit 2 sdi search --format json -c VPN
}
check 'json' json

colours() {
	esc=$(printf '\033')
	check_exit 0 sdi search --color always VPN -m 1 && printed "${esc}[1;31mVPN${esc}[0mから" &&
		check_exit 0 sdi search VPN && ! grep -q "$esc" "$out" &&
		check_exit 0 sdi search --color always --format json VPN && ! grep -q "$esc" "$out"
}
check 'what was found is marked, where colour is wanted' colours

threads() {
	sdi search -j 1 記事 >"$scratch/a" && sdi search -j 8 記事 >"$scratch/b" && cmp "$scratch/a" "$scratch/b"
}
check 'the same on any number of threads' threads

queries() {
	for query in '' ' ' '　' "$(printf '\342\200\213')" "$(printf '\377')" "$(printf 'a\nb')"; do
		check_exit 2 sdi search -- "$query" && [ ! -s "$out" ] && [ -s "$err" ] || return
	done
	check_exit 2 sdi search && said 'sdi search --help' && check_exit 2 sdi search --limit 0 a &&
		check_exit 2 sdi search --format xml a && set -- && i=0 && while [ $((i += 1)) -le 65 ]; do set -- "$@" a; done &&
		check_exit 2 sdi search "$@" && said 64 && shift && check_exit 0 sdi search "$@"
}
check 'what cannot be looked for' queries

languages() {
	check_exit 2 sdi search --lang ja '' && said '探すものが空白である' && check_exit 0 sdi search --help --lang ja && printed '検索'
}
check 'in Japanese' languages

mkdir ../odd && project ../odd && cd ../odd || exit 1

hostile() {
	{
		around </dev/null
		printf 'x\033[31mVPN\302\233 \342\200\256VPN\n::error::VPN\n'
		printf '\377\376 VPN \200\n'
	} >2026-11-21.md
	check_exit 0 sdi search VPN && printed 'x\x1b[31mVPN\u009b' && printed '\u202eVPN' && printed '\xff\xfe VPN \x80' &&
		! grep -q "$(printf '\033')" "$out" && GITHUB_ACTIONS=true check_exit 0 sdi search VPN && ! grep -q '^::' "$out" &&
		check_exit 0 sdi search --format json VPN && jq -e '.matches | length == 4' <"$out"
}
check 'escapes and broken text do nothing to a terminal' hostile

long_line() {
	{
		around </dev/null
		head -c 400000 /dev/zero | tr '\0' x
		printf ' VPN '
		head -c 400000 /dev/zero | tr '\0' x
		printf '\n'
		yes 'VPN ' | head -c 100000 | tr '\n' ' '
		printf '\n'
	} >2026-11-21.md
	check_exit 0 sdi search --color always VPN && [ "$(wc -c <"$out")" -lt 10000 ] && printed '…xxx' &&
		check_exit 0 sdi search -c VPN && printed '2026-11-21.md:3' &&
		check_exit 0 sdi search --format json --limit 9 'VPN' && jq -e '[.matches[].places | length] | max == 128' <"$out"
}
check 'a long line is cut around what was found' long_line

too_large() {
	head -c 40000000 /dev/zero | tr '\0' x >2026-11-21.md
	digest >2026-11-22.md
	check_exit 2 sdi search 記事 && said 2026-11-21.md && printed 2026-11-22.md
	code=$?
	rm -f 2026-11-21.md
	return "$code"
}
check 'what cannot be read is told, and the rest is found' too_large

unreadable() {
	digest >2026-11-21.md && chmod 000 2026-11-21.md && as_nobody sh -c '"$0" search 記事' "$SDI" >"$out" 2>"$err"
	code=$?
	chmod 644 2026-11-21.md
	[ "$code" -eq 2 ] && said 2026-11-21.md
}
if has_nobody; then check 'a file that may not be read' unreadable; else left_out 'a file that may not be read' 'not to be had here'; fi

commits() {
	rm -rf .git ./*.md && git init -q && digest >2026-11-21.md && git add . && git commit -qm one && digest | sed 's/一行/改めて/' >2026-11-21.md &&
		finds 1 改めて && finds 0 改めて --rev HEAD && finds 1 一行 --rev HEAD && finds 0 一行 && git add . &&
		finds 1 改めて --staged && finds 0 一行 --staged
}
check 'in a commit, and in the index' commits

broken_template() {
	template . && printf '%s\n' '### x <!-- sdi: nonsense -->' >>.sdi/templates/day.md && mkdir -p news &&
		cp 2026-11-21.md news/20261121.md && check_exit 2 sdi search 改めて && said .sdi/templates/day.md
}
check 'a template that cannot be used is told' broken_template

reader_left() {
	rm -rf .sdi && yes 'VPN' | head -c 900000 >2026-11-21.md && sdi search VPN 2>"$err" | head -n 1 >"$out" && [ ! -s "$err" ] &&
		printed VPN && check_exit 2 sh -c '"$0" search VPN >/dev/full' "$SDI"
}
check 'a reader that leaves, and a full disk' reader_left

finish
