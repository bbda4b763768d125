# shellcheck shell=sh disable=SC2016,SC2317
# What the tests of core/source/stage.h have in common; after lib.sh.

stage=${SDI_BUILD_DIR:?}/tests/stage
[ -x "$stage" ] || skip 'the program for it is not built'

# ---- a repository ----

lines() {
	printf '%b\n' "$@"
}

# Commits run this, with `$fault` in its environment. What it says is left in $scratch/hook.
hook() {
	lines '#!/bin/sh' "env \$fault '$stage' >'$scratch/hook' 2>&1" "code=\$?" "echo \$code >>'$scratch/hook'" 'exit $code' \
		>"$(git rev-parse --git-path hooks)/pre-commit" && chmod +x "$(git rev-parse --git-path hooks)/pre-commit"
}

# An empty one, $trash/r, with more arguments for `git init`.
repository() {
	cd "$trash" && rm -rf r w && git init -q "$@" r && cd r && hook
}

# A commit without the hook.
commit() {
	git commit -qnm more "$@"
}

# a.md is staged, and edited further below; sub/b.md is staged.
make_fixable() {
	repository "$@" && mkdir sub && lines 0 2 3 4 5 >a.md && lines w y >sub/b.md && git add . && commit &&
		lines '1 ' 2 3 4 5 >a.md && lines 'x ' y >sub/b.md && git add . && lines '1 ' 2 3 4 MINE >a.md
}

fixable() {
	cd "$trash" && rm -rf r w && cp -a "$scratch/fixture" r && cd r
}

make_fixable && mv "$trash/r" "$scratch/fixture" || exit 1

# ---- what is there ----

# $1: a file, the rest: its lines.
has_lines() {
	file=$1
	shift
	lines "$@" | cmp -s - "$file" && return
	echo "$file does not hold $*, but:"
	cat -A "$file"
	return 1
}

# The same of a file in the index (`:`) or in a commit (`HEAD:`).
blob_has() {
	git cat-file blob "$1" >"$scratch/blob" || return
	blob=$1
	shift
	has_lines "$scratch/blob" "$@" || {
		echo "which is $blob"
		return 1
	}
}

status_is() {
	git status --porcelain >"$scratch/status"
	printf '%b' "$1" | cmp -s - "$scratch/status" && return
	echo 'the status is'
	cat "$scratch/status"
	return 1
}

nothing_left() {
	found=$(find "$trash" \( -name '*sdi*' ! -path '*/.sdi*.yaml' -o -name '*.lock' \) -print)
	[ -z "$found" ] && git fsck --no-dangling >"$scratch/fsck" 2>&1 && return
	echo "left: $found"
	cat "$scratch/fsck"
	return 1
}

old_index() {
	blob_has :a.md '1 ' 2 3 4 5 && blob_has :sub/b.md 'x ' y
}

old_files() {
	has_lines a.md '1 ' 2 3 4 "$1" && has_lines sub/b.md 'x ' y
}

new_index() {
	blob_has :a.md 1 2 3 4 5 && blob_has :sub/b.md x y
}

new_files() {
	has_lines a.md 1 2 3 4 "$1" && has_lines sub/b.md x y
}

untouched() {
	old_index && old_files MINE && nothing_left
}

all_done() {
	new_index && new_files MINE && nothing_left
}

fixes() {
	check_exit 0 "$stage"
}
