#!/bin/sh
# sdi hook: it is written where git looks, runs the right sdi, and leaves everybody else's hooks alone.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2030,SC2031,SC2317
. "$(dirname "$0")/lib.sh"

hook=.git/hooks/pre-commit
bin=$scratch/bin
mkdir "$bin" && ln -s "$SDI" "$bin/sdi"
unset SDI_REQUIRED

# An empty repository in a folder of its own, without git's samples.
repo() {
	rm -rf "${1:-repo}" && git init -q --template= "${1:-repo}" && cd "${1:-repo}" || return
}

# It is a whole hook of ours that can be run.
whole() {
	[ "$(sed -n '2s/ [0-9a-f]\{64\}$//p' "$1")" = '# sdi-hook v1' ] && [ -x "$1" ] && sh -n "$1" &&
		[ "$(tail -n 1 "$1")" = 'exec "$sdi" hook run' ] && return
	cat "$1"
	return 1
}

# Each file below a folder: mode, kind, and what is in it.
picture() {
	find "$1" -printf '%p %y %m %l\n' | sort
	find "$1" -type f -exec cat {} +
}

# `sdi hook install $2…` ends with $1 and changes nothing in .git or in the work tree.
in_the_way() {
	wanted=$1
	shift
	picture . >"$scratch/before"
	check_exit "$wanted" sdi hook install "$@" && picture . | diff "$scratch/before" -
}

script() {
	mkdir -p "$(dirname "$1")" && printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod +x "$1"
}

# ---- where it goes ----

fresh() (
	repo && check_exit 0 sdi hook install && said "$hook" && [ ! -s "$out" ] && whole "$hook" &&
		[ "$(stat -c %a "$hook")" = 755 ] && [ "$(ls -A .git/hooks)" = pre-commit ] && grep -qxF "sdi='$SDI'" "$hook"
)

masked() (
	repo && umask 077 && check_exit 0 sdi hook install && [ "$(stat -c %a "$hook")" = 700 ]
)

subfolder() (
	repo && mkdir -p a/b && (cd a/b && check_exit 0 sdi hook install) && whole "$hook"
)

worktree() (
	repo main && git commit -q --allow-empty -m a && rm -rf ../linked && git worktree add -q ../linked && cd ../linked &&
		check_exit 0 sdi hook install && said "$trash/main/$hook" && whole "../main/$hook" && runs_sdi
)

submodule() (
	repo inner && git commit -q --allow-empty -m a && cd .. && repo outer &&
		git -c protocol.file.allow=always submodule --quiet add ../inner sub && cd sub && check_exit 0 sdi hook install &&
		whole ../.git/modules/sub/hooks/pre-commit && [ ! -e ../"$hook" ] && runs_sdi
)

apart() (
	rm -rf apart apart.git && mkdir apart && git init -q --template= --bare apart.git && cd apart &&
		export GIT_DIR=../apart.git GIT_WORK_TREE=. && check_exit 0 sdi hook install && whole ../apart.git/hooks/pre-commit &&
		runs_sdi
)

japanese() (
	repo '日々の ニュース' && mkdir '深い 所' && cd '深い 所' && check_exit 0 sdi hook install && whole "../$hook" && runs_sdi
)

nowhere() (
	rm -rf bare.git && git init -q --bare bare.git && mkdir -p none && export GIT_CEILING_DIRECTORIES="$trash"
	for part in install uninstall status; do
		(cd bare.git && check_exit 2 sdi hook "$part" && said 'no work tree') && (cd none && check_exit 2 sdi hook "$part") &&
			said 'no git repository here' && (repo && cd .git && check_exit 2 sdi hook "$part") || return
	done
	[ ! -e bare.git/hooks/pre-commit ]
)

no_git() (
	repo && PATH=/nowhere check_exit 2 sdi hook install && said 'cannot run `git`'
)

# ---- what is there already ----

others() (
	repo && script "$hook" 'exec git lfs pre-commit' && in_the_way 1 && said 'sdi hook run || exit $?' &&
		said "not sdi's" && in_the_way 1 --force && chmod -x "$hook" && in_the_way 1 && said 'does not run it'
)

odd() (
	repo && script elsewhere 'true' && mkdir .git/hooks && ln -s ../../elsewhere "$hook" && in_the_way 1 &&
		rm "$hook" && ln -s nowhere "$hook" && in_the_way 1 --force && rm "$hook" && mkdir "$hook" && in_the_way 1 &&
		said 'does not run it' && rmdir "$hook" && mkfifo "$hook" && in_the_way 1
)

# A copy of ours behind a link is not ours to replace.
linked_copy() (
	repo && check_exit 0 sdi hook install && mv "$hook" elsewhere && ln -s ../../elsewhere "$hook" && in_the_way 0 --force &&
		said 'already' && check_exit 1 sdi hook uninstall --force && [ -e "$hook" ]
)

linked_folder() (
	repo && mkdir tracked && ln -s ../tracked .git/hooks && in_the_way 1 && said 'is a link' && script tracked/pre-commit \
		'sdi hook run || exit $?' && in_the_way 0
)

again() (
	repo && check_exit 0 sdi hook install && in_the_way 0 && chmod 644 "$hook" && check_exit 1 sdi hook status &&
		check_exit 0 sdi hook install && whole "$hook" && check_exit 0 sdi hook status
)

another_sdi() (
	repo && check_exit 0 sdi hook install && PATH=$bin:$PATH check_exit 0 sdi hook install && whole "$hook" &&
		grep -qxF "sdi='$bin/sdi'" "$hook"
)

edited() (
	repo && check_exit 0 sdi hook install && sed -i 's/^exec/true; exec/' "$hook" && in_the_way 1 && said 'edited' &&
		check_exit 1 sdi hook uninstall && [ -e "$hook" ] && check_exit 0 sdi hook install --force && whole "$hook" &&
		sed -i '2i # mine' "$hook" && in_the_way 1 && check_exit 0 sdi hook uninstall --force && [ ! -e "$hook" ]
)

called_already() (
	repo && script "$hook" 'sdi hook run || exit $?' && in_the_way 0 && said 'already' && check_exit 0 sdi hook status &&
		script "$hook" '# sdi hook run || exit $?' && in_the_way 1 && check_exit 1 sdi hook status &&
		script "$hook" 'sdi hook run || exit $?' && chmod -x "$hook" && in_the_way 1
)

# ---- other places ----

hooks_path() (
	repo && mkdir .githooks && git config core.hooksPath .githooks && in_the_way 1 && said '`.githooks/pre-commit`' &&
		said 'local' && mkdir a && (cd a && check_exit 1 sdi hook install && said "$trash/repo/.githooks/pre-commit") && script .githooks/pre-commit 'true' && in_the_way 1 && said 'before any `exec`' &&
		script .githooks/pre-commit 'sdi hook run || exit $?' && in_the_way 0 && (repo ../ours && check_exit 0 sdi hook install) &&
		cp "../ours/$hook" .githooks/pre-commit && in_the_way 0 && said 'already' && git config core.hooksPath not/there &&
		in_the_way 1
)

global_path() (
	repo && mkdir ../all && printf '[core]\nhooksPath = %s\n' "$trash/all" >../gitconfig && export GIT_CONFIG_GLOBAL="$trash/gitconfig" &&
		in_the_way 1 && said "$trash/all/pre-commit" && said 'global' && [ -z "$(ls -A ../all)" ] &&
		git config core.hooksPath .git/hooks && check_exit 0 sdi hook install && whole "$hook"
)

no_hooks_at_all() (
	repo && git config core.hooksPath /dev/null && in_the_way 1 && said 'no hook runs here'
)

husky() (
	repo && script .husky/_/pre-commit '. "${0%/*}/h"' && git config core.hooksPath .husky/_ && in_the_way 1 &&
		said '`.husky/pre-commit`' && said 'sdi hook run || exit $?' && echo 'sdi hook run || exit $?' >.husky/pre-commit &&
		in_the_way 0
)

# $1: its file, $2: what that holds without sdi; the snippet, put below it, is then in force.
manager() (
	repo && mkdir -p "$(dirname "$1")" && printf '%b' "$2" >"$1" && script "$hook" 'exec manager' && in_the_way 1 &&
		said "\`$1\`" && said '--no-index' && sed -n '/^    /s/^    //p' "$err" >>"$1" && in_the_way 0 && check_exit 0 sdi hook status
)

# Without a hook in its place ours is put there, and the better way is told.
beside_a_manager() (
	repo && echo 'repos: []' >.pre-commit-config.yaml && check_exit 0 sdi hook install && whole "$hook" && said 'pre-commit is in use'
)

no_manager() (
	repo && echo '{"name": "x"}' >package.json && script "$hook" 'true' && in_the_way 1 && said 'before any `exec`'
)

# ---- what it runs ----

# An sdi that notes how it was called, and ends with the code in $1.
fake() {
	rm -f "$2" && printf '#!/bin/sh\necho "$0 $*" >>"%s/calls"\nexit %s\n' "$scratch" "$1" >"$2" && chmod +x "$2"
}

commit() {
	: >"$scratch/calls"
	git commit -q --allow-empty -m a
}

called() {
	[ "$(cat "$scratch/calls")" = "$1" ] && return
	cat "$scratch/calls"
	return 1
}

# The hook that was installed here runs sdi, found on PATH: what it was installed by is taken out of it.
runs_sdi() {
	file=$(git rev-parse --git-path hooks)/pre-commit
	sed -i "s|^sdi='.*|sdi=/nowhere|" "$file" && mkdir -p "$scratch/path" && fake 1 "$scratch/path/sdi" &&
		PATH=$scratch/path:$PATH check_exit 1 commit && called "$scratch/path/sdi hook run"
}

# A repository whose hook was installed by the sdi at $1, which is then a fake one that ends with $2.
recorded() {
	mkdir -p "$(dirname "$1")" && rm -f "$1" && ln -s "$SDI" "$1" && repo &&
		PATH=$(dirname "$1"):$PATH check_exit 0 "$1" hook install && fake "$2" "$1"
}

runs_recorded() (
	recorded "$scratch/own/sdi" 0 && mkdir -p "$scratch/path" && fake 1 "$scratch/path/sdi" && PATH=$scratch/path:$PATH &&
		check_exit 0 commit && called "$scratch/own/sdi hook run" && fake 1 "$scratch/own/sdi" && check_exit 1 commit &&
		fake 2 "$scratch/own/sdi" && check_exit 1 commit && called "$scratch/own/sdi hook run" && SDI=0 check_exit 0 commit &&
		called '' && check_exit 0 git commit -q --no-verify --allow-empty -m a && rm "$scratch/own/sdi" && check_exit 1 commit &&
		called "$scratch/path/sdi hook run" && mkdir "$scratch/own/sdi" && check_exit 1 commit && rmdir "$scratch/own/sdi" &&
		called "$scratch/path/sdi hook run"
)

# A commit with nothing on PATH but git, as programs with windows make it, ends with $1.
commit_without_path() {
	wanted=$1
	shift
	: >"$scratch/calls"
	mkdir -p "$scratch/only" && ln -sf "$(command -v git)" "$scratch/only/git" &&
		check_exit "$wanted" env "$@" PATH="$scratch/only" git commit -q --allow-empty -m a
}

without_sdi() (
	recorded "$scratch/own/sdi" 1 && commit_without_path 1 && called "$scratch/own/sdi hook run" && rm "$scratch/own/sdi" &&
		commit_without_path 0 && said 'sdi: not found' && said 'sdi hook install' && git config sdi.required true &&
		commit_without_path 1 && said 'sdi.required' && commit_without_path 0 SDI=0 && [ ! -s "$err" ] &&
		git config sdi.required nonsense && commit_without_path 1 && git config sdi.required false && commit_without_path 0 && commit_without_path 1 SDI_REQUIRED=1
)

# $1: the folder of an sdi
odd_path() (
	recorded "$1/sdi" 1 && whole "$hook" && check_exit 1 commit && called "$1/sdi hook run" && PATH=$1:$PATH &&
		check_exit 0 sdi hook status && printed "written in the hook)" && rm "$1/sdi" && check_exit 1 sdi hook status &&
		printed 'but not there' && said 'finds no sdi'
)

# ---- taking it away ----

uninstall() (
	repo && git status --porcelain >/dev/null && picture .git >"$scratch/before" && check_exit 0 sdi hook install &&
		check_exit 0 sdi hook uninstall && [ ! -e "$hook" ] && rmdir .git/hooks && picture .git | diff "$scratch/before" - &&
		check_exit 0 sdi hook uninstall && script "$hook" 'true' && check_exit 0 sdi hook uninstall --force && [ -e "$hook" ] &&
		script "$hook" 'sdi hook run' && check_exit 1 sdi hook uninstall --force && said 'still runs' && [ -e "$hook" ]
)

# ---- hooks of git's config ----

# A git that says it is new; for what it does not know, the real one.
new_git() {
	mkdir -p "$scratch/new" && cat >"$scratch/new/git" <<EOF
#!/bin/sh
[ "\$*" != 'version' ] || { echo 'git version 2.54.0'; exit; }
exec $(command -v git) "\$@"
EOF
	chmod +x "$scratch/new/git" && PATH=$scratch/new:$PATH
}

# The config hook's command, run as git runs it.
run_command() {
	: >"$scratch/calls"
	sh -c "$(git config hook.sdi.command)"
}

config_hook() (
	new_git && repo && script "$hook" 'true' && cp "$hook" ../theirs && check_exit 0 sdi hook install && said 'hook.sdi' &&
		cmp "$hook" ../theirs && [ "$(git config --get-all hook.sdi.event)" = pre-commit ] && mkdir -p "$scratch/path" &&
		git config hook.sdi.command >text && ! grep -q '^#!' text && grep -qxF "sdi='$SDI'" text &&
		check_exit 0 sdi hook install && [ "$(git config --get-all hook.sdi.event)" = pre-commit ] && check_exit 0 sdi hook status &&
		printed "1. hook.sdi (local): sdi's" && printed "2. $hook: not sdi's" && git config hook.sdi.enabled false &&
		check_exit 1 sdi hook status &&
		check_exit 1 sdi hook install && said 'switched off' && git config --unset hook.sdi.enabled &&
		git config hook.pre-commit.enabled 0 && check_exit 1 sdi hook install && git config --unset hook.pre-commit.enabled && check_exit 0 sdi hook uninstall &&
		! git config --get-regexp '^hook' && cmp "$hook" ../theirs
)

config_hook_runs() (
	new_git && mkdir -p "$scratch/own" && ln -sf "$SDI" "$scratch/own/sdi" && repo && git config core.hooksPath /dev/null &&
		PATH=$scratch/own:$PATH && check_exit 0 sdi hook install && fake 1 "$scratch/own/sdi" && check_exit 1 run_command &&
		called "$scratch/own/sdi hook run" && SDI=0 check_exit 0 run_command && called ''
)

# A file of ours is better where it may be: one of both.
never_both() (
	new_git && repo && script "$hook" 'true' && check_exit 0 sdi hook install && rm "$hook" && check_exit 0 sdi hook install &&
		whole "$hook" && ! git config --get-regexp '^hook' && check_exit 0 sdi hook status
)

config_of_others() (
	new_git && repo && git config hook.sdi.command 'true' && git config hook.sdi.event pre-commit && script "$hook" 'true' &&
		in_the_way 1 && check_exit 0 sdi hook uninstall --force && git config hook.sdi.command &&
		git config hook.sdi.command 'sdi hook run' && in_the_way 0 && said 'already' && check_exit 1 sdi hook uninstall --force
)

config_edited() (
	new_git && repo && script "$hook" 'true' && check_exit 0 sdi hook install &&
		git config hook.sdi.command "$(git config hook.sdi.command) # mine" && check_exit 1 sdi hook uninstall && said 'edited' &&
		git config hook.sdi.command && check_exit 0 sdi hook uninstall --force && ! git config hook.sdi.command
)

global_config() (
	new_git && export GIT_CONFIG_GLOBAL="$trash/gitconfig" && : >"$GIT_CONFIG_GLOBAL" && git config --global hook.sdi.command 'sdi hook run' &&
		git config --global hook.sdi.event pre-commit && repo && in_the_way 0 && said 'global' && check_exit 1 sdi hook uninstall
)

both() (
	repo && check_exit 0 sdi hook install && git config hook.sdi.command 'sdi hook run' && git config hook.sdi.event pre-commit &&
		check_exit 0 sdi hook status && said 'too old' && new_git && check_exit 0 sdi hook status && said 'more than once'
)

# ---- trouble ----

read_only() (
	has_nobody || exit 0
	export GIT_CONFIG_GLOBAL="$trash/trusting" && printf '[safe]\ndirectory = *\n' >"$GIT_CONFIG_GLOBAL" && repo && mkdir .git/hooks &&
		chmod 555 .git/hooks && check_exit 2 as_nobody "$SDI" hook install && said 'cannot write' && [ -z "$(ls -A .git/hooks)" ] &&
		check_exit 0 sdi hook install && check_exit 2 as_nobody "$SDI" hook uninstall && said 'cannot remove' && whole "$hook"
)

at_once() (
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		repo || return
		sdi hook install 2>"$scratch/said.1" &
		first=$!
		sdi hook install 2>"$scratch/said.2" &
		if ! { wait "$first" && wait "$!" && whole "$hook" && [ "$(ls -A .git/hooks)" = pre-commit ]; }; then
			cat "$scratch"/said.*
			return 1
		fi
		cd ..
	done
)

usage() (
	repo && check_exit 2 sdi hook && check_exit 2 sdi hook instal && said 'did you mean `hook install`?' &&
		check_exit 2 sdi hook status --force && check_exit 2 sdi hook install --fix && check_exit 2 sdi hook install a &&
		check_exit 2 sdi hook run --force && [ ! -e "$hook" ]
)

# Nothing to check is nothing to say.
run_quietly() (
	repo && check_exit 0 sdi hook run && [ ! -s "$out" ] && [ ! -s "$err" ]
)

# With nothing faked: what is staged is checked, and only that.
real_commit() (
	repo && template . && check_exit 0 sdi hook install && mkdir news && digest >news/20261120.md && git add . &&
		check_exit 0 git commit -q -m a && ! said 'before counts' && printf 'x \n' >>news/20261120.md && check_exit 0 commit && digest | sed 's,news/1,news/2,' >news/20261121.md &&
		sed -i 's/要約$/要や/' news/20261121.md && git add news/20261121.md && check_exit 1 commit && said 'news/20261121.md:' && said 'the commit is stopped' &&
		! grep -q 20261120 "$err" && digest | sed 's,news/1,news/2,' >news/20261121.md && check_exit 1 commit && git add news/20261121.md &&
		check_exit 0 commit && check_exit 1 sdi hook run --no-index news/20261120.md && ! said 'the commit is stopped' && echo '#x' >README.md &&
		check_exit 0 sdi hook run --no-index README.md && [ ! -s "$err" ]
)

# What the pre-commit framework is told to run is there.
manifest() (
	repo && entries=$(sed -n 's/^  entry: sdi //p' "$SDI_SOURCE_DIR/.pre-commit-hooks.yaml") && [ "$(echo "$entries" | wc -l)" -eq 2 ] &&
		echo "$entries" | while IFS= read -r entry; do
			# shellcheck disable=SC2086 # words
			check_exit 0 sdi $entry || exit
		done
)

in_japanese() (
	repo && check_exit 0 sdi hook install --lang ja && said '有効' && check_exit 0 sdi hook status --lang ja && printed 'sdiのフック'
)

check 'a fresh repository' fresh
check 'whom the umask locks out' masked
check 'from a folder below' subfolder
check 'a linked work tree' worktree
check 'a submodule' submodule
check 'git and work tree apart' apart
check 'a path in Japanese, with blanks' japanese
check 'no work tree' nowhere
check 'no git' no_git
check 'a hook of others stays' others
check 'a link, a folder and a pipe in its place stay' odd
check 'a copy of ours behind a link' linked_copy
check 'hooks are a link to elsewhere' linked_folder
check 'installed again' again
check 'installed by another sdi' another_sdi
check 'edited' edited
check 'a hook of others runs sdi' called_already
check 'core.hooksPath of the repository' hooks_path
check 'core.hooksPath of the user' global_path
check 'hooks are switched off' no_hooks_at_all
check 'husky' husky
check 'pre-commit' manager .pre-commit-config.yaml 'repos:\n'
check 'lefthook' manager lefthook.yml ''
check 'lefthook, hidden' manager .lefthook.yml ''
check 'overcommit' manager .overcommit.yml 'gemfile: false\n'
check 'lint-staged' manager .lintstagedrc.json ''
check 'lint-staged in package.json' manager package.json '"lint-staged"\n'
check 'beside a hook manager' beside_a_manager
check 'a package.json without one' no_manager
check 'the sdi that installed it runs' runs_recorded
check 'without any sdi' without_sdi
check 'an sdi below blanks' odd_path "$scratch/a b"
check 'an sdi below quotes' odd_path "$scratch/it's \"so\""
check 'an sdi below what a shell would replace' odd_path "$scratch/\$HOME \`id\` \\ @SUM@"
check 'uninstalled' uninstall
check 'a hook of the config' config_hook
check 'its command' config_hook_runs
check 'never both' never_both
check 'a hook of the config that others wrote' config_of_others
check 'a hook of the config that was edited' config_edited
check 'a hook of the config for all repositories' global_config
check 'both are told' both
check 'a folder that cannot be written' read_only
check 'installed several times at once' at_once
check 'mistakes in the command' usage
check 'nothing to check' run_quietly
check 'a commit, checked' real_commit
check 'the pre-commit framework' manifest
check 'in Japanese' in_japanese
finish
