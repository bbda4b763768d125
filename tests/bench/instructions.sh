#!/bin/sh
# sdi takes as many instructions as noted in instructions.txt, give or take what libraries and processors differ by.
#     UPDATE=1 notes them anew
# Only what the release preset's compiler makes can be compared: with another one, and without valgrind, it is skipped.
set -eu
: "${SDI:?is the program to measure}"
: "${SDI_SOURCE_DIR:?is the folder of the sources}"
: "${SDI_BUILD_DIR:?is the folder that it was built in}"
noted=$SDI_SOURCE_DIR/tests/bench/instructions.txt
percent=8

skip() {
	echo "instructions: $1: SKIPPED"
	exit 77
}

cached() {
	sed -n "s/^$1:[A-Z]*=//p" "$SDI_BUILD_DIR/CMakeCache.txt"
}

command -v valgrind >/dev/null || skip 'there is no valgrind'
[ "$(cached CMAKE_BUILD_TYPE)$(cached SDI_SANITIZE)" = Release ] || skip 'this is no release build'
[ -e "$SDI_BUILD_DIR/profile/taken" ] || skip 'it was built without a profile'
compiler=$("$(cached CMAKE_C_COMPILER)" --version | head -n 1)
target="$compiler, $(uname -m)"
wanted=$(sed -n 's/^# by //p' "$noted")
[ "${UPDATE:-}" ] || [ "$target" = "$wanted" ] || skip "built by $target, noted are those of $wanted"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/sdi-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 PYTHONDONTWRITEBYTECODE=1
unset LANGUAGE SDI_OUTPUT_FORMAT
cd "$scratch"
python3 "$SDI_SOURCE_DIR/tests/bench/generate.py" archive 40
cd archive
last=$(git ls-files | tail -n 1)
printf -- '- 追記した行 \n' >>"$last"
git add "$last"

# $1: what the run is called; the rest: the arguments of sdi
count() {
	name=$1
	shift
	code=0
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$SDI" "$@" -j 1 >"$scratch/out" 2>"$scratch/log" || code=$?
	if [ "$code" -gt 1 ]; then
		cat "$scratch/log"
		return 1
	fi
	echo "$name $(sed -n 's/^==.*== Collected : //p' "$scratch/log")"
}

{
	echo "# by $target"
	count lint lint --no-cache
	# The first time, the other digests are read for what they have already.
	count first lint --staged
	count staged lint --staged
	count diff fix --diff
	"$SDI" lint >/dev/null 2>&1 || :
	count again lint
	count search search CVE-2024-3400
	count found search ランサムウェア
} >"$scratch/counted"

if [ "${UPDATE:-}" ]; then
	cp "$scratch/counted" "$noted"
	exit
fi
awk -v percent=$percent '
	/^#/ { next }
	FNR == NR { noted[$1] = $2; next }
	{
		change = ($2 / noted[$1] - 1) * 100
		printf "%-8s %12d instructions, noted %12d: %+.2f %%\n", $1, $2, noted[$1], change
		if (change > percent || change < -percent)
			wrong = 1
	}
	END {
		if (wrong)
			print "more than " percent " % apart; if that is meant: UPDATE=1"
		exit wrong
	}
' "$noted" "$scratch/counted"
