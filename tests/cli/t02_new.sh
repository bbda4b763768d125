#!/bin/sh
# sdi new: a digest of the day, and never a byte over another file.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

made() {
	path=$1
	shift
	check_exit 0 sdi new "$@" && [ "$(cat "$out")" = "$path" ] && [ -f "$path" ]
}

refused() {
	text=$1
	shift
	check_exit 2 sdi new "$@" && said "$text" && [ ! -s "$out" ] && [ "$(wc -l <"$err")" -eq 1 ]
}

today() {
	before=$(date -u +news/%Y%m%d.md)
	check_exit 0 sdi new || return
	after=$(date -u +news/%Y%m%d.md)
	[ "$(cat "$out")" = "$before" ] || [ "$(cat "$out")" = "$after" ]
}

only_holes() {
	check_exit 1 sdi lint --output-format concise news/20311120.md
	! grep -vF ' unfilled-hole: ' "$out" && [ -s "$out" ]
}

untouched() {
	cp news/20311122.md before && refused 'is there already' 2031-11-22 && cmp before news/20311122.md
}

below_only() {
	(
		cd news && check_exit 0 sdi new 2031-11-19 && [ "$(cat "$out")" = 20311119.md ] && [ -f 20311119.md ]
	) && (
		mkdir -p elsewhere && cd elsewhere && check_exit 0 sdi new 2031-11-18 &&
			[ "$(cat "$out")" = "$trash/p/news/20311118.md" ]
	)
}

planted_link() {
	ln -s "$trash/target" news/20311201.md
	refused 'is there already' 2031-12-01 && [ ! -e "$trash/target" ] && [ -L news/20311201.md ]
}

planted_folder() {
	project "$trash/q" && template "$trash/q" && mkdir "$trash/outside" && ln -s "$trash/outside" "$trash/q/news"
	(cd "$trash/q" && refused 'leads out of the project' 2031-11-22) && [ -z "$(ls "$trash/outside")" ]
}

umasked() {
	(umask 077 && made news/20311210.md 2031-12-10) && [ "$(stat -c %a news/20311210.md)" = 600 ]
}

# The limit is met while the text is written.
half_written() {
	message=$(ulimit -f 0 && sdi new 2031-12-11 2>&1)
	echo "$message"
	[ "${message#sdi: cannot write}" != "$message" ] && [ -z "$(find news -name '*20311211*')" ]
}

leaving() {
	project "$trash/r" && template "$trash/r"
	sed -i 's|^path:.*|path: "../{yyyyMMdd}.md"|' "$trash/r/.sdi/templates/day.md"
	(cd "$trash/r" && check_exit 2 sdi new 2031-11-22) && [ ! -e "$trash/20311122.md" ]
}

broken_template() {
	project "$trash/s" && template "$trash/s"
	sed -i 's|^path:.*|path: "news/{nonsense}.md"|' "$trash/s/.sdi/templates/day.md"
	(cd "$trash/s" && refused 'sdi: .sdi/templates/day.md:2:' 2031-11-22) && [ ! -e "$trash/s/news" ]
}

no_template() {
	project "$trash/t" && template "$trash/t"
	sed -i 's|^path:.*|&\nfrom: 2031-01-01|' "$trash/t/.sdi/templates/day.md"
	(cd "$trash/t" && refused 'no template is in force on 2030-12-31' 2030-12-31 && made news/20310101.md 2031-01-01)
}

builtin() {
	project "$trash/u"
	(cd "$trash/u" && check_exit 0 sdi new 2031-11-22 && [ -f "$(cat "$out")" ] && ! grep -q sdi: "$(cat "$out")")
}

read_only() {
	project "$trash/v" && template "$trash/v" && chmod 555 "$trash/v"
	(
		cd "$trash/v" || exit
		as_nobody "$SDI" new 2031-11-22 >"$out" 2>"$err"
		[ $? -eq 2 ] && said 'Permission denied' && [ ! -e news ]
	)
}

project p && template p
cd p || exit 1
check 'a day' made news/20311120.md 2031-11-20
check 'it lints clean but for its holes' only_holes
check 'another one' made news/20311122.md 2031-11-22
check 'today, without a word' today
check 'tomorrow' check_exit 0 sdi new tomorrow
check 'yesterday' check_exit 0 sdi new yesterday
check 'a file that is there is left alone' untouched
check 'the path is relative where it can be' below_only
check 'a day that no calendar has' refused 'no calendar has `2031-02-30`' 2031-02-30
check 'a word that is no day' refused '`someday` is no day' someday
check 'no day at all' refused 'is no day' ''
check 'two days' refused 'makes one digest, not 2' 2031-11-22 2031-11-23
check 'a link in its place is not followed' planted_link
check 'a linked folder does not lead outside' planted_folder
check 'the umask holds' umasked
check 'nothing stays of what could not be written' half_written
check 'a path outside of the project' leaving
check 'a template with a mistake' broken_template
check 'a day without a template' no_template
check 'the built-in template' builtin
check 'no drafts are left' test -z "$(find "$trash" -name '.*.tmp')"
if has_nobody; then
	check 'a folder without permission' read_only
fi
finish
