#!/bin/sh
# sdi fix: what is put right, what is shown, what is said, and what is left.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2094,SC2317
. "$(dirname "$0")/lib.sh"

# A digest with three slips that have a safe fix, one that has none, and one with an unsafe fix. In folder $1.
slips() (
	project "$1" && template "$1" && mkdir -p "$1/news" && cat >"$1/news/20261122.md" <<'EOT'
# Daily

### ニュース

#### 記事の題名
https://example.com/news/1

- 要約 
   - 一行の要約
   - ２０２６年の話

#### 次の記事
https://example.com/news/1

- 要約
    - 別の要約



### メモ
N/A
EOT
)

fixed() (
	sed -e 's/要約 $/要約/' -e 's/^   - /    - /' news/20261122.md | cat -s
)

in_place() (
	slips place && cd place && fixed >wanted && chmod 640 news/20261122.md &&
		check_exit 1 sdi fix --output-format concise && cmp wanted news/20261122.md &&
		[ "$(stat -c %a news/20261122.md)" = 640 ] && printed 'error duplicate-entry: ' && ! grep -q trailing-space "$out" &&
		said 'Fixed 3 in 1 file:' && said '     1  list-indent' && said '     1  blank-lines' &&
		said '     1  trailing-space' && [ "$(find . -name '.sdi-*')" = '' ]
)

twice() (
	cd place && cp news/20261122.md before && check_exit 1 sdi fix && cmp before news/20261122.md && said 'Nothing fixed'
)

same_as_lint() (
	cd place && sdi lint --output-format json >"$scratch/lint"
	check_exit 1 sdi fix --output-format json && grep -v '"fixed"' "$out" | sed 's/}, *$/}/' >"$scratch/fix"
	python3 - "$scratch/lint" "$out" <<'EOT'
import json, sys
lint, fix = (json.load(open(path)) for path in sys.argv[1:])
assert fix.pop("fixed") == [], fix
assert lint == fix
EOT
)

fixed_in_json() (
	slips json && cd json && check_exit 1 sdi fix --output-format json && [ ! -s "$err" ] && python3 - "$out" <<'EOT'
import json, sys
fixed = {entry["rule"]: entry["count"] for entry in json.load(open(sys.argv[1]))["fixed"]}
assert fixed == {"blank-lines": 1, "list-indent": 1, "trailing-space": 1}, fixed
EOT
)

nothing_left() (
	project clean && template clean && mkdir clean/news && cd clean && digest | sed 's/要約$/要約 /' >news/20261122.md &&
		check_exit 0 sdi fix && digest | cmp - news/20261122.md && [ ! -s "$out" ] && check_exit 0 sdi fix --quiet &&
		[ ! -s "$err" ]
)

shown() (
	slips diff && cd diff && git init -q . && git add -A && cp news/20261122.md before && fixed >wanted &&
		check_exit 1 sdi fix --diff && cmp before news/20261122.md && said 'Would fix 3 in 1 file:' &&
		printed '--- a/news/20261122.md' && printed '+++ b/news/20261122.md' && git apply --check "$out" && git apply "$out" &&
		cmp wanted news/20261122.md && check_exit 0 sdi fix --diff && [ ! -s "$out" ] && said 'Nothing to fix'
)

shown_from_below() (
	slips below && cd below && git init -q . && fixed >wanted && cd news && check_exit 1 sdi fix --diff . &&
		git apply "$out" && cmp ../wanted 20261122.md
)

patched() (
	slips patch && cd patch && fixed >wanted && sdi fix --diff -q >../patch.diff 2>/dev/null
	patch -s -p1 <../patch.diff && cmp wanted news/20261122.md
)

coloured() (
	slips colour && cd colour && check_exit 1 sdi fix --diff --color always && printed "$(printf '\033[31m-- 要約 \033[0m')" &&
		printed "$(printf '\033[32m+- 要約\033[0m')" && printed "$(printf '\033[1m--- a/')" && printed "$(printf '\033[36m@@ ')" &&
		NO_COLOR=1 check_exit 1 sdi fix --diff && ! grep -q "$(printf '\033')" "$out"
)

# Beside a diff reports go to files.
shown_and_reported() (
	slips both && cd both && check_exit 1 sdi fix --diff --output json=left.json && printed '+++ b/' && ! printed duplicate-entry &&
		grep -q '"rule": "duplicate-entry", "severity"' left.json && ! grep -q '"rule": "list-indent", "severity"' left.json
)

# What a digest holds gives no orders to a terminal; a diff for programs has every byte.
escaped() (
	project escape && template escape && mkdir escape/news && cd escape &&
		digest | sed "s/一行の要約/$(printf '\033[31m')赤 /" >news/20261122.md && sdi fix --diff --color always >"$out" 2>/dev/null
	grep -qF 'x1b[31m赤' "$out" && sdi fix --diff >"$out" 2>/dev/null
	grep -qF "$(printf '\033[31m')赤" "$out"
)

unsafe() (
	slips unsafe && cd unsafe && check_exit 1 sdi fix --unsafe && grep -q '    - 2026年の話' news/20261122.md &&
		said '     1  fullwidth-alphanumeric'
)

selected() (
	slips select && cd select && check_exit 0 sdi fix --select trailing-space,duplicate-date && said 'Fixed 1 in 1 file:' &&
		grep -q '^   - 一行' news/20261122.md && ! grep -q ' $' news/20261122.md && [ ! -s "$out" ]
)

# The fix of one rule would add a finding of another that is not asked about; so it is not made.
watched() (
	project watch 'rules:\n  preferred-term:\n    terms: {要点: "the the"}\n' && template watch && mkdir watch/news && cd watch &&
		digest | sed 's/一行の要約/ここが 要点 である/' >news/20261122.md && cp news/20261122.md before &&
		check_exit 0 sdi fix --output-format concise --select preferred-term && cmp before news/20261122.md &&
		said 'news/20261122.md:9:11: the fix of preferred-term is left out: it would raise repeated-word' &&
		printed ' warning preferred-term: ' && ! grep -q repeated-word "$out"
)

ignored() (
	slips ignore && cd ignore && check_exit 1 sdi fix --ignore list-indent && grep -q '^   - 一行' news/20261122.md &&
		! grep -q ' $' news/20261122.md
)

suppressed() (
	project comment && template comment && mkdir comment/news && cd comment && digest |
		sed 's|    - 一行の要約|    <!-- sdi-ignore trailing-space: 原文のまま -->\n    - 一行の要約 |' >news/20261122.md &&
		cp news/20261122.md before && check_exit 0 sdi fix && cmp before news/20261122.md
)

# ---- standard input ----

document() (
	slips stdin && cd stdin && fixed >wanted && check_exit 1 sdi fix --stdin-filename news/20261122.md - <news/20261122.md &&
		cmp wanted "$out" && said 'error duplicate-entry: ' && said 'Fixed 3 in 1 file:' && ! cmp -s wanted news/20261122.md
)

document_as_it_is() (
	project as && template as && mkdir as/news && cd as && printf '# \377\n' >bad && digest >good || exit
	for text in bad good; do
		sdi fix --stdin-filename news/20261122.md - <"$text" >"$out" 2>"$err"
		[ $? -lt 2 ] && cmp "$text" "$out" || exit
	done
	head -c 3000000 /dev/zero | tr '\0' x >large && check_exit 2 sdi fix - <large && [ ! -s "$out" ] && said 'too large'
)

document_diff() (
	cd stdin && check_exit 1 sdi fix --diff --stdin-filename news/20261122.md - <news/20261122.md &&
		printed '--- a/news/20261122.md' && printed '+- 要約'
)

document_alone() (
	check_exit 2 sdi fix - . </dev/null && said '`-` stands alone' && [ ! -s "$out" ]
)

# ---- --add-ignore ----

taken_over() (
	slips over && cd over && check_exit 0 sdi fix --add-ignore '受け継いだもの' && said 'Suppressed: ' && [ ! -s "$out" ] &&
		grep -q '^<!-- sdi-ignore duplicate-entry: 受け継いだもの -->$' news/20261122.md &&
		grep -q '^    <!-- sdi-ignore fullwidth-alphanumeric: 受け継いだもの -->$' news/20261122.md &&
		grep -A1 duplicate-entry news/20261122.md | tail -n 1 | grep -q '^#### 次の記事' &&
		check_exit 0 sdi lint && cp news/20261122.md before && check_exit 0 sdi fix --add-ignore '受け継いだもの' &&
		cmp before news/20261122.md
)

# What stands in no block that a comment could stand above.
whole_file() (
	project whole && template whole && mkdir whole/news && cd whole && digest | sed '/要約$/,$d' >news/20261122.md &&
		printf '### 知らないもの\n\n```\nコード\n' >>news/20261122.md && sdi fix --add-ignore 'x' >"$out" 2>"$err"
	check_exit 0 sdi lint
)

# What was not written was not suppressed either.
taken_over_in_vain() (
	slips vain && cd vain && mv news/20261122.md text && ln -s ../text news/20261122.md && cp text before &&
		check_exit 2 sdi fix --add-ignore 'x' && said 'symbolic link' && ! said Suppressed && said 'Nothing fixed' &&
		cmp before text && printed duplicate-entry
)

bad_reasons() (
	for reason in ' ' 'a -- b' "$(printf 'a\nb')" 'a-' "$(printf 'a\033b')"; do
		check_exit 2 sdi fix --add-ignore "$reason" && said '--add-ignore takes a reason' || exit
	done
	check_exit 2 sdi fix --add-ignore '' && said 'not empty'
)

# ---- what cannot be ----

# Two rules that undo one another.
fighting() (
	project fight 'rules:\n  preferred-term:\n    terms: {サーバー: ｻｰﾊﾞｰ}\n' && cd fight &&
		printf '# Daily\n\nサーバーが止まる \n' >2026-11-22.md && cp 2026-11-22.md before &&
		check_exit 2 sdi fix --select preferred-term,halfwidth-kana,trailing-space && cmp before 2026-11-22.md &&
		said '2026-11-22.md: left as it is: fixes undo one another: halfwidth-kana, preferred-term' &&
		check_exit 2 sdi fix --diff --select preferred-term,halfwidth-kana && [ ! -s "$out" ]
)

# Others are fixed all the same.
fighting_alone() (
	cd fight && printf '# Daily\n\n文 \n' >2026-11-23.md && check_exit 2 sdi fix --select preferred-term,halfwidth-kana,trailing-space &&
		printf '# Daily\n\n文\n' | cmp - 2026-11-23.md
)

not_there() (
	check_exit 2 sdi fix nowhere.md && said 'cannot find `nowhere.md`' && check_exit 2 sdi fix --diff nowhere.md
)

no_digests() (
	mkdir none && check_exit 0 sdi fix none && said '0 files checked'
)

templates_stay() (
	slips stay && cd stay && printf '\n \n' >>.sdi/templates/day.md && cp .sdi/templates/day.md before && sdi fix >"$out" 2>"$err"
	cmp before .sdi/templates/day.md
)

baselined() (
	slips base && cd base && sdi lint -q --write-baseline known >"$out" 2>&1 && check_exit 0 sdi fix --baseline known &&
		said 'Fixed 3 in 1 file:' && [ ! -s "$out" ]
)

japanese() (
	slips ja && cd ja && check_exit 1 sdi fix --lang ja && said '1ファイル' && said 'list-indent'
)

check 'fixes are made in the file, the rest is reported' in_place
check 'twice is once' twice
check 'what is left is reported as lint does' same_as_lint
check 'JSON has what was fixed' fixed_in_json
check 'nothing left' nothing_left
check 'a diff, which git applies' shown
check 'a diff from a folder below' shown_from_below
check 'a diff, which patch applies' patched
check 'a coloured diff' coloured
check 'a diff, and a report in a file' shown_and_reported
check 'a diff on a terminal gives no orders' escaped
check 'unsafe fixes' unsafe
check 'selected rules only' selected
check 'rules that are not asked about are watched' watched
check 'all but ignored rules' ignored
check 'what is suppressed stays' suppressed
check 'standard input to standard output' document
check 'what cannot be fixed comes out as it is' document_as_it_is
check 'a diff of standard input' document_diff
check 'standard input stands alone' document_alone
check 'suppressions for what is left' taken_over
check 'suppressions for the whole file' whole_file
check 'suppressions that could not be written' taken_over_in_vain
check 'reasons that do not fit into a comment' bad_reasons
check 'rules that undo one another' fighting
check 'others go on beside them' fighting_alone
check 'a path that is not there' not_there
check 'no digests' no_digests
check 'templates are left alone' templates_stay
check 'with a baseline' baselined
check 'in Japanese' japanese
finish
