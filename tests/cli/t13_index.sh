#!/bin/sh
# sdi lint --staged: only what the index holds counts, whatever kind of thing that is.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"
# shellcheck source=staged_lib.sh
. "$SDI_SOURCE_DIR/tests/cli/staged_lib.sh"

one=a/2026-11-20.md two=a/2026-11-21.md new=a/2026-11-22.md

lint() {
	sdi lint --staged --output-format concise "$@"
}

blanks() {
	lint --select trailing-space --fail-on warning "$@"
}

# Both that answer. The rest: a test.
with_both() {
	"$@" && (export GIT_CONFIG_COUNT=0 && "$@")
}

config_is_staged() (
	repository config && bad $one && git add -A && with_both check_exit 1 blanks &&
		echo 'exclude: [a]' >.sdi.yaml && with_both check_exit 1 blanks && git add .sdi.yaml && with_both check_exit 0 blanks &&
		said '0 files' && rm .sdi.yaml && with_both check_exit 0 blanks && echo 'exclude: [' >.sdi.yaml &&
		with_both check_exit 0 blanks && git add .sdi.yaml && with_both check_exit 2 blanks && said '.sdi.yaml:' &&
		git rm -qf --cached .sdi.yaml && with_both check_exit 1 blanks && git add -N .sdi.yaml &&
		with_both check_exit 1 blanks && mkdir sub && git rm -qf .sdi.yaml && echo 'fail-on: never' >a/.sdi.yaml &&
		git add a/.sdi.yaml && with_both check_exit 0 lint --select trailing-space && printed ':3:16: '
)

rules_are_staged() (
	repository rules && bad $one && git add -A && printf 'rules:\n  trailing-space: error\n' >.sdi.yaml && git add .sdi.yaml &&
		echo 'rules: {trailing-space: off}' >.sdi.yaml && with_both check_exit 1 lint --select trailing-space &&
		printed 'error trailing-space'
)

template_is_staged() (
	repository template && template . && mkdir -p news && digest >news/20261122.md && git add news &&
		with_both check_exit 1 lint && git add .sdi && with_both check_exit 0 lint && said '2 files' &&
		sed -i 's/ニュース/記事/' .sdi/templates/day.md && with_both check_exit 0 lint &&
		git add .sdi && with_both check_exit 1 lint && printed 'news/20261122.md:3:' &&
		sed -i 's/^path:.*/path: "{/' .sdi/templates/day.md && git add .sdi && with_both check_exit 1 lint &&
		printed '.sdi/templates/day.md:2:' && rm -r .sdi && with_both check_exit 1 lint && printed 'day.md:2:'
)

# A template that was not touched judges what was.
template_is_old() (
	repository old && template . && git add -A && git commit -q --no-verify -m x && mkdir news &&
		digest >news/20261122.md && git add -A && rm -r .sdi && with_both check_exit 0 lint && said '1 file' &&
		git rm -q --cached .sdi/templates/day.md && with_both check_exit 1 lint
)

baseline_is_staged() (
	repository baseline && bad $one && sdi lint -q --select trailing-space --write-baseline known >"$out" 2>&1 &&
		echo 'baseline: known' >.sdi.yaml && git add $one .sdi.yaml && with_both check_exit 2 blanks && git add known &&
		rm known && with_both check_exit 0 blanks
)

# Links lead to what will be in the repository.
targets_are_staged() (
	repository targets && printf '# x\n\n[t](t.md) [u](u.md) [v](v/) [w](w.md)\n' >$one && mkdir a/v && : >a/u.md && : >a/t.md &&
		: >a/w.md && git add -A && git commit -q --no-verify -m x && rm a/t.md && git rm -q --cached a/u.md && echo >>$one &&
		: >a/v/x && git add $one a/v && git rm -q --cached a/w.md && git add -N a/w.md &&
		with_both check_exit 1 lint --select missing-target && [ "$(cut -d: -f3 "$out" | tr '\n' ' ')" = '15 33 ' ]
)

exclude_is_no_matter() (
	repository ignored && echo '*.md' >.gitignore && bad $one && bad $new && git add $one .gitignore && git add -f $new &&
		blocked "$one $new" commit -m x
)

kinds_of_entries() (
	repository kinds && bad x && git add x && chmod +x $one && ln -s ../x $new && ln -s nowhere a/2026-11-24.md &&
		ln -s . a/2026-11-25.md && git add -A && git -c protocol.file.allow=always submodule --quiet add ./. b/2026-11-23.md &&
		with_both check_exit 2 blanks && said 'a/2026-11-24.md: ' && ! grep -q '11-25\|11-23' "$err" &&
		[ "$(cat "$out")" = "$new:3:16: warning trailing-space: 1 trailing space [*]" ] &&
		git rm -qf a/2026-11-24.md && with_both check_exit 1 blanks && said '1 warning in 1 of 2 files'
)

leads_out() (
	repository out && bad ../outside.md && ln -s ../../outside.md $new && git add -A && with_both check_exit 2 blanks &&
		said "$new: a link that leads out of the work tree" && ln -sf "$trash/outside.md" $new && git add -A &&
		with_both check_exit 2 blanks && ln -sf "$PWD/a/2026-11-20.md" $new && git add -A && with_both check_exit 0 blanks &&
		ln -sf 2026-11-22.md $new && git add -A && with_both check_exit 2 blanks
)

becomes() (
	repository becomes && rm $one && ln -s 2026-11-21.md $one && git add -A && with_both check_exit 0 blanks && said '1 file' &&
		git commit -q --no-verify -m x && rm $one && bad $one && git add -A && with_both check_exit 1 blanks &&
		git commit -q --no-verify -m x && git rm -q $one && bad $one/2026-11-23.md && git add -A &&
		with_both check_exit 1 blanks && printed "$one/2026-11-23.md:3:16" && chmod +x $two && git add -A &&
		with_both check_exit 1 blanks && said 'of 2 files'
)

unmerged() (
	repository unmerged && git checkout -q -b side && echo 1 >>$one && git commit -q --no-verify -a -m x && git checkout -q main &&
		echo 2 >>$one && git commit -q --no-verify -a -m x && ! git merge -q side >"$scratch/git" 2>&1 &&
		with_both check_exit 2 blanks && said "$one is not merged yet" && with_both check_exit 2 blanks $two
)

garbage_merge_head() (
	repository garbage && bad $one && git add -A && echo garbage >.git/MERGE_HEAD && with_both check_exit 2 blanks &&
		said 'MERGE_HEAD: no list of commits' && echo 0123456789012345678901234567890123456789 >.git/MERGE_HEAD &&
		with_both check_exit 2 blanks && : >.git/MERGE_HEAD && with_both check_exit 1 blanks &&
		mkdir other && rm .git/MERGE_HEAD && mkdir .git/MERGE_HEAD && with_both check_exit 2 blanks
)

huge() (
	repository huge && head -c 30000000 /dev/zero | tr '\0' x >$one && printf '\377\376x\n' >$two && : >$new && git add -A &&
		with_both check_exit 1 lint && printed "$one:1:1: error file-too-large" && printed "$two:1:1: error invalid-encoding" &&
		printed "$new:1:1: error"
)

kept_elsewhere() (
	repository kept && printf 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n' >$one && git add -A &&
		with_both check_exit 2 blanks && said "$one: its text is kept by Git LFS" && printf '\0GITCRYPT\0xxx' >$one && git add -A &&
		with_both check_exit 2 blanks && said 'git-crypt'
)

# What the work tree gets through a filter is not what is committed.
filters() (
	repository filters && printf '*.md text eol=crlf\n' >.gitattributes && printf '# x\r\n\r\nx\r\n' >$one && git add -A &&
		with_both check_exit 0 lint --select line-ending,trailing-space && said '1 file' &&
		printf '2026-11-20.md filter=cat working-tree-encoding=UTF-16\n' >.gitattributes && printf '# x\n\nx \n' | iconv -t UTF-16 >$one &&
		git add -A && with_both check_exit 1 blanks && printed "$one:3:2"
)

broken_index() (
	repository broken && bad $one && git add -A && cp .git/index index && for size in 0 5 20 40 60 100 150; do
		head -c $size index >.git/index && with_both check_exit 2 blanks && said 'sdi: git' || return
	done && rm .git/index && with_both check_exit 0 blanks && said '0 files'
)

broken_objects() (
	repository objects && bad $one && git add -A && object=.git/objects/$(git rev-parse :$one | sed 's/../&\//') &&
		cp "$object" kept && chmod u+w "$object" && echo garbage >"$object" && with_both check_exit 2 blanks && said "$one: " &&
		: >"$object" && with_both check_exit 2 blanks && rm "$object" && with_both check_exit 2 blanks && said "$one: " &&
		cp kept "$object" && with_both check_exit 1 blanks && tree=.git/objects/$(git rev-parse 'HEAD^{tree}' | sed 's/../&\//') &&
		rm -f "$tree" && with_both check_exit 2 blanks && [ "$(grep -c '^sdi: ' "$err")" -eq 1 ]
)

broken_head() (
	repository head && bad $one && git add -A && echo garbage >.git/HEAD && with_both check_exit 2 blanks &&
		echo 0123456789012345678901234567890123456789 >.git/HEAD && with_both check_exit 2 blanks && : >.git/HEAD &&
		with_both check_exit 2 blanks && rm .git/HEAD && with_both check_exit 2 blanks
)

check 'a config that is staged' config_is_staged
check 'severities of the config' rules_are_staged
check 'a template that is staged' template_is_staged
check 'a template that did not change' template_is_old
check 'a baseline that is staged' baseline_is_staged
check 'what links lead to' targets_are_staged
check 'ignored, and tracked' exclude_is_no_matter
check 'modes, links and submodules' kinds_of_entries
check 'links that lead out' leads_out
check 'one kind becomes another' becomes
check 'unmerged' unmerged
check 'a MERGE_HEAD that is none' garbage_merge_head
check 'huge, empty and not UTF-8' huge
check 'kept elsewhere' kept_elsewhere
check 'filters' filters
check 'a broken index' broken_index
check 'broken objects' broken_objects
check 'a broken HEAD' broken_head
finish
