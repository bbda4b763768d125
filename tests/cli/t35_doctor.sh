#!/bin/sh
# sdi doctor: what there is, what is wrong, and what to do about it; nothing is changed.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1010,SC2016,SC2086,SC2089,SC2090,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

echo 'leak:libgit2' >>"$scratch/leaks"
PATH=$(dirname "$SDI"):$PATH

site() {
	rm -rf "${trash:?}/$1" && mkdir "$trash/$1" && cd "$trash/$1" && git init -q . && project . && template .
}

# The line about $1 begins with $2 and has $3.
line() {
	grep -qE "^$2 +$1: .*" "$out" && grep -E "^$2 +$1: " "$out" | grep -qF -e "$3" && return
	echo "no line: $2 $1: $3"
	cat "$out"
	return 1
}

fine() (
	site a && check_exit 0 sdi doctor && [ ! -s "$err" ] && line sdi ok "$(sdi --version | cut -d' ' -f2), $(realpath "$SDI")" && line project ok "$trash/a" && line config ok .sdi.yaml && line template ok '`.sdi/templates/day.md`, in force today' && line git ok "$(git version)" &&
		line repository ok "$trash/a" && line hook ok 'none runs sdi' && line libcurl ok . && line libxml2 ok . && line 'time zone' ok "UTC; today is $(date -u +%Y-%m-%d)" && ! grep -qE '^(warning|error) ' "$out" && [ ! -e .git/sdi ] && check_exit 0 sdi doctor -q && [ ! -s "$out" ]
)

bare_folder() (
	mkdir -p "$trash/b" && cd "$trash/b" && check_exit 0 sdi doctor && line config ok 'none, so' && line template ok 'the built-in one' && line repository ok none && ! grep -q '^[a-z]* *hook:' "$out"
)

config() (
	site c && echo 'timezne: UTC' >.sdi.yaml && check_exit 1 sdi doctor && line project error 'unknown key `timezne`' && printed '→ nothing can be checked' && line libcurl ok .
)

templates() (
	site d && sed -i 's/^path/pth/' .sdi/templates/day.md && check_exit 1 sdi doctor && line template error '.sdi/templates/day.md:' && printed '→' && template . && sed -i 's/^path.*/&\nuntil: 2001-01-01/' .sdi/templates/day.md && check_exit 1 sdi doctor && line template ok 'not in force today' &&
		line template warning 'none is in force today' && printf '\200' >.sdi/templates/day.md && check_exit 1 sdi doctor && line template error 'no text that can be read'
)

hooks() (
	site e && sdi hook install 2>/dev/null && check_exit 0 sdi doctor && line hook ok 'git runs this sdi before each commit' && printf '#!/bin/sh\n' >other && chmod +x other &&
		sed "s,$SDI,$PWD/other,g;s,$(realpath "$SDI"),$PWD/other,g" .git/hooks/pre-commit >new && chmod +x new && mv new .git/hooks/pre-commit &&
		grep -q /other .git/hooks/pre-commit && check_exit 1 sdi doctor && line hook warning "another sdi before each commit: \`$PWD/other\`"
)

lost() (
	site f && cp "$SDI" moved && ./moved hook install 2>/dev/null && rm moved && check_exit 0 sdi doctor && line hook ok 'this sdi' && mkdir path && for tool in git sed sh; do ln -s "$(command -v $tool)" path/; done && PATH=$trash/f/path check_exit 1 "$SDI" doctor && line hook error 'nor on PATH' && chmod -x .git/hooks/pre-commit &&
		check_exit 1 sdi doctor && line hook warning 'no executable file'
)

memories() (
	site g && mkdir news && for i in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do digest | sed "s,news/1$,news/$i," >"news/203111$i.md"; done && sdi lint >/dev/null 2>&1 && check_exit 0 sdi doctor && line 'memory of findings' ok '/.git/sdi/archive.db, ' && line 'memory of links' ok 'none yet' &&
		printf 'garbage that is no database, and long enough to be looked at' >.git/sdi/archive.db && cp .git/sdi/archive.db .git/sdi/links.db && check_exit 1 sdi doctor && line 'memory of findings' warning 'cannot be read' && line 'memory of links' warning 'cannot be used' && cmp .git/sdi/archive.db .git/sdi/links.db
)

# A repository that libgit2 cannot open.
foreign() (
	rm -rf "$trash/h" && mkdir "$trash/h" && cd "$trash/h" && git init -q --object-format=sha256 . 2>/dev/null && project . && template . && check_exit 0 sdi doctor && line repository ok 'git itself is asked'
)

no_git() (
	site i && PATH=/nonexistent check_exit 1 "$SDI" doctor && line git warning 'cannot run `git`' && printed '→ install git'
)

other_on_path() (
	site j && mkdir bin && printf '#!/bin/sh\n' >bin/sdi && chmod +x bin/sdi && PATH="$PWD/bin:$PATH" check_exit 1 "$SDI" doctor && line sdi warning "on PATH there is another: $PWD/bin/sdi"
)

# What is not installed beside this sdi, nor by the system, has a remedy.
remedies() (
	site l && check_exit 0 sdi doctor && [ "$(grep -c 'not installed$' "$out")" = "$(grep -A1 'not installed$' "$out" | grep -c '→')" ]
)

# A bare chroot: without /proc the kernel's own note says where sdi is.
no_proc() (
	site m && check_exit 0 unshare -rm sh -c 'mount -t tmpfs none /proc && "$0" hook install && cd / && "$0" doctor' "$SDI" && line sdi ok ", $(realpath "$SDI")" &&
		grep -qxF "sdi='$(realpath "$SDI")'" .git/hooks/pre-commit
)

japanese() (
	site k && check_exit 0 sdi doctor --lang ja && line 言語 ok ja
)

check 'all is as it should be' fine
check 'no repository, no config' bare_folder
check 'a mistake in the config' config
check 'templates' templates
check 'the hook, and which sdi it runs' hooks
check 'the hook finds no sdi' lost
check 'what is remembered' memories
check 'a repository that only git can read' foreign
check 'no git' no_git
check 'another sdi on PATH' other_on_path
check 'what is not installed' remedies
if ! unshare -rm sh -c 'mount -t tmpfs none /proc' 2>/dev/null; then
	left_out 'no /proc' 'it cannot be taken away here'
elif grep -qE '__(asan|tsan)_init' "$SDI"; then
	left_out 'no /proc' 'sanitizers need it'
else
	check 'no /proc' no_proc
fi
check 'in Japanese' japanese
check 'no arguments' check_exit 2 sdi doctor x
finish
