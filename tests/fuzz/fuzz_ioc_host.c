/*
 * Whatever the text: what is found in it is what can be looked up, or a range, each once and in order; and a host that is defanged
 * anywhere in it is found.
 */
#include <stdint.h>

#include "core/base/buf.h"
#include "core/ioc/defang.h"
#include "lint/links/cidr.h"
#include "lint/links/ioc_host.h"
#include "lint/links/target.h"

static struct str url_of(struct arena *a, struct str host)
{
	bool v6 = str_find_byte(host, 0, ':') < host.n;
	return arena_printf(a, v6 ? "http://[%.*s]/" : "http://%.*s/", STR_ARG(host));
}

static void check_host(struct arena *a, struct str host)
{
	struct link_target t;
	struct cidr range;
	bool known = str_find_byte(host, 0, '/') < host.n
	                 ? cidr_read(host, &range)
	                 : !link_target_read(a, url_of(a, host), &t) && str_eq(t.host, host);
	if (!known)
		BUG("nobody looks `%.*s` up", STR_ARG(host));
}

static void check_all(struct arena *a, const struct ioc_hosts *hosts)
{
	for (size_t i = 0; i < hosts->nr; i++) {
		if (i && str_cmp(hosts->v[i - 1], hosts->v[i]) >= 0)
			BUG("`%.*s` is out of order", STR_ARG(hosts->v[i]));
		check_host(a, hosts->v[i]);
	}
}

static struct ioc_hosts hosts_of(struct arena *a, struct str text)
{
	struct ioc_hosts hosts = {0};
	ioc_hosts_of_text(a, text, &hosts);
	ioc_hosts_settle(&hosts);
	return hosts;
}

static void must_find(struct arena *a, struct str text, struct str defanged, struct str host)
{
	struct buf b = {0};
	buf_add(&b, text);
	buf_addz(&b, "\n");
	buf_add(&b, defanged);
	buf_addz(&b, "\n");
	buf_add(&b, text);
	struct ioc_hosts hosts = hosts_of(a, arena_str(a, buf_str(&b)));
	buf_release(&b);
	for (size_t i = 0; i < hosts.nr; i++)
		if (str_eq(hosts.v[i], host))
			return;
	BUG("`%.*s` does not warn of `%.*s`", STR_ARG(defanged), STR_ARG(host));
}

/* With each dot, or each colon, in another way. */
static struct str spelt(struct arena *a, struct str host, char sign, const char *as)
{
	struct buf b = {0};
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] == sign)
			buf_addz(&b, as);
		else
			buf_addc(&b, host.p[i]);
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static void check_spellings(struct arena *a, struct str text, struct str host)
{
	static const char *const dots[] = {"[.]",     "(.)",   "{.}",  "[dot]",       "(DOT)",  "\\.",
	                                   "\\[.\\]", "［.］", "[。]", "&#91;.&#93;", "**[.]**"};
	static const char *const schemes[] = {"hxxp", "hXXps", "h**p", "fxp", "meow", "h[tt]p"};
	bool v6 = str_find_byte(host, 0, ':') < host.n;
	if (!v6 && str_find_byte(host, 0, '.') == host.n)
		return;
	/* What has no top-level domain is left as it is. */
	if (!str_eq(defang(a, host), host))
		must_find(a, text, defang(a, host), host);
	must_find(a, text, defang(a, url_of(a, host)), host);
	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
		must_find(a, text, arena_printf(a, "%s%.*s", schemes[i], STR_ARG(str_from(url_of(a, host), 4))), host);
	for (size_t i = 0; i < ARRAY_SIZE(dots) && !v6; i++)
		must_find(a, text, spelt(a, host, '.', dots[i]), host);
	if (v6)
		must_find(a, text, spelt(a, host, ':', "(:)"), host);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct link_target t;
	struct str text = {size ? (const char *)data : "", size};
	size_t line = str_find_byte(text, 0, '\n');
	struct ioc_hosts hosts = hosts_of(&a, text);
	check_all(&a, &hosts);
	/* The first line is a host. */
	if (!link_target_read(&a, url_of(&a, str_slice(text, 0, line)), &t))
		check_spellings(&a, str_from(text, line + 1), t.host);
	arena_release(&a);
	return 0;
}
