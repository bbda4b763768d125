#!/bin/sh
# What the GitHub Action does: finds sdi, installs or builds it, and runs `sdi ci`. What it is told comes in variables, and none of it
# is read as a script.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sarif=${SDI_ACTION_SARIF:-}

fail() {
	echo "sdi: $1" >&2
	exit 2
}

build() {
	cd "$root" && script/bootstrap && cmake --preset release -DSDI_PROFILE=OFF -DBUILD_TESTING=OFF && cmake --build --preset release --target sdi
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# The name of a release's asset, as CPack makes it.
asset() {
	version=$(sed -n 's/^project(sdi VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
	echo "sdi_${version}_$(dpkg --print-architecture).deb"
}

# Into $package: a file below $work, for apt reads no other's.
fetch() {
	package=$work/sdi.deb
	from=$SDI_ACTION_PACKAGE
	[ "$from" != release ] || from=$SDI_ACTION_RELEASES/$(asset)
	case $from in
	*://*) curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' --output "$package" -- "$from" ;;
	*) cp -- "$from" "$package" ;;
	esac || fail 'the package cannot be had'
	wanted=${SDI_ACTION_PACKAGE_SHA256:-}
	[ -z "$wanted" ] || [ "$(sha256sum <"$package")" = "$wanted  -" ] || fail 'the package has another SHA-256'
}

# With what it needs; its own sdi, whatever the PATH says.
install_package() {
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	chmod 755 "$work"
	fetch
	{
		as_root apt-get -q update &&
			as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends --allow-downgrades --reinstall "$package"
	} >&2 || fail 'the package cannot be installed'
}

# A path relative to the workspace is meant, and the folder changes.
find_sdi() {
	sdi=${SDI_ACTION_PATH:-}
	if [ -z "$sdi" ] && [ -n "${SDI_ACTION_PACKAGE:-}" ]; then
		install_package
		sdi=/usr/bin/sdi
	fi
	sdi=${sdi:-$(command -v sdi || :)}
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
