#!/bin/sh
# sdi lint --staged, --since and --rev in every kind of repository that git can make: the same as in an ordinary one.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"
# shellcheck source=staged_lib.sh
. "$SDI_SOURCE_DIR/tests/cli/staged_lib.sh"

one=a/2026-11-20.md two=a/2026-11-21.md new=b/2026-11-22.md

lint() {
	sdi lint --output-format concise --select trailing-space,missing-target --fail-on warning "$@"
}

# A history in repository $1, made with options of git init; then all kinds of changes to its index and its work tree.
made() {
	repository "$@" && seq 1 30 >>$two && printf 'x \n' >>$two && mkdir c && echo t >c/t.md && git add -A &&
		git commit -q --no-verify -m second && git branch side && printf '# x\n\n[t](c/t.md) [n](c/n.md)\n' >2026-11-19.md &&
		git add -A && git commit -q --no-verify -m third && git tag -a -m t v1
}

changed() {
	bad $one && git add $one && good $one && mkdir b && git mv $two $new && bad d/2026-11-23.md && git add -N d/2026-11-23.md &&
		good e/2026-11-24.md && git add e && bad f/2026-11-25.md
}

# What is said in the current repository, names and all.
say() {
	for arguments in '--staged' '--staged --changed-lines' '--rev HEAD' \
		'--rev v1~1 --since HEAD~2' '--rev side a' '--rev HEAD --since side --changed-lines' '--rev nowhere' '--since -x' \
		'--since side' '--since HEAD~2 --changed-lines'; do
		echo "$arguments"
		lint $arguments 2>&1
		echo "$?"
	done
}

# Both that can be asked say what was said in the ordinary repository.
ordinary() {
	say >"$scratch/said" && diff -u "$scratch/ordinary" "$scratch/said" && (export GIT_CONFIG_COUNT=0 && say) >"$scratch/said" &&
		diff -u "$scratch/ordinary" "$scratch/said"
}

# The same in a repository of its own, after commands. $1: its name
kind() (
	kind=$1
	shift
	made "$kind" && changed && "$@" && ordinary
)

same_ids() (
	made ids && changed && say >"$scratch/ordinary" && [ "$(grep -c : "$scratch/ordinary")" -gt 10 ]
)

sha256() (
	made --object-format=sha256 sha256 && changed && ordinary && PATH=/nowhere check_exit 2 "$SDI" lint --staged &&
		said 'sdi: libgit2 cannot read the repository: unsupported extension' && said 'git cannot be run'
)

split_index() {
	git update-index --split-index && echo x >extra && git add extra && find .git -name 'sharedindex.*' | grep -q .
}

sparse() {
	git update-index -q --refresh
	git sparse-checkout set "$@" >"$scratch/git" 2>&1
}

untracked_cache() {
	git update-index --force-untracked-cache && git status >"$scratch/git"
}

# Left out of the work tree is not left out of the index.
sparse_checkout() (
	kind=$1
	shift
	made "$kind" && git sparse-checkout set "$@" b c >"$scratch/git" 2>&1 && [ ! -e a ] && lint --staged >"$scratch/said" 2>&1 &&
		check_exit 1 lint --rev HEAD && printed "$two:34:2: " && printed '2026-11-19.md:3:17: ' && git checkout -q side &&
		blob=$(printf 'x \n' | git hash-object -w --stdin) && git update-index --cacheinfo "100644,$blob,$one" &&
		for count in '' 0; do
			export GIT_CONFIG_COUNT=$count && check_exit 1 lint --staged && printed "$one:1:2" && check_exit 1 lint --rev HEAD &&
				printed "$two:34:2: " && check_exit 1 lint --rev HEAD a && check_exit 0 lint --since main && said '0 files' || return
		done
)

worktree_config() {
	git config core.repositoryFormatVersion "$1" && git config extensions.worktreeConfig true &&
		git config --worktree core.hooksPath nowhere
}

extension() {
	git config core.repositoryFormatVersion 1 && git config "extensions.$1" true
}

# Where git refuses, its reason is given.
refused() (
	made "$1" && changed && extension "$1" && for count in '' 0; do
		for arguments in --staged '--rev HEAD' '--since side'; do
			GIT_CONFIG_COUNT=$count check_exit 2 lint $arguments && said "unknown repository extension" || return
		done
	done
)

# One that changes nothing for who reads; git before 2.48 refuses.
relative() (
	made relative && changed && extension relativeWorktrees && say >"$scratch/said" && diff -u "$scratch/ordinary" "$scratch/said" &&
		if git status >"$scratch/git" 2>&1; then
			ordinary
		else
			GIT_CONFIG_COUNT=0 check_exit 2 lint --staged && said 'unknown repository extension'
		fi
)

newer_format() (
	made newer && git config core.repositoryFormatVersion 9 && for count in '' 0; do
		GIT_CONFIG_COUNT=$count check_exit 2 lint --staged && said 'version' || return
	done
)

cloned() (
	git clone -q "$@" cloned 2>"$scratch/git" && cd cloned && git branch -q side origin/side && changed && ordinary
	code=$?
	cd .. && rm -rf cloned
	return $code
)

partial_clone() (
	git -C ids config uploadpack.allowFilter true && cloned --filter=blob:none "file://$trash/ids"
)

# Without its origin a text cannot be had.
partial_clone_alone() (
	git clone -q --bare ids origin && git -C origin config uploadpack.allowFilter true &&
		git clone -q --no-checkout --filter=blob:none "file://$trash/origin" alone && rm -rf origin && cd alone &&
		check_exit 2 lint --rev HEAD && said "$one: git cat-file: " && ! said "by itself"
)

shallow() (
	git clone -q --depth 1 "file://$trash/ids" shallow && cd shallow && check_exit 2 lint --rev HEAD~1 && git fetch -q --depth 1 origin side:side && for count in '' 0; do
		export GIT_CONFIG_COUNT=$count && check_exit 1 lint --rev HEAD && check_exit 2 lint --since side && said 'the clone is shallow' &&
			check_exit 0 lint --since HEAD && bad $one && git add $one && check_exit 1 lint --staged &&
			git reset -q --hard || return
	done
)

shallow_enough() (
	git clone -q --depth 2 "file://$trash/ids" enough && cd enough && git branch -q side HEAD~1 && for count in '' 0; do
		GIT_CONFIG_COUNT=$count check_exit 1 lint --since side && [ "$(wc -l <"$out")" -eq 1 ] || return
	done
)

bare() (
	git clone -q --bare ids bare && cd bare && for count in '' 0; do
		export GIT_CONFIG_COUNT=$count && for folder in . refs; do
			cd $folder && check_exit 1 lint --rev HEAD && printed "a/2026-11-21.md:34:2: " && check_exit 1 lint --rev HEAD --since side &&
				check_exit 2 lint --staged && said 'a bare repository' && check_exit 2 lint --since side && cd "$trash/bare" || return
		done
	done
)

# Somebody else's, as another user or as root.
foreign() (
	repository foreign && bad $one && git add -A && chown -R 12345 . && export HOME="$trash/home" && mkdir -p "$HOME" &&
		unset GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM && for count in '' 0; do
			export GIT_CONFIG_COUNT=$count && rm -f "$HOME/.gitconfig" && check_exit 2 lint --staged && said 'ownership' &&
				git config --global safe.directory "$PWD" && check_exit 1 lint --staged && git config --global safe.directory '*' &&
				check_exit 1 lint --staged && git config --global safe.directory /elsewhere && check_exit 2 lint --staged || return
		done && export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=$PWD && check_exit 1 lint --staged &&
		PATH=/nowhere check_exit 2 "$SDI" lint --staged && unset GIT_CONFIG_COUNT && PATH=/nowhere check_exit 2 "$SDI" lint --staged &&
		said 'belongs to another user'
)

# They are the business of whoever put them there: a commit holds what it holds.
replaced() {
	git replace "HEAD:$two" "HEAD:$one" && git replace side HEAD~2 && git replace --graft HEAD && git pack-refs --all
}

packed() {
	git gc -q --prune=now && rm -f .git/objects/pack/*.rev && git pack-refs --all
}

check 'an ordinary one' same_ids
check 'packed' kind packed packed
check 'SHA-256' sha256
check 'a split index' kind split split_index
check 'an index of version 4' kind v4 git update-index --index-version 4
check 'an index with an untracked cache' kind untracked untracked_cache
check 'core.fsmonitor=false' kind monitor git config core.fsmonitor false
check 'a sparse checkout of everything' kind everything sparse --cone a b c d e f
check 'a sparse checkout' sparse_checkout cone
check 'a sparse checkout with patterns' sparse_checkout patterns --no-cone
check 'a sparse index' sparse_checkout sparse --sparse-index
check 'extensions.worktreeConfig, format 0' kind worktree0 worktree_config 0
check 'extensions.worktreeConfig, format 1' kind worktree1 worktree_config 1
check 'extensions.preciousObjects' kind preciousObjects extension preciousObjects
check 'extensions.relativeWorktrees' relative
check 'an unknown extension' refused ofTomorrow
check 'a format of tomorrow' newer_format
check 'a clone' cloned ids
check 'a clone that shares objects' cloned --shared ids
check 'a partial clone' partial_clone
check 'a partial clone without its origin' partial_clone_alone
check 'a shallow clone' shallow
check 'a shallow clone that is deep enough' shallow_enough
check 'a bare one' bare
check 'replaced objects' kind replaced replaced
if [ "$(id -u)" -eq 0 ]; then
	check 'of another user' foreign
else
	echo '# left out: of another user: only root can make one'
fi
if git init -q hashed && (cd hashed && git config index.skipHash true && : >x && git add x && [ "$(tail -c 20 .git/index | tr -d '\0')" = '' ]); then
	check 'index.skipHash' kind skip git config index.skipHash true
else
	echo '# left out: index.skipHash: this git has none'
fi
finish
