#!/bin/sh
# docs/first-week.md and its Japanese form: who does what stands there for Monday and Tuesday sees what stands there.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

PATH=$(dirname "$SDI"):$PATH
python3 -c 'import pty; pty.openpty()' 2>/dev/null || skip 'there are no terminals here'

# What the document at $1 shows below its headings $2 and $3: commands and what they print.
shown() {
	awk -v from="$2" -v to="$3" '
		/^## / { day++ }
		/^[^ ]/ { session = 0 }
		/^    \$ / { session = 1 }
		day >= from && day <= to && session && sub(/^    /, "")
	' "$1" | sed '/^…$/d'
}

# Runs the commands on standard input, each at a terminal where Enter is pressed, and prints all as the document does.
transcript() {
	PYTHONDONTWRITEBYTECODE=1 python3 -c '
import os, re, subprocess, sys

def printed(*argv):
    return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8").stdout

def at_terminal(command):
    shown = printed(sys.executable, sys.argv[1], r"\n\n\n", "sh", "-c", command)
    # Enter is echoed, and a question has no end of its own.
    return re.sub(r"(?m)^\n+", "", re.sub(r"(\[[^\]]*\]) (?=\S)", r"\1\n", shown.replace("\r", "")))

for command in sys.stdin.read().splitlines():
    print("$ " + command)
    if command.startswith("cd "):
        os.chdir(command[3:])
    elif command == "sdi init":
        sys.stdout.write(at_terminal(command))
    else:
        sys.stdout.write(printed("sh", "-c", command))
    sys.stdout.flush()
' "$SDI_SOURCE_DIR/tests/cli/terminal.py"
}

# What differs from day to day and from machine to machine.
same_for_all() {
	sed -E "s,$(realpath "$SDI")|$SDI,/usr/bin/sdi,g; s,20[0-9][0-9]/[01][0-9]/20[0-9-]{8},2026/11/2026-11-23,g"
}

# $1: the document, $2: the language. Each line that it shows is printed, in its order; a day may print more.
followed() (
	rm -rf week && mkdir week && cd week && unset LC_ALL && export LC_CTYPE=C.UTF-8 LANG="$2" &&
		shown "$SDI_SOURCE_DIR/docs/$1" 1 2 >../wanted && [ "$(wc -l <../wanted)" -gt 25 ] &&
		sed -n 's/^\$ //p' ../wanted | transcript 2>&1 | same_for_all >../seen &&
		awk 'NR == FNR { wanted[++lines] = $0; next } $0 == wanted[at + 1] { at++ } END { if (at < lines) { print "not printed: " wanted[at + 1]; exit 1 } }' ../wanted ../seen && return
	cat ../seen
	return 1
)

# The entry that it shows is one that nothing is found in, in the place of the template's.
entry_of() (
	cd week/digests && digest=$(find 20* -name '*.md') && awk '/^    #### / { on = 1 } on && /^[^ ]/ { exit } on { sub(/^    /, ""); print }' "$SDI_SOURCE_DIR/docs/$1" >"$scratch/entry" && [ "$(wc -l <"$scratch/entry")" -gt 10 ] &&
		awk -v entry="$scratch/entry" '/^#### / { while ((getline line <entry) > 0) print line; hole = 1; next } /^### / { hole = 0 } !hole' "$digest" >"$scratch/digest" &&
		check_exit 0 sdi lint --stdin-filename "$digest" --output-format concise - <"$scratch/digest" && [ ! -s "$out" ]
)

# What the text says of Tuesday: without the empty entry, heading and all, the commit passes.
committed() (
	cd week/digests && digest=$(find 20* -name '*.md') && awk '/^#### / { hole = 1; next } /^### / { hole = 0 } !hole' "$digest" >"$scratch/digest" && cp "$scratch/digest" "$digest" &&
		git add . && check_exit 0 git commit -q -m 'The first day' && check_exit 0 sdi lint
)

for document in first-week.ja.md first-week.md; do
	language=en
	[ "$document" = first-week.md ] || language=ja
	check "$document" followed "$document" "$language"
	check "the entry of $document" entry_of "$document"
	check "the first commit ($language)" committed
done
finish
