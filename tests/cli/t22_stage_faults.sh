#!/bin/sh
# Writing the index and the work tree together (core/source/stage.h), under kills, failures, editors and other gits.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"
# shellcheck source=stage_lib.sh
. "$SDI_SOURCE_DIR/tests/cli/stage_lib.sh"

[ "${SDI_FAULT:-}" ] || skip 'no library for faults was built'
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
calls=$scratch/calls runs=$scratch/runs saved=$scratch/saved added=$scratch/added tools=$scratch/tools real_git=$(command -v git)
FAULT_NO_SYNC=1
export ASAN_OPTIONS FAULT_NO_SYNC stage calls runs saved added tools real_git

# The program, not waiting for the disk.
program=$stage stage=$scratch/stage
printf '#!/bin/sh\nLD_PRELOAD=$SDI_FAULT exec "$program" "$@"\n' >"$stage" && chmod +x "$stage" || exit 1
export program

# A git that does something before its run $RUN_AT: $RUN_HOOK, or kills the program.
mkdir "$tools" && cat >"$tools/git" <<'EOT' && chmod +x "$tools/git" || exit 1
#!/bin/sh
echo "$*" >>"$runs"
if [ "$(wc -l <"$runs")" -eq "${RUN_AT:-0}" ]; then
	case $RUN_HOOK in
	fail) exit 1 ;;
	kill) kill -9 $PPID ;;
	*) (unset GIT_INDEX_FILE && cd "$trash/r" && eval "$RUN_HOOK") >/dev/null 2>&1 ;;
	esac
fi
exec "$real_git" "$@"
EOT
export trash

# ---- one run ----

# Forms of a run: by itself or in a commit, with a fault before a call or before a run of git. $code, $calls and $runs say what came.
begin() {
	: >"$calls"
	: >"$runs"
	rm -f "$saved" "$added"
}

by_call() {
	begin
	env LD_PRELOAD="$SDI_FAULT" FAULT_AT="$1" FAULT_LOG="$calls" "$2" "$program" >"$out" 2>"$err"
	code=$?
}

by_run() {
	begin
	env LD_PRELOAD="$SDI_FAULT" PATH="$tools:$PATH" RUN_AT="$1" "RUN_$2" "$program" >"$out" 2>"$err"
	code=$?
}

# $1: number, $2: the fault, the rest: the commit. The fixture's edits stay where the commit takes them with it.
in_commit() {
	begin
	fault="LD_PRELOAD=$SDI_FAULT FAULT_AT=$1 FAULT_LOG=$calls $2"
	export fault
	shift 2
	git commit -qm fixed "$@" >"$out" 2>"$err"
	code=$?
	fault=
}

reached() {
	[ "$(cat "$calls" "$runs" | wc -l)" -ge "$1" ]
}

call() {
	cat "$calls" "$runs" | sed -n "$1p"
}

# Sanitizers see the same code in each step: every third will do.
step=1
if grep -qE '__(asan|tsan)_init' "$SDI"; then
	step=3
fi

# Runs `$1 N …` for every N that a run reaches, which are at least $1.
at_every() {
	least=$1 tested=$2 nr=$((1 - step))
	shift 2
	while nr=$((nr + step)); do
		if ! fixable || ! "$tested" "$nr" "$@"; then
			echo "before $nr, $(call "$nr"): exit code $code"
			cat "$out" "$err"
			git status --short
			return 1
		fi
		reached "$nr" || break
	done
	[ "$nr" -gt "$least" ] && return
	echo "only $nr"
	return 1
}

# ---- kills ----

quietly() {
	"$@" >/dev/null 2>&1
}

either() {
	if quietly old_index; then
		"$1" || "$2"
	else
		new_index && "$2"
	fi
}

each_whole() {
	{ quietly has_lines a.md '1 ' 2 3 4 "$1" || has_lines a.md 1 2 3 4 "$1"; } &&
		{ quietly has_lines sub/b.md 'x ' y || has_lines sub/b.md x y; }
}

old_state() {
	old_index && old_files MINE
}

# As it was before, or all of it done; and then there is nothing more to clean up.
recovered() {
	check_exit 0 "$stage" --recover && nothing_left && { quietly old_state || all_done; } &&
		check_exit 0 "$stage" --recover && [ ! -s "$out" ]
}

killed_once() {
	nr=$1 form=$2 fault_of=$3
	"$form" "$nr" "$fault_of"
	case $code in
	137) reached "$nr" ;;
	0) ! reached "$nr" ;;
	*) false ;;
	esac && each_whole MINE && { quietly old_index || new_index; } && recovered && fixes && all_done
}

# HEAD stays; git takes away its own locks.
killed_in_commit() {
	nr=$1
	shift
	head=$(git rev-parse HEAD)
	in_commit "$nr" '' "$@"
	each_whole MINE || return
	if ! reached "$nr"; then
		[ "$code" -eq 0 ] && blob_has HEAD:sub/b.md x y && new_files MINE && nothing_left
		return
	fi
	# What is done is done, also when git then gives up the commit.
	[ "$code" -ne 0 ] && [ "$(git rev-parse HEAD)" = "$head" ] && { quietly nothing_left || recovered; } && in_commit 0 '' "$@" && [ "$code" -eq 0 ] &&
		has_lines a.md 1 2 3 4 MINE && blob_has HEAD:sub/b.md x y && nothing_left
}

# ---- failures ----

# All is done, or nothing.
failed_once() {
	nr=$1 form=$2
	"$form" "$nr" "$3"
	if [ "$(call "$nr")" = "$nr unlinkat" ]; then
		rm -f .sdi-* sub/.sdi-*
		recovered
		return
	fi
	case $code in
	0) all_done ;;
	1) nothing_left && each_whole MINE && printed ': left' ;;
	2) untouched && [ -s "$err" ] ;;
	*) false ;;
	esac
}

# ---- editors ----

edited='1 \n2\nTHEIRS\n4\n5\n'
in_place='printf "$edited" >a.md; : >"$saved"'
as_new_file='printf "$edited" >new; mv new a.md; : >"$saved"'
export edited

wait_for_save() {
	turns=0
	until [ -e "$saved" ]; do
		turns=$((turns + 1))
		[ "$turns" -le 500 ] || return
		sleep 0.01
	done
}

# What was saved stays, or has got the same fix; the rest is done whole or not at all.
saved_once() {
	nr=$1 form=$2
	"$form" "$nr" "$3"
	reached "$nr" || {
		[ "$code" -eq 0 ] && all_done
		return
	}
	wait_for_save && nothing_left || return
	case $code in
	0) new_index && has_lines sub/b.md x y && { quietly has_lines a.md 1 2 THEIRS 4 5 || has_lines a.md '1 ' 2 THEIRS 4 5; } ;;
	2) old_index && has_lines sub/b.md 'x ' y && has_lines a.md '1 ' 2 THEIRS 4 5 && said 'changed meanwhile' ;;
	*) false ;;
	esac
}

# ---- another git ----

add='printf "$edited" >new; mv new a.md; git add a.md && : >"$added"; : >"$saved"'

# What was staged stays in the index; otherwise git has said that it is locked.
added_once() {
	nr=$1 form=$2
	"$form" "$nr" "$3"
	reached "$nr" || {
		[ "$code" -eq 0 ] && all_done
		return
	}
	wait_for_save && nothing_left || return
	if [ -e "$added" ]; then
		quietly has_lines a.md '1 ' 2 THEIRS 4 5 || has_lines a.md 1 2 THEIRS 4 5 || return
		{ quietly blob_has :a.md '1 ' 2 THEIRS 4 5 || blob_has :a.md 1 2 THEIRS 4 5; }
	else
		has_lines a.md '1 ' 2 THEIRS 4 5 && { quietly old_index || new_index; }
	fi
}

# A second run at every step of a first.
again_once() {
	nr=$1 form=$2
	"$form" "$nr" "$3"
	all_done && { [ "$code" -eq 0 ] || [ "$code" -eq 2 ]; }
}

# ---- what a kill leaves ----

# Killed before the index is written, with both files written.
half_done() {
	by_call 0 A=b && nr=$(grep -n ' exchange$' "$calls" | tail -1 | cut -d: -f1) && fixable && by_call "$((nr + 4))" A=b
	[ "$code" -eq 137 ] && old_index && new_files MINE && [ -e .git/index.lock ]
}

# Who has gone on is not disturbed.
went_on() {
	fixable && half_done && lines more >>a.md && check_exit 0 "$stage" --recover && printed 'a.md` was changed' &&
		has_lines a.md 1 2 3 4 MINE more && has_lines sub/b.md 'x ' y && old_index && nothing_left
}

staged_on() {
	fixable && half_done && rm .git/index.lock && git add . && check_exit 0 "$stage" --recover && has_lines a.md 1 2 3 4 MINE &&
		blob_has :a.md 1 2 3 4 MINE && blob_has :sub/b.md x y && has_lines sub/b.md x y && nothing_left
}

removed_since() {
	fixable && half_done && rm a.md && check_exit 0 "$stage" --recover && [ ! -e a.md ] && has_lines sub/b.md 'x ' y && nothing_left
}

# Saved in the moment of the exchange, and killed before that was seen: the text is in the draft, and stays.
saved_and_killed() {
	fixable && by_call 0 A=b && nr=$(grep -n ' exchange$' "$calls" | sed -n '2s/:.*//p') && fixable &&
		by_call "$nr,$((nr + 1))" "FAULT_HOOK=if [ -e \"\$saved\" ]; then kill -9 \$PPID; else $as_new_file; fi"
	[ "$code" -eq 137 ] && check_exit 0 "$stage" --recover && printed 'holds a text that somebody saved' || return
	set -- .sdi-*
	[ $# -eq 1 ] && has_lines "$1" '1 ' 2 THEIRS 4 5 && old_files MINE && check_exit 0 "$stage" --recover && [ -e "$1" ] && rm "$1" &&
		nothing_left
}

# Notes of a run that goes on are not touched.
running() {
	fixable && half_done && set -- .git/sdi-undo-* && [ $# -eq 1 ] && rm .git/index.lock &&
		sed "1s/.*/sdi $$ $(cat /proc/sys/kernel/random/boot_id) 0/" "$1" >.git/sdi-undo-$$ && rm "$1" &&
		check_exit 0 "$stage" --recover && [ -e .git/sdi-undo-$$ ] && new_files MINE
}

check 'the calls of the program are watched' eval 'fixable && by_call 0 A=b && [ "$code" -eq 0 ] && [ "$(wc -l <"$calls")" -gt 20 ]'
check 'killed at every call' at_every 20 killed_once by_call A=b
check 'killed at every call, without exchanging' at_every 20 killed_once by_call FAULT_NO_EXCHANGE=1
check 'killed at every run of git' at_every 8 killed_once by_run HOOK=kill
check 'killed at every call of git commit' at_every 20 killed_in_commit
check 'killed at every call of git commit -a' at_every 20 killed_in_commit -a
check 'killed at every call of git commit PATH' at_every 20 killed_in_commit a.md sub/b.md
check 'a full disk at every call' at_every 20 failed_once by_call FAULT_ERRNO=ENOSPC
check 'a failure at every run of git' at_every 8 failed_once by_run HOOK=fail
# It may have to wait for the program.
export FAULT_WAIT=60
check 'saved in place at every call' at_every 20 saved_once by_call "FAULT_HOOK=$in_place"
unset FAULT_WAIT
check 'saved as a new file at every call' at_every 20 saved_once by_call "FAULT_HOOK=$as_new_file"
check 'saved as a new file at every run of git' at_every 8 saved_once by_run "HOOK=$as_new_file"
check 'git add at every call' at_every 20 added_once by_call "FAULT_HOOK=$add"
check 'git add at every run of git' at_every 8 added_once by_run "HOOK=$add"
check 'another run at every call' at_every 20 again_once by_call 'FAULT_HOOK="$stage"'
check 'another run at every run of git' at_every 8 again_once by_run 'HOOK="$stage"'
check 'the work tree was edited since' went_on
check 'it was staged since' staged_on
check 'it was removed since' removed_since
check 'saved and killed' saved_and_killed
check 'a run that goes on' running
finish
