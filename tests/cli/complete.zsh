# What zsh offers for lines of standard input: "LINE<tab>WORD" for each word. It is asked on a terminal of its own, as it has no
# other way to tell.
# Usage: zsh -f complete.zsh FOLDER     which holds _sdi, and may be written to
zmodload zsh/zpty || exit 77
cat >$1/rc <<'RC'
fpath=(${1:h} $fpath)
autoload -Uz compinit
compinit -D -u
bindkey '^I' complete-word
unsetopt automenu autolist beep
PS1=
before() { print -r -- BE''GINS }
after() { print -r -- EN''DS }
compadd() {
	# Those who ask for matches in an array add none.
	if (( ${@[1,(i)(-|--)]}[(I)-(O|A|D)] )); then
		builtin compadd "$@"
		return
	fi
	local -a hits
	builtin compadd -A hits "$@"
	print -rl -- HIT:$IPREFIX$^hits
	builtin compadd "$@"
}
RC
zpty z "zsh -f -i"
zpty -w z "set -- $1/rc; . $1/rc; echo REA''DY"
zpty -r -m z answer '*READY*'
while IFS= read -r line; do
	zpty -w -n z $'\C-u\C-k'
	zpty -w z 'compprefuncs=(before) comppostfuncs=(after); echo SE''T'
	zpty -r -m z answer '*SET*'
	zpty -w -n z "$line"$'\t'
	zpty -r -m z answer '*ENDS*'
	answer=${answer##*BEGINS}
	for hit in ${(f)${answer//$'\r'/}}; do
		[[ $hit != HIT:?* ]] || printf '%s\t%s\n' "$line" "${hit#HIT:}"
	done
done
