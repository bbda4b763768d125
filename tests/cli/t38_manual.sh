#!/bin/sh
# Manual pages: what the tables of commands say, and nothing else; no fault that mandoc knows.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

commands=$(sdi --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')

pages() {
	for language in en ja; do
		mkdir "$language" && sdi help --lang "$language" --man >"$language/sdi.1" &&
			sdi rules --lang "$language" --isolated --output-format mdoc >"$language/sdi-rules.7" || return
		for command in $commands; do
			sdi help --lang "$language" --man "$command" >"$language/sdi-$command.1" || return
		done
	done
}

# Sections in mdoc's order, a language that is the page's own, and pages that are there.
formed() {
	for page in en/* ja/*; do
		[ "$(sed -n 's/^\.Sh //p' "$page" | head -1)" = NAME ] && grep -q '^\.Sh SEE ALSO$' "$page" || return
		sed -n 's/^\.\(It \)*Xr \([a-z-]*\) \([0-9]\).*/\2.\3/p' "$page" | while read -r seen; do
			[ -f "${page%/*}/$seen" ] || echo "$page: there is no $seen"
		done
	done >"$out"
	[ ! -s "$out" ] || return
	! grep -l '表示\|検査' en/*.1 && for page in ja/*; do
		grep -q '表\\:示\|検\\:査' "$page" || return
	done
}

# Of a page: "--staged", "-q".
of_page() {
	sed -n '/^\.Sh OPTIONS/,/^\.Sh [^O]/s/^\.It Fl \(\(.\) , Fl \)*\(-[a-z-]*\).*/\2 -\3/p' "$1"
}

of_help() {
	sed -n 's/^  -\(.\), \(--[a-z-]*\).*/\1 \2/p; s/^      \(--[a-z-]*\).*/ \1/p'
}

options() {
	for language in en ja; do
		for command in '' $commands; do
			page=$language/sdi${command:+-$command}.1
			# shellcheck disable=SC2086 # none, or one
			sdi $command --help | of_help >"$scratch/wanted" && of_page "$page" | diff "$scratch/wanted" - || return
		done
		for command in $commands; do
			grep -qx "\.It Xr sdi-$command 1" "$language/sdi.1" || return
		done
		[ "$(grep -c '^\.It Xr' "$language/sdi.1")" -eq "$(echo "$commands" | wc -l)" ] || return
	done
}

rules() {
	sdi rules --isolated --output-format json | jq -r '.rules[].name' | sort >"$scratch/wanted" && for language in en ja; do
		sed -n 's/^\.It Ic \([a-z-]*\)$/\1/p' "$language/sdi-rules.7" | grep -Fx -f "$scratch/wanted" | sort -u |
			diff "$scratch/wanted" - && [ "$(grep -c '^\.Ss ' "$language/sdi-rules.7")" -eq 7 ] || return
	done
}

# Variables of the environment that sdi or its hook reads are on the page, by the sources.
variables() {
	(cd "$SDI_SOURCE_DIR" && grep -rhoE '(getenv|env_is|env_is_set|set_value)\("[A-Z_]+"' cmd | sed 's/.*("//; s/"$//' &&
		grep -oE '\$\{SDI[A-Z_]*-' hooks/pre-commit | tr -d '${-') | sort -u >"$scratch/read"
	[ -s "$scratch/read" ] && sed -n 's/^\.It Ev //p' en/sdi.1 | sort -u | comm -23 "$scratch/read" - >"$scratch/lacking" &&
		cat "$scratch/lacking" && [ ! -s "$scratch/lacking" ]
}

# mandoc does not know where we keep the other pages; that they are there is proved above.
faultless() {
	mandoc -T lint en/* ja/* >"$out" 2>&1
	! grep -v 'STYLE: referenced manual not found: Xr sdi' "$out"
}

# What a reader sees: nothing is lost, and a line of Japanese is broken where it is full.
read_by_people() {
	groff -Tutf8 -mandoc -k -ww ja/sdi-hook.1 2>"$err" | sed 's/\x1b\[[0-9;]*m//g' >"$out" && [ ! -s "$err" ] && printed 'gitの' &&
		groff -Tutf8 -mandoc -k -ww en/sdi-lint.1 2>"$err" | sed 's/\x1b\[[0-9;]*m//g' >"$out" && [ ! -s "$err" ] &&
		printed '--changed-lines' && printed 'SDI_OUTPUT_FORMAT'
}

mistaken() {
	check_exit 2 sdi help --man lnit && said 'did you mean `lint`?' && [ ! -s "$out" ]
}

twice() {
	sdi help --man lint | cmp - en/sdi-lint.1
}

check 'pages' pages
check 'sections, and other pages' formed
check 'commands and options' options
check 'rules' rules
check 'the environment' variables
check 'the same each time' twice
check 'a mistake' mistaken
if command -v mandoc >/dev/null; then
	check 'mandoc finds no fault' faultless
else
	left_out 'mandoc finds no fault' 'it is not installed'
fi
if command -v groff >/dev/null && [ -d /usr/share/groff/current/font/devutf8 ]; then
	check 'as it is read' read_by_people
else
	left_out 'as it is read' 'groff is not installed'
fi

finish
