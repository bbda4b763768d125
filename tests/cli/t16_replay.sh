#!/bin/sh
# sdi lint --rev: for each commit of a history what it prints is what `sdi lint` prints in a checkout of that commit.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

# ---- a history in which everything happens ----

commit() {
	git add -A -f && git commit -q --allow-empty -m "$*" && git rev-parse HEAD >>"$scratch/commits"
}

day() {
	mkdir -p "$(dirname "$1")" && digest | sed "${2:-}" >"$1"
}

story() {
	git init -q -b main story && cd story && : >"$scratch/commits" || return
	commit nothing
	day news/20261101.md && commit a digest, and the template that is built in
	template . && commit a template
	day news/20261102.md 's/要約/概要/' && commit a label that is wrong
	day 20261103.md && commit a digest in another place
	git mv 20261103.md news/20261104.md && commit it is moved, and for another day
	day news/20261102.md 's/一行/[t](20261101.md) [u](../x.md) [v](20261101.md#メモ) [w](20261101.md#w) [d](\/news)/' && commit links
	echo x >x.md && commit what a link leads to
	printf 'rules: {missing-section: warning}\nfail-on: never\n' >.sdi.yaml && day news/20261105.md '/メモ/,$d' && commit a config
	echo 'rules: {' >.sdi.yaml && commit a config with a mistake
	printf 'exclude: [old]\n' >.sdi.yaml && day old/20261001.md 's/$/ /' && day old/deep/20261002.md 's/$/ /' && commit an excluded folder
	rm .sdi.yaml && commit no config
	sed -i 's/メモ/覚え書き/' .sdi/templates/day.md && commit another template
	sed -i 's/^path.*/&\nuntil: 2026-11-04/' .sdi/templates/day.md && sed 's/覚え書き/メモ/; s/until.*/from: 2026-11-05/' .sdi/templates/day.md \
		>.sdi/templates/new.md && commit two templates
	echo 'path: "{' >.sdi/templates/broken.md && commit a template with a mistake
	rm .sdi/templates/broken.md && printf '\377' >.sdi/templates/binary.md && commit a template that is no text
	rm .sdi/templates/binary.md && ln -s 20261101.md news/20261106.md && commit a link
	ln -s nowhere.md news/20261107.md && commit a link to nothing
	ln -sf ../../outside.md news/20261107.md && echo x >../outside.md && commit a link that leads out
	ln -sf . news/20261107.md && commit a link to a folder
	rm news/20261107.md && ln -s news more && day news/20261108.md 's/一行/[t](..\/more\/20261101.md) [u](..\/more\/20261109.md)/' && commit a linked folder
	mkdir -p team && printf 'templates: ../.sdi/templates\nselect: [trailing-space, structure]\n' >team/.sdi.yaml &&
		day team/news/20261101.md 's/一行/x /' && commit a project in the project
	template team && commit a template of its own
	rm team/.sdi.yaml && commit only the template is left
	git mv team crew && commit the project is moved
	printf 'news/\n*.tmp.md\n' >.gitignore && day news/20261110.md 's/一行/x /' && day 20261111.tmp.md && commit ignored, and tracked
	day node_modules/20261112.md 's/$/ /' && day news/node_modules/20261112.md && commit in node_modules
	day .hidden/20261112.md 's/$/ /' && day .sdi/20261112.md && commit in hidden folders
	chmod +x news/20261101.md && commit a mode
	rm news/20261106.md && day news/20261106.md && commit a link that becomes a file
	rm news/20261106.md && day news/20261106.md/20261107.md && commit a file that becomes a folder
	head -c 9000000 /dev/zero | tr '\0' x >news/20261113.md && commit a large file
	rm news/20261113.md && digest | iconv -t SHIFT_JIS >news/20261114.md && printf '\357\273\277# x\r\n\0' >news/20261115.md && commit not text
	day 'news/日本 語/20261116.md' 's/$/ /' && day "$(printf 'n\nl\351')/20261117.md" 's/$/ /' && commit names
	day news/20261118.md 's/要約/概要/' && sdi lint -q --write-baseline known >"$scratch/log" 2>&1
	echo 'baseline: known' >.sdi.yaml && commit a baseline
	day news/20261119.md 's/要約/概要/' && commit more than the baseline knows
	printf 'overrides:\n  - paths: ["news/**"]\n    ignore: [trailing-space]\ntemplates: nowhere\n' >.sdi.yaml && commit no templates folder
	rm .sdi.yaml && git rm -rqf news && commit much is deleted
	git revert -n HEAD && commit and is back
	rm -rf .sdi && ln -s crew/.sdi .sdi && commit the template is behind a link
}

# ---- proof ----

# In the current folder; $1: a folder for what is printed; the rest: arguments
say() {
	folder=$1
	shift
	mkdir -p "$folder" && sdi lint --output "json=$folder/json" --output-format concise "$@" >"$folder/concise" 2>"$folder/err"
	echo $? >"$folder/code"
}

same() {
	diff -r -u "$scratch/disk" "$1" >"$scratch/diff" && return
	printf 'in the commit %s, by %s:\n' "$(git log -1 --format=%s)" "${1##*/}"
	head -c 3000 "$scratch/diff"
	return 1
}

# A checkout of each commit of `$scratch/commits` beside what --rev says of it.
replay() (
	cd "$trash/$1" && git worktree add -q --detach "../$1.tree" && git clone -q --bare . "../$1.bare" && cd "../$1.tree" || return
	wrong=0
	while read -r commit; do
		git checkout -q --detach "$commit" && git clean -ffdxq && rm -rf "$scratch/disk" "$scratch"/by-* && say "$scratch/disk" &&
			say "$scratch/by-libgit2" --rev "$commit" && GIT_CONFIG_COUNT=0 say "$scratch/by-git" --rev "$commit" &&
			(cd "../$1.bare" && say "$scratch/by-libgit2-bare" --rev "$commit" && GIT_CONFIG_COUNT=0 say "$scratch/by-git-bare" --rev "$commit") || return
		for by in libgit2 git libgit2-bare git-bare; do
			# Outside of the folder where they would be relative paths are absolute.
			sed -i "s|$trash/$1.bare|$trash/$1.tree|g" "$scratch/by-$by"/*
			# What a walk over the disk cannot use it names as a whole.
			sed -i "s|^sdi: $trash/$1.tree/|sdi: |" "$scratch/disk/err" "$scratch/by-$by/err"
			same "$scratch/by-$by" || wrong=1
		done
	done <"$scratch/commits"
	[ -s "$scratch/commits" ] && return $wrong
)

# ---- digests as they are ----

# One commit a digest, in the order of their days; each with a few lines changed, by chance that is always the same.
archive() {
	git init -q -b main archive && cd archive && : >"$scratch/commits" && number=0 || return
	find "$SDI_SHARED/digests" -name '*.md' | awk -F/ '{ print $NF "\t" $0 }' | sort | cut -f2 >"$scratch/digests"
	every=$(($(wc -l <"$scratch/digests") / 8 + 1))
	while IFS= read -r file; do
		number=$((number + 1)) place=${file#"$SDI_SHARED/digests/"}
		mkdir -p "$(dirname "$place")" && awk -v seed=$number 'BEGIN { srand(seed) } rand() < 0.03 { next } rand() < 0.03 { $0 = $0 " " }
			rand() < 0.02 { sub(/要約|推奨事項/, "概要") } { print }' "$file" >"$place" && git add -A && git commit -q -m "$place" || return
		[ $((number % every)) -ne 0 ] || git rev-parse HEAD >>"$scratch/commits"
	done <"$scratch/digests"
	git rev-parse HEAD >>"$scratch/commits"
}

check 'a history' story
cd "$trash" || exit 1
check 'each of its commits' replay story
if [ -d "${SDI_SHARED:-}/digests" ]; then
	cd "$trash" || exit 1
	check 'a history of digests' archive
	cd "$trash" || exit 1
	check 'some of its commits' replay archive
fi
finish
