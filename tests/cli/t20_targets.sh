#!/bin/sh
# What local links lead to: files that git tracks, or that are there.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

# $1: a link's target, from 2026/11/2026-11-22.md; $2: what is said of it, nothing by default
target() {
	printf '# Daily Security Info\n\n### その他のメモ\n- [題](%s)\n' "$1" >2026/11/2026-11-22.md
	sdi lint --output-format concise --select missing-target "${3:-2026/11/2026-11-22.md}" >"$out" 2>"$err"
	if [ "${2-}" ]; then printed "$2"; else [ ! -s "$out" ]; fi
}

tracked() {
	git init -q . && git add . && git rm -q --cached untracked.md && git -c user.name=a -c user.email=a@example.com commit -qm a
}

module() {
	git init -q sub && git -C sub -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m a &&
		echo x >sub/a.md && git add sub 2>/dev/null
}

inner() {
	mkdir -p inner/2026/11 && echo 'timezone: UTC' >inner/.sdi.yaml &&
		printf '# Daily Security Info\n\n### その他のメモ\n- [題](../../../docs/a.md)\n- [題](/docs/a.md)\n- [題](/docs/b.md)\n' \
			>inner/2026/11/2026-11-22.md
	check_exit 0 sdi lint --output-format concise --select missing-target inner && [ "$(wc -l <"$out")" -eq 1 ] &&
		printed ':6:7: warning missing-target: there is no file `/docs/b.md`'
}

mkdir -p "$scratch/outside" "$scratch/work/2026/11" "$scratch/work/docs" && cd "$scratch/work" || exit 1
echo 'timezone: UTC' >.sdi.yaml
printf '# 題\n\n## Foo Bar\n' >2026/11/2026-11-21.md
echo x | tee docs/a.md untracked.md >../outside/a.md
ln -s docs linked
ln -s ../outside away
mkfifo fifo.md

check 'a file, without git' target 2026-11-21.md
check 'none' target 2026-11-20.md 'there is no file `2026/11/2026-11-20.md`'
check 'a folder' target ../../docs/
check 'one outside of the project' target ../../../outside/b.md
check 'a link out of it' target ../../away/b.md 'there is no file'
check 'a link out of it to what is there' target ../../away/a.md
check 'from the root' target /docs/a.md
check 'a FIFO is not waited for' target '../../fifo.md#x'
check 'a heading' target '2026-11-21.md#foo-bar'
check 'none of its headings' target '2026-11-21.md#foo' '`2026/11/2026-11-21.md` has no heading `#foo`'

rm fifo.md
check 'a repository' tracked
check 'a tracked file' target 2026-11-21.md
check 'a tracked folder' target ../../docs
check 'the root' target ../..
check 'an untracked file' target ../../untracked.md '`untracked.md` is not tracked by git'
check 'the digest itself is none' target 2026-11-22.md
check 'case counts' target ../../docs/A.md 'there is no file `docs/A.md`'
check 'behind a tracked link' target ../../linked/a.md
check 'behind one that leads away' target ../../away/a.md
check 'above the repository' target ../../../outside/b.md
check 'a submodule' module
check 'is a target' target ../../sub
check 'what it holds is unknown' target ../../sub/b.md
check 'a project below the root' inner

finish
