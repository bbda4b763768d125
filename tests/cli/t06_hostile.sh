#!/bin/sh
# What nobody should hand to a linter: a clear result in bounded time, and no byte that a terminal obeys.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

# Runs within 20 seconds; what it prints cannot do harm.
harmless() {
	code=$1
	shift
	check_exit "$code" timeout 20 "$SDI" lint --output-format "${format:-full}" "$@" && no_controls "$out" && no_controls "$err"
}

# C0 but for newlines, DEL; as UTF-8: C1, the bidi controls and the byte order mark.
no_controls() {
	! LC_ALL=C grep -n "$(printf '[\001-\011\013-\037\177]')" "$1" &&
		! LC_ALL=C grep -n "$(printf '\302[\200-\237]\|\342\200[\213-\217\250-\256]\|\342\201[\240-\251]\|\357\273\277')" "$1"
}

in_all_formats() {
	for format in full concise json; do
		harmless "$@" || return
	done
	format=
}

# $1: the rule that says it
one_finding() {
	rule=$1
	shift
	in_all_formats 1 "$@" && format=concise && harmless 1 "$@" && grep -q " error $rule: " "$out"
	code=$?
	format=
	return "$code"
}

refused() {
	text=$1
	shift
	harmless 2 "$@" && said "$text" && [ "$(grep -c '^sdi: ' "$err")" -eq 1 ]
}

folder_as_file() {
	mkdir 2026-11-22.md && printf 'x \n' >2026-11-22.md/2026-11-23.md &&
		harmless 1 --select trailing-space . && printed '2026-11-22.md/2026-11-23.md:1:2: ' &&
		harmless 0 --select trailing-space 2026-11-22.md && printed '2026-11-22.md/2026-11-23.md:1:2: '
}

fifo() {
	mkfifo fifo/2026-11-22.md && refused 'is a FIFO' fifo && refused 'is a FIFO' fifo/2026-11-22.md &&
		mkfifo fifo/.sdi.yaml && refused 'is a FIFO' fifo/2026-11-22.md
}

dangling() {
	ln -s nowhere link/2026-11-22.md && refused 'No such file' link && refused 'No such file' link/2026-11-22.md
}

loop() {
	ln -s . loop/again && ln -s 2026-11-22.md loop/2026-11-22.md && refused 'link' loop
}

# What a pull request could bring, to have a file of the machine shown.
kept_out() {
	refused 'leads out of the work tree' "$1" && ! grep -q 'top-secret' "$out" "$err"
}

leads_out() {
	mkdir -p out walk template/.sdi/templates config baseline && printf 'top-secret: \n' >out/2026-11-22.md || return 1
	for tree in walk template config baseline; do
		git init -q "$tree" || return 1
	done
	ln -s ../out/2026-11-22.md walk/2026-11-22.md && kept_out walk &&
		ln -s ../../../out/2026-11-22.md template/.sdi/templates/day.md && kept_out template &&
		ln -s ../out/2026-11-22.md config/.sdi.yaml && kept_out config &&
		ln -s ../out/2026-11-22.md baseline/known && echo 'baseline: known' >baseline/.sdi.yaml &&
		echo x >baseline/2026-11-23.md && kept_out baseline
}

device() {
	refused 'is a device' /dev/zero
}

others_go_on() {
	mkfifo mixed/2026-11-21.md && printf 'x \n' >mixed/2026-11-22.md && harmless 2 --select trailing-space mixed &&
		printed 'mixed/2026-11-22.md:1:2: '
}

newline_in_path() {
	name=$(printf 'a\nb\033[31m\342\200\256x.md')
	printf 'x \n' >"names/$name"
	for format in full concise; do
		harmless 0 --select trailing-space "names/$name" && printed 'names/a\nb\x1b[31m\u202ex.md:1:2: ' || return
	done
	format=json
	harmless 0 --select trailing-space "names/$name" && printed '"names/a\nb\u001b[31m\u202ex.md"'
	code=$?
	format=
	return "$code"
}

bad_utf8_path() {
	name=$(printf '\223\372\226\173.md')
	printf 'x \n' >"names/$name"
	harmless 0 --select trailing-space "names/$name" && printed '\x93\xfa\x96{.md' || return
	format=json
	harmless 0 --select trailing-space "names/$name" && printed "$(printf '\357\277\275\357\277\275')"
	code=$?
	format=
	return "$code"
}

no_file() {
	name=$(printf 'no\033[31m\n.md')
	harmless 2 "$name" && said 'no\x1b[31m\n.md'
}

many_findings_on_a_line() {
	awk 'BEGIN { for (i = 0; i < 60000; i++) printf "\t日"; print "" }' >wide/2026-11-22.md
	in_all_formats 0 --fail-on never wide
}

quotes() {
	awk 'BEGIN { for (i = 0; i < 10000; i++) printf ">"; print " x" }' >quotes/2026-11-22.md
	harmless 1 quotes
}

lists() {
	awk 'BEGIN { for (i = 0; i < 2000; i++) { for (j = 0; j < i; j++) printf "  "; print "- x" } }' >lists/2026-11-22.md
	harmless 1 lists
}

lines() {
	awk 'BEGIN { for (i = 0; i < 100000; i++) print "# x" }' >lines/2026-11-22.md
	harmless 1 lines
}

unreadable() {
	printf 'x \n' >secret/2026-11-22.md && chmod 000 secret/2026-11-22.md && mkdir secret/folder && chmod 000 secret/folder
	as_nobody timeout 20 "$SDI" lint secret/2026-11-22.md >"$out" 2>"$err"
	[ $? -eq 2 ] && said 'Permission denied' || return
	as_nobody timeout 20 "$SDI" lint secret/folder >"$out" 2>"$err"
	[ $? -eq 2 ] && said 'Permission denied'
}

gone() {
	mkdir gone && cd gone && rmdir ../gone && check_exit 2 sdi lint && said 'sdi: '
}

project .
mkdir empty nul sjis utf16 esc huge quotes lists lines fifo link loop mixed names wide secret bom
: >empty/2026-11-22.md
digest | sed 's/題名/\x00/' >nul/2026-11-22.md
digest | iconv -f UTF-8 -t SHIFT_JIS >sjis/2026-11-22.md
printf '\377\376#\000 \000x\000\n\000' >utf16/2026-11-22.md
digest | sed "s/記事の題名/$(printf '\033]0;pwned\007\033[2J\302\233\342\200\256')/" >esc/2026-11-22.md
head -c 30000000 /dev/zero | tr '\0' x >huge/2026-11-22.md

check 'an empty file' in_all_formats 1 empty
check 'NUL bytes' one_finding invalid-encoding nul
check 'Shift_JIS' one_finding invalid-encoding sjis
check 'Shift_JIS is named' printed 'Shift_JIS'
check 'UTF-16' one_finding invalid-encoding utf16
check 'escape sequences' in_all_formats 1 esc
check 'a file that is too large' one_finding file-too-large huge
check 'a folder with a name of a file' folder_as_file
check 'a FIFO' fifo
check 'a link to nothing' dangling
check 'links in a circle' loop
check 'links that lead out of the work tree' leads_out
check 'a device' device
check 'one bad file does not hide the others' others_go_on
check 'a path with a newline' newline_in_path
check 'a path that is no UTF-8' bad_utf8_path
check 'a path that is not there' no_file
check 'many findings on one line' many_findings_on_a_line
check '10 000 nested quotes' quotes
check '2 000 nested lists' lists
check '100 000 headings' lines
if has_nobody; then
	check 'no permission' unreadable
else
	echo '# left out: no permission: nobody else can run this program here'
fi
check 'a current folder that is gone' gone
finish
