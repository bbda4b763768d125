#!/bin/sh
# sdi links, against a farm of hosts on this machine: what is asked for, what never, and what is said of it.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

echo 'leak:libgit2' >>"$scratch/leaks"
farm 100
first=news/20261101.md second=news/20261102.md

# $1: host, $2: path
url() {
	echo "http://127.10.$1:$port$2"
}

# A digest with the article $1.
article() {
	digest | sed "s,https://example.com/news/1,$1,"
}

# A project with one digest of the article $2; in a folder $1.
site() {
	rm -rf "$1" && mkdir "$1" && cd "$1" && project . && template . && mkdir news && article "$2" >$first
}

links() {
	sdi links --allow-address 127.10.0.0/16 --interval 10 "$@"
}

# How often the farm was asked for what has $1 in it.
asked() {
	grep '"request"' "$log" | grep -cF -e "$1"
}

alive() (
	site a "$(url 0.1 /ok)" && check_exit 0 links && [ ! -s "$out" ] && said '1 links, 1 requests: ok 1' && check_exit 0 links -q $first && [ ! -s "$err" ]
)

broken() (
	site b "$(url 0.2 /404)" && check_exit 1 links && printed "$first:6:1: broken: $(url 0.2 /404) (404)" && [ "$(asked '"127.10.0.2"')" -eq 2 ]
)

others() (
	site c "$(url 0.3 '/301?to=/fragment')" && check_exit 0 links && printed "redirected-permanently: $(url 0.3 '/301?to=/fragment') (moved) → $(url 0.3 /fragment)" &&
		article "$(url 0.3 /403)" >$first && check_exit 0 links && printed 'blocked-unknown' && article "$(url 0.3 /to-trap)" >$first && check_exit 0 links &&
		printed 'skipped-unsafe' && printed '(loopback-address)' && article "https://user:pw@$(url 0.3 /ok | cut -c8-)" >$first && check_exit 0 links &&
		printed '(userinfo)' && ! grep -q pw "$out" && article "$(url 0.3 '/301?to=/fragment%3ftoken=hush')" >$first && check_exit 0 links && [ ! -s "$out" ] &&
		check_exit 0 links --output-format json && printed 'fragment?token=***"' && printed '"outcome": "ok"' && ! grep -q hush "$out"
)

# A text from a server gives no orders to a terminal or to a runner.
escapes() (
	site d "$(url 0.4 /escape)" && GITHUB_ACTIONS=true && export GITHUB_ACTIONS && check_exit 0 links && printed skipped-unsafe && ! grep -q "$(printf '\033')" "$out" &&
		! grep -q '^::' "$out" && check_exit 0 links --output-format json && ! grep -q "$(printf '\033')" "$out" && python3 -m json.tool "$out" >/dev/null
)

inside() (
	site e "$(url 0.5 /ok)" && check_exit 0 sdi links && printed '(loopback-address)' && [ "$(asked '"127.10.0.5"')" -eq 0 ] &&
		check_exit 0 sdi links --allow-host 127.10.0.5 && printed '(loopback-address)' && check_exit 0 links --allow-address 127.99.0.1
)

# What stands defanged anywhere is asked for nowhere.
indicators() (
	site f "$(url 6.6 /ok)" && article "$(url 0.6 /ok)" | sed 's,一行の要約,hxxp://127[.]10[.]6[.]6/x に注意,' >$second && check_exit 0 links && printed '(ioc-host)' &&
		check_exit 0 links $first && printed '(ioc-host)' && printf 'rules: {repeated-article: off, duplicate-ioc: off}\n' >.sdi.yaml && check_exit 0 links $first &&
		printed '(ioc-host)' && check_exit 0 links - <$first && printed '(ioc-host)' && [ "$(asked '"127.10.6.6"')" -eq 0 ] &&
		article "$(url 0.6 "/302?to=$(url 6.6 /ok)")" >$first && check_exit 0 links $first && printed '(ioc-host)' && [ "$(asked '"127.10.6.6"')" -eq 0 ] &&
		article "$(url 0.6 /ok)" | sed 's,一行の要約,127.10.6(.)6 に注意,' >$second && article "$(url 6.6 /ok)" >$first && check_exit 0 links $first && printed '(ioc-host)' &&
		[ "$(asked '"127.10.6.6"')" -eq 0 ] && check_exit 0 links --allow-host 127.10.6.6 && [ "$(asked '"127.10.6.6"')" -eq 1 ]
)

# However it is defanged, escaped, folded, counted or carried.
spelt() (
	site spelt "$(url 40.1 /ok)" && sed -i "s,N/A,- [二]($(url 40.2 /ok))\n- [三]($(url 40.3 /ok))\n- [四]($(url 40.6 /ok))\n- [五](http://[64:ff9b::7f0a:2801]:$port/)," $first &&
		article "$(url 0.40 /ok)" | sed 's/一行の要約/127\&#91;.\\]10.40.1、127,10,40,2、１２７[.]10.40.3、127[.]10[.]40[.]4\/30/' >$second && check_exit 0 links && said 'ok 1, skipped-unsafe 5' &&
		[ "$(grep -c '(ioc-host)' "$out")" -eq 3 ] && [ "$(grep -c '(ioc-address)' "$out")" -eq 2 ] && [ "$(asked '"127.10.40.')" -eq 0 ]
)

# An article's address that is defanged is a slip, and no warning of its host.
slips() (
	site r "$(url 0.21 /ok)" && article "http://127.10[.]0[.]21:$port/ok" >$second && check_exit 0 links && said 'ok 1' && [ "$(asked '"127.10.0.21"')" -eq 1 ] &&
		sed -i 's,一行の要約,127.10.0[.]21,' $second && check_exit 0 links && printed '(ioc-host)' && said '--allow-host NAME' && [ "$(asked '"127.10.0.21"')" -eq 1 ]
)

unreadable() (
	site g "$(url 0.7 /ok)" && ln -s nowhere $second && check_exit 2 links && said 'Whom they warn of is not known' && [ "$(asked '"127.10.0.7"')" -eq 0 ] &&
		rm $second && printf '\377 hxxp://127[.]10[.]0[.]8/\n' >$second && check_exit 2 links $first && said 'nobody is asked' && check_exit 2 links && said 'no text in UTF-8' &&
		printf 'h\0x\0x\0p\0' >$second && check_exit 2 links && said 'Whom they warn of is not known' && rm $second && git init -q . && ln -s ../../out.md $second && : >../out.md &&
		check_exit 2 links && said 'leads out of the work tree' && said 'nobody is asked' && check_exit 2 links $first && said 'nobody is asked' && [ "$(asked '"127.10.0.7"')" -eq 0 ]
)

# Where letters are glued to it, nobody knows what the address is.
glued() (
	site glued "$(url 0.37 /ok日本)" && check_exit 0 links && printed "skipped-unsafe: $(url 0.37 /ok) (glued)" && article "http://127.10.0.37é.example/x" >$first && check_exit 0 links &&
		printed '(glued)' && [ "$(asked '"127.10.0.37"')" -eq 0 ] && article "$(url 0.37 /ok)。" >$first && check_exit 0 links && said 'ok 1'
)

# Addresses of articles and lists of links, and nothing else.
positions() (
	site h "$(url 0.8 /ok)" && sed -i "s,N/A,- [一]($(url 0.8 '/ok?list1'))\n- [二]($(url 0.8 '/ok?list2')),; s,一行の要約,本文の $(url 0.8 '/ok?text') と \`$(url 0.8 '/ok?code')\`," $first &&
		check_exit 0 links && said '3 links, 3 requests' && [ "$(asked '"/ok?list2"')" -eq 1 ] && [ "$(asked '/ok?text')" -eq 0 ] && [ "$(asked '/ok?code')" -eq 0 ]
)

rows() (
	site i "$(url 0.9 /ok)" && sed -i 's/^- 要約$/&\n    - 一\n- IOC <!-- sdi: ioc -->/' .sdi/templates/day.md &&
		sed -i "s/^- 要約$/- 要約\n    - 一\n- IOC/; s,一行の要約,$(url 0.9 '/ok?row')\,URL\,知られていない\,配布元\,NA," $first && check_exit 0 links && [ "$(asked '/ok?row')" -eq 0 ]
)

same_page() (
	site j "$(url 0.10 /404)" && article "$(url 0.10 '/404#part')" >$second && check_exit 1 links && [ "$(grep -c broken: "$out")" -eq 2 ] && [ "$(asked '"127.10.0.10"')" -eq 2 ]
)

# Only what a change added.
since() (
	site k "$(url 0.11 /404)" && git init -q . && git add . && git commit -qm begin && check_exit 0 links --since HEAD && said 'there are no digests to look at' && article "$(url 0.11 /410)" >$second &&
		git add . && check_exit 1 links --staged && printed "$second:6:1: broken" && ! grep -q "$first" "$out" && git commit -qm more && check_exit 1 links --since HEAD~1 &&
		article "$(url 0.11 /404)" >$second && git commit -qam moved && sed -i 's,一行の,二行の,' $first && git commit -qam edit && check_exit 0 links --since HEAD~1 && said '0 links' &&
		check_exit 1 links --rev HEAD~3 && [ "$(grep -c broken: "$out")" -eq 1 ]
)

json() (
	site l "$(url 0.12 /404)" && check_exit 1 links --output-format json -q && [ ! -s "$err" ] && python3 - "$out" <<'PY'
import json, sys
j = json.load(open(sys.argv[1]))
link = j["links"][0]
assert j["version"] == 1 and j["files"] == 1 and j["complete"] and j["requests"] == 2, j
assert link["path"] == "news/20261101.md" and link["line"] == 6 and link["column"] == 1, link
assert link["outcome"] == "broken" and link["reason"] == "404" and link["status"] == 404, link
assert link["address"] == "127.10.0.12" and j["summary"]["broken"] == 1, j
PY
)

contacted() (
	site m "$(url 0.13 "/302?to=$(url 0.14 /fragment)")" && check_exit 0 links --contacted told && [ "$(wc -l <told)" -eq 2 ] && grep -q "^127.10.0.14	127.10.0.14	$port	http" told &&
		check_exit 2 links --contacted $first && grep -q '^# Daily' $first
)

ends() (
	site n "$(url 0.15 /hang)" && article "$(url 0.16 /404)" >$second && check_exit 1 links --deadline 4 && printed "$second:6:1: broken" && said 'the deadline came first' && {
		"$SDI" links --allow-address 127.10.0.0/16 --interval 10 >"$out" 2>"$err" &
		pid=$! && sleep 4 && kill "$pid"
		wait "$pid"
		[ $? -eq 2 ]
	} && printed "$second:6:1: broken" && said interrupted
)

usage() (
	site o "$(url 0.17 /ok)" && check_exit 2 links --allow-address 10.0.0.0/99 && said 'no range of addresses' && check_exit 2 links --allow-host 'a b' && said 'no name of a host' &&
		check_exit 2 links nowhere.md && mkdir empty && check_exit 0 links empty && said 'there are no digests to look at' && check_exit 2 links --interval none
)

japanese() (
	site p "$(url 0.18 /ok)" && check_exit 0 links --lang ja && said 'リンク1件'
)

# No program that asks nobody loads the library for it.
loading() (
	site q "$(url 0.19 /ok)" && LD_DEBUG=libs sdi lint 2>"$err" >"$out"
	! grep -qE "libcurl|libxml" "$err"
)

# What is learnt is read without the network; a page that moved is found under its new address from then on.
learnt() (
	site learnt "$(url 0.30 /404)" && article "$(url 0.30 '/301?to=/fragment')" >$second && git init -q . && git add . && git commit -qm begin && check_exit 0 sdi lint &&
		check_exit 1 links && [ -s .git/sdi/links.db ] && check_exit 1 sdi lint --output-format concise && printed "$first:6:1: error broken-link" &&
		printed "$second:6:1: info moved-link" && check_exit 1 sdi fix -q && grep -qx "$(url 0.30 /fragment)" $second && ! grep -qF '/301' $second
)

# What was not asked for yet comes first.
turns() (
	site turns "$(url 0.31 /ok?1)" && git init -q . && check_exit 0 links && article "$(url 0.31 /ok?2)" >$second && check_exit 0 links --in-flight 1 &&
		[ "$(grep '"request"' "$log" | grep -F '127.10.0.31' | grep -o 'ok?[12]' | tr '\n' ' ')" = 'ok?1 ok?2 ok?1 ' ]
)

places() (
	site places "$(url 0.32 '/ok#p1')" && check_exit 0 links && [ ! -s "$out" ] && article "$(url 0.32 '/ok#nowhere')" >$first && check_exit 0 links &&
		printed "$first:6:1: missing-fragment: $(url 0.32 '/ok#nowhere') (no-such-place)"
)

# Links to files and headings: what `sdi lint` says of them is said here, too, and nobody is asked.
local_ones() (
	site local "$(url 0.36 /ok)" && sed -i 's,一行の要約,[表](../docs/none.md)と[メモ](#メモ)と[節](#無い),' $first && git init -q . && git add . && git commit -qm begin &&
		check_exit 1 links && printed "$first:9:11: broken: ../docs/none.md (missing-target)" && printed "$first:9:42: broken: #無い (missing-target)" && ! grep -q '#メモ' "$out" &&
		said '3 links, 1 requests: ok 1, broken 2' && check_exit 1 links --output-format json && python3 -m json.tool "$out" >/dev/null &&
		printed '"url": "../docs/none.md"' && check_exit 0 links --since HEAD && printf '\n- [別](gone.md)\n' >>$first && git commit -qam more &&
		check_exit 1 links --since HEAD~1 && printed '(missing-target)' && [ "$(wc -l <"$out")" -eq 1 ] && printf 'rules: {missing-target: off}\n' >.sdi.yaml && check_exit 0 links
)

# Of a page that is gone, the copy nearest to the digest's day; of nothing else.
archived() (
	archive=$(url 0.33 /web)
	site archived "$(url 0.34 /404)" && article "$(url 0.35 /ok)" >$second && check_exit 1 links --archive "$archive" &&
		printed "$first:6:1: broken: $(url 0.34 /404) (404); archived: $archive/20261102123456/$(url 0.34 /404)" &&
		said 'pages that are gone: 1; archived: 1, not looked for: 0' && [ "$(asked '"127.10.0.33"')" -eq 2 ] &&
		check_exit 1 links --archive "$archive" --output-format json && printed "\"archived_url\": \"$archive/20261102123456/" &&
		article "$(url 0.34 /404/uncopied)" >$first && check_exit 1 links --archive "$archive" && ! grep -q archived: "$out" && said 'archived: 0, not looked for: 0' &&
		check_exit 1 links --archive "http://127.66.6.6:$port/web" && ! grep -q archived: "$out" && said 'archived: 0, not looked for: 1' &&
		article "$(url 0.34 '/404?token=hush')" >$first && check_exit 1 links --archive "$archive" && said 'not looked for: 1' && ! grep -F '"127.10.0.33"' "$log" | grep -q hush &&
		check_exit 2 links --archive 'http://u:hush@a/' && ! grep -q hush "$err" && check_exit 2 links --archive nothing &&
		said 'no address of an archive' && check_exit 1 links && ! said 'pages that are gone'
)

check 'what is there' alive
check 'what is not' broken
check 'what nobody can tell' others
check 'texts from servers' escapes
check 'this machine and its neighbours' inside
check 'hosts of indicators' indicators
check 'how indicators are spelt' spelt
check 'slips that look like indicators' slips
check 'digests that cannot be read' unreadable
check 'letters behind an address' glued
check 'which links are asked for' positions
check 'rows of indicators' rows
check 'a page is asked for once' same_page
check 'what a change added' since
check 'json' json
check 'who was contacted' contacted
check 'the deadline, and an interrupt' ends
check 'what is said of mistakes' usage
check 'in Japanese' japanese
check 'what is learnt' learnt
check 'what was not asked for comes first' turns
check 'places in pages' places
check 'links to files and headings' local_ones
check 'copies in an archive' archived
check 'nothing is loaded in vain' loading
finish
