#!/bin/sh
# --edit: the user's editor, as git would run it.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1010,SC2016,SC2086,SC2089,SC2090,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

unset VISUAL EDITOR
day=news/20311122.md
project . && template .

# An editor in the folder $1 that notes what it is given in `seen`, and does $2.
editor() {
	mkdir -p "$1" && printf '#!/bin/sh\necho "%s:$#:$1:$2" >>"%s/seen"\n%s\n' "$3" "$trash" "$2" >"$1/${3:-editor}" && chmod +x "$1/${3:-editor}"
}

seen() {
	[ "$(cat seen)" = "$1" ] && rm -f seen
}

new() (
	rm -rf news seen && editor bin '' one && EDITOR="$trash/bin/one" && export EDITOR && check_exit 0 sdi new --edit 2031-11-22 && [ "$(cat "$out")" = $day ] && [ ! -s "$err" ] && seen "one:1:$trash/$day:"
)

there_already() (
	printf 'text\n' >$day && EDITOR="$trash/bin/one" && export EDITOR && check_exit 0 sdi new -e 2031-11-22 && said 'is there already' && [ "$(cat "$out")" = $day ] && [ "$(cat $day)" = text ] && seen "one:1:$trash/$day:" &&
		check_exit 2 sdi new 2031-11-22 && [ ! -e seen ]
)

visual_first() (
	editor bin '' two && EDITOR="$trash/bin/one" VISUAL="$trash/bin/two" && export EDITOR VISUAL && check_exit 0 sdi new --edit 2031-11-22 && seen "two:1:$trash/$day:"
)

# A command of the shell: with options, with quotes, with a blank in its path.
command_line() (
	editor 'a folder' '' three && EDITOR="'$trash/a folder/three' --wait" && export EDITOR && check_exit 0 sdi new --edit 2031-11-22 && seen "three:2:--wait:$trash/$day"
)

odd_path() (
	mkdir -p "$trash/\$(touch bad) 'x'" && cd "$trash/\$(touch bad) 'x'" && project . && template . && EDITOR="$trash/bin/one" && export EDITOR && check_exit 0 sdi new --edit 2031-11-22 && [ ! -e bad ] && grep -qF "one:1:$trash/\$(touch bad) 'x'/$day:" "$trash/seen" && rm "$trash/seen"
)

failing() (
	editor bin 'exit 3' four && EDITOR="$trash/bin/four" && export EDITOR && check_exit 2 sdi new --edit 2031-11-22 && said 'ended with exit code 3' && rm -f seen &&
		EDITOR="$trash/nowhere" && check_exit 2 sdi new --edit 2031-11-22 && said 'ended with exit code 127'
)

# The editor writes what it is given, and reads what we could.
writes() (
	editor bin 'cat >>"$1"' five && EDITOR="$trash/bin/five" && export EDITOR && echo more | check_exit 0 sdi new --edit 2031-11-22 && [ "$(tail -1 $day)" = more ] && rm -f seen
)

usual() (
	editor path '' editor && editor path '' vi && cp /bin/sh path/ 2>/dev/null && PATH=$trash/path check_exit 0 "$SDI" new --edit 2031-11-22 && seen "editor:1:$trash/$day:" &&
		rm path/editor && PATH=$trash/path check_exit 0 "$SDI" new --edit 2031-11-22 && seen "vi:1:$trash/$day:" && rm path/vi && PATH=$trash/path check_exit 2 "$SDI" new --edit 2031-11-22 && said 'set VISUAL or EDITOR'
)

added() (
	rm -rf news && EDITOR="$trash/bin/one" && export EDITOR && check_exit 0 sdi add --edit --date 2031-11-22 https://example.com/news/1 && [ "$(cat "$out")" = $day:5 ] && seen "one:1:$trash/$day:"
)

# What is typed to interrupt the editor does not end sdi, and reaches the editor.
interrupted() (
	editor bin 'trap "echo caught >>\"'"$trash"'/seen\"; exit 0" INT; kill -INT $(sed -n "s/^PPid:.//p" /proc/$PPID/status); kill -INT $$; sleep 5' six && EDITOR="$trash/bin/six" && export EDITOR && rm -f seen && check_exit 0 sdi new --edit 2031-11-22 && grep -qx caught seen && rm -f seen
)

check 'the new digest is opened, and its path is printed' new
check 'one that is there already is opened, too' there_already
check 'VISUAL comes before EDITOR' visual_first
check 'the editor is a command of the shell' command_line
check 'the path is no command' odd_path
check 'how the editor ended is told' failing
check 'it has our standard input' writes
check 'without both: editor, then vi' usual
check 'sdi add --edit' added
check 'an interrupt is for the editor' interrupted
finish
