#!/bin/sh
# The config: every mistake is told at its place, with the nearest right name.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

# $1: what is said, $2: the config
wrong() {
	printf '%b' "$2" >.sdi.yaml
	check_exit 2 sdi lint 2026-11-20.md && said "sdi: .sdi.yaml:$1" && [ ! -s "$out" ] &&
		[ "$(grep -c '^sdi:' "$err")" -eq 1 ]
}

right() {
	printf '%b' "$1" >.sdi.yaml
	check_exit 0 sdi lint --select trailing-space 2026-11-20.md
}

once() {
	printf 'nonsense: 1\n' >.sdi.yaml
	check_exit 2 sdi lint . 2026-11-20.md a && [ "$(grep -c nonsense "$err")" -eq 1 ]
}

deep() {
	printf 'nonsense: 1\n' >.sdi.yaml
	(cd a/b && check_exit 2 sdi lint . && said '.sdi.yaml:1:1: ')
}

severity() {
	printf 'rules:\n  trailing-space: error\n' >.sdi.yaml
	check_exit 1 sdi lint --output-format concise 2026-11-20.md && printed ' error trailing-space: '
	printf 'rules:\n  trailing-space: off\n' >.sdi.yaml
	check_exit 0 sdi lint --select format 2026-11-20.md && said 'No findings in 1 file'
}

dangling() {
	rm .sdi.yaml && ln -s nowhere .sdi.yaml && check_exit 2 sdi lint 2026-11-20.md && rm .sdi.yaml
}

hostile() {
	printf 'a\033[31m\302\233x: 1\n' >.sdi.yaml
	check_exit 2 sdi lint . && ! LC_ALL=C grep -q "$(printf '[\033\233]')" "$err"
}

mkdir -p a/b .sdi
printf 'x \n' >2026-11-20.md
check 'an empty config' right ''
check 'a config' right 'timezone: Asia/Tokyo\nfail-on: error\nselect: [format]\nignore: [tab]\nexclude: [a]\n'
check 'an unknown key' wrong '2:1: ' 'timezone: UTC\nselct: [tab]\n'
check 'has a near one' said 'select'
check 'no time zone' wrong '1:11: ' 'timezone: Asia/Tokio\n'
check 'no severity' wrong '1:10: ' 'fail-on: eror\n'
check 'no rule' wrong '1:10: ' 'ignore: [trailing-spce]\n'
check 'has a near one, too' said 'did you mean `trailing-space`?'
check 'no rule to set' wrong '2:' 'rules:\n  trailing-spce: off\n'
check 'no severity of a rule' wrong '2:' 'rules:\n  trailing-space: loud\n'
check 'no option of a rule' wrong '3:' 'rules:\n  trailing-space:\n    nonsense: 1\n'
check 'broken YAML' wrong '' 'select: [tab\n'
check 'a doubled key' wrong '2:' 'fail-on: error\nfail-on: info\n'
check 'templates outside of the project' wrong '1:12: ' 'templates: ../elsewhere\n'
check 'an exclude outside of the project' wrong '1:11: ' 'exclude: [../elsewhere]\n'
other_name() (
	mkdir "$trash/other-name" && cd "$trash/other-name" && git init -q . && echo 'timezone: UTC' >.sdi.yml && check_exit 2 sdi lint && said '`.sdi.yml` is not read' && mv .sdi.yml .sdi.yaml && check_exit 0 sdi lint && ! said 'no project' &&
		mkdir "$scratch/bare" && cd "$scratch/bare" && check_exit 0 sdi lint && said "\`$scratch/bare\` is no project"
)

check 'a config under another name, and none at all' other_name
check 'what is wrong is told once' once
check 'from below' deep
check 'severities' severity
check 'a config that leads nowhere' dangling
check 'control characters are escaped' hostile
finish
