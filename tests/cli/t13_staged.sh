#!/bin/sh
# sdi lint --staged in a hook: what each kind of commit makes it look at.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"
# shellcheck source=staged_lib.sh
. "$SDI_SOURCE_DIR/tests/cli/staged_lib.sh"

one=a/2026-11-20.md two=a/2026-11-21.md new=a/2026-11-22.md

plain() (
	repository plain && bad $one && good $new && git add $new && passed 1 commit -m x &&
		git add $one && blocked $one commit -m x && good $one && blocked $one commit -m x &&
		git add $one && unheard reset -q && bad $two && git add $two && unheard commit -q --no-verify -m x
)

# What stands there already fails nobody.
old_findings() (
	repository old && bad $one && git add -A && git commit -q --no-verify -m x && echo x >>$two && git add -A &&
		passed 1 commit -m x && echo x >>$one && git add -A && blocked $one commit -m x
)

nothing() (
	repository nothing && passed 0 commit --allow-empty -m x && echo x >README && git add README && passed 0 commit -m x
)

all() (
	repository all && bad $one && bad $new && blocked $one commit -a -m x && good $one && good b/2026-11-23.md &&
		echo x >>$two && git add $new && blocked $new commit -a -m x && good $new && passed 2 commit -a -m x &&
		[ -z "$(git status --porcelain -uno)" ]
)

# What is staged is no part of it.
by_path() (
	repository path && bad $one && git add $one && bad $new && echo x >>$two && passed 1 commit -m x $two &&
		blocked $one commit -m x && blocked $one commit -m x a/2026-11-20.md &&
		good $one && echo x >>$one && passed 1 commit -m x $one
)

# What is staged is a part of it.
include() (
	repository include && bad $one && git add $one && echo x >>$two && blocked $one commit -m x -i $two &&
		good $one && git add $one && bad $two && blocked $two commit -m x -i $two
)

# Of two changes in a file one is staged.
patch() (
	repository patch && seq 1 30 >>$one && git commit -q --no-verify -a -m x && bad $one.bad &&
		sed -i -e 's/^2$/2 /' -e 's/^28$/28x/' $one && printf 'n\ny\n' >"$scratch/answers" &&
		passed 1 commit -p -m x <"$scratch/answers" && printf 'y\n' >"$scratch/answers" &&
		blocked $one commit -p -m x <"$scratch/answers"
)

amend() (
	repository amend && bad $one && git add $one && git commit -q --no-verify -m x && echo x >>$two && git add $two &&
		passed 1 commit --amend -m x && bad $two && blocked $two commit --amend -a -m x && good $two &&
		passed 0 commit --amend -m y
)

first() (
	git init -q -b main first && cd first && hook .git/hooks/pre-commit && bad $one && good $two && good $new &&
		git add $one $two && blocked $one commit -m x && good $one && git add $one && passed 2 commit -m x
)

# A branch without history: all of it is new.
orphan() (
	repository orphan && bad $one && git commit -q --no-verify -a -m x && git checkout -q --orphan alone &&
		blocked $one commit -m x
)

announced() (
	repository announced && bad $new && git add -N $new && echo x >>$two && git add $two && passed 1 commit -m x &&
		blocked $new commit -a -m x && blocked $new commit -m x $new
)

# main and side: both change $one; each has a file of its own with a finding.
fork() {
	repository "$1" && git checkout -q -b side && echo side >>$one && bad b/2026-11-24.md && git add -A &&
		git commit -q --no-verify -m side && git checkout -q main && echo main >>$one && bad c/2026-11-25.md &&
		git add -A && git commit -q --no-verify -m main
}

# Only what the merge itself made.
merge() (
	fork merge && ! git merge -q side >"$scratch/git" 2>&1 && rm -f "$report" && ! git commit -m x 2>"$scratch/git" &&
		[ ! -f "$report" ] && good $one && git add $one && passed 1 commit -m x && git reset -q --hard HEAD^ &&
		! git merge -q side >"$scratch/git" 2>&1 && bad $one && git add $one && blocked $one commit -m x &&
		git checkout -q side -- $one && passed 0 commit -m x
)

merge_and_more() (
	fork more && ! git merge -q side >"$scratch/git" 2>&1 && good $one && bad $new && echo x >>$two && git add -A &&
		blocked $new commit -m x && echo x >>b/2026-11-24.md && git add -A && blocked "$new b/2026-11-24.md" commit -m x
)

clean_merge() (
	repository clean && git checkout -q -b side && bad b/2026-11-24.md && git add -A && git commit -q --no-verify -m x &&
		git checkout -q main && bad c/2026-11-25.md && git add -A && git commit -q --no-verify -m y &&
		unheard merge --no-ff --no-commit side && passed 0 commit -m x && git reset -q --hard HEAD^ &&
		unheard merge --no-ff -m x side && git reset -q --hard HEAD^ &&
		cp .git/hooks/pre-commit .git/hooks/pre-merge-commit && passed 0 merge --no-ff -m x side
)

# Several at once: what none of them has.
octopus() (
	repository octopus && for branch in x y; do
		git checkout -q -b $branch main && bad $branch/2026-11-24.md && git add -A &&
			git commit -q --no-verify -m $branch || return
	done && git checkout -q main && echo z >z && git add z && git commit -q --no-verify -m z &&
		unheard merge --no-commit x y && [ "$(wc -l <.git/MERGE_HEAD)" -eq 2 ] && bad $new && git add $new &&
		blocked $new commit -m x && good $new && git add $new && passed 1 commit -m x
)

squash() (
	fork squash && git checkout -q main~1 && unheard merge --squash side && blocked b/2026-11-24.md commit -m x
)

cherry_pick() (
	fork pick && ! git cherry-pick side >"$scratch/git" 2>&1 && good $one && git add $one &&
		blocked b/2026-11-24.md -c core.editor=true cherry-pick --continue && good b/2026-11-24.md &&
		git add -A && passed 2 -c core.editor=true cherry-pick --continue
)

revert() (
	fork revert && echo last >>$one && git commit -q --no-verify -a -m x && ! git revert --no-edit HEAD~1 >"$scratch/git" 2>&1 &&
		bad $one && git add $one && blocked $one -c core.editor=true revert --continue && good $one && git add $one &&
		passed 1 -c core.editor=true revert --continue
)

reword() (
	fork reword && export GIT_SEQUENCE_EDITOR='sed -i s/^pick/reword/' GIT_EDITOR=true && passed 0 rebase -i HEAD~1 &&
		[ -z "$(git status --porcelain)" ] && echo x >>$two && git stash -q && [ -z "$(git status --porcelain)" ]
)

# A rebase that stops: only what is picked is looked at.
stopped() (
	fork stopped && git checkout -q side && ! git rebase -q main >"$scratch/git" 2>&1 && good $one && git add $one &&
		blocked b/2026-11-24.md -c core.editor=true commit -m x && good b/2026-11-24.md && git add -A && passed 2 commit -m x
)

renamed() (
	repository renamed && seq 1 30 >>$one && printf 'x \n' >>$one && git commit -q --no-verify -a -m x &&
		git mv $one $new && blocked $new commit -m x && git mv $new b.txt && passed 0 commit -m x
)

deleted() (
	repository deleted && bad $one && git commit -q --no-verify -a -m x && git rm -q $one && passed 0 commit -m x &&
		rm $two && bad $two && git rm -q --cached $two && passed 0 commit -m x
)

# The work tree is free to change, and to be empty, while git waits.
work_tree_gone() (
	repository gone && bad $one && git add $one && rm -r a && blocked $one commit -m x && mkdir -p $one/folder &&
		blocked $one commit -m x
)

check 'commit: the staged text, not the one on disk' plain
check 'old findings in other files fail nobody' old_findings
check 'nothing to look at' nothing
check 'commit -a' all
check 'commit PATH' by_path
check 'commit -i PATH' include
check 'commit -p' patch
check 'commit --amend' amend
check 'the first commit' first
check 'an orphan branch' orphan
check 'add -N' announced
check 'a merge with a conflict' merge
check 'a merge with more than the merge in it' merge_and_more
check 'a clean merge' clean_merge
check 'an octopus' octopus
check 'merge --squash' squash
check 'cherry-pick with a conflict' cherry_pick
check 'revert with a conflict' revert
check 'rebase: reword, and stash' reword
check 'rebase that stops' stopped
check 'renamed' renamed
check 'deleted' deleted
check 'the work tree is gone' work_tree_gone
finish
