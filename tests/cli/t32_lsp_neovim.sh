#!/bin/sh
# A real editor, Neovim, and the language server.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

command -v nvim >/dev/null || skip 'Neovim is not installed'

news() {
	project . && mkdir -p .sdi/templates && cat >.sdi/templates/day.md <<'EOF' &&
---
path: "{yyyyMMdd}.md"
---
# Daily

### ニュース <!-- sdi: entries -->

#### {title}
{url}

- 要約
    - {text}
- 推奨事項
    - 推奨事項なし
- その他 <!-- sdi: optional -->
    - なし
- 追記 <!-- sdi: optional -->
EOF
		cat >20260101.md <<'EOF'
# Daily

### ニュース

#### 𠮷野家の記事😀 
https://example.com/news/1?utm_source=x

- 要約
    - 一行の要約
- 推奨事もも
    - 推奨事項なし
EOF
}

neovim() {
	HOME=$trash XDG_RUNTIME_DIR=$trash timeout 120 nvim --clean --headless -n \
		-S "$SDI_SOURCE_DIR/tests/cli/lsp_neovim.lua" 20260101.md
}

edits() {
	news && check_exit 0 neovim || return
	cat "$err" >>"$out"
	echo >>"$out" && tr -d '\r' <"$out" >"$scratch/seen"
	printf '%s\n' 'rare-kanji tracking-parameter trailing-space unknown-field' 'rename it to `推奨事項`' \
		'ニュース > 𠮷野家の記事😀 > 推奨事項' 'その他 追記' >"$scratch/expected"
	diff -u "$scratch/expected" "$scratch/seen"
}

check 'diagnostics, code actions, outline and completion in Neovim' edits
finish
