#!/bin/sh
# Writing the index and the work tree together (core/source/stage.h): by itself, and in all kinds of commits.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"
# shellcheck source=stage_lib.sh
. "$SDI_SOURCE_DIR/tests/cli/stage_lib.sh"

# ---- by itself ----

as_is() {
	fixable && lines '1 ' 2 3 4 5 >a.md && fixes && printed 'a.md: done' && new_index && new_files 5 && nothing_left &&
		status_is 'M  a.md\nM  sub/b.md\n'
}

far_hunk() {
	fixable && fixes && all_done && status_is 'MM a.md\nM  sub/b.md\n'
}

adjacent_line() {
	fixable && lines '1 ' MINE 3 4 5 >a.md && fixes && new_index && has_lines a.md 1 MINE 3 4 5
}

# All of it or nothing in a file; others are done.
same_line() {
	fixable && lines '1 mine ' 2 3 4 5 >a.md && check_exit 1 "$stage" && printed 'a.md: left' && printed 'it has other changes' &&
		blob_has :a.md '1 ' 2 3 4 5 && has_lines a.md '1 mine ' 2 3 4 5 && blob_has :sub/b.md x y && has_lines sub/b.md x y &&
		nothing_left
}

fixed_before() {
	fixable && lines 1 2 3 4 MINE >a.md && fixes && all_done
}

deleted() {
	fixable && rm a.md && fixes && printed 'a.md: index only' && new_index && [ ! -e a.md ] && nothing_left
}

# $1 puts something else in the place of a.md.
not_a_file() {
	fixable && rm a.md && eval "$1" && check_exit 1 "$stage" && printed 'a.md: left' && blob_has :a.md '1 ' 2 3 4 5 &&
		blob_has :sub/b.md x y && nothing_left
}

linked_folder() {
	fixable && mv sub "$scratch/away" && ln -s "$scratch/away" sub && check_exit 1 "$stage" && printed 'sub/b.md: left' &&
		has_lines "$scratch/away/b.md" 'x ' y && blob_has :sub/b.md 'x ' y && rm -r "$scratch/away"
}

names_and_modes() {
	repository && name=$(printf 'ä "ö"\n\\.md') && lines 'x ' >"$name" && chmod 755 "$name" && git add . && fixes &&
		blob_has ":$name" x && has_lines "$name" x && [ -x "$name" ] && git ls-files -s | grep -q '^100755' && nothing_left
}

no_newline() {
	repository && printf 'a \nb' >a.md && git add . && printf 'a \nb\nc' >a.md && fixes &&
		[ "$(git cat-file blob :a.md | od -c | head -1)" = "$(printf 'a\nb' | od -c | head -1)" ] && has_lines a.md a b 'c\c'
}

# ---- the way into the index ----

crlf() {
	repository && git config "$1" "$2" && { [ -z "$3" ] || lines "$3" >.gitattributes; } &&
		lines 'x \r' 'y\r' >a.md && git add . 2>/dev/null && lines 'x \r' 'MINE\r' >a.md && fixes && blob_has :a.md x y &&
		has_lines a.md 'x\r' 'MINE\r' && nothing_left
}

# The repository has CRLF and nothing translates it.
crlf_inside() {
	repository && lines 'x \r' 'y\r' >a.md && git add . && lines 'x \r' 'MINE\r' >a.md && fixes && blob_has :a.md 'x\r' 'y\r' &&
		has_lines a.md 'x\r' 'MINE\r'
}

# By hand, in one line: git would not write it so.
crlf_mixed() {
	repository && lines '* text' >.gitattributes && lines 'x \r' y >a.md && git add . 2>/dev/null && check_exit 1 "$stage" &&
		printed 'git would not write it' && blob_has :a.md 'x ' y && has_lines a.md 'x \r' y
}

utf16() {
	repository && lines 'a.md text working-tree-encoding=UTF-16LE' >.gitattributes && lines 'x ' 日 | iconv -t UTF-16LE >a.md &&
		git add . && lines 'x ' 本 | iconv -t UTF-16LE >a.md && fixes && blob_has :a.md x 日 &&
		lines x 本 | iconv -t UTF-16LE | cmp - a.md
}

ident() {
	repository && lines 'a.md ident' >.gitattributes && lines 'x ' '$Id$' >a.md && git add . && rm a.md && git checkout -q a.md &&
		grep -q 'Id: ' a.md && fixes && blob_has :a.md x '$Id$' && status_is 'A  .gitattributes\nA  a.md\n'
}

filtered() {
	repository && git config filter.up.clean 'tr a-z A-Z' && lines 'a.md filter=up' >.gitattributes && lines 'x ' >a.md &&
		lines 'y ' >b.md && git add . && check_exit 1 "$stage" && printed 'a.md: left' && printed 'the filter `up`' &&
		has_lines a.md 'x ' && blob_has :a.md 'X ' && blob_has :b.md y
}

# ---- kinds of indexes ----

# What `git ls-files -v` says of a.md stays.
keeps_flag() {
	fixable && git update-index "$1" a.md && eval "${3:-:}" && fixes && new_index && [ "$(git ls-files -v a.md)" = "$2 a.md" ]
}

announced() {
	fixable && lines 'n ' >new.md && git add -N new.md && check_exit 0 "$stage" && new_index && status_is 'MM a.md\n A new.md\nM  sub/b.md\n'
}

# $1 makes the index of that kind, $2 tells that it still is.
kind() {
	fixable && eval "$1" && fixes && all_done && eval "$2"
}

has_extension() {
	grep -qaF "$1" .git/index
}

sparse() {
	fixable && mkdir far && lines 'z ' >far/z.md && git add far && commit && git sparse-checkout set --cone --sparse-index sub &&
		has_extension sdir && [ ! -e far ] && check_exit 0 "$stage" && printed 'far/z.md: index only' && blob_has :far/z.md z &&
		[ ! -e far ] && [ "$(git ls-files -v far/z.md)" = 'S far/z.md' ] && status_is 'MM a.md\nM  far/z.md\nM  sub/b.md\n'
}

sha256() {
	make_fixable --object-format=sha256 && fixes && all_done
}

# git looks into a file that is as old as the index; that must not get younger unseen.
as_old_as_index() {
	fixable && git config core.trustctime false && git config core.checkStat minimal && lines A >o.md && touch -d @1000000 o.md &&
		git add o.md && touch -d @1000000 .git/index && lines B >o.md && touch -d @1000000 o.md && fixes && git diff --name-only >"$out" &&
		printed o.md
}

# One of its own, as `GIT_INDEX_FILE` names it.
other_index() (
	fixable && cp .git/index "$trash/other" && export GIT_INDEX_FILE=../other && fixes && new_index && new_files MINE &&
		unset GIT_INDEX_FILE && old_index && nothing_left
)

worktree() {
	fixable && commit && git worktree add -q ../w && cd ../w && lines '1 ' 2 3 4 5 >a.md && git add . && lines '1 ' 2 3 4 MINE >a.md &&
		fixes && all_done && cd ../r && old_files MINE
}

submodule() {
	fixable && commit && cd "$trash" && rm -rf w && git init -q w && cd w &&
		git -c protocol.file.allow=always submodule --quiet add ../r sub 2>/dev/null && cd sub && lines '1 ' 2 3 4 5 >a.md &&
		git add . && fixes && new_index && cd .. && nothing_left
}

# ---- commits ----

# The last commit has the fix, and the hook was content.
committed() {
	blob_has HEAD:a.md 1 2 3 4 5 && nothing_left && return
	cat "$scratch/hook"
	return 1
}

commits() {
	git commit -qm fixed "$@" >"$scratch/said" 2>&1 && return
	cat "$scratch/said" "$scratch/hook"
	return 1
}

plain_commit() {
	fixable && commits && committed && blob_has HEAD:sub/b.md x y && new_files MINE && status_is ' M a.md\n'
}

commit_all() {
	fixable && commits -a && blob_has HEAD:a.md 1 2 3 4 MINE && new_files MINE && nothing_left && status_is ''
}

# The other file stays staged, as it was.
commit_path() {
	fixable && lines '1 ' 2 3 4 5 >a.md && commits a.md && committed && has_lines a.md 1 2 3 4 5 && blob_has HEAD:sub/b.md w y &&
		blob_has :sub/b.md 'x ' y && status_is 'M  sub/b.md\n'
}

commit_from_folder() {
	fixable && lines '1 ' 2 3 4 5 >a.md && cd sub && commits ../a.md && cd .. && committed && status_is 'M  sub/b.md\n'
}

commit_included() {
	fixable && lines '1 ' 2 3 4 5 >a.md && git reset -q a.md && commits -i a.md && committed && status_is ''
}

commit_patch() {
	fixable && lines '1 ' 2 3 4 5 >a.md && git reset -q && printf 'y\nn\n' | commits -p && committed && status_is ' M sub/b.md\n'
}

commit_amend() {
	fixable && commits --amend && committed && [ "$(git rev-list --count HEAD)" = 1 ] && status_is ' M a.md\n'
}

commit_first() {
	repository && lines '1 ' 2 3 4 5 >a.md && git add . && commits && committed && status_is ''
}

commit_merge() {
	repository && lines 1 2 3 4 5 >a.md && git add . && commit && git checkout -qb side && lines 1 2 3 4 side >a.md && commit -a &&
		git checkout -q - && lines 1 2 3 4 main >a.md && commit -a && { git merge -q side >/dev/null 2>&1 || :; } &&
		lines '1 ' 2 3 4 5 >a.md && git add . && commits && committed && git rev-parse -q --verify HEAD^2 >/dev/null && status_is ''
}

commit_from_afar() {
	fixable && (cd / && commits_from=$trash/r && git --git-dir "$commits_from/.git" --work-tree "$commits_from" commit -qm fixed) &&
		committed && new_files MINE
}

commit_in_worktree() {
	fixable && commit && git worktree add -q ../w && cd ../w && lines '1 ' 2 3 4 5 six >a.md && git add . && lines '1 ' 2 3 4 5 six 7 >a.md &&
		commits && blob_has HEAD:a.md 1 2 3 4 5 six && has_lines a.md 1 2 3 4 5 six 7 && nothing_left
}

commit_refused() {
	fixable && lines '1 mine ' 2 3 4 5 >a.md && ! git commit -qm fixed 2>/dev/null && blob_has :a.md '1 ' 2 3 4 5 &&
		has_lines a.md '1 mine ' 2 3 4 5 && nothing_left
}

# ---- locks ----

# A lock of somebody else's stays, whatever is tried.
locked() {
	fixable && lines x >.git/index.lock && check_exit 2 "$stage" && said 'another program is at work on the index' && old_index &&
		old_files MINE && check_exit 0 "$stage" --recover && has_lines .git/index.lock x && rm .git/index.lock && untouched
}

# One of ours counts as long as its process runs.
lock_of_ours() {
	boot=$(cat /proc/sys/kernel/random/boot_id)
	fixable && lines "sdi $$ $boot 0" >.git/index.lock && check_exit 2 "$stage" && said 'another program is at work' &&
		check_exit 0 "$stage" --recover && [ -e .git/index.lock ] && lines "sdi $$ another-boot 0" >.git/index.lock &&
		check_exit 2 "$stage" && said 'sdi fix --recover' && check_exit 0 "$stage" --recover && printed 'is taken away' && untouched
}

several_at_once() {
	for _ in 1 2 3 4 5 6; do
		fixable || return
		"$stage" >"$scratch/one" 2>&1 &
		one=$!
		"$stage" >"$scratch/two" 2>&1
		two=$?
		wait "$one"
		one=$?
		case $one$two in
		00 | 02 | 20) ;;
		*)
			cat "$scratch/one" "$scratch/two"
			return 1
			;;
		esac
		all_done || return
	done
}

check 'as it is' as_is
check 'edited far below' far_hunk
check 'edited in the next line' adjacent_line
check 'edited in the same line' same_line
check 'fixed in the work tree before' fixed_before
check 'deleted in the work tree' deleted
check 'a link in its place' not_a_file 'ln -s sub/b.md a.md'
check 'a folder in its place' not_a_file 'mkdir a.md'
check 'a FIFO in its place' not_a_file 'mkfifo a.md'
check 'a file with two names' not_a_file 'lines "1 " 2 3 4 5 >a.md && ln a.md c'
check 'a linked folder' linked_folder
check 'names and modes' names_and_modes
check 'without a newline at the end' no_newline
check 'CRLF by core.autocrlf=true' crlf core.autocrlf true ''
check 'CRLF by core.autocrlf=input' crlf core.autocrlf input ''
check 'CRLF by eol=crlf' crlf core.autocrlf false '* text eol=crlf'
check 'CRLF by core.eol' crlf core.eol crlf '* text=auto'
check 'CRLF in the repository' crlf_inside
check 'CRLF in one line' crlf_mixed
check 'another encoding' utf16
check '$Id$' ident
check 'a filter' filtered
check 'assume-unchanged' keeps_flag --assume-unchanged h
check 'skip-worktree' keeps_flag --skip-worktree S 'rm a.md'
check 'a file that is only announced' announced
check 'an index of version 4' kind 'git update-index --index-version 4' '[ "$(od -An -j7 -N1 -tu1 .git/index | tr -d " ")" = 4 ]'
check 'a split index' kind 'git update-index --split-index' 'has_extension link'
check 'an untracked cache' kind 'git update-index --force-untracked-cache && git status >/dev/null' 'has_extension UNTR'
check 'a file system monitor' kind 'lines "#!/bin/sh" "printf \"now\\\\0/\"" >.git/watch && chmod +x .git/watch &&
	git config core.fsmonitor .git/watch && git update-index --fsmonitor' 'has_extension FSMN'
check 'a file as old as the index' as_old_as_index
check 'a sparse index' sparse
check 'SHA-256' sha256
check 'another index' other_index
check 'a linked work tree' worktree
check 'a submodule' submodule
check 'git commit' plain_commit
check 'git commit -a' commit_all
check 'git commit PATH' commit_path
check 'git commit PATH, in a folder' commit_from_folder
check 'git commit -i PATH' commit_included
check 'git commit -p' commit_patch
check 'git commit --amend' commit_amend
check 'the first commit' commit_first
check 'the commit of a merge' commit_merge
check 'git --git-dir --work-tree commit' commit_from_afar
check 'git commit in a linked work tree' commit_in_worktree
check 'git commit, refused' commit_refused
check "somebody else's lock" locked
check 'a lock of ours' lock_of_ours
check 'two at once' several_at_once
finish
