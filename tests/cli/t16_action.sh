#!/bin/sh
# The GitHub Action, without GitHub: its files can be read, and what it is told reaches sdi as it is.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

# Inputs come through variables, each of which the script reads; no script is made of them.
files() {
	PYTHONDONTWRITEBYTECODE=1 python3 - "$SDI_SOURCE_DIR" <<'END'
import re, sys, yaml
root = sys.argv[1]
action = yaml.safe_load(open(f"{root}/action.yml", encoding="utf-8"))
script = open(f"{root}/hooks/action.sh", encoding="utf-8").read()
(step,) = action["runs"]["steps"]
assert action["runs"]["using"] == "composite" and "uses" not in step and "${{" not in step["run"]
inputs = ["${{ inputs.%s }}" % name for name in action["inputs"]]
releases = "${{ github.server_url }}/${{ github.action_repository }}/releases/download/${{ github.action_ref }}"
assert sorted(step["env"].values()) == sorted([*inputs, releases])
assert sorted(step["env"]) == sorted(set(re.findall(r"SDI_ACTION_\w+", script)))
for name, output in action["outputs"].items():
    assert output["value"] == "${{ steps.%s.outputs.%s }}" % (step["id"], name) and name + "=%s" in script, name
job = yaml.safe_load(open(f"{root}/hooks/gitlab-ci.yml", encoding="utf-8"))["sdi"]
assert job["variables"]["GIT_DEPTH"] == "0" and isinstance(job["script"][0], str)
assert job["artifacts"]["reports"]["codequality"] in job["script"][0]
guide = open(f"{root}/docs/ci.md", encoding="utf-8").read()
assert open(f"{root}/hooks/gitlab-ci.yml", encoding="utf-8").read().split("\n", 2)[2] in guide.replace("\n    ", "\n")
END
}

# Runs the action; the rest are settings. What it says of itself is in $outputs.
outputs=$scratch/outputs
action() {
	: >"$outputs"
	env GITHUB_ACTIONS=true GITHUB_OUTPUT="$outputs" GITHUB_EVENT_NAME=pull_request SDI_ACTION_PATH="$SDI" \
		SDI_ACTION_BASE=HEAD~1 "$@" "$SDI_SOURCE_DIR/hooks/action.sh"
}

outputs_are() {
	printf '%s\n' "$@" | diff - "$outputs"
}

findings() (
	cd repo && check_exit 1 action && printed '::error file=news/20260102.md,line=5,' && outputs_are exit-code=1 sarif= &&
		check_exit 1 action SDI_ACTION_SARIF=sdi.sarif && jq -e .version sdi.sarif && outputs_are exit-code=1 "sarif=$PWD/sdi.sarif" &&
		check_exit 0 action SDI_ACTION_FAIL_ON=never SDI_ACTION_SARIF="$scratch/sarif" && jq -e .version "$scratch/sarif" &&
		outputs_are exit-code=0 "sarif=$scratch/sarif" &&
		check_exit 2 action SDI_ACTION_BASE=nothing SDI_ACTION_SARIF="$scratch/sarif" && outputs_are exit-code=2 sarif=
)

settings() (
	check_exit 1 action SDI_ACTION_FOLDER=repo SDI_ACTION_SARIF=two.sarif && outputs_are exit-code=1 "sarif=$PWD/repo/two.sarif" &&
		check_exit 0 action SDI_ACTION_FOLDER=repo SDI_ACTION_ARGS="--select
tab

--output-format
concise" && [ ! -s "$out" ] && check_exit 2 action SDI_ACTION_FOLDER=nowhere
)

# What would do something if it were a script, or an option.
as_it_is() (
	cd repo && for text in '$(touch pwned)' '`touch pwned`' '; touch pwned' '" && touch pwned "' '--fetch' '-x' '::error::x' \
		'##[add-mask]x' "it's" '*' "$(printf 'a\nb')"; do
		check_exit 2 action SDI_ACTION_BASE="$text" && ! grep -E '^::|##\[' "$out" "$err" || return
		check_exit 2 action SDI_ACTION_FAIL_ON="$text" && said '--fail-on takes' || return
		check_exit 2 action SDI_ACTION_ARGS="--head=$text" && ! grep -E '^::|##\[' "$out" "$err" || return
	done
	check_exit 2 action SDI_ACTION_SARIF="$(printf 'a\nexit-code=0')" && [ ! -s "$outputs" ] && [ ! -e pwned ] && check_exit 1 action SDI_ACTION_SARIF='$(touch pwned) x' && [ -f '$(touch pwned) x' ] &&
		outputs_are exit-code=1 "sarif=$PWD/"'$(touch pwned) x' && [ ! -e pwned ]
)

# A program on the path, one in the workspace, one that is built.
programs() (
	mkdir bin fake fake/hooks fake/script && ln -s "$SDI" bin/sdi && cp "$SDI_SOURCE_DIR/hooks/action.sh" fake/hooks &&
		printf '#!/bin/sh\n' >fake/script/bootstrap &&
		printf '#!/bin/sh\nmkdir -p build/release && ln -sf "%s" build/release/sdi\n' "$SDI" >bin/cmake &&
		chmod +x fake/script/bootstrap bin/cmake &&
		check_exit 1 action SDI_ACTION_PATH=bin/sdi SDI_ACTION_FOLDER=repo &&
		check_exit 1 action SDI_ACTION_PATH= PATH="$PWD/bin:$PATH" SDI_ACTION_FOLDER=repo &&
		check_exit 2 action SDI_ACTION_PATH=bin && said 'names no program' && rm bin/sdi || return
	# Where one is installed, that is taken.
	sh -c 'command -v sdi' && return
	check_exit 1 env SDI_ACTION_BASE=HEAD~1 SDI_ACTION_FOLDER=repo PATH="$PWD/bin:$PATH" GITHUB_OUTPUT="$outputs" \
		fake/hooks/action.sh && [ -L fake/build/release/sdi ] && outputs_are exit-code=1 sarif=
)

# Where a package comes from: a path, an address, the release; what is installed is what it holds.
packages() (
	mkdir runner release && for name in apt-get sudo; do
		printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\n' "$name" "$PWD" >"runner/$name"
	done && chmod +x runner/* && echo package >release/sdi.deb &&
		echo package >"release/sdi_$(sdi --version | cut -d ' ' -f 2)_$(dpkg --print-architecture).deb" || return
	sum=$(sha256sum release/sdi.deb | cut -d ' ' -f 1)
	# What the package would install is not there, or is another's: only that it would be is looked at.
	for from in release/sdi.deb "file://$PWD/release/sdi.deb" release; do
		: >calls
		action SDI_ACTION_PATH= SDI_ACTION_PACKAGE="$from" SDI_ACTION_PACKAGE_SHA256="$sum" SDI_ACTION_RELEASES="file://$PWD/release" \
			SDI_ACTION_FOLDER=repo PATH="$PWD/runner:$PATH" >"$out" 2>"$err"
		grep -q 'apt-get .*install .*/sdi\.deb$' calls || return
	done
	: >calls
	refused=$(printf '%064d' 0)
	check_exit 2 action SDI_ACTION_PATH= SDI_ACTION_PACKAGE=release/sdi.deb SDI_ACTION_PACKAGE_SHA256="$refused" PATH="$PWD/runner:$PATH" &&
		said 'another SHA-256' &&
		check_exit 2 action SDI_ACTION_PATH= SDI_ACTION_PACKAGE="file://$PWD/nothing" PATH="$PWD/runner:$PATH" && said 'cannot be had' &&
		check_exit 2 action SDI_ACTION_PATH= SDI_ACTION_PACKAGE=http://127.0.0.1:9/sdi.deb PATH="$PWD/runner:$PATH" && said 'cannot be had' &&
		check_exit 2 action SDI_ACTION_PATH= SDI_ACTION_PACKAGE=--help PATH="$PWD/runner:$PATH" && said 'cannot be had' && [ ! -s calls ] &&
		check_exit 1 action SDI_ACTION_PACKAGE=nowhere SDI_ACTION_FOLDER=repo
)

prepare() (
	mkdir repo && cd repo && git init -q . && template . && mkdir news && digest >news/20260101.md && git add . &&
		git commit -qm one && digest | sed '/要約/,/一行/d' >news/20260102.md && git add . && git commit -qm two
)

check 'a repository' prepare
check 'action.yml and the job of GitLab' files
check 'findings, and outputs' findings
check 'folder and further arguments' settings
check 'inputs are no scripts and no options' as_it_is
check 'which program' programs
if command -v dpkg >/dev/null && command -v curl >/dev/null; then
	check 'packages' packages
else
	left_out 'packages' 'dpkg or curl is not installed'
fi

finish
