#!/bin/sh
# sdi lint: what is checked, and the exit codes.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

# One rule that needs no template: what is found is where a line ends in a space.
lint() {
	sdi lint --output-format concise --select trailing-space "$@"
}

# stdout of `lint` is what stands in the arguments behind the exit code and --
found() {
	code=$1
	shift
	files=
	while [ "$1" != -- ]; do
		files="$files$1
"
		shift
	done
	shift
	check_exit "$code" lint "$@" && printf %s "$files" >"$scratch/files" &&
		sed 's/:.*//' "$out" | uniq | diff "$scratch/files" -
}

summary() {
	text=$1
	shift
	check_exit 0 lint "$@" && said "$text"
}

no_summary() {
	check_exit 0 lint "$@" && [ ! -s "$err" ]
}

missing() {
	found 2 a/2026-11-20.md -- nowhere.md a/2026-11-20.md && said 'sdi: cannot find `nowhere.md`' &&
		[ "$(grep -c '^sdi: ' "$err")" -eq 1 ]
}

from_stdin() {
	printf '# x \n' | check_exit 0 lint "$@"
}

stdin_shown() {
	from_stdin - && printed '<stdin>:1:4: warning trailing-space: ' &&
		from_stdin --stdin-filename a/2026-11-22.md - && printed 'a/2026-11-22.md:1:4: '
}

stdin_for_nothing() {
	check_exit 2 lint --stdin-filename a.md a && said '--stdin-filename is for'
}

same_code() {
	for format in full concise json; do
		check_exit "$1" sdi lint --select trailing-space --output-format "$format" --fail-on "$2" a || return
	done
}

from_config() {
	printf 'fail-on: warning\n' >.sdi.yaml && check_exit 1 lint a && check_exit 0 lint --fail-on error a &&
		printf 'fail-on: never\n' >.sdi.yaml && check_exit 0 lint a
	code=$?
	printf 'timezone: UTC\n' >.sdi.yaml
	return "$code"
}

two_projects() {
	project "$trash/one" 'ignore: [trailing-space]\n' && project "$trash/two" 'fail-on: warning\n'
	printf 'x \n' | tee "$trash/one/2026-11-20.md" >"$trash/two/2026-11-20.md"
	(cd "$trash" && found 0 -- one && found 1 two/2026-11-20.md -- one two)
}

nested() {
	project "$trash/outer" && project "$trash/outer/inner" 'ignore: [trailing-space]\n'
	printf 'x \n' | tee "$trash/outer/2026-11-20.md" >"$trash/outer/inner/2026-11-20.md"
	(cd "$trash" && found 0 outer/2026-11-20.md -- outer && found 0 -- outer/inner)
}

own_template() {
	project "$trash/own" && template "$trash/own" && mkdir "$trash/own/news" "$trash/own/docs"
	for f in news/20261120.md docs/20261119.md docs/2026-11-20.md README.md; do
		printf 'x \n' >"$trash/own/$f"
	done
	(
		cd "$trash/own" && found 0 docs/20261119.md news/20261120.md -- && said 'of 3 files' &&
			found 0 README.md -- README.md && found 0 docs/20261119.md -- docs && said 'in 1 of 1 file' &&
			check_exit 0 sdi lint .sdi/templates/day.md && said 'in 1 file'
	)
}

broken_template() {
	project "$trash/bt" && template "$trash/bt" && mkdir "$trash/bt/news" && digest >"$trash/bt/news/20261120.md"
	printf '# x\n<!-- sdi: nonsense -->\n' >>"$trash/bt/.sdi/templates/day.md"
	(
		cd "$trash/bt" && check_exit 1 sdi lint --output-format concise news/20261120.md &&
			printed ' error invalid-template: ' && said 'no digest was held against a template with a mistake'
	)
}

excluded() {
	project "$trash/ex" 'exclude: [drafts, old/2020-01-01.md]\n' && mkdir "$trash/ex/drafts" "$trash/ex/old"
	for f in drafts/2026-11-20.md old/2020-01-01.md old/2020-01-02.md; do
		printf 'x \n' >"$trash/ex/$f"
	done
	(
		cd "$trash/ex" && found 0 old/2020-01-02.md -- . &&
			found 0 drafts/2026-11-20.md -- drafts/2026-11-20.md && found 0 drafts/2026-11-20.md -- drafts
	)
}

in_git() {
	command -v git >/dev/null || return 0
	mkdir -p "$trash/repo/sub/deep" && cd "$trash/repo" && git init -q . && echo ignored >.gitignore || return
	mkdir ignored && printf 'x \n' | tee 2026-11-20.md >ignored/2026-11-21.md
	cd sub/deep && found 0 "$trash/repo/2026-11-20.md" --
}

twin() {
	project "$trash/tw" && template "$trash/tw" && mkdir "$trash/tw/news" "$trash/tw/other"
	digest | tee "$trash/tw/news/20261120.md" >"$trash/tw/other/20261120.md"
	(
		cd "$trash/tw" && check_exit 1 sdi lint --output-format concise --select duplicate-date . &&
			[ "$(wc -l <"$out")" -eq 1 ] && printed 'other/20261120.md:1:' && printed 'news/20261120.md' &&
			check_exit 1 sdi lint --output-format concise --select duplicate-date other/20261120.md
	)
}

misplaced() {
	(
		cd "$trash/tw" && check_exit 1 sdi lint --output-format concise --select misplaced-digest . &&
			[ "$(wc -l <"$out")" -eq 1 ] && printed 'other/20261120.md:1:' && printed 'news/20261120.md'
	)
}

project .
mkdir a a/deep b c
printf '# x \n' | tee a/2026-11-20.md a/20261121.md a/deep/2026-11-22.md a/README.md >b/2026-11-23.md
printf '# x\n' >c/2026-11-24.md

missing_alone() {
	check_exit 2 lint nowhere.md && said 'cannot find `nowhere.md`' && ! said '0 files checked'
}

# A name in another form than the template's, where the template puts that day's digest; the rest of a repository is its own affair.
misnamed() (
	mkdir "$trash/misnamed" && cd "$trash/misnamed" && git init -q . && sdi init --yes 2>/dev/null >&2 && mkdir -p 2031/11 notes && for name in 2031/11/20311122 2031/11/2031-11-23 2031/11/2031_11_24 2031/11/20311131 notes/20311125 2031/12/20311126; do
		mkdir -p "${name%/*}" && printf '# Daily Security Info\n' >"$name.md"
	done && check_exit 1 sdi lint --select date --output-format concise && printed '2031/11/20311122.md:1:3: error misplaced-digest: the digest of 2031-11-22 belongs in `2031/11/2031-11-22.md`' && printed '2031/11/20311131.md:1:3: error misplaced-digest: no calendar has' &&
		said '2 of 4 files' && git add . && ! git -c user.name=a -c user.email=a@example.com commit -q -m a >"$out" 2>"$err" && said 20311122
)

# Neither is walked, nor are indicators looked for there.
# shellcheck disable=SC2086 # words
whole_system() (
	cd / && for command in lint ioc 'add --date never https://news.example/a'; do
		check_exit 2 timeout 20 "$SDI" $command && said '`/` is no project' || return
	done
)

check 'a file' found 0 a/2026-11-20.md -- a/2026-11-20.md
check 'a file of any name' found 0 a/README.md -- a/README.md
check 'a folder: dated names only' found 0 a/2026-11-20.md a/20261121.md a/deep/2026-11-22.md -- a
check 'no argument: the whole project' \
	found 0 a/2026-11-20.md a/20261121.md a/deep/2026-11-22.md b/2026-11-23.md --
check 'in the order of the paths' found 0 a/deep/2026-11-22.md b/2026-11-23.md -- b a/deep
check 'named twice, checked once' found 0 a/2026-11-20.md -- a/2026-11-20.md ./a/../a/2026-11-20.md "$PWD/a/2026-11-20.md"
check 'one summary' summary 'Found 3 warnings in 3 of 3 files; 3 fixable' a
check 'another summary' summary 'No findings in 1 file' c
check 'no summary with -q' no_summary -q a
check 'none for machines' no_summary --output-format json a
mkdir empty
check '0 files are told' summary '0 files checked' empty
check '0 files are told with -q' summary '0 files checked' -q empty
check 'a missing file does not hide the others' missing
check 'a digest under a name in another form' misnamed
check 'a missing file alone' missing_alone
if [ -e /.git ] || [ -e /.sdi ] || [ -e /.sdi.yaml ]; then
	left_out 'the root of the system is no project' 'here it is one'
else
	check 'the root of the system is no project' whole_system
fi
check 'an empty name' check_exit 2 lint ''
check 'a missing config' check_exit 2 lint --config nowhere.yaml a
check 'standard input' stdin_shown
check 'a name for no standard input' stdin_for_nothing
check '--select' check_exit 0 sdi lint --select tab,final-newline a
check '--select of no rule' check_exit 2 sdi lint --select trailing-spaec a
check '--select of a group' found 0 a/2026-11-20.md -- --select format a/2026-11-20.md
check '--ignore' no_summary --ignore trailing-space -q a
check 'nothing to say below the limit' same_code 0 error
check '--fail-on warning' same_code 1 warning
check '--fail-on info' same_code 1 info
check '--fail-on never' same_code 0 never
check 'fail-on of the config' from_config
check 'every project by its own config' two_projects
check 'a project in a project' nested
check '--config instead of all' check_exit 0 lint --config "$trash/one/.sdi.yaml" "$trash/two"
check '--isolated' check_exit 0 lint --isolated "$trash/two"
check '--config and --isolated' check_exit 2 lint --isolated --config .sdi.yaml a
check 'a project with its own template' own_template
check 'a template with a mistake' broken_template
check 'exclude' excluded
check 'what git ignores' in_git
check 'two digests of a day' twin
check 'a digest in the wrong place' misplaced
finish
