#!/bin/sh
# `sdi fix --staged`, and the hook that fixes: the commit holds what was staged, fixed; what was not staged stays.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

one=news/20261121.md
two=news/20261122.md

slip() {
	digest | sed 's/- 要約/- 要約約/'
}

# A repository whose hook fixes, with two digests that are in order; in a folder $1.
repository() {
	rm -rf "$1" && mkdir "$1" && cd "$1" && git init -q . && project . 'timezone: UTC\nhook:\n  fix: true\n' && template . &&
		mkdir news && digest >"$one" && digest >"$two" && git add . && git commit -qm begin &&
		sdi hook install >/dev/null
}

is_commit() {
	[ "$(git log --format=%s -1)" = "$1" ] && return
	echo "the last commit is not $1"
	git log --oneline
	return 1
}

# The file holds the digest as it should be, in the last commit and in the work tree.
is_fixed() {
	for file in "$@"; do
		git show "HEAD:$file" >"$scratch/committed" && digest | diff - "$scratch/committed" && digest | diff - "$file" || return
	done
}

is_clean() {
	[ -z "$(git status --porcelain)" ] && return
	git status --short
	return 1
}

no_rest() {
	rest=$(find "$(git rev-parse --git-dir)" "$PWD" -name '*.lock' -o -name '.sdi-*' -o -path '*/sdi/undo*')
	[ -z "$rest" ] && return
	echo "left: $rest"
	return 1
}

fixed_and_clean() {
	is_fixed "$@" && is_clean && no_rest
}

# ---- kinds of commits ----

plain() (
	repository a && slip >"$one" && git add . && git commit -qm new && is_commit new && fixed_and_clean "$one" "$two"
)

all() (
	repository b && slip >"$one" && git commit -qam new && is_commit new && fixed_and_clean "$one"
)

only_path() (
	repository c && slip >"$one" && slip >"$two" && git add "$two" && git commit -qm new "$one" && is_commit new && is_fixed "$one" &&
		slip | diff - "$two" && [ "$(git status --porcelain)" = "M  $two" ] && git commit -qm next && fixed_and_clean "$two"
)

include_path() (
	repository d && slip >"$one" && slip >"$two" && git add "$two" && git commit -qm new -i "$one" && is_commit new &&
		fixed_and_clean "$one" "$two"
)

amended() (
	repository e && slip >"$one" && git add . && git commit -q --amend --no-edit && fixed_and_clean "$one"
)

first_commit() (
	repository f && git update-ref -d HEAD && slip >"$one" && git add . && git commit -qm first && is_commit first && fixed_and_clean "$one"
)

from_below() (
	repository g && slip >"$one" && slip >"$two" && cd news && git add . && git commit -qm new "${one##*/}" && cd .. && is_commit new &&
		is_fixed "$one"
)

linked() (
	repository h && git worktree add -q ../h2 && cd ../h2 && slip >"$one" && git add . && git commit -qm new && is_commit new &&
		fixed_and_clean "$one"
)

merged() (
	repository i && git checkout -qb side && digest | sed 's/題名/題/' >"$one" && slip >"$two" && git add . &&
		git commit -qm side --no-verify && git checkout -q - && digest | sed 's/題名/名/' >"$one" && git commit -qam main &&
		! git merge side >/dev/null && slip >"$one" && git add . && git commit -qm merge && is_commit merge &&
		[ "$(git log -1 --format=%P | wc -w)" -eq 2 ] && is_fixed "$one" && slip | diff - "$two" && is_clean && no_rest
)

# ---- what is not staged ----

other_lines() (
	repository j && slip >"$one" && git add . && echo MINE >>"$one" && sed -i 's/^- 要約約/&\n    - MINE/' "$one" && echo MINE >>"$two" &&
		git commit -qm new && is_commit new && git show "HEAD:$one" >"$scratch/committed" && digest | diff - "$scratch/committed" &&
		{ digest | sed 's/^- 要約/&\n    - MINE/' && echo MINE; } | diff - "$one" && { digest && echo MINE; } | diff - "$two"
)

# A fix on a line that is otherwise in the work tree: nothing is fixed, and nothing is committed.
same_line() (
	repository k && slip >"$one" && git add . && sed -i 's/要約約/& MINE/' "$one" && cp "$one" "$scratch/mine" && check_exit 2 sdi fix --staged &&
		said "$one" && diff "$one" "$scratch/mine" && git show ":$one" | diff - "$scratch/slip" && ! git commit -qm new &&
		is_commit begin && diff "$one" "$scratch/mine" && no_rest
)

# What is in order is staged all the same, when another file cannot be.
one_of_two() (
	repository l && slip >"$one" && slip >"$two" && git add . && sed -i 's/要約約/& MINE/' "$one" && check_exit 2 sdi fix --staged &&
		digest | diff - "$two" && git show ":$two" >"$scratch/staged" && digest | diff - "$scratch/staged" && git show ":$one" | diff - "$scratch/slip"
)

deleted_in_work_tree() (
	repository m && slip >"$one" && git add . && rm "$one" && git commit -qm new && is_commit new && git show "HEAD:$one" >"$scratch/committed" &&
		digest | diff - "$scratch/committed" && [ ! -e "$one" ]
)

mode_stays() (
	repository n && slip >"$one" && chmod 755 "$one" && git add . && git commit -qm new && fixed_and_clean "$one" && [ -x "$one" ]
)

# ---- the rest ----

nothing_to_fix() (
	repository o && sed -i 's/一行/二行/' "$one" && git add . && cp .git/index "$scratch/index" && check_exit 0 sdi fix --staged && cmp .git/index "$scratch/index"
)

what_is_left() (
	repository p && slip | sed '/^https/d' >"$one" && git add . && ! git commit -qm new >"$out" 2>&1 && printed missing-url &&
		git show ":$one" | grep -q '^- 要約$'
)

only_shown() (
	repository q && slip >"$one" && git add . && check_exit 1 sdi fix --staged --diff && printed '-- 要約約' && git show ":$one" | diff - "$scratch/slip" &&
		slip | diff - "$one"
)

locked() (
	repository r && slip >"$one" && git add . && echo 'not ours' >.git/index.lock && check_exit 2 sdi fix --staged && said index.lock &&
		slip | diff - "$one" && git show ":$one" | diff - "$scratch/slip" && [ "$(cat .git/index.lock)" = 'not ours' ] &&
		check_exit 0 sdi fix --recover && [ "$(cat .git/index.lock)" = 'not ours' ]
)

linted_only() (
	repository s && printf 'timezone: UTC\n' >.sdi.yaml && git commit -qam config && slip >"$one" && git add . && ! git commit -qm new &&
		is_commit config && git show ":$one" | diff - "$scratch/slip" && slip | diff - "$one"
)

under_another() (
	repository t && slip >"$one" && git add . && check_exit 2 env PRE_COMMIT=1 "$SDI" fix --staged && said pre-commit && slip | diff - "$one" &&
		check_exit 1 env PRE_COMMIT=1 "$SDI" hook run && git show ":$one" | diff - "$scratch/slip"
)

bare() (
	repository u && git clone -q --bare . ../u.git && cd ../u.git && check_exit 2 sdi fix --staged && said bare
)

slip >"$scratch/slip"
check 'git commit' plain
check 'git commit -a' all
check 'git commit PATH' only_path
check 'git commit -i PATH' include_path
check 'git commit --amend' amended
check 'the first commit' first_commit
check 'from a folder below' from_below
check 'in a linked work tree' linked
check 'a merge: only what it made itself' merged
check 'other lines of the work tree stay' other_lines
check 'a line that is otherwise in the work tree' same_line
check 'one file of two can be fixed' one_of_two
check 'a file that is not in the work tree' deleted_in_work_tree
check 'the mode stays' mode_stays
check 'nothing to fix, nothing written' nothing_to_fix
check 'what cannot be fixed stops the commit' what_is_left
check '--diff writes nothing' only_shown
check 'a lock of somebody else' locked
check 'without the key the hook only lints' linted_only
check 'under another hook manager the index stays' under_another
check 'a bare repository' bare
finish
