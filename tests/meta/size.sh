#!/bin/sh
# No file and no function grows beyond what a reader can hold: .c 500 lines, .h 150, a function 60. No exceptions.
set -eu
cd "$SDI_SOURCE_DIR"

# A function's body stands between a brace in column 0 and the next closing one there (.clang-format sees to that).
measure() {
	awk '
		function done() {
			most = last ~ /\.h$/ ? 150 : 500
			if (last != "" && lines > most)
				print last ": " lines " lines, allowed are " most
		}
		FNR == 1 { done(); last = FILENAME; start = 0 }
		{ lines = FNR }
		/^\{/ { start = FNR }
		/^\}/ {
			if (start && FNR - start + 1 > 60)
				print FILENAME ":" start ": a function of " FNR - start + 1 " lines, allowed are 60"
			start = 0
		}
		END { done() }
	' "$@"
}

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 59; i++) print "\tx();"; print "}" }' >"$tree/function.c"
awk 'BEGIN { for (i = 0; i < 151; i++) print "int x;" }' >"$tree/long.h"
awk 'BEGIN { for (i = 0; i < 501; i++) print "int x;" }' >"$tree/long.c"
awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 58; i++) print "\tx();"; print "}" }' >"$tree/fine.c"
if [ "$(measure "$tree"/*.[ch] | wc -l)" -ne 3 ]; then
	echo "size: does not find what it should:"
	measure "$tree"/*.[ch]
	exit 1
fi

find . \( -path ./build -o -path ./node_modules -o -path ./.git \) -prune -o -name '*.[ch]' -print | LC_ALL=C sort >"$tree/files"
# shellcheck disable=SC2046 # no blanks in our file names
measure $(cat "$tree/files") >"$tree/wrong"
cat "$tree/wrong"
echo "size: $(wc -l <"$tree/files") files, $(wc -l <"$tree/wrong") too large"
[ ! -s "$tree/wrong" ]
