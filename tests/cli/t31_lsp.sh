#!/bin/sh
# The language server: what an editor is told is what `sdi lint` and `sdi fix` say of the same text.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

editor() {
	python3 "$SDI_SOURCE_DIR/tests/cli/lsp.py" "$@"
}

# A project with one digest that is written by its template; $1: its folder.
news() {
	project "$1" && mkdir -p "$1/.sdi/templates" "$1/news" && cat >"$1/.sdi/templates/day.md" <<'EOF' &&
---
path: "news/{yyyyMMdd}.md"
---
# Daily

### Tools <!-- sdi: optional -->
N/A

### ニュース <!-- sdi: entries -->

#### {title}
{url}

- 要約 <!-- sdi: max-items=5 -->
    - {text}
- 推奨事項
    - 推奨事項なし
- その他 <!-- sdi: optional -->
    - なし
- 追記 <!-- sdi: optional -->

### メモ
N/A
EOF
		cat >"$1/news/20260101.md" <<'EOF'
# Daily

### ニュース

#### 記事の題名
https://example.com/news/1

- 要約
    - 一行の要約
- 推奨事項
    - なし

### メモ
N/A
EOF
}

commit() {
	git init -q && git add -A && git commit -qm digests
}

# Digests of the built-in template, with what an author gets wrong; $1: how many.
slips() {
	for day in $(seq -f %02g "$1"); do
		sdi new "2026-03-$day" >"$scratch/new" && cat >>"$(cat "$scratch/new")" <<EOF || return

#### 𠮷野家の記事 😀 $day
https://example.com/news/$day?utm_source=x

- 要約
    - ｱｲｳ、か゛き゛ CVE‐2026-1234 
- IOCの列挙
    - http://evil$day.example.org/x,URL,知られていない,C2、配布,NA(IP以外)
    - 1.2.3.4,FQDN,知られていない,C2,グローバル
- 推奨事もも
- その他
	- なし
EOF
	done
}

life() (
	mkdir life && cd life && project . && editor life
)

params() (
	mkdir params && cd params && project . && editor params
)

changes() {
	(cd author && editor changes news/20260101.md)
}

hostile() (
	mkdir hostile && cd hostile && project . && editor hostile
)

deaf() {
	editor deaf
}

orphan() {
	editor orphan
}

config() (
	news config && cd config && sed -i 's/    - なし/    - 推奨事項なし/' news/20260101.md && commit && editor config .
)

author() {
	news author && (cd author && editor author news/20260101.md)
}

made() {
	project made && (cd made && slips 9 && commit)
}

findings() {
	(cd made && editor lint 2026/03/*.md)
}

fixes() {
	(cd made && editor fix 2026/03/*.md)
}

ignores() {
	(cd made && editor ignore 2026/03/2026-03-01.md)
}

plain() {
	(cd made && editor plain 2026/03/2026-03-04.md)
}

burst() {
	(cd made && editor burst 2026/03/2026-03-02.md)
}

keys() {
	(cd made && editor type 2026/03/2026-03-10.md 2026/03/2026-03-03.md)
}

writes_nothing() {
	(cd made && git status --porcelain >"$out") && [ ! -s "$out" ]
}

real() (
	mkdir real && cp -R "$SDI_SHARED/digests/." real && chmod -R u+w real && cd real && project . && commit &&
		find . -name '*.md' | sort | awk 'NR % 45 == 3' >"$scratch/some" &&
		xargs "$(command -v python3)" "$SDI_SOURCE_DIR/tests/cli/lsp.py" lint <"$scratch/some" &&
		xargs "$(command -v python3)" "$SDI_SOURCE_DIR/tests/cli/lsp.py" fix <"$scratch/some" 2>/dev/null
)

real_keys() {
	(cd real && editor type 2026_01-03/20260401.md 2026_01-03/20260325.md 1000 0.7)
}

check 'requests, notifications, and the order of things' life
check 'requests that do not say what about' params
check 'messages that are none' hostile
check 'an editor that does not read' deaf
check 'an editor that was killed' orphan
check 'config, templates and other digests are those on disk' config
check 'completion, outline, explanations' author
check 'changes that are none' changes
check 'digests with slips' made
check 'diagnostics are the findings of lint' findings
check 'code actions make what fix makes' fixes
check 'a comment with a reason takes a finding away' ignores
check 'an editor that can do little' plain
check 'changes that come at once are answered once' burst
check 'a digest is typed key by key' keys
grep p99 "$scratch/log" | sed 's/^/# /'
check 'nothing is written' writes_nothing
if [ -d "$SDI_SHARED/digests" ]; then
	check 'real digests' real
	check 'a real digest is typed in its archive' real_keys
	grep p99 "$scratch/log" | sed 's/^/# /'
fi
finish
