# shellcheck shell=sh disable=SC2016,SC2317
# What the tests of the command line have in common. Source it first; end with `finish`.
#
#   check 'what is proved' COMMAND...           COMMAND succeeds
#   check_output 'what is proved' COMMAND... <<EOF   its stdout is the text that follows
#   check_exit N COMMAND...                     inside of check: it ends with N; its output is left in $out and $err
#   printed TEXT, said TEXT                     inside of check: the last check_exit had it on stdout, on stderr
#   golden FILE                                 inside of check: $out is tests/cli/golden/FILE; UPDATE=1 rewrites that
#   compared ROOT ARGUMENT...                   inside of check: `sdi lint` says the same in all formats; paths start at ROOT
#
# Each test runs in an empty folder of its own that is no repository.

: "${SDI:?is the program to test}"
: "${SDI_SOURCE_DIR:?is the folder of the sources}"

# What the caller's machine, hook or CI says of itself is not said to the program that is tested.
unset CI CDPATH LANGUAGE NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE TZ HUSKY LEFTHOOK SDI_OUTPUT_FORMAT SDI_BASE
for name in $(env | sed -n 's/^\(\(GITHUB\|GITLAB\|CI\|GIT\|GITEA\|PRE_COMMIT\)\(_[A-Z0-9_]*\)\{0,1\}\)=.*/\1/p'); do
	unset "$name"
done
export LC_ALL=C.UTF-8 TERM=xterm
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_AUTHOR_DATE='2026-11-22T09:00:00+09:00'
export GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com GIT_COMMITTER_DATE='2026-11-22T09:00:00+09:00'

scratch=$(mktemp -d "${TMPDIR:-/tmp}/sdi-cli.XXXXXX") || exit 1
scratch=$(cd "$scratch" && pwd -P)
trap 'cd / && chmod -R u+rwx "$scratch" && rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
chmod 755 "$scratch"
# libgit2 1.5.1 leaks a little for a repository with extensions (its pull request 6382 mends it).
echo 'leak:libpcre2' >"$scratch/leaks"
export LSAN_OPTIONS="suppressions=$scratch/leaks:print_suppressions=0"
out=$scratch/out err=$scratch/err
trash=$scratch/trash
mkdir "$trash"
cd "$trash" || exit 1

checks=0 failures=0

sdi() {
	"$SDI" "$@"
}

skip() {
	echo "1..0 # SKIP $1"
	exit 77
}

# $1: the exit code of what was proved, $2: what it proves
verdict() {
	checks=$((checks + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $checks - $2"
		return
	fi
	failures=$((failures + 1))
	echo "not ok $checks - $2"
	sed 's/^/#   /' "$scratch/log"
	for last in "$out" "$err"; do
		[ ! -s "$last" ] || head -n 40 "$last" | sed "s/^/#   ${last##*/}: /"
	done
}

# Something that the system at hand cannot show.
left_out() {
	checks=$((checks + 1))
	echo "ok $checks - $1 # SKIP $2"
}

check() {
	what=$1
	shift
	"$@" >"$scratch/log" 2>&1
	verdict $? "$what"
}

check_output() {
	what=$1
	shift
	cat >"$scratch/expected"
	"$@" >"$scratch/actual" 2>"$scratch/log"
	diff -u "$scratch/expected" "$scratch/actual" >>"$scratch/log"
	verdict $? "$what"
}

check_exit() {
	wanted=$1
	shift
	"$@" >"$out" 2>"$err"
	code=$?
	[ "$code" -eq "$wanted" ] && return
	echo "exit code $code, not $wanted: $*"
	head -c 4000 "$out" "$err"
	return 1
}

has() {
	grep -qF -e "$2" "$1" && return
	echo "does not have: $2"
	head -c 4000 "$1"
	return 1
}

printed() {
	has "$out" "$1"
}

said() {
	has "$err" "$1"
}


golden() {
	file=$SDI_SOURCE_DIR/tests/cli/golden/$1
	if [ "${UPDATE:-}" ]; then
		cp "$out" "$file"
		return
	fi
	diff -u "$file" "$out"
}

# A project in folder $1: `$2` is its config. Without a template of its own any dated name is a digest.
project() {
	mkdir -p "$1" && printf '%b' "${2:-timezone: UTC\n}" >"$1/.sdi.yaml"
}

# The template that the tests use; in the project of folder $1.
template() {
	mkdir -p "$1/.sdi/templates" && cat >"$1/.sdi/templates/day.md" <<'EOF'
---
path: "news/{yyyyMMdd}.md"
---
# Daily

### ニュース <!-- sdi: entries -->

#### {title}
{url}

- 要約
    - {text}

### メモ
N/A
EOF
}

# A digest of that template.
digest() {
	cat <<'EOF'
# Daily

### ニュース

#### 記事の題名
https://example.com/news/1

- 要約
    - 一行の要約

### メモ
N/A
EOF
}

# `sdi lint` says the same with and without what it remembers, twice with. $*: its arguments
same() {
	sdi lint --no-cache "$@" >"$scratch/wanted" 2>"$scratch/wanted.err"
	wanted=$?
	for pass in 1 2; do
		sdi lint "$@" >"$out" 2>"$err"
		code=$?
		[ "$code" -eq "$wanted" ] && cmp "$scratch/wanted" "$out" && cmp "$scratch/wanted.err" "$err" && continue
		echo "pass $pass of $*: exit code $code, not $wanted"
		diff "$scratch/wanted" "$out" | head -5
		return 1
	done
}

formats='json sarif github gitlab rdjson rdjsonl junit concise'

# All formats of one run, read and compared. $1: the folder that paths start from; the rest: arguments.
compared() {
	from=$1
	shift
	rm -rf "$scratch/reports" && mkdir "$scratch/reports" || return
	set -- --output-format full "$@"
	for format in $formats; do
		set -- --output "$format=$scratch/reports/$format" "$@"
	done
	GITHUB_STEP_SUMMARY=$scratch/reports/summary sdi lint "$@" >"$out" 2>"$err"
	[ $? -lt 2 ] && PYTHONDONTWRITEBYTECODE=1 python3 "$SDI_SOURCE_DIR/tests/cli/formats.py" "$from" "$scratch/reports"
}

# Runs without root's power over permissions.
as_nobody() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# Through a shell: setpriv itself still finds the program where nobody else may look.
has_nobody() {
	as_nobody sh -c '"$0" --version' "$SDI" >/dev/null 2>&1
}

finish() {
	echo "1..$checks"
	[ "$failures" -eq 0 ] && exit 0
	echo "# $failures of $checks failed"
	exit 1
}

# The farm of hosts, for $1 seconds at most: its port in $port, its log in $log
farm() {
	log=$scratch/farm.log
	python3 "$SDI_SOURCE_DIR/tests/farm/farm.py" --log "$log" --seconds "$1" >"$scratch/ports" &
	tries=0
	until [ -s "$scratch/ports" ]; do
		tries=$((tries + 1)) && sleep 0.1
		[ "$tries" -lt 100 ] || skip 'the farm does not start'
	done
	# shellcheck disable=SC2034
	read -r port <"$scratch/ports"
}
