#!/bin/sh
# Prints what is installed below share/: manual pages and completions, by sdi itself, and the papers of a package of Debian.
# Usage: SDI=build/dev/sdi SDI_VERSION=0.1.0 SDI_DATE=2026-11-27 SDI_MAINTAINER='NAME <ADDRESS>' cmake/share.sh FOLDER
set -eu
sources=$(cd "$(dirname "$0")/.." && pwd)
into=$1
export LC_ALL=C.UTF-8
rm -rf "$into"

# $1: the language, $2: the folder of its pages
pages() {
	mkdir -p "$2/man1" "$2/man7"
	"$SDI" help --lang "$1" --man >"$2/man1/sdi.1"
	for command in $commands; do
		"$SDI" help --lang "$1" --man "$command" >"$2/man1/sdi-$command.1"
	done
	"$SDI" rules --lang "$1" --isolated --output-format mdoc >"$2/man7/sdi-rules.7"
	gzip -9n "$2"/man?/*
}

completions() {
	mkdir -p "$into/bash-completion/completions" "$into/zsh" "$into/fish/vendor_completions.d"
	"$SDI" completions --lang en bash >"$into/bash-completion/completions/sdi"
	"$SDI" completions --lang en zsh >"$into/zsh/_sdi"
	"$SDI" completions --lang en fish >"$into/fish/vendor_completions.d/sdi.fish"
}


# What is built in beside our own sources.
copyright() {
	tree_sitter=$sources/node_modules/tree-sitter/LICENSE
	unicode=$sources/node_modules/tree-sitter/vendor/tree-sitter/lib/src/unicode/LICENSE
	markdown=$sources/node_modules/@tree-sitter-grammars/tree-sitter-markdown/LICENSE
	cat <<-END
		Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
		Upstream-Name: sdi

		Files: *
		$(sed -n 's/^Copyright (c) /Copyright: /p' "$sources/LICENSE")
		License: Expat

		Files: node_modules/tree-sitter/*
		$(sed -n 's/^Copyright (c) /Copyright: /p' "$tree_sitter")
		License: Expat

		Files: node_modules/@tree-sitter-grammars/tree-sitter-markdown/*
		$(sed -n 's/^Copyright (c) /Copyright: /p' "$markdown")
		License: Expat

		Files: node_modules/tree-sitter/vendor/tree-sitter/lib/src/unicode/*
		$(sed -n 's/^Copyright © \([0-9-]*\) \(.*\) All rights reserved.*/Copyright: \1, \2/p' "$unicode")
		License: Unicode
		$(sed '1,4d; /^---/,$d' "$unicode" | sed '$d; s/^$/./; s/^/ /')

		Files: libgit2.a
		Copyright: the libgit2 contributors
		License: GPL-2 with linking exception
		 In addition to the permissions in the GNU General Public License, the authors
		 give you unlimited permission to link the compiled version of this library into
		 combinations with other programs, and to distribute those combinations without
		 any restriction coming from the use of this file. (The General Public License
		 restrictions do apply in other respects; for example, they cover modification of
		 the file, and distribution when not linked into a combined executable.)
		 .
		 The GNU General Public License, version 2, is in
		 /usr/share/common-licenses/GPL-2.

		License: Expat
	END
	sed '1,4d' "$sources/LICENSE" | sed 's/^$/./; s/^/ /'
}

papers() {
	mkdir -p "$into/doc"
	copyright >"$into/doc/copyright"
	gzip -9n >"$into/doc/changelog.gz" <<-END
		sdi ($SDI_VERSION) unstable; urgency=medium

		  * CHANGELOG.md says what changed.

		 -- $SDI_MAINTAINER  $(date -u -d "$SDI_DATE" +'%a, %d %b %Y %H:%M:%S +0000')
	END
}

commands=$("$SDI" --lang en --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
pages en "$into/man"
pages ja "$into/man/ja"
completions
papers
touch "$into/printed"
