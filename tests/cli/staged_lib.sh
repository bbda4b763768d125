# shellcheck shell=sh disable=SC2016,SC2034,SC2154,SC2317
# What the tests of --staged have in common; source it after lib.sh.
#
#   repository NAME          goes into a new repository with clean digests a/2026-11-20.md and a/2026-11-21.md, and a hook
#   bad FILE, good FILE      writes a text with a finding, or without one
#   passed N ARGUMENT...     inside of check: git ARGUMENT... runs the hook, which looks at N files and finds nothing
#   blocked FILES ARGUMENT...    the same, but it finds something in exactly these (with blanks between), and git fails
#   unheard ARGUMENT...      git succeeds, and runs no hook

# libgit2 1.5.1 leaks where it cannot open a repository, or finds no commit.
printf 'leak:libpcre2\nleak:libgit2\n' >"$scratch/leaks"
export LSAN_OPTIONS="suppressions=$scratch/leaks:print_suppressions=0"

report=$scratch/report
export SDI report

hook() {
	cat >"$1" <<'HOOK' && chmod +x "$1"
#!/bin/sh
exec "$SDI" lint --staged --output-format concise --select trailing-space --fail-on warning >"$report" 2>"$report.err"
HOOK
}

good() {
	mkdir -p "$(dirname "$1")" && printf '# x\n\n%s\n' "$1" >"$1"
}

bad() {
	mkdir -p "$(dirname "$1")" && printf '# x\n\nends in a blank \n' >"$1"
}

repository() {
	git init -q -b main "$@" && shift $(($# - 1)) && cd "$1" && good a/2026-11-20.md && good a/2026-11-21.md &&
		git add -A && git commit -q -m base && hook "$(git rev-parse --git-path hooks)/pre-commit"
}

passed() {
	judged=$1
	shift
	rm -f "$report"
	git "$@" >"$scratch/git" 2>&1 && [ -f "$report" ] && [ ! -s "$report" ] &&
		grep -q "^No findings in $judged file\|^No findings in $judged files\|^$judged files checked" "$report.err" && return
	cat "$scratch/git" "$report" "$report.err"
	return 1
}

blocked() {
	printf '%s\n' "$1" | tr ' ' '\n' | sort >"$scratch/wanted"
	shift
	rm -f "$report"
	git "$@" >"$scratch/git" 2>&1
	code=$?
	sed 's/:.*//' "$report" | sort -u | diff -u "$scratch/wanted" - && [ "$code" -ne 0 ] && return
	cat "$scratch/git" "$report" "$report.err"
	return 1
}

unheard() {
	rm -f "$report"
	git "$@" >"$scratch/git" 2>&1 && [ ! -f "$report" ] && return
	cat "$scratch/git"
	return 1
}
