#!/bin/sh
# The help: every command has one, and what is mistyped is named.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

commands() {
	sdi --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

helped() {
	check_exit 0 sdi "$@" && printed "Usage: sdi" && [ ! -s "$err" ]
}

misled() {
	text=$1
	shift
	check_exit 2 sdi "$@" && said "$text" && [ ! -s "$out" ] && [ "$(wc -l <"$err")" -eq 1 ]
}

# $1: the code that is left when stdout is what follows
unwritable() {
	sdi --help >/dev/full 2>"$err"
	[ $? -eq 2 ] && said 'sdi: cannot write to standard output'
}

closed() {
	sdi --help >&- 2>"$err"
	[ $? -eq 2 ] && said 'sdi: cannot write to standard output'
}

reader_left() {
	{
		sleep 0.3
		sdi --help 2>"$err"
		echo $? >code
	} | :
	sleep 1
	[ "$(cat code)" -eq 0 ] && [ ! -s "$err" ]
}

version() {
	check_exit 0 sdi --version && grep -qE '^sdi [0-9]+\.[0-9]+\.[0-9]+$' "$out"
}

check 'sdi --help' helped --help
check 'sdi -h' helped -h
check 'sdi help' helped help
check 'there are commands' test "$(commands | wc -l)" -ge 5
for command in $(commands); do
	check "sdi $command -h" helped "$command" -h
	check "sdi $command --help" helped "$command" --help
	check "sdi help $command" helped help "$command"
done
check 'help wins over what stands behind it' helped lint --help --nonsense
check 'sdi --version' version
check 'sdi alone asks for a command' misled 'Usage: sdi COMMAND'
check 'a command that is near' misled 'sdi: unknown command `lnit`; did you mean `lint`?' lnit
check 'a command that is not near' misled 'sdi: unknown command `frobnicate`' frobnicate
check 'the page of sdi itself by its name' sh -c '"$SDI" help --man sdi >a && "$SDI" help --man | cmp - a'
check 'a hook command that is not there' misled 'has no `instal`, but install, uninstall, status and run; did you mean `hook install`?' hook instal
check 'help of no command' misled 'did you mean `rules`?' help rule
check 'an option before the command' misled 'unknown option `--frob`' --frob
check 'an option that is near' misled 'unknown option `--selekt`; did you mean `--select`?' lint --selekt x
check 'a short option' misled 'unknown option `-x`' lint -x
check 'a missing value' misled '--select needs a value' lint --select
check 'an empty value' misled '--config takes a value' lint --config=
check 'a flag with a value' misled '--quiet takes no value' lint --quiet=yes
check 'a wrong word' misled 'did you mean `concise`?' lint --output-format=concize
check 'a wrong number' misled '--jobs takes a number from 1' lint -j0
check 'a number with a tail' misled '--jobs takes a number from 1' lint --jobs 3x
if [ -e /dev/full ]; then
	check 'a full disk is told' unwritable
fi
check 'a closed stdout is told' closed
check 'a reader that leaves is no trouble' reader_left
finish
