#!/bin/sh
# What was learnt of links is said by lint, without any network, and the same whether or not findings are remembered.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

links=.git/sdi/links.db

# A repository with 40 digests in a folder $1; each has a link of its own.
repository() {
	rm -rf "$1" && mkdir "$1" && cd "$1" && git init -q . && project . && template . && mkdir news && day=10 &&
		while [ "$day" -lt 30 ]; do
			digest | sed "s/題名/題名$day/; s|news/1|new/$day|" >"news/202611$day.md"
			digest | sed "s/題名/題名1$day/; s|news/1|old/$day|" >"news/202610$day.md"
			day=$((day + 1))
		done && git add . && git commit -qm begin
}

# One row for each argument: PATH:DAYS:LOOKS:GONE:REASON:NEW-PATH, with the days from 2026-11-01 to the last failure.
learn() {
	mkdir -p .git/sdi && python3 - "$links" "$@" <<'EOF'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
if not db.execute("select count(*) from sqlite_master").fetchone()[0]:
    db.executescript("""
        PRAGMA application_id = 1935960396; PRAGMA user_version = 1;
        CREATE TABLE answer (url TEXT PRIMARY KEY, first INTEGER, looked INTEGER, fine INTEGER, since INTEGER,
            failed INTEGER, looks INTEGER, gone INTEGER, outcome TEXT, reason TEXT, status INTEGER, moved_to TEXT) WITHOUT ROWID;
        CREATE INDEX notable ON answer (url) WHERE looks > 0 OR moved_to <> '';""")
for row in sys.argv[2:]:
    path, days, looks, gone, reason, moved = row.split(":")
    start = 1793491200 if int(looks) else 0
    failed = start + int(days) * 86400 if start else 0
    db.execute("INSERT OR REPLACE INTO answer VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        ("https://example.com/" + path, 1700000000, 1795000000, 1700000000, start, failed, int(looks), int(gone),
         "broken", reason, 0, "https://example.com/" + moved if moved else ""))
db.commit()
EOF
}

# $1 is all that lint finds, without its paths' folder.
finds() {
	sdi lint -q --output-format concise >"$scratch/found" 2>&1
	printf '%b' "$1" | sort >"$scratch/expected" && sed 's|^news/||' "$scratch/found" | sort >"$scratch/sorted" &&
		diff "$scratch/expected" "$scratch/sorted"
}

is_said() (
	repository a && finds '' && learn new/10:20:3:3:404: old/11:8:3:0:connect-timeout: old/12:8:2:0:connect-timeout: \
		old/13:6:9:0:connect-timeout: new/14:0:0:0:moved:there &&
		finds '20261110.md:6:1: error broken-link: the link is broken since 2026-11-01 (404), seen 3 times
20261011.md:6:1: error broken-link: the link is broken since 2026-11-01 (connect-timeout), seen 3 times
20261114.md:6:1: info moved-link: the page has moved for good, to `https://example.com/there` [*]\n'
)

# In the day of the project's zone.
in_its_zone() (
	repository a2 && learn new/10:20:3:3:404: && project . 'timezone: America/New_York\n' && finds \
		'20261110.md:6:1: error broken-link: the link is broken since 2026-10-31 (404), seen 3 times\n'
)

# ---- what is remembered of findings ----

changes() (
	repository b && same && learn new/10:20:3:3:404: && same && said_links 1 && learn new/10:20:4:4:404: && same && said_links 1 &&
		has "$out" 'seen 4 times' && learn new/11:20:3:3:404: old/12:8:3:0:server-error: && same && said_links 3 &&
		learn new/10:0:0:0:found: && same && said_links 2 && learn new/13:0:0:0:moved:there && same && has "$out" moved-link &&
		rm "$links" && same && said_links 0
)

said_links() {
	[ "$(grep -c broken-link "$out")" -eq "$1" ]
}

all_formats() (
	repository c && learn new/10:20:3:3:404: new/14:0:0:0:moved:there && for format in full concise json sarif github gitlab rdjson junit; do
		same --output-format "$format" || return
	done && same --lang ja && has "$out" '2026-11-01' && compared .
)

# ---- where it is read ----

staged() (
	repository d && learn new/10:20:3:3:404: && check_exit 0 sdi lint --staged && echo >>news/20261111.md && git add . &&
		check_exit 0 sdi lint --staged --select link && digest | sed 's/題名/再/; s|news/1|new/10|' >news/20261130.md && git add . &&
		check_exit 1 sdi lint --staged --select broken-link && printed 20261130.md && check_exit 1 sdi hook run &&
		cat "$out" "$err" | grep -q 'broken since 2026-11-01'
)

# What was there before a change is nobody's fault who changes something else.
untouched() (
	repository e && learn new/10:20:3:3:404: && sed -i 's/一行/二行/' news/20261110.md && git add . && check_exit 0 sdi hook run &&
		sed -i 's|題名10|題名十|' news/20261110.md && git commit -qam x --no-verify && check_exit 0 sdi ci --base HEAD~1
)

of_a_commit() (
	repository f && learn new/10:20:3:3:404: && check_exit 1 sdi lint --rev HEAD && printed broken-link &&
		git worktree add -q ../f2 HEAD && cd ../f2 && check_exit 1 sdi lint && printed 'broken since 2026-11-01'
)

outside_of_git() (
	mkdir g && project g && template g && mkdir g/news && digest >g/news/20261110.md && cd g && check_exit 0 sdi lint
)

is_fixed() (
	repository h && learn new/10:0:0:0:moved:there?utm_source=x && check_exit 0 sdi fix -q &&
		[ "$(git diff --name-only)" = news/20261110.md ] && grep -qx 'https://example.com/there' news/20261110.md &&
		git diff --stat | grep -q '1 insertion(+), 1 deletion' && check_exit 0 sdi lint && printf '' | cmp - "$out"
)

is_ignored() (
	repository i && learn new/10:20:3:3:404: && sed -i 's/^#### /<!-- sdi-ignore broken-link: 記録として残す -->\n&/' news/20261110.md && same &&
		said_links 0
)

# ---- what cannot be read ----

# Nothing is known, nothing is said of that, and nothing is changed.
unread() {
	cp "$links" "$scratch/kept" && finds '' && same && cmp "$links" "$scratch/kept" && [ "$(ls .git/sdi/links*)" = "$links" ]
}

damaged() (
	repository j && learn new/10:20:3:3:404: && head -c 5000 "$links" >"$scratch/half" && cp "$scratch/half" "$links" && unread &&
		echo 'this is no database at all' >"$links" && unread && : >"$links" && unread
)

foreign() (
	repository k && mkdir .git/sdi && python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("create table answer (url)")
db.execute("insert into answer values (1)")
db.commit()' "$links" && unread && rm "$links" && learn new/10:20:3:3:404: && python3 -c '
import sqlite3, sys
sqlite3.connect(sys.argv[1]).execute("pragma user_version = 2")' "$links" && unread
)

a_link() (
	repository l && learn new/10:20:3:3:404: && mv "$links" "$scratch/there.db" && ln -s "$scratch/there.db" "$links" && finds ''
)

# Another program holds the file all the time.
locked() (
	repository m && learn new/10:20:3:3:404: && python3 -c '
import sqlite3, subprocess, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("begin exclusive")
sys.exit(subprocess.run([sys.argv[2], "lint", "-q"], timeout=20).returncode)' "$links" "$SDI" && check_exit 1 sdi lint -q
)

read_only() (
	repository n && learn new/10:20:3:3:404: && chmod 444 "$links" && chmod 555 .git/sdi && check_exit 1 sdi lint -q && printed broken-link
)

# Whatever stands in it.
hostile() (
	repository o && learn new/10:20:3:3:404: && python3 - "$links" <<'EOF' && check_exit 1 sdi lint --output-format json && same
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("update answer set reason = 'a' || char(27) || '[31m::error::', since = -1, looks = 1 << 62")
db.execute("insert into answer values ('https://example.com/new/11', 1, 1, 1, 0, 0, 0, 0, 'ok', 'ok', 200, 'https://a' || char(27) || '/')")
db.execute("insert into answer values ('https://example.com/new/12', x'00', 'a', null, 0, 0, 0, 0, null, x'00', 'x', 'javascript:alert(1)')")
db.commit()
EOF
)

check 'what is broken, or has moved, is said; what may pass is not' is_said
check 'a day is that of the project' in_its_zone
check 'what is remembered of findings changes nothing, while answers change' changes
check 'all formats say it' all_formats
check 'what is staged' staged
check 'a change is not held to what was there' untouched
check 'commits and linked work trees' of_a_commit
check 'without git nothing is known' outside_of_git
check 'what has moved is written anew' is_fixed
check 'it can be suppressed' is_ignored
check 'a damaged file is left alone' damaged
check 'a file of another program, or version, is left alone' foreign
check 'no link is followed' a_link
check 'a locked file keeps nobody' locked
check 'a file that cannot be written' read_only
check 'whatever the file holds' hostile
finish
