#!/bin/sh
# sdi ioc: the indicators of digests in each format, byte for byte, and held against each other and the formats' own rules.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

exports='csv json stix misp text'
papaparse=$SDI_SOURCE_DIR/node_modules/papaparse

# An entry: $1 is its title, $2 its URL; its rows of indicators follow on standard input.
entry() {
	printf '\n#### %s\n%s\n\n- 要約\n    - 一行\n- IOCの列挙\n' "$1" "$2"
	sed 's/^/    - /'
	printf '%s\n' '- 推奨事項' '    - 推奨事項なし' '- その他' '    - なし' '- ChatGPTの推奨事項' '    - 推奨事項なし'
}

# A digest around entries on standard input.
around() {
	printf '# Daily Security Info\n\n### Tools\nN/A\n\n### 日々のニュース要約\n'
	cat
	printf '\n### 日本のインシデント事例\nN/A\n\n### その他のメモ\nN/A\n'
}

first_day() {
	entry '最初の記事 "A", B' 'https://vendor.example/1' <<-'ROWS'
		1[.]2[.]3[.]4,IPアドレス,知られていない,C2, 予備,グローバル
		hxxps://Evil[.]com/a'b\c?x=1,URL,知られていない,"引用", 𠮷 👨‍👩‍👧,NA(IP以外)
		evil[.]com,FQDN名,知られていない,配布元,NA(IP以外)
		DA39A3EE5E6B4B0D3255BFEF95601890AFD80709,ハッシュ値,知られていない,=SUM(A1),NA(IP以外)
		d41d8cd98f00b204e9800998ecf8427e,ハッシュ値,知られていない,空,NA(IP以外)
		github[.]com,FQDN名,よく知られている,置き場,NA(IP以外)
		10[.]0[.]0[.]1,IPアドレス,知られていない,内部,プライベート
		1[.]2[.]3[.]4:443,IPアドレス,知られていない,C2,グローバル
		5[.]6[.]7[.]0/24,IPアドレス,知られていない,範囲,グローバル
		evil[.]com/gate,URL,知られていない,なし,NA(IP以外)
		host[.]evil[.]com:8443,FQDN名,知られていない,,NA(IP以外)
		a[@]evil[.]com,メールアドレス,知られていない,差出人,NA(IP以外)
		setup.zip,ファイル名,知られていない,添付,NA(IP以外)
		C:\Windows\evil.exe,ファイルパス,知られていない,本体,NA(IP以外)
		BadBot,マルウェア名,知られていない,総称,NA(IP以外)
		192[.]0[.]2[.]X,IPアドレス,知られていない,範囲,グローバル
	ROWS
	entry '掲載先だけの記事' 'https://vendor.example/2' <<-'ROWS'
		IOCはこちら: https://vendor.example/iocs
	ROWS
}

second_day() {
	entry '次の日の記事' 'https://vendor.example/3' <<-'ROWS'
		EVIL[.]com,FQDN名,知られていない,二度目,NA(IP以外)
	ROWS
	entry 'IOCのない記事' 'https://vendor.example/4' <<-'ROWS'
		IOC情報なし
	ROWS
}

mkdir days && project days && first_day | around >days/2026-11-21.md && second_day | around >days/2026-11-22.md
cd days || exit 1

same() {
	check_exit 0 sdi ioc --format "$1" && golden "ioc_$1.txt"
}

# All formats of the same arguments, read by programs that are not ours.
shaped() {
	rm -rf "$scratch/ioc" && mkdir "$scratch/ioc" || return
	for format in $exports; do
		check_exit 0 sdi ioc --format "$format" --output "$scratch/ioc/$format" "$@" && [ ! -s "$out" ] || return
	done
	PYTHONDONTWRITEBYTECODE=1 python3 "$SDI_SOURCE_DIR/tests/cli/ioc_shape.py" "$scratch/ioc" && read_by_others
}

# What was exported last.
read_by_others() {
	[ ! -d "$papaparse" ] || node "$SDI_SOURCE_DIR/tests/cli/ioc_readers.js" "$scratch/ioc" "$papaparse"
}

twice() {
	for format in $exports; do
		sdi ioc --format "$format" 2026-11-22.md 2026-11-21.md >"$scratch/a" 2>/dev/null &&
			sdi ioc --format "$format" -j 1 . >"$scratch/b" 2>/dev/null && cmp "$scratch/a" "$scratch/b" || return
	done
}

usual() {
	check_exit 0 sdi ioc && golden ioc_csv.txt && said 'left out, because they only say where indicators are: 1' &&
		check_exit 0 sdi ioc --output - && golden ioc_csv.txt
}

left_out_is_said() {
	check_exit 0 sdi ioc --format stix && said 'left out, because stix has no place for them: 5' &&
		check_exit 0 sdi ioc --format misp && said 'left out, because misp has no place for them: 2' &&
		check_exit 0 sdi ioc --lang ja --format stix && said 'stixでは表せないため除いた行: 5件' && golden ioc_stix.txt
}

chosen() {
	check_exit 0 sdi ioc --format text --type ip --type md5,file && printf '%s\n' 1.2.3.4 1.2.3.4:443 10.0.0.1 5.6.7.0/24 \
		d41d8cd98f00b204e9800998ecf8427e setup.zip | cmp - "$out" &&
		check_exit 2 sdi ioc --type domian && said 'did you mean `domain`?'
}

defanged() {
	check_exit 0 sdi ioc --format text --defang --type url,domain,other,file && printf '%s\n' 'evil[.]com' 'github[.]com' \
		'host[.]evil[.]com:8443' 'evil[.]com/gate' "hxxps://Evil[.]com/a'b%5Cc?x=1" setup.zip '192[.]0[.]2[.]X' BadBot | cmp - "$out" &&
		check_exit 2 sdi ioc --format stix --defang && said 'in stix values are live' && check_exit 2 sdi ioc --format misp --defang
}

# Each type, and what makes programs stumble: names and paths in Japanese, quotes, commas, signs that URLs may not have.
odd() (
	mkdir "$trash/odd" && cd "$trash/odd" && project . && entry '"題, 名"' 'https://vendor.example/[a]|b' <<-'ROWS' | around >2026-11-22.md
		hxxps://日本語[.]jp/パス?x=値,URL,知られていない,"IDN", の, URL,NA(IP以外)
		hxxps://xn--wgv71a119e[.]jp/%E3%83%91%E3%82%B9?x=値,URL,知られていない,同じもの,NA(IP以外)
		日本語[.]jp,FQDN名,知られていない,",NA(IP以外)
		xn--wgv71a119e[.]jp,FQDN名,知られていない,同じ名前,NA(IP以外)
		Bücher[.]de:8443,FQDN名,知られていない,'=1+1,NA(IP以外)
		a[@]日本語[.]jp,メールアドレス,知られていない,＋差出人,NA(IP以外)
		hxxp://u:p@evil[.]com:8080/a'b\c^`|?q=[1]#x,URL,知られていない,-1,NA(IP以外)
		ftp://evil[.]com/a b,URL,知られていない,空白,NA(IP以外)
		hxxp://[2606:4700::1111]:8080/a,URL,知られていない,@x,NA(IP以外)
		2606:4700::1111,IPアドレス,知られていない,v6,グローバル
		[2606:4700::1111]:443,IPアドレス,知られていない,v6,グローバル
		2606:4700::/32,IPアドレス,知られていない,v6,グローバル
		CVE-2024-3400,脆弱性,知られていない,,NA(IP以外)
		AS13335,AS番号,よく知られている,,NA(IP以外)
		HKLM\Software\Evil,レジストリキー,知られていない,,NA(IP以外)
		1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,暗号資産アドレス,知られていない,,NA(IP以外)
		e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,ハッシュ値,知られていない,,NA(IP以外)
	ROWS
	shaped . && grep -q '^17 rows' "$scratch/log" &&
		check_exit 0 sdi ioc --format text --type domain,url,email && printf '%s\n' xn--bcher-kva.de:8443 xn--wgv71a119e.jp \
		'ftp://evil.com/a%20b' 'http://[2606:4700::1111]:8080/a' "http://u:p@evil.com:8080/a'b%5Cc%5E%60%7C?q=%5B1%5D#x" \
		'https://xn--wgv71a119e.jp/%E3%83%91%E3%82%B9?x=%E5%80%A4' a@xn--wgv71a119e.jp | cmp - "$out" && reread .
)

# What cannot be read is told, and the rest still comes.
trouble() (
	mkdir "$trash/trouble" && cd "$trash/trouble" && project . && cp ../days/2026-11-22.md . && printf '# \377\n' >2026-11-23.md &&
		check_exit 2 sdi ioc --format text && printed evil.com && said '`2026-11-23.md` is no text in UTF-8' &&
		check_exit 2 sdi ioc --format text 2026-11-22.md missing.md && printed evil.com && said missing.md &&
		awk 'BEGIN { for (i = 0; i < 200; i++) printf "> "; print "x" }' >2026-11-23.md &&
		check_exit 2 sdi ioc && printed evil.com && said 'nested too deeply' && rm 2026-11-23.md &&
		mkdir -p .sdi/templates && printf '# x <!-- sdi: nonsense -->\n' >.sdi/templates/day.md &&
		check_exit 2 sdi ioc && said 'the template `.sdi/templates/day.md` cannot be used'
)

dateless() (
	cd "$trash" && cp days/2026-11-22.md notes.md && check_exit 0 sdi ioc --format text notes.md && printed evil.com || return
	for format in stix misp; do
		check_exit 2 sdi ioc --format "$format" - <notes.md && said '`<stdin>` has no date in its name' &&
			check_exit 0 sdi ioc --format "$format" --stdin-filename 2026-11-22.md - <notes.md && printed evil.com || return
	done
)

nothing() (
	mkdir "$trash/nothing" && cd "$trash/nothing" && project . && check_exit 0 sdi ioc && said 'there are no digests to look at' &&
		[ "$(cat "$out")" = "$(printf 'value,type,known,context,scope,date,path,line,title,url\r')" ] && shaped .
)

# The index and commits instead of the disk.
snapshots() (
	mkdir "$trash/repo" && cd "$trash/repo" && git init -q -b main && project . && cp ../days/2026-11-21.md . && git add . &&
		git commit -qm a && cp ../days/2026-11-22.md . && git add . && rm 2026-11-22.md &&
		check_exit 0 sdi ioc --staged --format text && [ "$(cat "$out")" = evil.com ] && git commit -qm b &&
		check_exit 0 sdi ioc --rev HEAD --since HEAD~1 --format text && [ "$(cat "$out")" = evil.com ] &&
		check_exit 0 sdi ioc --rev HEAD~1 --format text --type domain && [ "$(wc -l <"$out")" -eq 3 ] &&
		check_exit 2 sdi ioc --staged - </dev/null
)

output_is_guarded() (
	mkdir "$trash/guarded" && cd "$trash/guarded" && git init -q && project . && cp ../days/2026-11-22.md . &&
		check_exit 2 sdi ioc --output 2026-11-22.md && said 'would be replaced' && cmp 2026-11-22.md ../days/2026-11-22.md &&
		ln -s /nowhere/x out && check_exit 2 sdi ioc --output out && said 'is a link of the repository' &&
		check_exit 2 sdi ioc --output missing/x && said 'cannot write `missing/x`'
)

no_commands() (
	mkdir "$trash/commands" && cd "$trash/commands" && project . && entry '##[add-mask]x' 'https://vendor.example/' <<-'ROWS' | around >2026-11-22.md
		::error::x,マルウェア名,知られていない,##[group]x,NA(IP以外)
	ROWS
	for format in $exports; do
		check_exit 0 env GITHUB_ACTIONS=true "$SDI" ioc --format "$format" && ! grep -E '^ *::|##\[' "$out" || return
	done
)

# Whatever was exported, defanged or live, reads as the same value of the same type.
reread() {
	for way in --defang ''; do
		# shellcheck disable=SC2086
		sdi ioc --format json $way "$1" 2>/dev/null | jq -r '.indicators[] | select(.type | . != "other" and . != "file" and . != "path")
			| .value + ",,知られていない,x,"' >"$scratch/rows" || return
		entry again https://vendor.example/ <"$scratch/rows" | around >"$trash/2026-11-30.md" &&
			sdi ioc --format json "$1" 2>/dev/null | jq -c '.indicators[] | select(.type | . != "other" and . != "file" and . != "path")
				| [.value, .type]' >"$scratch/a" &&
			sdi ioc --format json "$trash/2026-11-30.md" | jq -c '.indicators[] | [.value, .type]' >"$scratch/b" &&
			[ -s "$scratch/a" ] && diff "$scratch/a" "$scratch/b" || return
	done
}

archive() (
	mkdir "$trash/archive" && project "$trash/archive" && cp -R "$SDI_SHARED/digests/." "$trash/archive" && cd "$trash/archive" &&
		shaped . && ! grep -q '^0 rows' "$scratch/log" && reread .
)

for format in $exports; do
	check "$format, byte for byte" same "$format"
done
check 'csv is what comes without --format' usual
check 'the order of arguments and the number of threads change nothing' twice
check 'what a format has no place for is counted' left_out_is_said
check '--type' chosen
check '--defang' defanged
check 'what cannot be read is told, the rest comes' trouble
check 'STIX and MISP want a date' dateless
check 'no digests' nothing
check '--staged, --since, --rev' snapshots
check '--output replaces nothing that is read' output_is_guarded
check 'nothing gives commands to a runner' no_commands
if command -v jq >/dev/null; then
	check 'what is exported reads as the same' reread .
	check 'every type, and what is odd' odd
else
	left_out 'what is exported reads as the same' 'no jq'
fi
check 'formats agree with each other and with their specifications' shaped .
if [ -d "$papaparse" ]; then
	check 'other programs read csv, hosts and URLs as they are meant' read_by_others
else
	left_out 'other programs read csv, hosts and URLs as they are meant' 'no papaparse'
fi
if [ -d "$SDI_SHARED/digests" ] && command -v jq >/dev/null; then
	check 'an archive of real digests' archive
else
	left_out 'an archive of real digests' 'it is not here'
fi
finish
