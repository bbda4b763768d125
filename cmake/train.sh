#!/bin/sh
# The work that a profile is taken of (cmake/profile.cmake): what people do with sdi all day, on generated digests. On one
# thread, so that the same sdi counts the same.
set -eu
: "${SDI:?is the program that counts}"
: "${SDI_SOURCE_DIR:?is the folder of the sources}"

# Nothing that the caller's shell, hook or CI says of itself.
for name in $(env | sed -n 's/^\(\(GIT\|GITHUB\|GITLAB\|GITEA\|CI\)_[A-Z0-9_]*\)=.*/\1/p'); do
	unset "$name"
done
unset LANGUAGE NO_COLOR FORCE_COLOR SDI_OUTPUT_FORMAT SDI_BASE
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 PYTHONDONTWRITEBYTECODE=1

scratch=$(mktemp -d "${TMPDIR:-/tmp}/sdi-train.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# Findings are no failure.
work() {
	code=0
	"$SDI" "$@" >/dev/null 2>"$scratch/said" || code=$?
	[ "$code" -le 1 ] || {
		cat "$scratch/said" >&2
		exit 1
	}
}

cd "$scratch"
python3 "$SDI_SOURCE_DIR/tests/bench/generate.py" archive 150
cd archive
work lint --no-cache -j 1
work lint --no-cache --lang ja -j 1
work lint -j 1
work lint -j 1
work fix --diff --lang ja -j 1
work ioc -j 1
work ioc --format stix -j 1
work search 攻撃者 -j 1
work search CVE-2024-3400 -j 1
work search evil.example -j 1
work search https://therecord.media/news/security/breach -j 1
for day in $(git ls-files | tail -n 8); do
	printf -- '- 追記した行 \n' >>"$day"
	git add "$day"
	work lint --staged -j 1
	work lint --staged --lang ja -j 1
	work hook run # one digest, one thread
	git reset -q --hard
done
