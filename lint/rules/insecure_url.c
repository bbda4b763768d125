#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/link_place.h"

/* Names of a machine's own network, and those that need no certificate. */
static const char *const local_names[] = {"localhost",  ".localhost", ".local",   ".internal", ".lan",
                                          ".home.arpa", ".test",      ".invalid", ".onion",    ".i2p"};

static bool is_local(struct str host)
{
	bool digits = true, dot = false;
	for (size_t i = 0; i < host.n; i++) {
		digits = digits && ((host.p[i] >= '0' && host.p[i] <= '9') || host.p[i] == '.');
		dot = dot || host.p[i] == '.';
	}
	for (size_t i = 0; i < ARRAY_SIZE(local_names); i++) {
		struct str name = str_of(local_names[i]);
		if (host.n >= name.n && str_eq_nocase(str_from(host, host.n - name.n), name))
			return true;
	}
	return digits || !dot || *host.p == '[';
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		struct str url = digest_str(d, l->url), scheme = STR("http://");
		struct url_parts parts;
		if (!str_eq_nocase(str_slice(url, 0, scheme.n), scheme) || !link_is_followed(d, l))
			continue;
		if (url_split(url, &parts) && !is_local(str_at(url, parts.host)))
			report(c, (struct span){l->url.off, (uint32_t)scheme.n},
			       "the link is not encrypted: `http://` instead of `https://`");
	}
}

#define TOP     \
	EXAMPLE_IOC \
	"    - IOC情報なし\n\n### メモ\n"

const struct rule rule_insecure_url = {
	.name = "insecure-url",
	.group = "link",
	.severity = SEVERITY_INFO,
	.summary = "A link leads to a page over plain `http://`",
	.why =
		"What is read over http can be read and changed by everybody on its way. Nearly all pages are there over https, "
		"too, and programs that compare addresses take the two for different ones.",
	.bad = {.text = TOP "- [記事の題名](http://example.com/a)\n"},
	.good = {.text = TOP "- [記事の題名](https://example.com/a)\n"},
	.check = check,
};
