#!/bin/sh
# Each test that docs/security.md names for a promise is there.
set -eu
cd "$SDI_SOURCE_DIR"
named=0
missing=0
# shellcheck disable=SC2016 # backquotes of Markdown
for name in $(grep -o '`[a-z0-9_/]*`' docs/security.md | tr -d '`' | grep -E '^(t[0-9]|unit/|property/|meta/|fuzz_)' | sort -u); do
	case $name in
	t[0-9]*) set -- tests/cli/"$name"*.sh ;;
	unit/* | property/*) set -- tests/"${name%/*}"/test_"${name#*/}".c ;;
	meta/*) set -- tests/"$name".sh ;;
	*) set -- tests/fuzz/"$name".c ;;
	esac
	named=$((named + 1))
	if [ ! -e "$1" ]; then
		echo "docs/security.md names $name, which is not there"
		missing=$((missing + 1))
	fi
done
echo "security: $named tests named, $missing missing"
[ "$named" -gt 20 ] && [ "$missing" -eq 0 ]
