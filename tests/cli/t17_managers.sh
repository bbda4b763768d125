#!/bin/sh
# sdi under the programs that manage git hooks: pre-commit, lefthook, lint-staged with husky, as they really are.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

modules=$SDI_SOURCE_DIR/node_modules/.bin
old=news/20261121.md
new=news/20261122.md
PATH=$(dirname "$SDI"):$modules:$PATH
# What they write goes into the test's own folder.
HOME=$scratch/home
PRE_COMMIT_HOME=$scratch/pre-commit
export PATH HOME PRE_COMMIT_HOME LEFTHOOK_QUIET=meta
unset CI SKIP PRE_COMMIT HUSKY LEFTHOOK
mkdir "$HOME"

# A repository whose last digest has an old slip; in a folder $1.
repository() {
	rm -rf "$1" && mkdir "$1" && cd "$1" && git init -q . && project . && template . && mkdir news &&
		digest >"$old" && echo 'Not a digest.' >README.md && echo node_modules >.gitignore &&
		git add . && git commit -qm begin
}

slip() {
	digest | sed 's/- 要約/- 要約約/' >"$1"
}

# What a commit must do, whoever runs the hook; in a repository where one is installed.
refuses_a_slip() {
	slip "$new" && git add . && ! git commit -qm slip && [ "$(git log --format=%s -1)" != slip ]
}

says_what() {
	git commit -qm slip >"$out" 2>&1
	has "$out" "$new" && has "$out" 'unknown-field'
}

takes_what_is_right() {
	digest >"$new" && git add . && git commit -qm right && [ "$(git log --format=%s -1)" = right ]
}

# What is not staged, in the file that is committed and in another, stays to the byte.
keeps_what_is_not_staged() {
	digest | sed 's/一行の要約/別の要約/' >"$new" && git add . && echo 'MINE' >>"$new" && echo 'MINE TOO' >>"$old" &&
		cp "$new" "$scratch/new" && cp "$old" "$scratch/old" && git commit -qm part && cmp "$new" "$scratch/new" &&
		cmp "$old" "$scratch/old" && ! git show HEAD:"$new" | grep -q MINE && git checkout -q .
}

leaves_other_texts() {
	echo '- 要約約' >>README.md && git add . && git commit -qm readme && [ "$(git log --format=%s -1)" = readme ]
}

lints() {
	refuses_a_slip && says_what && takes_what_is_right && keeps_what_is_not_staged && leaves_other_texts
}

# ---- pre-commit ----

# The framework clones this; the entries are those of the product.
framework() {
	rm -rf "$scratch/hooks" && mkdir "$scratch/hooks" && cp "$SDI_SOURCE_DIR/.pre-commit-hooks.yaml" "$scratch/hooks" &&
		git -C "$scratch/hooks" init -q && git -C "$scratch/hooks" add . && git -C "$scratch/hooks" commit -qm hooks
}

pre_commit() {
	framework && printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n  - id: %s\n' "$scratch/hooks" \
		"$(git -C "$scratch/hooks" rev-parse HEAD)" "$1" >.pre-commit-config.yaml && pre-commit install &&
		git add . && git commit -qm config
}

pre_commit_lints() (
	repository a && pre_commit sdi && lints
)

# All files, as in CI; and those of a range.
pre_commit_all() (
	repository b && slip "$new" && git add . && git commit -qm slip && pre_commit sdi && check_exit 1 pre-commit run --all-files &&
		has "$out" "$new" && ! grep -q README "$out" && check_exit 1 pre-commit run --from-ref HEAD~2 --to-ref HEAD &&
		has "$out" "$new" && check_exit 0 pre-commit run --from-ref HEAD~1 --to-ref HEAD
)

# It fails where it changed something, and leaves staging to its user; what is not staged is not lost.
pre_commit_fixes() (
	repository c && pre_commit sdi-fix && slip "$new" && git add . && echo MINE >>"$old" && cp "$old" "$scratch/old" &&
		! git commit -qm slip && digest | cmp - "$new" && git show :"$new" | grep -q 要約約 && cmp "$old" "$scratch/old" &&
		git add "$new" && git commit -qm right && [ "$(git log --format=%s -1)" = right ] && cmp "$old" "$scratch/old"
)

# The config cannot make it write the index under its feet.
pre_commit_and_fix() (
	repository d && printf 'timezone: UTC\nhook:\n  fix: true\n' >.sdi.yaml && git add . && git commit -qm fix &&
		pre_commit sdi && slip "$new" && git add . && echo MINE >>"$old" && cp "$old" "$scratch/old" &&
		! git commit -qm slip && git show :"$new" | grep -q 要約約 && cmp "$old" "$scratch/old"
)

if command -v pre-commit >/dev/null; then
	check 'pre-commit: it lints what is committed' pre_commit_lints
	check 'pre-commit: all files, and those of a range' pre_commit_all
	check 'pre-commit: it fixes, and stages nothing' pre_commit_fixes
	check 'pre-commit: with fixing in the config nothing is staged either' pre_commit_and_fix
else
	left_out 'pre-commit' 'there is no pre-commit'
fi

# ---- lefthook ----

lefthook_with() {
	printf 'pre-commit:\n  commands:\n    sdi:\n      glob: "*.md"\n      run: %s\n%s' "$1" "${2:-}" >lefthook.yml &&
		lefthook install && git add . && git commit -qm config
}

lefthook_lints() (
	repository e && lefthook_with 'sdi hook run' && lints
)

lefthook_fixes() (
	repository f && lefthook_with 'sdi fix --force-exclude {staged_files}' '      stage_fixed: true
' && slip "$new" && git add . && echo MINE >>"$old" && cp "$old" "$scratch/old" && git commit -qm fixed &&
		git show HEAD:"$new" | cmp - "$new" && digest | cmp - "$new" && cmp "$old" "$scratch/old"
)

# While it has put away what is not staged, the index is its own.
lefthook_and_fix() (
	repository g && printf 'timezone: UTC\nhook:\n  fix: true\n' >.sdi.yaml && lefthook_with 'sdi hook run' &&
		slip "$new" && git add . && echo MINE >>"$new" && cp "$new" "$scratch/new" && ! git commit -qm slip &&
		cmp "$new" "$scratch/new" && git show :"$new" | grep -q 要約約
)

if command -v lefthook >/dev/null; then
	check 'lefthook: it lints what is committed' lefthook_lints
	check 'lefthook: it fixes' lefthook_fixes
	check 'lefthook: nothing is staged while it holds back what is not staged' lefthook_and_fix
else
	left_out 'lefthook' 'there is no lefthook'
fi

# ---- husky and lint-staged ----

husky_with() {
	printf '{"private": true, "lint-staged": {"*.md": "%s"}}\n' "$2" >package.json && husky && printf '%s\n' "$1" >.husky/pre-commit &&
		git add . && git commit -qm config
}

husky_lints() (
	repository h && husky_with 'sdi hook run' 'true' && lints
)

lint_staged_lints() (
	repository i && husky_with lint-staged 'sdi lint --force-exclude' && lints
)

lint_staged_fixes() (
	repository j && husky_with lint-staged 'sdi fix --force-exclude' && slip "$new" && git add . && echo MINE >>"$old" &&
		cp "$old" "$scratch/old" && git commit -qm fixed && git show HEAD:"$new" | cmp - "$new" && digest | cmp - "$new" &&
		cmp "$old" "$scratch/old"
)

if command -v husky >/dev/null && command -v lint-staged >/dev/null; then
	check 'husky: it lints what is committed' husky_lints
	check 'lint-staged: it lints what is committed' lint_staged_lints
	check 'lint-staged: it fixes' lint_staged_fixes
else
	left_out 'husky and lint-staged' 'they are not there'
fi
finish
