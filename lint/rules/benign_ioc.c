#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

/* `github[.]com:443` says no more than the host alone; on another port somebody else may listen. */
static bool is_usual_port(struct str live)
{
	static const struct str ports[] = {STR_INIT(":443"), STR_INIT(":80"), STR_INIT(":53"), STR_INIT(":853")};
	for (size_t i = 0; i < ARRAY_SIZE(ports); i++)
		if (str_ends(live, ports[i]))
			return true;
	return false;
}

/* Only a host: on everybody's servers a path may be anybody's. */
static bool is_host_alone(const struct indicator *is)
{
	struct url_parts parts;
	if (is->port && !is_usual_port(is->live))
		return false;
	if (is->kind != INDICATOR_URL)
		return is->kind == INDICATOR_DOMAIN || is->kind == INDICATOR_IPV4 || is->kind == INDICATOR_IPV6;
	return !is->port && url_split(is->live, &parts) && parts.path.len <= 1 && !parts.query.len && !parts.fragment.len &&
	       !parts.user.len;
}

static bool is_listed(const struct word_list *list, struct str value)
{
	for (size_t i = 0; i < list->nr; i++)
		if (str_eq_nocase(list->v[i].key, value))
			return true;
	return false;
}

static void check_host(struct check *c, const struct ioc_cell *cell, const struct word_list *hosts)
{
	struct str host = cell->is.host, bare = host;
	if (!is_host_alone(&cell->is))
		return;
	if (str_eq_nocase(str_slice(host, 0, 4), STR("www.")))
		bare = str_from(host, 4);
	if (!is_listed(hosts, host) && !is_listed(hosts, bare))
		return;
	struct str well = ioc_word_of(&cell->def->known, IOC_KNOWN_WELL);
	if (well.n)
		report(c, cell->at, "`%.*s` is a service that many use; if it is meant, mark it as `%.*s`", STR_ARG(host),
		       STR_ARG(well));
	else
		report(c, cell->at, "`%.*s` is a service that many use, no attacker's host", STR_ARG(host));
}

static void check(struct check *c, const struct digest *d)
{
	struct word_list hosts = option_words(c, "hosts"), hashes = option_words(c, "hashes");
	FOR_EACH_CELL (c, d, cell) {
		if (cell->is.flaw || cell->known == IOC_KNOWN_WELL)
			continue;
		if (cell->is.kind == INDICATOR_HASH && is_listed(&hashes, cell->is.live))
			report(c, cell->at, "this is the hash of an empty file, or of one that everybody has");
		else if (ioc_may_be_network(cell))
			check_host(c, cell, &hosts);
	}
}

static const char hosts[] =
	"google.com\ndrive.google.com\ndocs.google.com\ngmail.com\nyoutube.com\n"
	"microsoft.com\nlogin.microsoftonline.com\noffice.com\noutlook.com\nlive.com\nbing.com\nwindowsupdate.com\n"
	"apple.com\nicloud.com\namazon.com\namazonaws.com\nadobe.com\nmozilla.org\n"
	"facebook.com\ninstagram.com\nwhatsapp.com\ntwitter.com\nx.com\nlinkedin.com\nreddit.com\n"
	"t.me\ntelegram.org\napi.telegram.org\ndiscord.com\ncdn.discordapp.com\nzoom.us\nyahoo.com\nyahoo.co.jp\nwikipedia.org\n"
	"github.com\nraw.githubusercontent.com\ngist.github.com\ngitlab.com\nbitbucket.org\ncodeberg.org\nsourceforge.net\n"
	"npmjs.com\nregistry.npmjs.org\npypi.org\nhuggingface.co\ndropbox.com\nwordpress.com\nwordpress.org\n"
	"pastebin.com\nbit.ly\ntinyurl.com\nt.co\n"
	"cloudflare.com\ncdnjs.com\ncdnjs.cloudflare.com\nunpkg.com\ncdn.jsdelivr.net\n"
	"api.ipify.org\nipinfo.io\nip-api.com\nifconfig.me\nicanhazip.com\ncheckip.amazonaws.com\n"
	"example.com\nexample.net\nexample.org\n"
	"8.8.8.8\n8.8.4.4\n1.1.1.1\n1.0.0.1\n9.9.9.9\n208.67.222.222\n208.67.220.220\n"
	"2001:4860:4860::8888\n2001:4860:4860::8844\n2606:4700:4700::1111\n2606:4700:4700::1001";
static const char hashes[] = "d41d8cd98f00b204e9800998ecf8427e\n"
							 "da39a3ee5e6b4b0d3255bfef95601890afd80709\n"
							 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

static const struct rule_option options[] = {
	{.name = "hosts",
     .doc = "Hosts and addresses that many use; one with a path is never meant",
     .kind = VALUE_WORDS,
     .words = hosts},
	{.name = "hashes", .doc = "Hashes of files that everybody has", .kind = VALUE_WORDS, .words = hashes},
	{.name = NULL},
};

const struct rule rule_benign_ioc = {
	.name = "benign-ioc",
	.group = "ioc",
	.severity = SEVERITY_WARNING,
	.summary = "An indicator that is a service for everybody",
	.why =
		"The attacker was a user like any other. Whoever blocks the host by this list blocks everybody's mail, code or "
		"name service; what is wanted is the attacker's own path there, or the mark that the host is well known.",
	.bad = {.text = EXAMPLE_IOC "    - github[.]com,FQDN名,知られていない,配布元,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - github[.]com,FQDN名,よく知られている,配布元,NA(IP以外)\n" EXAMPLE_END},
	.options = options,
	.check = check,
};
