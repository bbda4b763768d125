#!/bin/bash
# What bash offers for lines of standard input: "LINE<tab>WORD" for each word.
# Usage: bash --norc complete.bash SCRIPT
# shellcheck disable=SC1090 # the script is printed by sdi
. "$1"
while IFS= read -r line; do
	# As readline has it, a `=` is a word of its own.
	read -ra COMP_WORDS <<<"${line//=/ = }"
	[[ $line =~ [^[:blank:]=]$ ]] || COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	COMPREPLY=()
	_sdi
	for word in "${COMPREPLY[@]}"; do
		printf '%s\t%s\n' "$line" "$word"
	done
done
