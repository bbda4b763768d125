#!/bin/sh
# How `sdi fix` writes: whatever happens, a file holds its old text or its new one, and nobody's text is lost.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/lib.sh"

old=$scratch/old new=$scratch/new first=$scratch/first edited=$scratch/edited calls=$scratch/calls saved=$scratch/saved
file=news/20261122.md
export old new first edited saved file

texts() {
	digest >"$new" && sed 's/一行の要約/& /' "$new" >"$old" && sed 's/記事の題名/別の題名/' "$new" >"$edited" &&
		sed 's/記事の題名/先の題名/' "$new" >"$first"
}

# Whose the repository is.
give() {
	[ "$(id -u)" -ne 0 ] || chown -R "$1:$1" "$trash"
}

# A repository with $1 digests that are to be fixed.
repository() {
	give 0 && chmod -R u+w "$trash" && cd "$trash" && rm -rf ./* .sdi* .git && project . && template . && git init -q . &&
		mkdir news && day=0 || return
	while [ "$day" -lt "$1" ]; do
		month=$((10 + day / 20))
		cp "$old" "news/2026$month$((10 + day % 20)).md" && day=$((day + 1)) || return
	done
	git add . && git commit -qm digests
}

# One file, and nothing beside it.
one_file() {
	rm -rf news && mkdir news && cp "$old" "$file" && chmod "${1:-644}" "$file"
}

holds() {
	cmp -s "$1" "$2" && return
	echo "$2 does not hold what is in $1, but:"
	head -c 1000 "$2"
	return 1
}

# Each holds the old text or the new one.
whole() {
	for one in "$@"; do
		cmp -s "$old" "$one" || holds "$new" "$one" || return
	done
}

no_draft() {
	[ -z "$(find . -name '.sdi-*')" ] && return
	echo 'a draft is left:'
	find . -name '.sdi-*'
	return 1
}

has_mode() {
	[ "$(stat -c %a "$2")" = "$1" ] && return
	echo "$2 has the mode $(stat -c %a "$2"), not $1"
	return 1
}

all_fixed() {
	for one in news/*.md; do
		holds "$new" "$one" || return
	done
}

# ---- faults ----

# `sdi fix` with a fault before the calls $1; what it is is said by variables. Its exit code is left in $code, its calls in $calls.
faulty() {
	at=$1
	shift
	: >"$calls"
	rm -f "$saved"
	env ${signals:+"--default-signal=$signals"} LD_PRELOAD="$SDI_FAULT" FAULT_AT="$at" FAULT_LOG="$calls" "$@" "$SDI" fix -q -j "${jobs:-1}" >"$out" 2>"$err"
	code=$?
}

# Were there so many calls?
reached() {
	[ "$(wc -l <"$calls")" -ge "$1" ]
}

call() {
	sed -n "$1s/.* //p" "$calls"
}

# The calls that a fault can meet are what the program makes, or this test shows nothing.
is_watched() {
	one_file && faulty 0 && [ "$code" -eq 0 ] && all_fixed || return
	for name in create fchmod write fsync close unlinkat fsync-folder; do
		grep -q " $name\$" "$calls" || return
	done
	grep -q -e ' exchange$' -e ' rename$' "$calls"
}

# Runs `$1 N` for every N that a run of the program reaches; that leaves the calls of the last run in $calls.
at_every_call() {
	nr=0 tested=$1
	shift
	while nr=$((nr + 1)); do
		"$tested" "$nr" "$@" || {
			echo "before call $nr, $(call "$nr"): exit code $code"
			cat "$calls" "$err"
			return 1
		}
		reached "$nr" || break
	done
	[ "$nr" -gt 7 ] && return
	echo "only $nr calls"
	return 1
}

# A draft may stay where a kill leaves no time; nothing takes it for a digest.
killed_once() {
	nr=$1
	shift
	one_file 640 && cp "$old" news/20261123.md && chmod 755 news/20261123.md && faulty "$nr" "$@" || return
	case $code in
	137) reached "$nr" ;;
	0) ! reached "$nr" && all_fixed ;;
	*) false ;;
	esac && whole news/*.md && has_mode 640 "$file" && has_mode 755 news/20261123.md || return
	[ "$(find . -name '.sdi-*' | wc -l)" -le 1 ] && sdi fix -q && all_fixed && has_mode 640 "$file"
}

# A failure is told, or made good. What cannot be removed stays.
failed_once() {
	nr=$1
	shift
	one_file 640 && faulty "$nr" "$@" && whole "$file" && has_mode 640 "$file" || return
	if cmp -s "$old" "$file"; then
		[ "$code" -eq 2 ] && grep -q "^sdi: .*\`$file\`" "$err"
	else
		[ "$code" -eq 0 ]
	fi && { [ "$(call "$nr")" = unlinkat ] || no_draft; }
}

# Only what comes behind the swap may fail unheard.
broken_once() {
	failed_once "$@" || return
	case $(call "$1") in
	create | fchmod | write | fsync | close | exchange | rename) holds "$old" "$file" ;;
	esac
}

# An interruption is no failure.
interrupted_once() {
	failed_once "$1" FAULT_ERRNO=EINTR || return
	case $(call "$1") in
	write | fsync | close) holds "$new" "$file" ;;
	esac
}

# Without an attribute that it had (an access list is one) it is not the same file.
attribute_refused() {
	mark='import os, sys; os.setxattr(sys.argv[1], "user.sdi", b"x")'
	one_file && python3 -c "$mark" "$file" 2>/dev/null && faulty 0 || return
	nr=$(sed -n 's/ fsetxattr$//p' "$calls")
	[ "$nr" ] && one_file && python3 -c "$mark" "$file" && faulty "$nr" FAULT_ERRNO=ENOSPC && [ "$code" -eq 2 ] &&
		said "cannot write \`$file\`: No space left on device" && holds "$old" "$file" && no_draft
}

cut_short_once() {
	one_file 640 && faulty "$1" FAULT_SHORT=1 && [ "$code" -eq 0 ] && all_fixed && has_mode 640 "$file" && no_draft
}

# ---- editors ----

in_place='cat "$edited" >"$file"'
as_new_file='cat "$edited" >news/new && mv news/new "$file"'
beside_a_backup='mv "$file" "$file~" && cat "$edited" >"$file"'
twice='if [ -e "$saved" ]; then cat "$edited" >news/new; else cat "$first" >news/new; fi; mv news/new "$file"'

# Does who opens the file for writing wait for the program?
has_leases() {
	python3 -c 'import fcntl, sys; fcntl.fcntl(open(sys.argv[1]), fcntl.F_SETLEASE, fcntl.F_RDLCK)' "$old" 2>"$scratch/log"
}

# The hook may have had to wait for the program.
wait_for_save() {
	turns=0
	until [ -e "$saved" ]; do
		turns=$((turns + 1))
		[ "$turns" -le 500 ] || return
		sleep 0.01
	done
}

# $2: how it is saved before call $1. Whatever comes of the fix, the save is what stays.
saved_once() {
	nr=$1 how=$2
	shift 2
	one_file && faulty "$nr" FAULT_HOOK="$how; : >\"\$saved\"" "$@" || return
	if ! reached "$nr"; then
		[ "$code" -eq 0 ] && all_fixed
		return
	fi
	# Without exchanging there is a moment in which nobody can know.
	wait_for_save && [ "$(call "$nr")" = rename ] && return
	holds "$edited" "$file" && no_draft || return
	[ "$code" -eq 0 ] || { [ "$code" -eq 2 ] && said "\`$file\` was changed meanwhile; it is left as it is"; }
}

# The number of the call that is the $1st exchange.
exchange() {
	grep ' exchange$' "$calls" | sed -n "$1s/ .*//p"
}

# Saved before the swap, and once more before that save is put back: the later one stays, the other is not lost.
saved_twice() {
	one_file && faulty 0 && at=$(exchange 1) && one_file && faulty "$at" FAULT_HOOK="$as_new_file" &&
		holds "$edited" "$file" && at=$at,$(exchange 2) && one_file &&
		faulty "$at" FAULT_HOOK="$twice; : >\"\$saved\"" || return
	set -- news/.sdi-*
	[ "$code" -eq 2 ] && holds "$edited" "$file" && [ $# -eq 1 ] && holds "$first" "$1" &&
		said "\`$file\` was changed meanwhile; a text that was there is in \`${1#news/}\` beside it"
}

# ---- many at once ----

# $1 runs over all files at the same time.
at_once() {
	tee news/*.md <"$old" >/dev/null && pids= && run=0 || return
	while [ "$run" -lt "$1" ]; do
		run=$((run + 1))
		sdi fix -q -j 2 >/dev/null 2>"$scratch/err.$run" &
		pids="$pids $!"
	done
	run=0 bad=0
	for pid in $pids; do
		run=$((run + 1))
		wait "$pid"
		code=$?
		[ "$code" -eq 0 ] || { [ "$code" -eq 2 ] && has "$scratch/err.$run" 'was changed meanwhile'; } || bad=$code
	done
	[ "$bad" -eq 0 ] && all_fixed && no_draft && return
	echo "exit code $bad"
	cat "$scratch"/err.*
	return 1
}

several_at_once() {
	repository 30 || return
	for _ in 1 2 3 4; do
		at_once 2 && at_once 4 || return
	done
}

# Killed while several threads write.
threads_killed() {
	repository 12 && jobs=4 || return
	for nr in 3 11 29 47; do
		tee news/*.md <"$old" >/dev/null
		faulty "$nr" && [ "$code" -eq 137 ] && whole news/*.md && sdi fix -q && all_fixed || return
		find . -name '.sdi-*' -exec rm {} +
	done
	jobs=''
}

# ---- signals ----

# Signal $1 comes in the middle of many files: some are fixed, none is half done, and $2 is how it ends.
signalled() {
	repository 40 && jobs=2 signals=$1 && faulty 60 FAULT_HOOK="kill -$1 \$PPID"
	jobs='' signals=''
	[ "$code" -eq "$2" ] && whole news/*.md && no_draft || return
	left=0
	for one in news/*.md; do
		! cmp -s "$old" "$one" || left=$((left + 1))
	done
	[ "$left" -gt 0 ] && [ "$left" -lt 40 ] && sdi fix -q && all_fixed && return
	echo "$left of 40 are left, exit code $code"
	return 1
}

# One that whoever runs the program ignores, as nohup does, ends nothing.
ignored() (
	repository 40 && trap '' HUP && faulty 60 FAULT_HOOK='kill -HUP $PPID' && [ "$code" -eq 0 ] && all_fixed && no_draft
)

blocked() {
	repository 40 && : >"$calls" || return
	FAULT_AT=60 FAULT_HOOK='kill -TERM $PPID' FAULT_LOG=$calls python3 - <<'EOT' || return
import os, signal, subprocess
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
run = subprocess.run([os.environ["SDI"], "fix", "-q"], env=dict(os.environ, LD_PRELOAD=os.environ["SDI_FAULT"]))
assert run.returncode == 0, run
EOT
	reached 60 && all_fixed
}

# ---- what is not written ----

# $1: what is said, $2: the file. It stays as it is.
refused() {
	check_exit 2 sdi fix -q "$2" && said "$1" && no_draft || return
	[ ! -f "$2" ] || holds "$old" "$2"
}

linked_file() {
	mv "$file" kept.md && ln -s ../kept.md "$file" && refused "cannot write \`$file\`: it is a symbolic link" "$file" &&
		[ -L "$file" ] && holds "$old" kept.md
}

dangling_link() {
	ln -s nowhere news/20261130.md && refused 'No such file' news/20261130.md && [ -L news/20261130.md ]
}

linked_folder() {
	ln -s "$scratch/outside" away && refused 'it lies outside of the repository' away/20261122.md &&
		holds "$old" "$scratch/outside/20261122.md" && [ -z "$(find "$scratch/outside" -name '.sdi-*')" ]
}

# Within the repository a link in the way does no harm.
folder_within() {
	one_file && ln -s news again && check_exit 0 sdi fix -q again/20261122.md && all_fixed && [ -L again ]
}

link_in_folder() {
	one_file && ln -s "$scratch/outside/20261122.md" news/20261121.md && check_exit 2 sdi fix -q news &&
		said 'a link that leads out of the work tree' && holds "$old" "$scratch/outside/20261122.md" &&
		[ -L news/20261121.md ]
}

hard_link() {
	rm -f kept.md && one_file && ln "$file" kept.md && refused 'it has other names (hard links)' "$file" && holds "$old" kept.md &&
		[ "$(stat -c %h "$file")" -eq 2 ]
}

fifo() {
	one_file && mkfifo news/20261123.md && check_exit 2 timeout 20 "$SDI" fix -q && said 'news/20261123.md: is a FIFO' &&
		[ -p news/20261123.md ] && holds "$new" "$file"
}

device() {
	refused 'is a device' news/20261124.md && [ -c news/20261124.md ]
}

outside() {
	refused 'it lies outside of the repository' "$scratch/outside/20261122.md" &&
		refused 'it lies outside of the repository' ../outside/20261122.md && check_exit 1 sdi fix -q --diff ../outside &&
		holds "$old" "$scratch/outside/20261122.md"
}

# From outside of any, the file's own tree is what counts.
from_outside() {
	one_file && cd / && check_exit 0 sdi fix -q "$trash/$file" && cd "$trash" && all_fixed
}

# $1: the mode of the folder, $2: of the file
no_permission() {
	repository 0 && one_file "$2" && give 65534 && chmod "$1" news && check_exit 2 as_nobody "$SDI" fix -q "$file" &&
		said "cannot write \`$file\`: Permission denied" && holds "$old" "$file" && has_mode "$2" "$file" && no_draft
}

somebody_elses() {
	repository 0 && one_file 666 && give 65534 && chown 0 "$file" && check_exit 2 as_nobody "$SDI" fix -q "$file" &&
		said "cannot write \`$file\`: it belongs to somebody else" && holds "$old" "$file" && has_mode 666 "$file"
}

gits_own() {
	repository 0 && cp "$old" .git/20261122.md && refused "it is git's own" .git/20261122.md
}

keeps_modes() {
	for mask in 022 077; do
		for mode in 600 640 644 664 755; do
			one_file "$mode" && (umask "$mask" && exec "$SDI" fix -q) && all_fixed && has_mode "$mode" "$file" || return
		done
	done
}

# ---- file systems ----

# Runs commands in a small file system of their own.
on_disk() {
	mkdir -p "$scratch/disk" && unshare -m sh -ec "mount -t tmpfs -o size=256k,mode=755 none '$scratch/disk'
		cd '$scratch/disk' && $1" >"$out" 2>"$err"
}

has_disk() {
	on_disk : 2>/dev/null
}

full_disk() {
	on_disk 'mkdir news && cp "$old" "$file" && echo "timezone: UTC" >.sdi.yaml && { cat /dev/zero >fill || :; } 2>/dev/null
		"$SDI" fix -q --select format "$file" && exit 1 || [ $? -eq 2 ]
		cmp "$old" "$file" && [ "$(ls -A news)" = 20261122.md ]
		rm fill && "$SDI" fix -q --select format "$file" && cmp "$new" "$file"' &&
		said "cannot write \`$file\`: No space left on device"
}

read_only_disk() {
	on_disk 'mkdir news && cp "$old" "$file" && echo "timezone: UTC" >.sdi.yaml && mount -o remount,ro "$PWD"
		"$SDI" fix -q --select format "$file" && exit 1 || [ $? -eq 2 ]
		cmp "$old" "$file" && [ "$(ls -A news)" = 20261122.md ]' &&
		said "cannot write \`$file\`: Read-only file system"
}

# A size that no file may exceed is the same for a program as a full disk.
limited() {
	one_file && { (ulimit -f 0 && exec "$SDI" fix -q 2>&1) | cat; } >"$out" && printed "cannot write \`$file\`: File too large" &&
		holds "$old" "$file" && no_draft
}

texts && mkdir "$scratch/outside" && cp "$old" "$scratch/outside/20261122.md" || exit 1
check 'a repository' repository 0

if [ "${SDI_FAULT:-}" ]; then
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
	export ASAN_OPTIONS
	check 'the calls of the program are watched' is_watched
	check 'killed at every call' at_every_call killed_once
	check 'killed at every call, without exchanging' at_every_call killed_once FAULT_NO_EXCHANGE=1
	for errno in ENOSPC EIO EDQUOT; do
		check "$errno at every call" at_every_call broken_once "FAULT_ERRNO=$errno"
	done
	check 'EIO at every call, without exchanging' at_every_call broken_once FAULT_ERRNO=EIO FAULT_NO_EXCHANGE=1
	if python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.sdi", b"x")' "$calls" 2>/dev/null; then
		check 'an attribute that cannot be kept' attribute_refused
	else
		left_out 'an attribute that cannot be kept' 'the file system has none'
	fi
	check 'EINTR at every call' at_every_call interrupted_once
	check 'a short write at every call' at_every_call cut_short_once
	if has_leases; then
		check 'saved in place at every call' at_every_call saved_once "$in_place" FAULT_WAIT=60
		check 'saved in place at every call, without exchanging' \
			at_every_call saved_once "$in_place" FAULT_WAIT=60 FAULT_NO_EXCHANGE=1
	else
		left_out 'saved in place at every call' 'the file system has no leases'
	fi
	check 'saved in place at every call, without leases' at_every_call saved_once "$in_place" FAULT_NO_LEASE=1
	check 'saved as a new file at every call' at_every_call saved_once "$as_new_file"
	check 'saved beside a backup at every call' at_every_call saved_once "$beside_a_backup"
	check 'saved twice' saved_twice
	check 'saved as a new file at every call, without exchanging' \
		at_every_call saved_once "$as_new_file" FAULT_NO_EXCHANGE=1
	for signal in INT:130 TERM:143 HUP:129; do
		# They may be ignored where the tests run.
		if env "--default-signal=${signal%:*}" true 2>/dev/null; then
			check "${signal%:*} in the middle" signalled "${signal%:*}" "${signal#*:}"
		else
			left_out "${signal%:*} in the middle" 'env cannot set how a signal is taken'
		fi
	done
	check 'a signal that is ignored' ignored
	check 'a signal that is blocked' blocked
	check 'killed while threads write' threads_killed
else
	left_out 'faults at every call' 'no library for them was built'
fi
check 'several runs at once' several_at_once
check 'one file again' repository 0
check 'modes are kept' keeps_modes
check 'a file that may not grow' limited
check 'a linked file' linked_file
check 'a link to nothing' dangling_link
check 'a linked folder that leads out' linked_folder
check 'a linked folder within' folder_within
check 'a link in a folder' link_in_folder
check 'a hard link' hard_link
check 'a FIFO' fifo
if mknod news/20261124.md c 1 3 2>/dev/null; then
	check 'a device' device
else
	left_out 'a device' 'none can be made here'
fi
check 'a file outside of the repository' outside
check 'a repository from outside' from_outside
check "a file of git's own" gits_own
if has_disk; then
	check 'a full disk' full_disk
	check 'a disk that cannot be written' read_only_disk
else
	left_out 'a full disk' 'nothing can be mounted here'
fi
if has_nobody; then
	check 'a folder that cannot be written' no_permission 555 644
	check 'a file that cannot be written' no_permission 755 444
else
	left_out 'permissions' 'nobody is not to be had'
fi
if has_nobody && [ "$(id -u)" -eq 0 ]; then
	check 'a file of somebody else' somebody_elses
else
	left_out 'a file of somebody else' 'this user cannot give files away'
fi
finish
