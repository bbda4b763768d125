#!/bin/sh
# Formats for programs over an archive of real digests, and over very many findings.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

# $1: a folder for 13 digests of $2 lines, each with three findings.
write_many() {
	project "$1" && awk -v n="$2" 'BEGIN { for (i = 0; i < n; i++) print "- 𠮷 \tx\ty " }' >"$1/first" || return
	for i in 01 02 03 04 05 06 07 08 09 10 11 12 13; do
		cp "$1/first" "$1/2026-01-$i.md" || return
	done
}

many() {
	write_many many 200 && (cd many && compared . --select trailing-space,tab) && grep -q '^7800 findings' "$scratch/log"
}

very_many() {
	write_many very 2000 && check_exit 0 sdi lint -q --select trailing-space,tab --output rdjsonl="$scratch/lines" \
		--output-format sarif very && [ "$(wc -l <"$scratch/lines")" -eq 78000 ] &&
		[ "$(grep -c '"ruleId"' "$out")" -eq 78000 ]
}

archive() {
	mkdir archive && project archive && cp -R "$SDI_SHARED/digests/." archive && cd archive && compared .
}

check 'many findings' many
check 'very many findings' very_many
if [ -d "$SDI_SHARED/digests" ]; then
	check 'an archive of real digests' archive
fi
finish
