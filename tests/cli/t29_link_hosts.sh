#!/bin/sh
# What a config says of hosts that links lead to, against a farm of hosts on this machine; and to whom credentials are sent.
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC2016,SC2086,SC2317,SC2030,SC2031
. "$(dirname "$0")/lib.sh"

echo 'leak:libgit2' >>"$scratch/leaks"
log=$scratch/farm.log ca=$scratch/ca.crt tls=
if command -v openssl >"$scratch/log"; then
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$scratch/ca.key" -out "$ca" -subj /CN=farm -days 2 \
		-addext subjectAltName=IP:127.10.0.1,IP:127.10.0.2 2>>"$scratch/log" && tls="--tls $ca $scratch/ca.key"
fi
python3 "$SDI_SOURCE_DIR/tests/farm/farm.py" --log "$log" --seconds 100 $tls >"$scratch/ports" &
tries=0
until [ -s "$scratch/ports" ]; do
	tries=$((tries + 1)) && sleep 0.1
	[ "$tries" -lt 100 ] || skip 'the farm does not start'
done
read -r port secure <"$scratch/ports"
secret=c0ffee-hush

# $1: host, $2: path
url() {
	echo "http://127.10.$1:$port$2"
}

safe() {
	echo "https://127.10.$1:$secure$2"
}

# A project in a folder $1, with a digest for each further argument; its config says what stands on standard input of hosts.
site() {
	rm -rf "$1" && mkdir "$1" && cd "$1" && template . && mkdir news && { printf 'timezone: UTC\nlinks:\n  hosts:\n' && sed 's/^/    /'; } >.sdi.yaml && shift
	day=1
	for article in "$@"; do
		digest | sed "s,https://example.com/news/1,$article," >news/2026110$day.md && day=$((day + 1))
	done
}

links() {
	sdi links --allow-address 127.10.0.0/16 --interval 10 "$@"
}

# How often the farm was asked for what has $1 in it.
asked() {
	grep '"request"' "$log" | grep -cF -e "$1"
}

# Nowhere but in the farm's own log.
hidden() {
	! grep -rqF "$secret" "$out" "$err" .
}

# From the first request at the host $1 to the last, in milliseconds.
lasted() {
	python3 - "$log" "$1" <<'PY'
import json, sys
seen = [e["t"] for e in map(json.loads, open(sys.argv[1])) if e["event"] == "request" and e["host"] == sys.argv[2]]
print(int(1000 * (seen[-1] - seen[0])))
PY
}

# The most that were under way at once at the host $1.
flying() {
	grep '"request"' "$log" | grep -F "\"$1\"" | sed 's/.*"flying": \([0-9]*\).*/\1/' | sort -n | tail -1
}

paces() (
	site a "$(url 1.1 /ok?1)" "$(url 1.1 /ok?2)" "$(url 1.1 /ok?3)" "$(url 1.2 '/delay/1?ms=300')" "$(url 1.2 '/delay/2?ms=300')" "$(url 1.2 '/delay/3?ms=300')" <<'YAML' &&
127.10.1.1: {interval: 1500}
127.10.1.2: {in-flight: 1}
YAML
		check_exit 0 links --in-flight 8 && said '6 links, 6 requests' && [ "$(lasted 127.10.1.1)" -ge 1000 ] && [ "$(flying 127.10.1.2)" -eq 1 ]
)

accepts() (
	site b "$(url 1.3 /403)" "$(url 1.3 /403-cf)" "$(url 1.4 /403)" "$(url 1.4 "/302?to=$(url 1.3 /999)")" "$(url 1.3 "/302?to=$(url 1.4 /403)")" <<'YAML' &&
127.10.1.3: {accept: [403, 999]}
YAML
		check_exit 0 links && said 'ok 3, blocked-unknown 2' && ! grep -q '20261101\|20261102\|20261104' "$out" && check_exit 0 links --output-format json &&
		[ "$(grep -c '"reason": "accepted"' "$out")" -eq 3 ]
)

leaves_alone() (
	site c "$(url 1.5 /ok)" "$(url 1.6 "/301?to=$(url 1.5 /ok)")" "http://a.b.farm.net:$port/ok" "$(url 1.6 "/302?to=http://b.farm.net:$port/ok")" <<'YAML' &&
127.10.1.5: {ask: false}
farm.net: {ask: false}
YAML
		check_exit 0 links && [ ! -s "$out" ] && said 'skipped-policy 4' && check_exit 0 links --allow-host 127.10.1.5 --output-format json && [ "$(grep -c '"reason": "excluded"' "$out")" -eq 4 ] &&
		[ "$(asked '"127.10.1.5"')" -eq 0 ]
)

# What is accepted from an archive is no copy of a page.
archives() (
	site l "$(url 1.13 /404)" <<'YAML' &&
127.10.1.14: {accept: [404]}
YAML
		check_exit 1 links --archive "$(url 1.14 /404)" && printed 'broken' && said 'archived: 0, not looked for: 0'
)

# Indicators and addresses stay what they are, whatever is said of them.
refused() (
	site e "$(url 1.7 /ok)" 'http://127.66.6.6/ok' <<'YAML' &&
127.10.1.7: {accept: [200], ask: true}
127.66.6.6: {accept: [200], ask: true}
YAML
		sed -i 's,一行の要約,hxxp://127[.]10[.]1[.]7/x,' news/20261102.md && check_exit 0 links && printed '(ioc-host)' && printed '(loopback-address)' && [ "$(asked '"127.10.1.7"')" -eq 0 ]
)

# Each with a config of its own; the first that names a host says what holds.
projects() (
	site k "$(url 1.11 /403)" "$(url 1.12 /403)" <<'YAML' &&
127.10.1.11: {accept: [403]}
YAML
		mkdir -p sub/news && cp -r .sdi sub && cp news/20261101.md sub/news/20261103.md && printf 'links: {hosts: {127.10.1.11: , 127.10.1.12: {accept: [403]}}}\n' >sub/.sdi.yaml &&
		check_exit 0 links news && said 'ok 1, blocked-unknown 1' && check_exit 0 links && said '3 links, 2 requests: ok 3' && (cd sub && check_exit 0 links) &&
		said '1 links, 1 requests: blocked-unknown 1'
)

mistakes() (
	site f "$(url 1.8 /ok)" <<'YAML' &&
a.com/b: {interval: 1000}
YAML
		check_exit 2 links && said '.sdi.yaml:4:5: `a.com/b` is no name of a host' && check_exit 2 sdi lint && said '.sdi.yaml:4:5' &&
		for wrong in 'allow-address: 10.0.0.0/8' 'allow-host: x' 'ca-file: x' 'header: x' 'deadline: 1' 'interval: 10' 'in-flight: 64' 'accept: [302]' \
			'credentials: HOME' "credentials: $secret"; do
			printf 'links:\n  hosts:\n    127.10.1.8: {%s}\n' "$wrong" >.sdi.yaml && check_exit 2 links && said '.sdi.yaml:3:' && ! grep -qF "$secret" "$out" "$err" || exit 1
		done && printf 'links: {allow-address: [10.0.0.0/8]}\n' >.sdi.yaml && check_exit 2 links && said 'unknown key' && [ "$(asked '"127.10.1.8"')" -eq 0 ]
)

shown() (
	site g "$(url 1.9 /ok)" <<'YAML' &&
github.com: {interval: 1000, accept: [403, 999]}
YAML
		check_exit 0 sdi config && sed 's/  */ /g' "$out" >text && grep -qx 'links.hosts github.com .sdi.yaml:4:5' text &&
		grep -qx 'links.hosts.github.com.accept 403, 999 .sdi.yaml:4:42' text
)

# A variable that cannot be meant is an error, and nobody is asked.
values() (
	site h "$(url 1.10 /ok)" <<'YAML' &&
127.10.1.10: {credentials: SDI_LINKS_FARM}
YAML
		export SDI_LINKS_FARM &&
		for SDI_LINKS_FARM in "127.10.1.11 Bearer $secret" "10.1.10 Bearer $secret" "Bearer $secret" "$secret" "127.10.1.10	$secret" "127.10.1.10 Bearer 鍵$secret" \
			"127.10.1.10 $(printf 'a\r\nX-Test: %s' "$secret")"; do
			check_exit 2 links && said '`SDI_LINKS_FARM` cannot be used for `127.10.1.10`' && hidden || exit 1
		done && [ "$(asked '"127.10.1.10"')" -eq 0 ] && unset SDI_LINKS_FARM && check_exit 0 links && said 'credentials for `127.10.1.10` are not there: `SDI_LINKS_FARM` is not set' &&
		export SDI_LINKS_FARM='' && check_exit 0 links && said 'is not set' && check_exit 0 links -q && [ ! -s "$err" ]
)

# Over TLS to the very host; not in the clear, not to where it redirects, and no trace is left.
sent() (
	site i "$(safe 0.1 /ok)" "$(url 0.1 /ok?clear)" "$(safe 0.1 "/302?to=$(safe 0.2 /ok?hop)")" "$(safe 0.1 "/302?to=$(url 0.1 /ok?down)")" "$(safe 0.2 "/302?to=$(safe 0.1 /ok?back)")" <<'YAML' &&
127.10.0.1: {credentials: SDI_LINKS_FARM}
127.10.0.2: {accept: [403]}
YAML
		git init -q . && git add . && git commit -qm begin && export SDI_LINKS_FARM="127.10.0.1 Bearer $secret" && check_exit 0 links --ca-file "$ca" --contacted contacted.tsv &&
		said 'ok 5' && hidden && check_exit 0 links --ca-file "$ca" --output-format json && hidden && [ -s .git/sdi/links.db ] && [ "$(wc -l <contacted.tsv)" -eq 8 ] &&
		grep -F "\"Bearer $secret\"" "$log" >got && [ "$(wc -l <got)" -eq 8 ] && [ "$(grep -cF '"127.10.0.1"' got)" -eq 8 ] &&
		[ "$(grep -c '"path": "/ok"' got)" -eq 2 ] && [ "$(grep -c '"path": "/ok?back"' got)" -eq 2 ] && [ "$(grep -c '"path": "/302' got)" -eq 4 ] &&
		[ "$(asked '"/ok?clear"')" -eq 2 ] && [ "$(asked '"/ok?hop"')" -eq 2 ] && [ "$(asked '"/ok?down"')" -eq 2 ]
)

# Without the authority nothing is sent at all; and one that is not there is said at once.
authorities() (
	site j "$(safe 0.1 /ok?ca)" <<'YAML' &&
127.10.0.1: {credentials: SDI_LINKS_FARM}
YAML
		export SDI_LINKS_FARM="127.10.0.1 Bearer $secret" && check_exit 0 links && printed 'tls-failure' && [ "$(asked /ok?ca)" -eq 0 ] && hidden &&
		check_exit 2 links --ca-file nowhere.pem && said 'cannot read `nowhere.pem`' && echo none >none.pem && check_exit 2 links --ca-file none.pem &&
		said 'certificates of authorities' && hidden && [ "$(asked /ok?ca)" -eq 0 ]
)

check 'the pace of a host' paces
check 'answers that count as there' accepts
check 'hosts that are left alone' leaves_alone
check 'what an archive does not have' archives
check 'nobody is asked for it' refused
check 'several projects' projects
check 'mistakes in the config' mistakes
check 'sdi config' shown
check 'credentials that cannot be meant' values
if [ "$tls" ]; then
	check 'to whom credentials are sent' sent
	check 'certificates of authorities' authorities
else
	left_out 'credentials and authorities' 'there is no openssl'
fi
finish
