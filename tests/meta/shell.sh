#!/bin/sh
# No script has a fault that shellcheck knows.
set -eu
cd "$SDI_SOURCE_DIR"
command -v shellcheck >/dev/null || exit 77
find . \( -path ./build -o -path ./node_modules -o -path ./.git \) -prune -o -type f ! -path './tests/fuzz/seeds/*' ! -path './tests/rules/*' -print |
	LC_ALL=C sort | while IFS= read -r file; do
	case $(head -n 1 "$file" | tr -d '\0') in
	'#!'*/sh | '#!'*bash) echo "$file" ;;
	esac
done | xargs shellcheck -x
