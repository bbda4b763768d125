#!/bin/sh
# sdi add: entries for articles, and nothing else is touched.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1010,SC2016,SC2086,SC2089,SC2090,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

echo 'leak:libgit2' >>"$scratch/leaks"
farm 200
day=news/20311122.md

# A fresh project in the folder $1.
site() {
	rm -rf "${trash:?}/$1" && mkdir "$trash/$1" && cd "$trash/$1" && project . && template . && mkdir news
}

add() {
	sdi add --date 2031-11-22 "$@"
}

refused() {
	text=$1
	shift
	check_exit 2 add "$@" && said "$text" && [ ! -s "$out" ]
}

only_holes() {
	check_exit 1 sdi lint --output-format concise "$day"
	! grep -vF ' unfilled-hole: ' "$out"
}

begun() (
	site a && check_exit 0 add https://example.com/news/1 && [ "$(cat "$out")" = $day:5 ] && said 'begun from the template' &&
		grep -qx 'https://example.com/news/1' $day && grep -qx '#### {title}' $day && only_holes && [ "$(grep -c '^#### ' $day)" -eq 1 ]
)

several() (
	site b && check_exit 0 add https://example.com/news/1 https://example.com/news/2 && [ "$(cat "$out")" = "$day:5
$day:11" ] && check_exit 0 add https://example.com/news/3 && [ "$(cat "$out")" = $day:17 ] && only_holes &&
		[ "$(grep '^https' $day | tr '\n' ' ')" = 'https://example.com/news/1 https://example.com/news/2 https://example.com/news/3 ' ]
)

# What is there stays, byte for byte, and in front of what follows the section.
between() (
	site c && digest >$day && check_exit 0 add --title '加えた記事' https://example.com/news/2 && [ "$(cat "$out")" = $day:11 ] &&
		digest | sed '/^    - 一行の要約$/a\
\
#### 加えた記事\
https://example.com/news/2\
\
- 要約\
    - {text}' | cmp - $day
)

# $1: a filter of the digest's text; the entry comes with the same line endings and ends.
alike() (
	site d && digest | "$@" >$day && cp $day before && check_exit 0 add --title 加 https://example.com/news/2 &&
		python3 - before $day <<'EOF'
import sys
old, new = (open(p, "rb").read() for p in sys.argv[1:])
at = next(i for i in range(len(new)) if old[:i] + new[i:i + len(new) - len(old)] + old[i:] == new)
inside = new[at:at + len(new) - len(old)]
assert (b"\r\n" in old) == (b"\r\n" in inside) and inside.count(b"\n") == inside.count(b"\r\n") * (b"\r\n" in old) + inside.count(b"\n") * (b"\r\n" not in old)
assert "加".encode() in inside
EOF
)

crlf() {
	sed 's/$/\r/'
}

no_newline() {
	printf '%s' "$(cat)"
}

bom() {
	printf '\357\273\277' && cat
}

section_last() {
	sed '/^### メモ$/,$d'
}

with_comment() {
	sed 's/^### メモ$/<!-- sdi-ignore all: ここは別 -->\n&/'
}

above_comment() (
	site e && digest | with_comment >$day && check_exit 0 add https://example.com/news/2 && [ "$(grep -n -A1 'sdi-ignore' $day | tail -1 | cut -d- -f2)" = '### メモ' ]
)

says_nothing() (
	site f && digest | sed '/^####/,/一行/d' | sed 's/^### ニュース$/&\nN\/A/' | cat -s >$day && check_exit 0 add --title 加 https://example.com/news/2 && only_holes && [ "$(grep -c '^N/A$' $day)" -eq 1 ]
)

open_fence() (
	site g && digest | sed '/^### メモ$/,$d' >$day && printf '\n```\n開いたまま\n' >>$day && cp $day before && refused 'would not be read as one' https://example.com/news/2 && cmp before $day
)

no_section() (
	site h && printf '# Daily\n\n### メモ\nN/A\n' >$day && cp $day before && refused 'has no section `ニュース`' https://example.com/news/2 && cmp before $day && : >$day && refused 'has no section' https://example.com/news/2
)

known() (
	site i && digest >news/20311101.md && digest >$day && cp $day before && check_exit 1 add 'http://www.example.com/news/1/?utm_source=x#p' && said "already, at news/20311101.md:6" && cmp before $day && [ ! -s "$out" ] &&
		check_exit 1 add https://example.com/news/1 https://example.com/news/7 && [ "$(cat "$out")" = $day:11 ] && check_exit 0 add --again https://example.com/news/1 && said already && [ "$(cat "$out")" = $day:17 ]
)

known_here() (
	site j && digest >$day && check_exit 1 add https://example.com/news/1 && said "already, at $day:6" && check_exit 1 add https://example.com/news/5 https://example.com/news/5 && [ "$(grep -c news/5 $day)" -eq 1 ]
)

known_starts_nothing() (
	site k && digest >news/20311101.md && check_exit 1 add https://example.com/news/1 && [ ! -e $day ]
)

trackers() (
	site l && check_exit 0 add 'https://example.com/news/2?utm_source=x&id=3&fbclid=y#p1' && said '`utm_source`' && grep -qx 'https://example.com/news/2?id=3#p1' $day &&
		check_exit 0 add 'https://example.com/news/4?from=me' && grep -qx 'https://example.com/news/4?from=me' $day && printf 'rules: {tracking-parameter: {parameters: [from]}}\n' >.sdi.yaml &&
		check_exit 0 add 'https://example.com/news/5?from=me' && grep -qx 'https://example.com/news/5' $day && printf 'rules: {tracking-parameter: off}\n' >.sdi.yaml &&
		check_exit 0 add 'https://example.com/news/6?utm_source=x' && grep -qx 'https://example.com/news/6?utm_source=x' $day
)

strictly() (
	site m && refused 'is defanged' 'hxxps://evil.example/a' && refused 'is defanged' 'https://evil[.]example/a' && refused 'neither http:// nor https://' ftp://example.com/a &&
		refused 'neither http' example.com/a && refused 'a user name' https://me:pw@example.com/a && refused 'no such host' https://example..com/ && refused 'backslash' 'https://example.com\a' && [ ! -e $day ]
)

encoded() (
	site n && check_exit 0 add 'https://example.com/記事' && grep -qx 'https://example.com/%E8%A8%98%E4%BA%8B' $day && only_holes && check_exit 0 add 'https://example.com/a(b)/c?;' 'https://example.com/d.' && grep -qx 'https://example.com/a(b)/c?%3B' $day && grep -qx 'https://example.com/d%2E' $day && only_holes
)

titles() (
	site o && check_exit 0 add --title '*強調* と [角] <b> `c` &amp; a_b _c_ C# #' https://example.com/news/2 && grep -qxF '#### \*強調\* と \[角\] \<b> \`c\` \&amp; a_b \_c\_ C# \#' $day && only_holes &&
		check_exit 0 add --title "$(printf '二\n行\t\033[31m\342\200\256逆')" https://example.com/news/3 && grep -qx '#### 二 行 \\\[31m逆' $day && refused 'one URL, not 2' --title x https://example.com/a https://example.com/b
)

sections() (
	site q && cat >.sdi/templates/day.md <<'EOF' && check_exit 0 add https://example.com/news/1 && check_exit 0 add --section 別 https://example.com/news/2 && [ "$(cat "$out")" = $day:8 ] && refused 'no section of entries `無`' --section 無 https://example.com/news/3
---
path: "news/{yyyyMMdd}.md"
---
# Daily
## 一 <!-- sdi: entries -->
### {title}
{url}
- 要約
    - {text}
## 二 <!-- sdi: entries alias="別" -->
### {title}
{url}
- 概要
    - なし
EOF
)

numbered() (
	site r && cat >.sdi/templates/day.md <<'EOF' && check_exit 0 add --title 題 https://example.com/news/1 && check_exit 0 add https://example.com/news/2 && grep -qx -- '- タイトル: 題' $day && grep -qx '1. https://example.com/news/2' $day && only_holes
---
path: "news/{yyyyMMdd}.md"
---
# Daily

## 一 <!-- sdi: entries -->

1. {url}

- タイトル: {title}
- 要約
    - {text}
EOF
)

not_written() (
	site s && digest >elsewhere.md && ln -s ../elsewhere.md $day && refused 'cannot write' https://example.com/news/2 && digest | cmp - elsewhere.md
)

mistaken() (
	site t && sed -i 's/^path.*/path: "{tt}.md"/' .sdi/templates/day.md && refused '.sdi/templates/day.md:2:' https://example.com/news/2 && refused 'is no day' --date someday https://example.com/a && check_exit 2 sdi add
)

# ---- titles of pages ----

url() {
	echo "http://127.10.$1:$port$2"
}

fetch() {
	add --fetch --allow-address 127.10.0.0/16 "$@"
}

fetched() (
	site fa && check_exit 0 fetch "$(url 1.1 '/titled?t=%E8%84%86%E5%BC%B1%E6%80%A7%20%26amp;%20%26lt;b%26gt;%20%7C%20Site')" && grep -qxF '#### 脆弱性 & \<b> | Site' $day && only_holes
)

# $1: an encoding, $2: who says so
encoding() (
	site fb && check_exit 0 fetch "$(url 1.2 "/titled?cs=$1&say=$2&t=%E9%AB%98%E5%8D%B1%E9%99%BA%E5%BA%A6%E3%81%AE%E8%84%86%E5%BC%B1%E6%80%A7")" && grep -qx '#### 高危険度の脆弱性' $day
)

redirected() (
	site fc && check_exit 0 fetch "$(url 1.3 "/301?to=/titled%3ft=there")" && grep -qx '#### there' $day && grep -qxF "$(url 1.3 "/301?to=/titled%3ft=there")" $day
)

# $1: a path without a title
untitled() (
	site fd && check_exit 2 fetch "$(url 1.4 "$1")" && said 'still to be filled in' && grep -qx '#### {title}' $day && [ "$(cat "$out")" = $day:5 ]
)

mixed() (
	site fe && check_exit 2 fetch "$(url 1.5 '/titled?t=one')" "$(url 1.5 /404)" "$(url 1.5 '/titled?t=three')" && [ "$(grep '^#### ' $day | tr '\n' ' ')" = '#### one #### {title} #### three ' ]
)

no_need() (
	site ff && check_exit 0 fetch --title 手で "$(url 1.6 '/titled?t=one')" && grep -qx '#### 手で' $day && ! grep -qF 127.10.1.6 "$log"
)

# Neither an indicator's host nor an address inside is contacted, whoever leads there.
inside() (
	site fg && check_exit 2 add --fetch "$(url 1.7 '/titled?t=one')" && said loopback-address && digest | sed 's/一行の要約/hxxp:\/\/127[.]10[.]1[.]7\/x/' >news/20311101.md && check_exit 2 fetch "$(url 1.7 '/titled?t=two')" && said ioc-host &&
		! grep -qF '"127.10.1.7"' "$log" && check_exit 2 fetch "$(url 1.8 /to-trap)" && ! grep -qF 127.66.6.6 "$log" && check_exit 0 fetch --allow-host 127.10.1.7 "$(url 1.7 '/titled?t=three')"
)

hostile_title() (
	site fh && check_exit 0 fetch "$(url 1.9 '/titled?t=%1b0x%07%e2%80%ae%23%23%0a%0a%26lt;!--%20sdi-ignore-file%20all:%20x%20--%26gt;')" && ! grep -q "$(printf '\033')" $day && grep -qF '\<\!-- sdi-ignore' $day && only_holes
)

unread() (
	site fi && mkdir news/x && digest >news/20311101.md && chmod 0 news/20311101.md && as_nobody sh -c 'cat news/20311101.md' 2>/dev/null && return
	[ "$(id -u)" -ne 0 ] || return 0
	check_exit 2 fetch "$(url 1.1 '/titled?t=one')" && said 'nobody is asked' && chmod 644 news/20311101.md
)

check 'a day is begun, and its entry filled in' begun
check 'several, and one more later' several
check 'an entry stands behind the last, and nothing else is changed' between
check 'CRLF stays CRLF' alike crlf
check 'no newline at the end stays none' alike no_newline
check 'a byte order mark stays' alike bom
check 'the section is the last' alike section_last
check 'the section is the last, without a newline' alike sh -c 'printf "%s" "$(sed "/^### メモ$/,\$d")"'
check 'blank lines at the end stay' alike sh -c 'cat; echo; echo'
check 'a comment about the next section stays above it' above_comment
check 'what says that there is nothing gives way' says_nothing
check 'code that is never closed is not written into' open_fence
check 'a digest without the section is left alone' no_section
check 'what an earlier digest has is left out, and where it is is said' known
check 'so is what this digest has' known_here
check 'no day is begun for nothing' known_starts_nothing
check 'trackers are taken off, as the rule says' trackers
check 'an address is read strictly' strictly
check 'what is no ASCII is encoded' encoded
check 'a title is no markup' titles
check 'of several sections the first, or the one that is named' sections
check 'numbered entries' numbered
check 'a link is not written through' not_written
check 'a template with a mistake, no day, no URL' mistaken
check '--fetch takes the title of the page' fetched
for charset in utf-8 shift_jis cp932 euc-jp iso-2022-jp; do
	check "a title in $charset, as HTTP says" encoding $charset http
	check "a title in $charset, as the page says" encoding $charset meta
done
check 'a title in UTF-8, as nobody says' encoding utf-8 none
check 'a title behind a redirect' redirected
for path in /404 /403 /echo /ok-without /reset /garbage '/titled?t='; do
	[ "$path" = /ok-without ] || check "no title comes from $path" untitled "$path"
done
check 'one title that cannot be had does not keep others away' mixed
check 'who gives a title asks nobody' no_need
check 'indicators and what is inside are never asked' inside
check 'a title gives no orders' hostile_title
check 'where a digest cannot be read, nobody is asked' unread
finish
