#!/bin/sh
# sdi ci, in clones as the CIs make them of a server's repository: what is looked at is what the change brings.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

server=$scratch/server.git
url=file://$server
zeros=0000000000000000000000000000000000000000

# A digest with a warning on a line that nobody touches, for a list of what was looked at. $1: its name, $2: its title
write() {
	digest | sed "s/^# Daily/& /; s/記事の題名/$2/" >"news/$1.md"
}

commit() {
	git add -A && git commit -qm "$1"
}

# main: 0101…0105; the pull request 7 changes 0101, renames 0103, deletes 0104, adds 0110 and, later, 0111; meanwhile others change
# 0102 and, after the trial merge, 0105.
make_server() {
	git init -q --bare "$server" "$@" && git -C "$server" config uploadpack.allowAnySHA1InWant true &&
		git -C "$server" config uploadpack.allowFilter true && git -C "$server" symbolic-ref HEAD refs/heads/main || return
	rm -rf "$scratch/author" && git init -q "$scratch/author" "$@" && cd "$scratch/author" &&
		git symbolic-ref HEAD refs/heads/main && git remote add origin "$url" && template . && mkdir news &&
		echo 'timezone: UTC' >.sdi.yaml || return
	for day in 1 2 3 4 5; do
		write "2026010$day" "記事$day" || return
	done
	# An old slip, in a file that the change touches.
	sed -i 's/^- 要約/- 要訳/' news/20260101.md
	commit start && git checkout -qb topic && echo '- 追記' >>news/20260101.md && commit one &&
		git mv news/20260103.md news/20260113.md && git rm -q news/20260104.md && write 20260110 新しい記事 && commit two &&
		git checkout -q main && sed -i '/要約/,/一行/d' news/20260102.md && commit others &&
		git checkout -q topic && write 20260111 次の記事 && commit three &&
		git checkout -q --detach main && git merge -q --no-ff -m trial topic &&
		git push -q origin main topic "HEAD:refs/pull/7/merge" topic:refs/pull/7/head || return
	git checkout -q main && echo '- 追記' >>news/20260105.md && commit later && git push -q origin main
}

oid() {
	git -C "$server" rev-parse --verify "$1"
}

# As actions/checkout does it. $1: the folder, $2: the depth, 0: everything; $3: a ref of the server; more: options of fetch
clone() {
	into=$1 depth=$2 ref=$3
	shift 3
	rm -rf "$into" && git init -q "$into" "--object-format=${format:-sha1}" && cd "$into" &&
		git remote add origin "$url" || return
	if [ "$depth" -eq 0 ]; then
		git fetch -q "$@" --no-recurse-submodules origin '+refs/heads/*:refs/remotes/origin/*' || return
	else
		set -- --depth="$depth" "$@"
	fi
	git fetch -q --no-tags --no-recurse-submodules "$@" origin "+$(oid "$ref"):refs/remotes/${ref#refs/}" &&
		git checkout -q --force --detach "refs/remotes/${ref#refs/}"
}

# Runs sdi in a job of the pull request 7; $pull is what its event says.
github() {
	printf '%s' "${event-$(printf '{"pull_request": {"head": {"sha": "%s"}}}' "$(oid refs/pull/7/head)")}" >"$scratch/event"
	env GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/7/merge GITHUB_BASE_REF=main \
		GITHUB_HEAD_REF='$(touch pwned) --fetch' GITHUB_SHA="$(oid refs/pull/7/merge)" GITHUB_EVENT_PATH="$scratch/event" "$@"
}

looked_at="--output-format concise --all-lines --select trailing-space"
the_pull='20260101 20260110 20260111 20260113'

# What was looked at is $1; the rest is a command that runs sdi ci.
looks_at() {
	files=$1
	shift
	# shellcheck disable=SC2086 # words
	check_exit 0 "$@" $looked_at && [ "$(sed 's/^news\/\(.*\)\.md:1:.*/\1/' "$out" | tr '\n' ' ')" = "${files:+$files }" ] && return
	cat "$out" "$err"
	return 1
}

# No base, no check: exit code 2, and what to do. $1: the command that brings the base; the rest runs sdi ci
lacks() {
	command=$1
	shift
	check_exit 2 "$@" && [ ! -s "$out" ] && said "cannot find the base of this change" && said "$command " &&
		said '`sdi ci --fetch` does this' && said '`sdi lint`, which looks at all files'
}

# ---- GitHub ----

trial_merge() (
	clone "$scratch/clone" "$1" refs/pull/7/merge && looks_at "$the_pull" github "$SDI" ci &&
		said "base: $(oid main~1 | cut -c 1-12) (the first parent of the merge commit); 4 files changed" && said ' in 4 of 4 files'
)

shallow_trial_merge() (
	clone "$scratch/clone" 1 refs/pull/7/merge && lacks "git fetch --no-tags --no-recurse-submodules --depth=1 origin $(oid main~1)" github "$SDI" ci &&
		said 'the clone is shallow' && said '`fetch-depth: 2`' && [ "$(git rev-list --all --count)" -eq 1 ] &&
		looks_at "$the_pull" github "$SDI" ci --fetch
)

without_event() (
	clone "$scratch/clone" 2 refs/pull/7/merge && event='{"pull_request"' && looks_at "$the_pull" github "$SDI" ci &&
		event='' && looks_at "$the_pull" github "$SDI" ci && looks_at "$the_pull" github env -u GITHUB_EVENT_PATH "$SDI" ci
)

head_commit() (
	clone "$scratch/clone" 0 refs/pull/7/head && looks_at "$the_pull" github "$SDI" ci &&
		said 'where HEAD left the branch that GITHUB_BASE_REF names' &&
		clone "$scratch/clone" 2 refs/pull/7/head &&
		lacks "git fetch --no-tags --no-recurse-submodules --unshallow origin +refs/heads/main:refs/remotes/origin/main" github "$SDI" ci &&
		said '`fetch-depth: 0`' && looks_at "$the_pull" github "$SDI" ci --fetch
)

whole_without_base() (
	rm -rf "$scratch/clone" && git init -q "$scratch/clone" && cd "$scratch/clone" && git remote add origin "$url" &&
		git fetch -q origin refs/pull/7/head && git checkout -q FETCH_HEAD &&
		lacks "git fetch --no-tags --no-recurse-submodules origin +refs/heads/main:refs/remotes/origin/main" github "$SDI" ci &&
		looks_at "$the_pull" github "$SDI" ci --fetch && [ "$(git rev-parse --is-shallow-repository)" = false ]
)

# The proposed commit is itself a merge: what it took from main is not the change's.
own_merge() (
	cd "$scratch/author" && git checkout -q --detach topic && git merge -q -m 'main into topic' main &&
		git push -q origin HEAD:refs/pull/8/head && clone "$scratch/clone" 0 refs/pull/8/head &&
		event=$(printf '{"pull_request": {"head": {"sha": "%s"}}}' "$(oid refs/pull/8/head)") &&
		looks_at "$the_pull" github GITHUB_SHA="$(oid refs/pull/8/head)" GITHUB_REF=refs/pull/8/head "$SDI" ci
)

# $1: the event, $2: its payload, $3: what is looked at
on_event() (
	event=$2
	looks_at "$3" github GITHUB_REF=refs/heads/main GITHUB_SHA="$(oid main)" GITHUB_EVENT_NAME="$1" "$SDI" ci
)

all='20260101 20260102 20260103 20260104 20260105'

pushes() (
	clone "$scratch/clone" 0 refs/heads/main && on_event push "{\"before\": \"$(oid main~2)\"}" '20260102 20260105' &&
		said "base: $(oid main~2 | cut -c 1-12) (the commit before the push); 2 files changed" &&
		on_event push "{\"before\": \"$zeros\"}" "$all" && said 'base: none (nothing was there before); all files' &&
		on_event push "{\"before\": \"$(oid main | tr 0-9a-f 1-9a-f0)\"}" "$all" && said 'so all files are looked at; actions/checkout with `fetch-depth: 0` or --fetch' &&
		on_event schedule '{}' "$all" && said 'base: none (the event is no change)' &&
		on_event merge_group "{\"merge_group\": {\"base_sha\": \"$(oid main~1)\"}}" 20260105 &&
		clone "$scratch/clone" 1 refs/heads/main && on_event push "{\"before\": \"$(oid main~2)\"}" "$all" &&
		event="{\"before\": \"$(oid main~2)\"}" &&
		looks_at '20260102 20260105' github GITHUB_EVENT_NAME=push "$SDI" ci --fetch
)

# What a forced push dropped is in no clone; the server may have it still.
forced_push() (
	cd "$scratch/author" && git checkout -q --detach main~1 && write 20260106 捨てた記事 && commit dropped && dropped=$(git rev-parse HEAD) &&
		git push -q origin HEAD:refs/heads/forced && git checkout -q --detach main && write 20260107 残した記事 && commit kept &&
		git push -q -f origin HEAD:refs/heads/forced && clone "$scratch/clone" 0 refs/heads/forced &&
		event="{\"before\": \"$dropped\"}" && looks_at "$all 20260107" github GITHUB_EVENT_NAME=push "$SDI" ci &&
		looks_at '20260105 20260107' github GITHUB_EVENT_NAME=push "$SDI" ci --fetch && [ "$(git rev-parse --is-shallow-repository)" = false ]
)

# $1: what is said; the rest: settings
refused() (
	text=$1
	shift
	check_exit 2 github "$@" "$SDI" ci && [ ! -s "$out" ] && said "$text"
)

refusals() (
	clone "$scratch/clone" 0 refs/heads/main && refused 'use `on: pull_request`' GITHUB_EVENT_NAME=pull_request_target &&
		event='{' && refused 'no JSON at line 1' GITHUB_EVENT_NAME=push && event='[1, "a"]' &&
		refused 'it has no such commit' GITHUB_EVENT_NAME=push && event='{"before": "--upload-pack=touch pwned"}' &&
		refused 'does not name it' GITHUB_EVENT_NAME=push &&
		refused 'No such file' GITHUB_EVENT_NAME=merge_group GITHUB_EVENT_PATH=/nowhere/event &&
		refused 'GITHUB_EVENT_NAME is not' GITHUB_EVENT_NAME= &&
		refused 'GITHUB_BASE_REF names no branch' GITHUB_BASE_REF= &&
		refused 'GITHUB_BASE_REF names no branch' GITHUB_BASE_REF='--upload-pack=touch pwned' && [ ! -e pwned ]
)

# ---- findings ----

# The change takes a field out: it is missed at the heading, which nobody touched. The old slip is counted.
findings() (
	cd "$scratch/author" && git checkout -q --detach main && sed -i '/要約/,/一行/d' news/20260102.md news/20260103.md &&
		sed -i 's/一行の要約/別の要約/' news/20260101.md && commit nine && git push -q origin HEAD:refs/pull/9/merge &&
		clone "$scratch/clone" 2 refs/pull/9/merge && check_exit 1 sdi ci --base HEAD~1 --output-format concise &&
		[ "$(grep -c ' error ' "$out")" -eq 1 ] && printed 'news/20260103.md:5:6: error missing-field: ' &&
		said 'not of this change' && check_exit 0 sdi ci --base HEAD~1 --fail-on never &&
		check_exit 1 sdi ci --base HEAD~1 --all-lines --output-format concise && printed 'news/20260101.md:8:3: error unknown-field' &&
		check_exit 0 sdi ci --base HEAD~1 news/20260101.md
)

not_the_work_tree() (
	clone "$scratch/clone" 2 refs/pull/7/merge && rm -rf news .sdi && echo 'no: [such' >.sdi.yaml &&
		looks_at "$the_pull" github "$SDI" ci
)

formats() (
	clone "$scratch/clone" 2 refs/pull/9/merge && summary=$scratch/summary && : >"$summary" &&
		check_exit 1 github GITHUB_STEP_SUMMARY="$summary" "$SDI" ci --base HEAD~1 --output sarif="$scratch/sarif" &&
		printed '::error file=news/20260103.md,line=5,' && said 'Found 1 error' && grep -q 'missing-field' "$summary" &&
		jq -e '.runs[0].results | map(select(.level == "error")) | length == 1' "$scratch/sarif" &&
		check_exit 1 github SDI_OUTPUT_FORMAT=concise "$SDI" ci --base HEAD~1 && printed 'news/20260103.md:5:6: error' &&
		check_exit 1 github SDI_OUTPUT_FORMAT=concise "$SDI" ci --base HEAD~1 --output-format json && jq -e .version "$out" &&
		check_exit 1 env GITLAB_CI=true "$SDI" ci --base HEAD~1 --output gitlab="$scratch/gitlab" && printed '5 | #### 記事3' &&
		jq -e 'map(select(.check_name == "missing-field")) | length == 1' "$scratch/gitlab"
)

# ---- what nobody should propose ----

# What the runner of GitHub takes for a command, but for our own annotations.
forges() {
	LC_ALL=C.UTF-8 grep -avE '^::(error|warning|notice) (file=[^:,]*,line=[0-9]+,endLine=[0-9]+(,col=[0-9]+,endColumn=[0-9]+)?,)?title=[a-z-]+::' \
		"$1" | grep -aE '^[[:space:]]*::|##\[' || LC_ALL=C grep -an "$(printf '[\001-\010\013-\037\177]')" "$1"
}

harmless() {
	! forges "$out" && ! forges "$err" && [ ! -e pwned ] && [ ! -e "$scratch/author/pwned" ]
}

# Proposes what is in the author's work tree.
propose() {
	commit "$(printf '::error::x\n\n::set-env name=A::b')" && git push -q -f origin HEAD:refs/pull/11/merge &&
		clone "$scratch/clone" 2 refs/pull/11/merge
}

on_main() {
	cd "$scratch/author" && git checkout -q -f --detach main && git clean -qfd
}

hostile_names() (
	on_main && for name in '::error::x' '##[add-mask]x' ' ::error::y' 'a%0A::error::z' '--fetch' '$(touch pwned)' \
		"$(printf 'a\n::error::b')" "$(printf 'a\r##[error]\033[31mb')" "$(printf '\223\372')"; do
		mkdir -- "$name" && printf '# ::error::x ##[error]y\n\t::error::v ##[add-mask]x \n' >"./$name/20260120.md" || return
	done
	propose && for format in github full concise json sarif gitlab rdjson rdjsonl junit; do
		check_exit 1 github "$SDI" ci --base HEAD~1 --output-format "$format" && harmless || return
	done
	check_exit 1 github "$SDI" ci --base HEAD~1 --select misplaced-digest && [ "$(grep -c '^::error .*title=misplaced-digest::' "$out")" -eq 9 ]
)

# $1: the exit code, $2: a file, $3: its text, which is told of harmlessly
hostile_file() {
	on_main && write 20260121 題 && printf '%b' "$3" >"$2" && propose && check_exit "$1" github "$SDI" ci --base HEAD~1 && harmless && return
	printf '%b\n' "$3"
	cat "$out" "$err"
	return 1
}

hostile_files() (
	hostile_file 2 .sdi.yaml '"\\n::error::x": 1\n' && hostile_file 2 .sdi.yaml 'baseline: "\\n::error::x\\n##[error]y"\n' &&
		hostile_file 2 .sdi.yaml 'baseline: ../../../etc/passwd\n' && hostile_file 2 .sdi.yaml 'a: [\n::error::x ##[error]y\n' &&
		hostile_file 2 .sdi.yaml 'select: ["\\r\\n::error::x"]\n' && hostile_file 2 .sdi.yaml 'templates: "\\n::error::x"\n' &&
		hostile_file 1 .sdi/templates/day.md '---\npath: "\\n::error::x/{yyyyMMdd}.md"\n---\n# ::error::x <!-- sdi: ##[error]x -->\n'
)

# $1: where a link leads that is in a digest's place
hostile_link() {
	on_main && ln -s "$1" news/20260121.md && propose && check_exit 2 github "$SDI" ci --base HEAD~1 && harmless &&
		! grep -q top-secret "$out" "$err"
}

hostile_links() (
	echo top-secret >"$scratch/20260101.md" && hostile_link "$scratch/20260101.md" && hostile_link ../../20260101.md &&
		said 'leads out of the work tree'
)

# A report goes to where it was sent, whatever is proposed.
reports_stay() (
	on_main && echo mine >"$scratch/mine" && ln -s "$scratch/mine" report && ln -s .. folder && ln -s .git/config inside &&
		ln -s "$scratch/none" nowhere && mkdir -p "$scratch/deep/er" && ln -s "$scratch/deep/er" deep && propose &&
		for file in report folder/mine inside nowhere deep/../none; do
		check_exit 2 github "$SDI" ci --base HEAD~1 --output sarif="$file" && said 'is a link of the repository' || return
	done
	[ "$(cat "$scratch/mine")" = mine ] && [ ! -e "$scratch/none" ] && [ ! -e "$scratch/deep/none" ] &&
		check_exit 2 sdi lint --output sarif=nowhere && check_exit 2 sdi lint --output sarif=report && [ ! -e "$scratch/none" ] && check_exit 0 sdi ci --base HEAD~1 --output sarif=fresh && [ -s fresh ]
)

# Drivers that the user has set up are not run because others name them.
no_program() (
	on_main && echo '*.md diff=evil filter=evil merge=evil' >.gitattributes && write 20260121 題 && propose || return
	for key in diff.evil.command diff.evil.textconv filter.evil.smudge filter.evil.clean; do
		git config "$key" 'touch pwned' || return
	done
	check_exit 0 github "$SDI" ci --base HEAD~1 && harmless &&
		check_exit 0 github GIT_CONFIG_COUNT=0 "$SDI" ci --base HEAD~1 && harmless
)

# A folder that looks like a repository, with a history and a config of its own.
embedded() (
	on_main && git clone -q --bare . inner && git -C inner branch keep && git -C inner config core.fsmonitor 'touch pwned' && propose && cd inner &&
		check_exit 2 github "$SDI" ci --base HEAD && said 'does not trust it' && check_exit 2 github "$SDI" ci --base HEAD --fetch && harmless
)

branch_names() (
	clone "$scratch/clone" 1 refs/pull/7/head && name="it's\$(touch\${IFS}pwned)" && check_exit 2 github GITHUB_BASE_REF="$name" "$SDI" ci &&
		said "origin '+refs/heads/it'\\''s\$(touch\${IFS}pwned):refs/remotes/" && harmless &&
		check_exit 2 github GITHUB_BASE_REF="$name" "$SDI" ci --fetch && harmless || return
	for name in "$(printf 'a\n::error::x')" 'a b' '-x' 'a..b' 'a:b' 'x^{/a}' '@{u}' '/a' 'a/'; do
		check_exit 2 github GITHUB_BASE_REF="$name" "$SDI" ci --fetch && said 'names no branch' && harmless || return
	done
	check_exit 2 github "$SDI" ci --base "$(printf 'a\n::error::x')" && harmless &&
		check_exit 2 github "$SDI" ci --head "$(printf '::error::x ##[error]')" && harmless
)

# ---- GitLab ----

gitlab() {
	env GITLAB_CI=true CI_MERGE_REQUEST_IID=7 CI_COMMIT_BEFORE_SHA="$zeros" "$@"
}

merge_request() (
	base=$(git -C "$scratch/author" merge-base main topic) && clone "$scratch/clone" 20 refs/pull/7/head &&
		looks_at "$the_pull" gitlab CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" "$SDI" ci && said CI_MERGE_REQUEST_DIFF_BASE_SHA &&
		clone "$scratch/clone" 1 refs/pull/7/head &&
		lacks "git fetch --no-tags --no-recurse-submodules --depth=1 origin $base" gitlab CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" "$SDI" ci &&
		said 'GIT_DEPTH: 0' && looks_at "$the_pull" gitlab CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" "$SDI" ci --fetch &&
		check_exit 2 gitlab "$SDI" ci && said 'CI_MERGE_REQUEST_DIFF_BASE_SHA is no commit'
)

merged_result() (
	base=$(git -C "$scratch/author" merge-base main topic)
	clone "$scratch/clone" 2 refs/pull/7/merge &&
		looks_at "$the_pull" gitlab CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" CI_MERGE_REQUEST_TARGET_BRANCH_SHA="$(oid main~1)" "$SDI" ci
)

branch_pipeline() (
	clone "$scratch/clone" 0 refs/heads/main &&
		looks_at '20260102 20260105' env GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$(oid main~2)" "$SDI" ci &&
		looks_at "$all" env GITLAB_CI=true CI_COMMIT_BEFORE_SHA="$zeros" "$SDI" ci
)

# ---- elsewhere ----

gitea() (
	clone "$scratch/clone" 0 refs/pull/7/head &&
		looks_at "$the_pull" github GITEA_ACTIONS=true GITHUB_SHA="$(oid refs/pull/7/head)" GITHUB_REF=refs/pull/7/head "$SDI" ci
)

local_branch() (
	rm -rf "$scratch/clone" && git clone -q "$url" "$scratch/clone" && cd "$scratch/clone" && git checkout -qb mine origin/topic &&
		looks_at '' sdi ci && said '(where HEAD left @{upstream}); 0 files changed' && said '0 files checked' &&
		git branch -q --unset-upstream && looks_at "$the_pull" sdi ci && said 'refs/remotes/origin/HEAD' &&
		git remote set-head origin -d && looks_at "$the_pull" sdi ci && said 'refs/remotes/origin/main' &&
		looks_at '20260111' sdi ci --base HEAD~1 && looks_at 20260105 sdi ci --base origin/main~1 --head origin/main &&
		looks_at 20260111 env SDI_BASE=HEAD~1 PRE_COMMIT_FROM_REF=nothing "$SDI" ci &&
		looks_at '20260101 20260110 20260113' env PRE_COMMIT_FROM_REF=origin/main PRE_COMMIT_TO_REF=mine~1 "$SDI" ci &&
		git remote remove origin && check_exit 2 sdi ci && said 'HEAD has no upstream' && check_exit 2 sdi ci --base nothing &&
		said '`nothing` names no commit' && check_exit 2 sdi ci --base=--all && said 'is no revision' &&
		check_exit 2 sdi ci --staged && said 'unknown option' && check_exit 2 sdi ci - && said 'in no repository'
)

no_repository() (
	mkdir "$scratch/none" && cd "$scratch/none" && check_exit 2 sdi ci && said 'sdi: ' && git init -q . && check_exit 2 sdi ci
)

# Texts outside of the cone were not fetched; without --fetch they stay where they are.
partial() (
	clone "$scratch/clone" 2 refs/pull/7/merge --filter=blob:none && git config remote.origin.promisor true &&
		git config remote.origin.partialclonefilter blob:none && git config core.repositoryformatversion 1 &&
		git config extensions.partialClone origin && looks_at "$the_pull" github "$SDI" ci --fetch
)

sparse() (
	rm -rf "$scratch/clone" && git clone -q --sparse --filter=blob:none --branch topic "$url" "$scratch/clone" &&
		cd "$scratch/clone" && [ ! -e news ] && check_exit 2 sdi ci --base origin/main && said '--fetch' &&
		looks_at "$the_pull" sdi ci --base origin/main --fetch && [ ! -e news ]
)

sha256() (
	server=$scratch/sha256.git url=file://$scratch/sha256.git format=sha256 && make_server --object-format=sha256 &&
		trial_merge 2 && shallow_trial_merge && head_commit
)

check 'a server' eval '(make_server)'
check 'the trial merge of a pull request, two commits deep' trial_merge 2
check 'the same of a whole clone' trial_merge 0
check 'one commit deep: the base is named, and fetched where that is wished' shallow_trial_merge
check 'without the file of the event' without_event
check 'the proposed commit itself' head_commit
check 'a whole clone without the base is not cut off' whole_without_base
check 'a proposed commit that is a merge' own_merge
check 'pushes, schedules and merge groups' pushes
check 'a forced push' forced_push
check 'refusals' refusals
check 'findings: only what the change made' findings
check 'neither texts nor config are of the work tree' not_the_work_tree
check 'formats' formats
check 'hostile names' hostile_names
check 'hostile configs and templates' hostile_files
check 'digests that are links out' hostile_links
check 'reports are not written through links' reports_stay
check 'no program is run' no_program
check 'a repository that a pull request brings' embedded
check 'hostile names of branches' branch_names
check 'a merge request of GitLab' merge_request
check 'a merged result of GitLab' merged_result
check 'a branch pipeline of GitLab' branch_pipeline
check 'a pull request of Gitea' gitea
check 'a branch of one'\''s own' local_branch
check 'no repository, no commit' no_repository
check 'a partial clone' partial
check 'a sparse one' sparse
check 'SHA-256' sha256

finish
