#!/bin/sh
# sdi init: a config and a template, never over what is there.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1010,SC2016,SC2086,SC2089,SC2090,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

echo 'leak:libgit2' >>"$scratch/leaks"

# An empty repository in the folder $1.
site() {
	rm -rf "${trash:?}/$1" && mkdir "$trash/$1" && cd "$trash/$1" && git init -q .
}

# $1: a number, $2: how many entries; a digest of another shape than the built-in template's.
example() {
	cat <<'EOF'
# 今日の情報 2031-11-22

## 道具
なし

## 読み物
- [長い記事](https://example.com/long)

## 記事

### 一つ目
https://example.com/news/1

- 概要
  - 一行
- 指標 IOC
  - 指標なし
- 備考
  - なし

### 二つ目
https://example.com/news/2

- 概要
  - 一行
- 指標 IOC
  - hxxps://evil[.]example/a,URL,知られていない,文脈,NA(IP以外)
- 備考
  - 何か
- 追伸
  - 後から

## 終わりに
自由な文章。
EOF
}

begun() (
	site a && check_exit 0 sdi init && [ "$(cat "$out")" = '.sdi/templates/daily.md
.sdi.yaml' ] && said '`sdi new`' && said 'sdi hook install' && [ ! -e .git/hooks/pre-commit ] && check_exit 0 sdi lint && check_exit 0 sdi new 2031-11-22 && [ "$(cat "$out")" = 2031/11/2031-11-22.md ] &&
		check_exit 1 sdi lint --output-format concise && ! grep -vF ' unfilled-hole: ' "$out"
)

# All keys that there are, and what is commented out is what holds anyway.
all_keys() (
	cd a && sdi config --schema >schema.json && python3 - <<'EOF' && rm schema.json && sdi config --output-format json >before && sed -i 's/^# \([a-z-]*: .*\)/\1/; /^baseline:/d' .sdi.yaml && sdi config --output-format json >after && python3 - <<'EOF2'
import json, re
keys = re.findall(r"^(?:# )?([a-z-]+):", open(".sdi.yaml", encoding="utf-8").read(), re.M)
assert keys == list(json.load(open("schema.json"))["properties"]), keys
EOF
import json
def told(name):
    def bare(x):
        return {k: bare(v) for k, v in x.items() if k not in ("origin", "line", "column", "from", "source")} if isinstance(x, dict) else [bare(v) for v in x] if isinstance(x, list) else x
    settings = bare(json.load(open(name)))
    return json.dumps(settings).replace('"value": "all"', '"value": ["all"]')
assert told("before") == told("after")
EOF2
)

twice() (
	cd a && cp .sdi.yaml keep && check_exit 2 sdi init && said '`.sdi.yaml` is there already' && cmp keep .sdi.yaml && rm .sdi.yaml && echo mine >>.sdi/templates/daily.md && cp .sdi/templates/daily.md keep && check_exit 0 sdi init && said 'daily.md` is there already' &&
		[ "$(cat "$out")" = .sdi.yaml ] && cmp keep .sdi/templates/daily.md && rm .sdi.yaml && sdi new 2031-11-21 && check_exit 2 sdi init --from 2031/11/2031-11-21.md && [ ! -e .sdi.yaml ]
)

# Below the root of the work tree, the files lie at the root.
below() (
	site b && mkdir -p x/y && cd x/y && check_exit 0 sdi init --yes --no-hook && [ -f ../../.sdi.yaml ] && [ ! -e .sdi.yaml ] && cd "$trash" && rm -rf c && mkdir c && cd c && check_exit 0 sdi init && [ -f .sdi.yaml ] && ! said 'hook install'
)

with_hook() (
	site d && check_exit 0 sdi init --yes && [ -x .git/hooks/pre-commit ] && said 'is in force' && site e && check_exit 0 sdi init --hook && [ -x .git/hooks/pre-commit ] && site f && check_exit 0 sdi init --yes --no-hook && [ ! -e .git/hooks/pre-commit ] &&
		site g && mkdir -p .git/hooks && printf '#!/bin/sh\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit && check_exit 1 sdi init --hook && [ -f .sdi.yaml ] && check_exit 2 sdi init --hook --no-hook
)

# $1: files; $2: the pattern that they suggest
suggests() (
	site h && for file in $1; do mkdir -p "$(dirname "$file")" && echo '# x' >"$file"; done && check_exit 0 sdi init && grep -qxF "path: \"$2\"" .sdi/templates/daily.md && check_exit 1 sdi lint --select misplaced-digest,digest-title
)

planted() (
	site i && mkdir "$trash/outside" && ln -s "$trash/outside" .sdi && check_exit 2 sdi init && [ -z "$(ls "$trash/outside")" ] && rm .sdi && ln -s "$trash/nowhere" .sdi.yaml && check_exit 2 sdi init && [ ! -e "$trash/nowhere" ]
)

# ---- the questions ----

# $1: what is typed; sdi sits at a terminal.
typed() {
	PYTHONDONTWRITEBYTECODE=1 python3 "$SDI_SOURCE_DIR/tests/cli/terminal.py" "$1" "$SDI" init
}

asked() (
	site j && check_exit 0 typed 'log/{yyyyMMdd}.md\nEurope/Berlin\nno\n' && printed 'Where do digests lie? [{yyyy}/{MM}/{yyyy-MM-dd}.md]' && grep -qx 'timezone: Europe/Berlin' .sdi.yaml && grep -qxF 'path: "log/{yyyyMMdd}.md"' .sdi/templates/daily.md && [ ! -e .git/hooks/pre-commit ]
)

proposals() (
	site k && check_exit 0 typed '\n\n\n' && grep -qx 'timezone: Asia/Tokyo' .sdi.yaml && [ -x .git/hooks/pre-commit ]
)

corrected() (
	site l && check_exit 0 typed 'log/{yyyy}.md\n../{yyyyMMdd}.md\nlog/{yyyyMMdd}.md\nMars/Base\nUTC\nn\n' && printed 'year, month and day' && printed 'must stay inside' && printed 'no time zone `Mars/Base`' && grep -qx 'timezone: UTC' .sdi.yaml && grep -qF 'log/{yyyyMMdd}' .sdi/templates/daily.md
)

yes_or_no() (
	site k && check_exit 0 typed '\n\nmaybe\nはい\n' && printed '`maybe` is neither yes nor no' && [ -x .git/hooks/pre-commit ] && site k && check_exit 0 typed '\n\nYes please\nいいえ\n' && printed 'neither' && [ ! -e .git/hooks/pre-commit ] && site k && check_exit 0 typed '\n\nY\n' && [ -x .git/hooks/pre-commit ]
)

# The end of what is typed is no answer.
unanswered() (
	site m && check_exit 2 typed '\n\004' && [ ! -e .sdi.yaml ] && [ ! -e .sdi ]
)

# ---- from a digest ----

derived() (
	site n && mkdir log && example >log/20311122.md && check_exit 0 sdi init --from log/20311122.md && said 'optional: in 1 of 2 entries' && said 'field of indicators; empty: 指標なし' && said 'empty: なし (as in other sections)' && cat >wanted <<'EOF' && sed 's/ columns=.*-->/ -->/' .sdi/templates/daily.md | diff wanted - && check_exit 0 sdi lint --select structure,date,meta
---
path: "log/{yyyyMMdd}.md"
---
# 今日の情報 {yyyy-MM-dd}

## 道具
なし

## 読み物 <!-- sdi: links -->
なし

## 記事 <!-- sdi: entries -->

### {title}
{url}

- 概要
  - {text}
- 指標 IOC <!-- sdi: ioc -->
  - 指標なし
- 備考
  - なし
- 追伸 <!-- sdi: optional -->
  - {text}

## 終わりに
なし
EOF
)

# A digest that was begun from what comes out is as one of those before.
goes_on() (
	cd n && check_exit 0 sdi new 2031-11-23 && [ "$(cat "$out")" = log/20311123.md ] && grep -qx '# 今日の情報 2031-11-23' log/20311123.md && check_exit 0 sdi add --date 2031-11-23 --title 三つ目 https://example.com/news/3 &&
		check_exit 1 sdi lint --output-format concise log/20311123.md && ! grep -vF ' unfilled-hole: ' "$out"
)

# The built-in template's own digest gives it back, but for its limits.
round() (
	site o && sdi new 2031-11-22 >/dev/null && check_exit 0 sdi add --date 2031-11-22 --title 題 https://example.com/news/1 && sed -i 's/{text}/一行/' 2031/11/2031-11-22.md && check_exit 0 sdi init --from 2031/11/2031-11-22.md && check_exit 0 sdi lint &&
		sed 's/ <!-- sdi: max-items.*-->//; /optional/d' "$SDI_SOURCE_DIR/templates/daily.md" | diff - .sdi/templates/daily.md
)

slips() (
	site p && mkdir log && example | sed '/二つ目/,$s/^- 概要$/- 概要文/' >log/20311122.md && check_exit 0 sdi init --from log/20311122.md && said 'means the field `概要`' && said 'errors of structure: 1' && ! grep -q 概要文 .sdi/templates/daily.md
)

undated() (
	site q && example >note.md && check_exit 0 sdi init --from note.md && said 'no day in its path' && grep -qxF 'path: "{yyyy}/{MM}/{yyyy-MM-dd}.md"' .sdi/templates/daily.md
)

no_example() (
	site r && printf '# 題\n\n## 一\nなし\n' >20311122.md && check_exit 2 sdi init --from 20311122.md && said 'shows no entry' && echo 'text' >20311122.md && check_exit 2 sdi init --from 20311122.md && said 'no title' && check_exit 2 sdi init --from nothing.md &&
		printf '# \200\n' >20311122.md && check_exit 2 sdi init --from 20311122.md && [ ! -e .sdi ] && [ ! -e .sdi.yaml ] && check_exit 2 sdi init log
)

# Every tenth of the real digests: no error of structure that the digest itself is not to blame for.
real() (
	site s && cp -r "$SDI_SHARED/digests" . && nr=0 clean=0 && for file in $(find digests -name '*.md' | sort | awk 'NR % 10 == 1'); do
		rm -rf .sdi .sdi.yaml && sdi init --from "$file" >"$out" 2>"$err" || return 1
		nr=$((nr + 1)) && sdi lint --select structure "$file" >"$out" 2>"$err" && clean=$((clean + 1))
	done && echo "$clean of $nr" && [ $((100 * clean)) -ge $((80 * nr)) ]
)

check 'a config and a template are begun' begun
check 'the config shows all keys with what holds anyway' all_keys
# A bare chroot may have none to give.
terminal_check() {
	if python3 -c 'import pty; pty.openpty()' 2>/dev/null; then
		check "$@"
	else
		left_out "$1" 'there are no terminals here'
	fi
}

check 'what is there already stays' twice
check 'at the root of the work tree; without git, here' below
check 'the hook' with_hook
check 'the paths of files that are there: quarters' suggests '2031_10-12/20311122.md 2031_10-12/20311123.md notes/2031-11-22.md' '{yyyy}_{quarter-months}/{yyyyMMdd}.md'
check 'the paths of files that are there: months' suggests '2031/11/2031-11-11.md' '{yyyy}/{MM}/{yyyy-MM-dd}.md'
check 'the paths of files that are there: days' suggests '2031/11/11.md 2031/12/11.md' '{yyyy}/{MM}/{dd}.md'
check 'links that lead out are not followed' planted
terminal_check 'a terminal is asked' asked
terminal_check 'empty answers take the proposals' proposals
terminal_check 'a wrong answer is asked for again' corrected
terminal_check 'yes and no, in either language' yes_or_no
terminal_check 'no answer, no files' unanswered
check 'a template out of a digest' derived
check 'days that are begun from it' goes_on
check 'the built-in template comes back' round
check 'a slip is no field' slips
check 'a digest without a day in its path' undated
check 'what is no example is told' no_example
if [ -d "${SDI_SHARED:-}/digests" ]; then
	check 'real digests' real
else
	left_out 'real digests' 'there are none'
fi
finish
