#!/bin/sh
# Completions of bash, zsh and fish: in each shell, what the tables of commands say, and nothing else.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

commands=$(sdi --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')

# Every option of every command, as its help has it: "sdi lint -<tab>--staged".
of_help() {
	for command in '' $commands; do
		# shellcheck disable=SC2086 # none, or one
		sdi $command --help | sed -n 's/^  \(-\(.\), \|    \)--\([a-z-]*\).*/\2 \3/p' | while read -r letter name; do
			line="sdi ${command:+$command }-"
			[ ! "$name" ] || printf '%s\t-%s\n' "$line" "$letter"
			printf '%s\t--%s\n' "$line" "${name:-$letter}"
		done
	done | sort -u
}

option_lines() {
	for command in '' $commands; do
		echo "sdi ${command:+$command }-"
	done
}

# The line, and what fits.
cases='
sdi hook s|status
sdi li|links lint
sdi --lang ja li|links lint
sdi lint --s|--select --since --staged --statistics --stdin-filename
sdi lint --output-format co|concise
sdi lint --output-format=co|concise
sdi lint --color |always auto never
sdi lint --select ta|tab
sdi lint --ignore=meta,format,ta|meta,format,tab
sdi lint --output sa|sarif
sdi lint --output sarif=fo|folder/
sdi lint --config se|settings.yaml
sdi lint --jobs |
sdi lint --staged se|settings.yaml
sdi lint -- --s|
sdi lint --since ma|main
sdi explain unknown-|unknown-field unknown-section
sdi help ex|explain
sdi new to|today tomorrow
sdi hook in|install
sdi hook run se|settings.yaml
sdi completions |bash fish zsh
sdi ioc --type ipv4,sha|ipv4,sha1 ipv4,sha256 ipv4,sha512
sdi search se|
'

case_lines() {
	printf '%s' "$cases" | sed '/^$/d; s/|.*//'
}

case_words() {
	printf '%s' "$cases" | sed '/^$/d' | while IFS='|' read -r line words; do
		for word in $words; do
			printf '%s\t%s\n' "$line" "$word"
		done
	done | sort -u
}

# Shells differ in what of a word they offer: here it is without `--name=` and `format=` before it, and a `=` or `/` behind it.
# zsh looks at the name once more.
plain() {
	sed '/\(--[a-z-]*\)=.*\t\1$/d; s/\t--[a-z-]*=/\t/; s/\t[a-z]*=\(.\)/\t\1/; s/=$//; s|/$||' | sort -u
}

completed() (
	cd words && "$@" >"$out" 2>"$err" && [ ! -s "$err" ]
)

# $1: the shell; the rest: what asks it
options_of() {
	shift
	option_lines | completed "$@" && of_help >"$scratch/wanted" && sort -u "$out" >"$scratch/got" && diff "$scratch/wanted" "$scratch/got"
}

# The same for the cases.
words_of() {
	shift
	case_lines | completed "$@" && case_words | plain >"$scratch/wanted" && plain <"$out" >"$scratch/got" &&
		diff "$scratch/wanted" "$scratch/got"
}

prepare() (
	mkdir words && cd words && git init -q -b main . && git commit -q --allow-empty -m one && mkdir folder && touch settings.yaml
)

scripts() {
	mkdir "$scratch/zsh" && sdi completions bash >"$scratch/bash" && sdi completions zsh >"$scratch/zsh/_sdi" &&
		sdi completions fish >"$scratch/fish"
}

# $1: the shell, $2…: how it is asked
shell() {
	if ! command -v "$1" >/dev/null; then
		left_out "$1" 'it is not installed'
		return
	fi
	check "$1: options" options_of "$@"
	check "$1: words" words_of "$@"
}

# The rules and groups that --select takes are those that are listed.
rules_of_bash() (
	cd words && echo 'sdi lint --select ' | bash --norc "$here/complete.bash" "$scratch/bash" | cut -f 2 | sort >"$scratch/got" &&
		sdi rules --isolated --output-format json | jq -r '.rules[] | .name, .group' | sort -u | diff - "$scratch/got"
)

# Found by bash-completion where it is installed, and loaded at the first TAB.
loaded() {
	mkdir -p "$scratch/share/bash-completion/completions" && cp "$scratch/bash" "$scratch/share/bash-completion/completions/sdi" &&
		XDG_DATA_HOME=$scratch/share bash --norc -c '. /usr/share/bash-completion/bash_completion; _completion_loader sdi; complete -p sdi' >"$out" &&
		printed 'complete -F _sdi sdi'
}

translated() {
	check_exit 0 sdi --lang ja completions fish && printed 'ルールのグループ' && check_exit 0 sdi --lang ja completions zsh &&
		printed '検査'
}

mistaken() {
	check_exit 2 sdi completions && said 'for which shell' && check_exit 2 sdi completions zhs && said 'did you mean `zsh`?' &&
		check_exit 2 sdi completions bash zsh
}

here=$SDI_SOURCE_DIR/tests/cli
check 'a repository' prepare
check 'scripts' scripts
shell bash bash --norc "$here/complete.bash" "$scratch/bash"
shell fish env HOME="$scratch" fish --no-config "$here/complete.fish" "$scratch/fish"
shell zsh zsh -f "$here/complete.zsh" "$scratch/zsh"
if command -v bash >/dev/null; then
	check 'rules and groups' rules_of_bash
fi
if [ -e /usr/share/bash-completion/bash_completion ]; then
	check 'bash-completion finds it' loaded
else
	left_out 'bash-completion finds it' 'it is not installed'
fi
if command -v shellcheck >/dev/null; then
	check 'shellcheck' shellcheck -s bash "$scratch/bash"
fi
check 'in Japanese' translated
check 'mistakes' mistaken

finish
