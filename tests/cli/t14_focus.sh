#!/bin/sh
# sdi lint --changed-lines: what a change made, and nothing that was there before.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2015,SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"
# shellcheck source=staged_lib.sh
. "$SDI_SOURCE_DIR/tests/cli/staged_lib.sh"

day=news/20261122.md

# In a repository $1 with a template the digest is committed, changed by the rest.
with_digest() {
	repository "$1" && shift && template . && mkdir -p news && digest | "$@" >$day && git add -A &&
		git commit -q --no-verify -m x
}

# After staging, the lines and rules of what is new are these; $1 words as LINE:RULE, in order. Both that answer agree.
made() {
	wanted=$1
	shift
	git add -A && for count in '' 0; do
		GIT_CONFIG_COUNT=$count sdi lint --staged --changed-lines --fail-on info --output-format concise "$@" >"$out" 2>"$err"
		[ $? -lt 2 ] && got=$(sed 's/^[^:]*:\([0-9]*\):[0-9]*: [a-z]* \([a-z-]*\): .*/\1:\2/' "$out" | tr '\n' ' ') &&
			[ "$got" = "${wanted:+$wanted }" ] || { cat "$out" "$err" && return 1; }
	done
}

untouched() (
	with_digest untouched sed 's/^N\/A$/なし /; s/一行/一行一行/' && sed -i 's/題名/題名だ/' $day && made '' &&
		said '2 not of this change' && printf 'x \n' >>$day && made '13:trailing-space'
)

# A field that was taken out is missed at a heading that nobody touched.
taken_out() (
	with_digest taken cat && sed -i '7,9d' $day && made '5:missing-field'
)

# One slip makes room for another at the same heading.
exchanged() (
	template_of_two && printf '%s\n' '# Daily' '' '### ニュース' '' '#### 題' 'https://example.com/1' '' '- 要約' '    - 一行' >$day &&
		git add -A && git commit -q --no-verify -m x && made '' && sed -i 's/要約/推奨/' $day && made '5:missing-field' &&
		said '1 error'
)

template_of_two() {
	repository two && mkdir -p news .sdi/templates && printf '%s\n' '---' 'path: "news/{yyyyMMdd}.md"' '---' '# Daily' '' \
		'### ニュース <!-- sdi: entries -->' '' '#### {title}' '{url}' '' '- 要約' '    - {text}' '- 推奨' '    - {text}' >.sdi/templates/day.md
}

equal_ones() (
	with_digest equal sed 's/一行の要約/x \ny /' && sed -i 's/^    - x $/    - x \n    - x /' $day &&
		made '10:trailing-space' --select trailing-space && git commit -q --no-verify -m x &&
		sed -i '0,/^    - x $/{/^    - x $/d}' $day && made '' --select trailing-space &&
		sed -i 's/記事の題名/記事の題名 /' $day && made '5:trailing-space' --select trailing-space
)

# A name that is no digest's any more; and one wrong place for another.
renamed_away() (
	with_digest names cat && git mv $day news/2026112.md && made '1:misplaced-digest' && git mv news/2026112.md news/20261122.txt && made '' &&
		git mv news/20261122.txt $day && mkdir -p a b && git mv $day a/20261122.md && git commit -q --no-verify -m a && git mv a/20261122.md b/ &&
		made '1:misplaced-digest'
)

# What a digest is held against changes with it: nothing of it was there before.
judged_anew() (
	with_digest anew sed 's/要約/要訳/' && sed -i 's/一行/二行/' $day && made '' && sed -i 's/- 要約/- 概要/' .sdi/templates/day.md &&
		made '8:unknown-field' && said 'changes, too'
)

# Two on one line, of which one is old: the line was touched, so both count.
on_one_line() (
	with_digest line sed 's/一行の要約/あ\tあ行/' && sed -i 's/あ行/あ\t行/' $day && made '9:tab 9:tab' --select tab
)

moved() (
	with_digest moved sed 's/一行の要約/x /' && sed -i '1s/$/\n\nintro\n/' $day && made '' --select trailing-space &&
		sed -i '/intro/d' $day && made '' --select trailing-space
)

crlf() (
	with_digest crlf sed 's/一行の要約/x /' && sed -i 's/$/\r/' $day && made '1:line-ending 9:trailing-space' --select line-ending,trailing-space &&
		git commit -q --no-verify -m x && sed -i '$s/N/M/' $day && made '' --select line-ending,trailing-space &&
		sed -i 's/\r$//' $day && made '9:trailing-space' --select line-ending,trailing-space
)

# git's lines are those that end in LF: a text with CR alone is one line.
lone_cr() (
	with_digest cr tr '\n' '\r' && printf '\n' >>$day && sdi lint $day --output-format concise >"$out"
	made "$(sed 's/^[^:]*:\([0-9]*\):[0-9]*: [a-z]* \([a-z-]*\): .*/\1:\2/' "$out" | tr '\n' ' ' | sed 's/ $//')" && git commit -q --no-verify -m x &&
		printf 'last\n' >>$day && made '' --select line-ending,trailing-space
)

indented() (
	with_digest indented sed 's/一行の要約/x /' && sed -i 's/^\(.\)/  \1/' $day && made '9:trailing-space' --select trailing-space
)

renamed() (
	with_digest renamed sed 's/一行の要約/x /' && git mv $day news/20261123.md && made '' && mkdir b && git mv news/20261123.md b &&
		made '1:misplaced-digest' && git commit -q --no-verify -m x && printf '\n\n\n' >>b/20261123.md && made '13:blank-lines' &&
		git mv b/20261123.md $day && made '13:blank-lines'
)

added() (
	with_digest added cat && digest | sed 's/一行の要約/x /' >news/20261121.md && made '9:trailing-space'
)

became_too_large() (
	with_digest large cat && head -c 30000000 /dev/zero | tr '\0' x >$day && made '1:file-too-large' && git commit -q --no-verify -m x &&
		echo >>$day && made '' && digest | sed 's/一行の要約/x /' >$day && made '9:trailing-space'
)

not_text() (
	with_digest sjis iconv -t SHIFT_JIS && printf 'x\n' >>$day && made '' --select invalid-encoding && digest >$day && made ''
)

# What either side had is not of the merge; what both lines together make is.
merges() (
	with_digest merges cat && git checkout -q -b side && sed -i 's/一行の要約/x /' $day && git commit -q --no-verify -a -m side &&
		git checkout -q main && sed -i 's/N\/A/y /' $day && git commit -q --no-verify -a -m main && git merge -q --no-commit side >"$scratch/git" 2>&1
	[ -f .git/MERGE_HEAD ] && made '' --select trailing-space && said '2 not of this change' && sed -i 's/記事の題名/& /' $day &&
		made '5:trailing-space' --select trailing-space
)

since() (
	with_digest since cat && git checkout -q -b topic && sed -i 's/一行の要約/x /' $day && git commit -q --no-verify -a -m x && git checkout -q main &&
		sed -i 's/N\/A/y /' $day && git commit -q --no-verify -a -m main && git checkout -q topic && sed -i 's/題名/& /' $day && for count in '' 0; do
			export GIT_CONFIG_COUNT=$count && check_exit 1 sdi lint --since main --changed-lines --output-format concise --fail-on warning &&
				[ "$(cut -d: -f2 "$out" | tr '\n' ' ')" = '5 9 ' ] && check_exit 1 sdi lint --rev HEAD --since main --changed-lines --fail-on warning \
					--output-format concise && [ "$(cut -d: -f2 "$out" | tr '\n' ' ')" = '9 ' ] || return
		done
)

# The commit before is not here.
text_is_gone() (
	with_digest gone cat && blob=$(git rev-parse HEAD:$day) && printf 'x \n' >>$day && git add -A &&
		rm -f ".git/objects/$(echo "$blob" | cut -c1-2)/$(echo "$blob" | cut -c3-)" && for count in '' 0; do
			GIT_CONFIG_COUNT=$count check_exit 2 sdi lint --staged --changed-lines || return
		done
)

needs_a_base() (
	check_exit 2 sdi lint --changed-lines && said 'needs to know since when' && check_exit 2 sdi lint --rev HEAD --changed-lines &&
		check_exit 2 sdi lint --staged --rev HEAD && said 'exclude each other'
)

check 'an old slip on a line that nobody touched' untouched
check 'a field taken out' taken_out
check 'one slip for another' exchanged
check 'equal ones, of which one is new' equal_ones
check 'two on one line' on_one_line
check 'lines moved' moved
check 'CRLF' crlf
check 'CR alone' lone_cr
check 'indented as a whole' indented
check 'renamed' renamed
check 'a new file' added
check 'a file that was or is too large' became_too_large
check 'a file that was not UTF-8' not_text
check 'a merge' merges
check 'since a commit' since
check 'an old text that is gone' text_is_gone
check 'what it needs' needs_a_base
check 'a new name, a new place' renamed_away
check 'the template changes with it' judged_anew
finish
