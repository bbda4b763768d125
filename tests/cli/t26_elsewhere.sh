#!/bin/sh
# What an earlier digest has already: which digests are looked at, and how often.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

echo 'leak:libgit2' >>"$scratch/leaks"
first=news/20261101.md second=news/20261102.md third=news/20261103.md
seen="the digest of 2026-11-01 has this article already: \`$first\`, at line 6"

# A digest of the article $1.
article() {
	digest | sed "s,news/1,news/$1,"
}

# A repository with three digests of other articles, committed; in a folder $1.
repository() {
	rm -rf "$1" && mkdir "$1" && cd "$1" && git init -q . && project . && template . && mkdir news && article 1 >$first && article 2 >$second &&
		article 3 >$third && git add . && git commit -qm begin
}

# $1: how often something is found by `sdi lint …`, the rest
found() {
	wanted=$1
	shift
	sdi lint --select repeated-article,duplicate-ioc --output-format concise "$@" >"$out" 2>"$err"
	code=$?
	count=$(wc -l <"$out")
	[ "$count" -eq "$wanted" ] && [ "$code" -lt 2 ] && return
	echo "found $count times, not $wanted, exit code $code: $*"
	cat "$out" "$err"
	return 1
}

all() (
	repository a && found 0 && article 1 >$second && found 1 && printed "$second:6:1: warning repeated-article: $seen" && article 1 >$third &&
		found 2 && printed "2 earlier digests have this article, the last of them \`$second\`, at line 6" && found 2 news && found 2 . && cd news && found 2
)

one_file() (
	repository b && article 1 >$third && found 1 $third && printed "$third:6:1: warning repeated-article: $seen" && found 0 $first && found 0 $second && cd news &&
		found 1 20261103.md && printed '`20261101.md`, at line 6' && cd / && found 1 "$OLDPWD/20261103.md"
)

stdin() (
	repository c && article 1 >"$scratch/text" && found 1 - <"$scratch/text" && printed '2026-11-01' && found 0 - --stdin-filename $first <"$scratch/text" &&
		found 1 - --stdin-filename $second <"$scratch/text" && article 2 >"$scratch/text" && found 0 - --stdin-filename $second <"$scratch/text" &&
		found 1 - --stdin-filename news/20261231.md <"$scratch/text"
)

# The index, not the work tree, and only what the change made.
staged() (
	repository d && article 1 >news/20261104.md && git add . && found 1 --staged && printed "$seen" && git commit -qm more && article 9 >$first && found 0 --staged &&
		echo '- 追記' >>news/20261104.md && git add news/20261104.md && found 1 --staged && found 0 --staged --changed-lines && git add . && found 0 --staged &&
		article 3 >news/20261104.md && git add . && found 1 --staged --changed-lines && git rm -qf $third && found 0 --staged --changed-lines
)

commits() (
	repository e && article 1 >news/20261104.md && git add . && git commit -qm more && found 1 --rev HEAD && found 0 --rev HEAD~1 && found 1 --since HEAD~1 &&
		found 1 --rev HEAD news/20261104.md && git clone -q --bare . ../e.git && cd ../e.git && found 1 --rev HEAD && found 1 --rev HEAD --since HEAD~1
)

hook() (
	repository f && article 1 >news/20261104.md && git add . && check_exit 0 sdi hook run && printed "$seen" && git commit -qm more && sed -i "s,一行の,二行の," news/20261104.md &&
		git add . && check_exit 0 sdi hook run && ! grep -q already "$out"
)

# Excluded digests, those of other projects and texts that are no digests say nothing.
others() (
	repository g && article 1 >$second && printf 'exclude: [%s]\n' $first >.sdi.yaml && found 0 && found 0 $second && project . && mkdir sub && project sub &&
		template sub && mkdir sub/news && article 1 >sub/news/20261105.md && found 1 && found 0 sub && article 1 >README.md && found 1 && git rm -q $first -f && found 0
)

# The day has another digest, though it is not looked at.
days() (
	repository q && mkdir a b && article 7 | tee a/20261109.md >b/20261109.md && git add . && sdi lint --output-format concise --select duplicate-date b/20261109.md >"$out"
	printed 'b/20261109.md:1:3: error duplicate-date: 2026-11-09 has another digest, `a/20261109.md`' &&
		check_exit 0 sdi lint --select duplicate-date a/20261109.md && sdi lint --staged --output-format concise --select duplicate-date b >"$out"
	printed 'b/20261109.md:1:3: error duplicate-date'
)

# Whoever does not ask is there all the same; the order is the same from every folder.
roles() (
	repository r && article 1 >$third && printf 'overrides: [{paths: ["%s"], ignore: [all]}]\n' $first >.sdi.yaml && found 1 && found 1 $third && found 1 $first $third &&
		project . && git checkout -q . && mkdir a && article 7 | tee a/20261109.md >news/20261109.md && found 1 && printed 'news/20261109.md:6:1' &&
		cd news && found 1 && printed 'a/20261109.md`' && printed '20261109.md:6:1' && cd ../a && found 1 && printed 'news/20261109.md:6:1'
)

# A finding that a change makes on a line that it leaves alone; and one that was there.
made() (
	repository s && article 1 >$third && git add . && git commit -qm third && sed -i 's,一行の,二行の,' $third && git add . && found 0 --staged --changed-lines &&
		git checkout -q HEAD -- . && article 3 >$third && git add . && git commit -qm third && article 3 >$second && sed -i 's,一行の,二行の,' $third && git add . &&
		found 1 --staged --changed-lines && printed "$third:6:1" && git reset -q --hard && git mv $third news/20261210.md && article 3 >$second && git add . &&
		found 1 --staged --changed-lines
)

new_folder() (
	repository t && rm -r .sdi .sdi.yaml && article 1 | sed 's/ニュース/日々のニュース要約/' >$first && article 1 | sed 's/ニュース/日々のニュース要約/' >"$scratch/text" &&
		found 1 - --stdin-filename 2026/12/2026-12-01.md <"$scratch/text"
)

# Not all that lies around a file is read.
no_project() (
	mkdir h && cd h && article 1 | sed 's/ニュース/日々のニュース要約/' | tee 20261101.md >20261102.md && found 0 20261102.md && found 1 && project . && found 1 20261102.md
)

unreadable() (
	repository i && article 1 >$third && printf '\377\n' >>$first && found 0 $third && rm $first && ln -s nowhere $first && found 0 $third && said 'cannot be read: 1' && rm $first && mkfifo $first &&
		found 0 $third && rm $first && mkdir $first && found 0 $third
)

excused() (
	repository j && article 1 | sed 's/^#### /<!-- sdi-ignore repeated-article: 続報 -->\n&/' >$third && found 0 && check_exit 0 sdi lint && ! grep -q unused "$out" &&
		article 1 >$third && sdi lint -q --write-baseline known >/dev/null && found 0 --baseline known && article 2 >$third && found 1 --baseline known &&
		printf 'rules: {repeated-article: off}\n' >.sdi.yaml && check_exit 0 sdi lint && ! grep -q already "$out" && printf 'rules: {repeated-article: error}\n' >.sdi.yaml &&
		check_exit 1 sdi lint $third
)

fixes() (
	repository k && article 1 >$third && echo 'x ' >>$third && sdi fix $third >"$out" 2>"$err"
	printed "$seen" && ! grep -q 'x $' $third
)

formats() (
	repository l && article 1 >$third && compared "$PWD"
)

indicators() (
	repository m && ioc="- 要約\n    - 一\n- IOC\n    - evil[.]example[.]net,FQDN名,知られていない,C2,NA" && sed -i 's/^- 要約$/&\n    - 一\n- IOC <!-- sdi: ioc -->/' .sdi/templates/day.md &&
		for file in $first $third; do
			sed -i "s/^- 要約$/$ioc/; /一行の要約/d" $file || return
		done && found 1 $third && printed 'info duplicate-ioc: the digest of 2026-11-01 has this indicator already'
)

# ---- what is remembered ----

# Two months of digests, some of them old enough to be known by their times alone.
many() {
	repository "$1" && for day in 10 11 12 13 14 15 16 17 18 19 20 21; do
		article "$day" >"news/202610$day.md" && article "$day" >"news/202609$day.md" || return
	done && git add . && git commit -qm many && settle
}

# A time that nothing can have been written in since.
settle() {
	sleep 4
}

remembered() (
	many n && same $third && same && cp .git/sdi/archive.db "$scratch/db" && same $third && same && cmp .git/sdi/archive.db "$scratch/db" &&
		article 3 >news/20260915.md && same $third && [ -s "$out" ] && article 9 >news/20260915.md && touch -r news/20260914.md news/20260915.md && same $third &&
		git checkout -q . && same $third && echo 'exclude: [news/202609*]' >.sdi.yaml && same news/20261015.md && git checkout -q . && same news/20261015.md
)

# One month is forgotten when one of its digests changes, and what its other digests have is known all the same.
edits() (
	many o && seed=7 && turn=0 && while [ "$turn" -lt 40 ]; do
		seed=$(((seed * 1103515245 + 12345) % 2147483648)) && turn=$((turn + 1)) && day=$((10 + seed / 64 % 12)) && file=news/2026$(printf %02d $((9 + seed / 7 % 2)))$day.md
		case $((seed / 4096 % 7)) in
		0 | 1) article $((seed / 1024 % 24)) >"$file" ;;
		2) rm -f "$file" ;;
		3) git checkout -q . ;;
		4) sed -i 's/ニュース/話題/' .sdi/templates/day.md ;;
		5) article $((seed / 1024 % 24)) >news/202612$day.md && git add news/202612$day.md ;;
		6) touch -d '2020-01-01' "$file" ;;
		esac
		for arguments in '' $third news/20261015.md --staged '--rev HEAD'; do
			[ ! -e "${arguments:-.}" ] && [ "${arguments#--}" = "$arguments" ] && [ "$arguments" ] || same $arguments || { echo "after turn $turn" && return 1; }
		done
	done
)

damaged() (
	many p && article 1 >$third && same $third && at=0 && while [ "$at" -lt 40 ]; do
		at=$((at + 1)) && printf '\377\0\377' | dd of=.git/sdi/archive.db bs=1 seek=$((at * 531)) conv=notrunc 2>/dev/null && same $third || return
	done
)

check 'all of a project' all
check 'one file' one_file
check 'standard input' stdin
check 'what is staged' staged
check 'commits' commits
check 'the hook' hook
check 'who is not asked' others
check 'two digests of a day' days
check 'who asks, and from where' roles
check 'what a change makes' made
check 'the first text of a folder' new_folder
check 'without a project' no_project
check 'what cannot be read' unreadable
check 'suppressed, known, switched off' excused
check 'after fixing' fixes
check 'all formats' formats
check 'indicators' indicators
check 'what is remembered' remembered
check 'random edits' edits
check 'a damaged archive' damaged
finish
