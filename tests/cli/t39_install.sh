#!/bin/sh
# What `cmake --install` puts where: the program, and what it prints of itself.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

[ -e "$SDI_BUILD_DIR/share/printed" ] || skip 'not all of sdi was built'
commands=$(sdi --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
prefix=$scratch/root/opt/sdi

install() {
	DESTDIR=$scratch/root cmake --install "$SDI_BUILD_DIR" --prefix /opt/sdi &&
		[ "$(cd "$scratch/root" && find . -type f ! -path './opt/sdi/*')" = '' ] && check_exit 0 "$prefix/bin/sdi" --version
}

# $1: the language, $2: the folder of its pages
same_pages() {
	{
		printf '%s\n' man1/sdi.1.gz man7/sdi-rules.7.gz
		for command in $commands; do
			echo "man1/sdi-$command.1.gz"
		done
	} | sort >"$scratch/wanted" && (cd "$2" && find man1 man7 -type f) | sort | diff "$scratch/wanted" - &&
		sdi rules --lang "$1" --isolated --output-format mdoc >"$scratch/page" && gzip -cd "$2/man7/sdi-rules.7.gz" | cmp - "$scratch/page" || return
	for command in '' $commands; do
		# shellcheck disable=SC2086 # none, or one
		sdi help --lang "$1" --man $command >"$scratch/page" && gzip -cd "$2/man1/sdi${command:+-$command}.1.gz" | cmp - "$scratch/page" || return
	done
}

pages() {
	same_pages en "$prefix/share/man" && same_pages ja "$prefix/share/man/ja"
}

completions() {
	sdi completions bash | cmp - "$prefix/share/bash-completion/completions/sdi" &&
		sdi completions fish | cmp - "$prefix/share/fish/vendor_completions.d/sdi.fish" && sdi completions zsh | cmp - "$prefix"/share/zsh/*/_sdi
}

# Links between documents lead to what is installed, too; the license is the copyright there.
documents() (
	cd "$prefix/share/doc/sdi" && for file in README.md README.ja.md docs/*.md; do
		sed -n 's/`[^`]*`//g; s/](\([^)#]*\)[^)]*)/\n=\1\n/gp' "$file" | sed -n '/:/d; s/^=\(..*\)/\1/p' | while read -r link; do
			[ "$link" = LICENSE ] || [ -e "$(dirname "$file")/$link" ] || echo "$file: there is no $link"
		done
	done | grep -v -e '^docs/rules' -e action.yml >"$out"
	cat "$out" && [ ! -s "$out" ] && grep -q '^License: Expat' copyright && grep -q 'Permission is hereby granted' copyright
)

version() {
	version=$(sdi --version | cut -d ' ' -f 2) && grep -q "^project(sdi VERSION $version " "$SDI_SOURCE_DIR/CMakeLists.txt" &&
		gzip -cd "$prefix/share/doc/sdi/changelog.gz" | head -1 | grep -qF "sdi ($version) "
}

changelog() {
	gzip -cd "$prefix/share/doc/sdi/changelog.gz" >"$scratch/changelog" && dpkg-parsechangelog -l "$scratch/changelog" --all >"$out" 2>"$err" &&
		[ ! -s "$err" ] && printed 'Source: sdi'
}

check 'cmake --install, DESTDIR and prefix' install
check 'manual pages' pages
check 'completions' completions
check 'documents' documents
check 'the version' version
if command -v dpkg-parsechangelog >/dev/null; then
	check 'a changelog of Debian' changelog
else
	left_out 'a changelog of Debian' 'dpkg-dev is not installed'
fi

finish
