#!/bin/sh
# sdi lint --staged: from where it is run, where git keeps things, and what files are called.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2015,SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"
# shellcheck source=staged_lib.sh
. "$SDI_SOURCE_DIR/tests/cli/staged_lib.sh"

one=a/2026-11-20.md two=a/2026-11-21.md new=a/2026-11-22.md

lint() {
	sdi lint --output-format concise --select trailing-space --fail-on warning "$@"
}

# stdout of `lint --staged` names these files
staged() {
	wanted=$1
	shift
	check_exit 1 lint --staged "$@" && printf '%s\n' "$wanted" | tr ' ' '\n' | diff -u - "$scratch/files"
}

subfolders() (
	repository sub && bad $one && bad b/2026-11-22.md && git add -A && cd a && blocked "$one b/2026-11-22.md" commit -m x &&
		blocked "$one" commit -m x 2026-11-20.md && blocked "$one b/2026-11-22.md" commit -a -m x
)

# Paths are shown from where one is, and narrow down what is looked at.
arguments() (
	repository arguments && bad $one && bad b/2026-11-22.md && git add -A && cd a &&
		check_exit 1 lint --staged && printed '2026-11-20.md:3:16: ' && printed "$PWD/../b/2026-11-22.md" 2>/dev/null
	printed "$(cd ../b && pwd)/2026-11-22.md:3:16: " && check_exit 1 lint --staged . && [ "$(wc -l <"$out")" -eq 1 ] &&
		check_exit 1 lint --staged ../b && [ "$(wc -l <"$out")" -eq 1 ] && check_exit 0 lint --staged 2026-11-21.md &&
		check_exit 2 lint --staged nowhere && said 'cannot find `nowhere`'
)

linked() (
	repository main && git worktree add -q ../linked -b linked && bad $one && cd ../linked && bad $two && git add -A &&
		blocked $two commit -m x && good $two && echo x >>$two && git add -A && passed 1 commit -m x && bad $new &&
		git add $new && blocked $new commit -a -m x && mkdir -p deep/er && cd deep/er && blocked $new commit -m x $OLDPWD/$new
)

linked_to_bare() (
	git clone -q --bare main bare && cd bare && git worktree add -q ../of-bare main && hook hooks/pre-commit && cd ../of-bare &&
		bad $two && git add -A && blocked $two commit -m x && cd ../bare && check_exit 2 lint --staged &&
		said 'a bare repository has no work tree'
)

submodule() (
	repository outer && git -c protocol.file.allow=always submodule --quiet add "$trash/main" inner &&
		passed 0 commit -m x && hook "$(git -C inner rev-parse --absolute-git-dir)/hooks/pre-commit" && cd inner &&
		bad $new && git add -A && blocked $new commit -m x && good $new && git add -A && passed 1 commit -m x &&
		cd .. && git add inner && passed 0 commit -m x && bad inner/$one && bad $one && git add $one && blocked $one commit -m x
)

separate() (
	git init -q -b main --separate-git-dir kept separate && cd separate && hook ../kept/hooks/pre-commit && bad $one &&
		git add -A && blocked $one commit -m x
)

git_dir_and_work_tree() (
	repository there && bad $one && git add -A && cd / && tree=$trash/there &&
		blocked $one --git-dir "$tree/.git" --work-tree "$tree" commit -m x &&
		blocked $one --git-dir "$tree/.git" --work-tree "$tree" commit -a -m x &&
		GIT_DIR=$tree/.git GIT_WORK_TREE=$tree check_exit 1 lint --staged && printed "${tree#/}/$one:3:16: " &&
		GIT_CONFIG_COUNT=0 GIT_DIR=$tree/.git GIT_WORK_TREE=$tree check_exit 1 lint --staged && printed "${tree#/}/$one:3:16: " &&
		cd "$tree/a" && GIT_DIR=../.git GIT_WORK_TREE=.. check_exit 1 lint --staged && printed '2026-11-20.md:3:16: '
)

# git takes the current folder as the work tree then.
git_dir_alone() (
	repository alone && bad $one && git add -A && GIT_DIR=.git check_exit 1 lint --staged && printed "$one:3:16: " &&
		cd a && for count in '' 0; do
			GIT_DIR=../.git GIT_CONFIG_COUNT=$count check_exit 1 lint --staged && printed "a/2026-11-20.md:3:16: " || return
		done
)

elsewhere() (
	repository elsewhere && bad $one && git add -A && mkdir ../tree && git config core.worktree "$trash/tree" &&
		for count in '' 0; do
			cd "$trash/elsewhere/.git" && GIT_CONFIG_COUNT=$count check_exit 1 lint --staged && printed "$trash/tree/$one:3:16" &&
				cd "$trash/tree" && GIT_DIR=$trash/elsewhere/.git GIT_CONFIG_COUNT=$count check_exit 1 lint --staged &&
				printed "$one:3:16: " || return
		done
)

through_a_link() (
	repository real && bad $one && git add -A && ln -s real ../link && ln -s a s && cd ../link/a && blocked $one commit -m x &&
		check_exit 1 lint --staged && printed '2026-11-20.md:3:16: ' && cd ../s && check_exit 1 lint --staged .
)

# What files and folders are called makes no difference.
names() (
	repository "$1" && while IFS= read -r name; do
		# shellcheck disable=SC2059
		name=./$(printf -- "$name")
		bad "$name/2026-11-22.md" && git add -A && ! git commit -q -m x 2>"$scratch/git" &&
			[ "$(sed 's/.*2026-11-22.md://' "$report")" = '3:16: warning trailing-space: 1 trailing space [*]' ] && git rm -rqf . ||
			{ printf 'not found: %s\n' "$name" && return 1; }
	done <<'END'
日本語 の フォルダ
two  blanks
 blank
tab\there
new\nline
"quotes"
'single'
back\\\\slash
*.md
[a]
:(top)x
:!x
-f
--
#x
l\351
\377\376
e\314\201
%%s%%n
$(touch x)
END
)

long_name() (
	repository long && deep=$(printf 'd%.0s/' $(seq 1 500)) && bad "$deep/2026-11-22.md" && git add -A &&
		blocked "$(printf '%s' "$deep")2026-11-22.md" commit -m x
)

case_matters() (
	repository case && git config core.ignorecase true && bad x && blob=$(git hash-object -w x) &&
		git update-index --add --cacheinfo "100644,$blob,A/2026-11-20.md" && blocked A/2026-11-20.md commit -m x
)

pathspecs() (
	repository pathspecs && bad $one && git add -A && for name in LITERAL GLOB NOGLOB ICASE; do
		for count in '' 0; do
			export GIT_CONFIG_COUNT=$count && eval "GIT_${name}_PATHSPECS=1 blocked $one commit -m x" || return
		done
	done
)

# Settings of the user that change what git prints.
settings() (
	repository settings && seq 1 30 >>$one && git commit -q --no-verify -a -m x && git mv $one $new && printf 'x \n' >>$new &&
		bad 日本/2026-11-23.md && git add -A && export GIT_CONFIG_COUNT=0 &&
		for setting in diff.noprefix=true diff.renames=false diff.renames=copies diff.relative=true diff.external=false \
			color.ui=always color.diff=always core.quotePath=true core.pager=false diff.orderFile=none diff.ignoreSubmodules=all \
			diff.wsErrorHighlight=all log.showSignature=true core.abbrev=4 diff.mnemonicPrefix=true status.short=true; do
			blocked "$new 日本/2026-11-23.md" -c "$setting" commit -m x || { echo "$setting"; return 1; }
			[ "$setting" = diff.orderFile=none ] && continue
			git config "${setting%%=*}" "${setting#*=}" && check_exit 1 lint --since HEAD && [ "$(wc -l <"$out")" -eq 2 ] &&
				git config --unset "${setting%%=*}" || { echo "$setting"; return 1; }
		done
)

other_index() (
	repository other && bad $one && GIT_INDEX_FILE=.git/other git add -A && check_exit 0 lint --staged &&
		for count in '' 0; do
			export GIT_CONFIG_COUNT=$count && GIT_INDEX_FILE=.git/other check_exit 1 lint --staged && cd a &&
				GIT_INDEX_FILE=../.git/other check_exit 1 lint --staged && cd .. &&
				GIT_INDEX_FILE=.git/none check_exit 2 lint --staged && said 'which GIT_INDEX_FILE names' || return
		done
)

no_repository() (
	mkdir nothing && cd nothing && check_exit 2 lint --staged && said 'no git repository here' && check_exit 2 lint --rev HEAD &&
		PATH=/nowhere check_exit 2 "$SDI" lint --staged && said 'there is no git repository here'
)

# What lies in the repository is not run, wherever PATH leads.
other_git() (
	repository path && printf '#!/bin/sh\necho x >"%s"\n' "$scratch/run" >git && chmod +x git && bad $one && git add -A &&
		PATH=.::$PATH GIT_CONFIG_COUNT=0 check_exit 1 "$SDI" lint --staged --fail-on warning && cd a && cp ../git . &&
		PATH=.:$PATH GIT_CONFIG_COUNT=0 check_exit 1 "$SDI" lint --staged --fail-on warning && [ ! -e "$scratch/run" ] &&
		PATH=. GIT_CONFIG_COUNT=0 check_exit 2 "$SDI" lint --staged && said 'cannot run `git`' && PATH=. check_exit 1 "$SDI" lint --staged &&
		[ ! -e "$scratch/run" ]
)

# Who may not look into it.
unreadable() (
	repository unreadable && bad $one && git add -A && chmod 700 .git && for count in '' 0; do
		GIT_CONFIG_COUNT=$count check_exit 2 as_nobody "$SDI" lint --staged && said 'sdi: ' || return
	done
)

# Whoever started sdi may wait for nobody, and may have closed what it writes to.
odd_parents() (
	repository parents && bad $one && git add -A && for count in '' 0; do
		export GIT_CONFIG_COUNT=$count
		check_exit 1 python3 -c 'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execv(sys.argv[1], sys.argv[1:])' "$SDI" lint --staged --fail-on warning && check_exit 1 lint --staged <&- || return
		for closed in '>&-' '2>&- >&-' '<&- >&-' '<&- >&- 2>&-'; do
			eval "lint --staged $closed" 2>"$scratch/log"
			[ $? -eq 2 ] || { echo "$closed" && return 1; }
		done
	done
)

check 'from a subfolder' subfolders
check 'paths on the command line' arguments
check 'a linked work tree' linked
check 'a linked work tree of a bare repository' linked_to_bare
check 'a submodule' submodule
check 'a separate git folder' separate
check '--git-dir and --work-tree' git_dir_and_work_tree
check 'GIT_DIR alone' git_dir_alone
check 'core.worktree' elsewhere
check 'through a link' through_a_link
check 'names' names names
check 'a long path' long_name
check 'core.ignorecase' case_matters
check 'variables about pathspecs' pathspecs
check 'settings of the user' settings
check 'GIT_INDEX_FILE' other_index
check 'no repository' no_repository
check 'another git in the current folder' other_git
check 'parents that ignore' odd_parents
if has_nobody; then
	check 'no permission' unreadable
else
	echo '# left out: no permission: nobody else can run this program here'
fi
GIT_CONFIG_COUNT=0
export GIT_CONFIG_COUNT
check 'names, with git' names plumbing
finish
