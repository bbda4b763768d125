#!/bin/sh
# What the GitHub Action does: finds sdi, or builds it, and runs `sdi ci`. What it is told comes in variables, and none of it
# is read as a script.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sarif=${SDI_ACTION_SARIF:-}

fail() {
	echo "sdi: $1" >&2
	exit 2
}

build() {
	cd "$root" && script/bootstrap && cmake --preset release -DSDI_PROFILE=OFF && cmake --build --preset release --target sdi
}

# A path relative to the workspace is meant, and the folder changes.
find_sdi() {
	sdi=${SDI_ACTION_PATH:-$(command -v sdi || :)}
	if [ -z "$sdi" ]; then
		(build) >&2 || fail 'cannot be built'
		sdi=$root/build/release/sdi
	fi
	case $sdi in
	/*) ;;
	*) sdi=$PWD/$sdi ;;
	esac
	if [ ! -f "$sdi" ] || [ ! -x "$sdi" ]; then
		fail 'the input "path" names no program'
	fi
}

# A line of its own, or it would be another output.
check_sarif() {
	case $sarif in
	*"
"*) fail 'the input "sarif" is no path of one line' ;;
	'' | /*) ;;
	*) sarif=$PWD/$sarif ;;
	esac
}

run() {
	set -- ci
	[ -z "${SDI_ACTION_BASE:-}" ] || set -- "$@" "--base=$SDI_ACTION_BASE"
	[ -z "${SDI_ACTION_FAIL_ON:-}" ] || set -- "$@" "--fail-on=$SDI_ACTION_FAIL_ON"
	[ -z "$sarif" ] || set -- "$@" "--output=sarif=$sarif"
	while IFS= read -r argument; do
		[ -z "$argument" ] || set -- "$@" "$argument"
	done <<-LINES
		${SDI_ACTION_ARGS:-}
	LINES
	"$sdi" "$@"
}

find_sdi
cd -- "${SDI_ACTION_FOLDER:-.}"
check_sarif
code=0
run || code=$?
# What lies there after trouble may be anybody's.
[ "$code" -lt 2 ] || sarif=
printf 'exit-code=%s\nsarif=%s\n' "$code" "$sarif" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
