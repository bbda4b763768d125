/*
 * Whatever the text: links lie in it, in order; defanging and making live are each other's inverse, and doing one twice is
 * doing it once; so is the canonical form, which is the same of a URL live and defanged.
 */
#include <stdint.h>

#include "core/digest/link.h"
#include "core/ioc/canonical.h"
#include "core/ioc/defang.h"
#include "core/ioc/url.h"

static void check_link(const struct link *l, const struct link *before, struct str text)
{
	if (span_end(l->at) > text.n || (before && l->at.off < span_end(before->at)))
		BUG("a link at bytes %u to %u of %zu", l->at.off, span_end(l->at), text.n);
	if (l->text.off < l->at.off || span_end(l->text) > span_end(l->at) || l->url.off < l->at.off ||
	    span_end(l->url) > span_end(l->at))
		BUG("a URL outside of its link");
}

static void check_same(const char *what, struct str a, struct str b)
{
	if (!str_eq(a, b))
		BUG("%s: %.*s, but %.*s", what, STR_ARG(a), STR_ARG(b));
}

static void check_spelling(struct arena *a, struct str value)
{
	struct str live = refang(a, value), canonical = defang(a, value);
	struct spelling s = spelling_read(value), safe = spelling_read(canonical);

	check_same("live twice", refang(a, live), live);
	check_same("canonical twice", defang(a, canonical), canonical);
	check_same("there and back", refang(a, canonical), live);
	check_same("by the live one", refang(a, defang(a, live)), live);
	if (span_end(s.host) > value.n || s.live_dots > s.dots)
		BUG("a host at bytes %u to %u of %zu", s.host.off, span_end(s.host), value.n);
	if (safe.live_dots || safe.dots_exotic || safe.separator_exotic || safe.at != safe.at_defanged)
		BUG("%.*s is not canonical", STR_ARG(canonical));
	if (canonical.n > 3 * value.n + 8 || live.n > value.n + 8)
		BUG("%zu and %zu bytes of %zu", live.n, canonical.n, value.n);
}

static void check_parts(struct str url)
{
	struct url_parts p;
	if (!url_split(url, &p))
		return;
	const struct span all[] = {p.scheme, p.user, p.host, p.port, p.path, p.query, p.fragment};
	size_t end = 0;
	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		if (!all[i].len)
			continue;
		if (all[i].off < end || span_end(all[i]) > url.n)
			BUG("part %zu of %.*s", i, STR_ARG(url));
		end = span_end(all[i]);
	}
	/* At most a separator and brackets lie behind the last of them. */
	if (p.fragment.len && end != url.n)
		BUG("%zu bytes behind %.*s", url.n - end, STR_ARG(url));
}

static void check_canonical(struct arena *a, struct str url, struct str live)
{
	struct str canonical = url_canonical(a, url), safe = defang(a, url);
	check_same("canonical twice", url_canonical(a, canonical), canonical);
	if (str_eq(refang(a, live), live))
		check_same("canonical, live", url_canonical(a, live), canonical);
	if (str_eq(refang(a, safe), live))
		check_same("canonical, defanged", url_canonical(a, safe), canonical);
	for (size_t i = 0; i < canonical.n; i++)
		if (canonical.p[i] <= ' ' || canonical.p[i] >= 0x7F)
			BUG("%.*s is no ASCII", STR_ARG(canonical));
}

static void check_url(struct arena *a, struct str url, bool bare)
{
	bool defanged = false, again = false;
	size_t n = url_length(url, &defanged);
	struct str live = refang(a, url);

	if (n > url.n || (bare && n != url.n))
		BUG("%zu bytes of a URL of %zu", n, url.n);
	if (url_length(live, &again) && again)
		BUG("%.*s is not live", STR_ARG(live));
	check_canonical(a, url, live);
	check_parts(url);
	check_parts(live);
	check_spelling(a, url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size ? (const char *)data : "", size};
	struct arena arena = {0};
	struct link_list list = {0};

	link_scan(&arena, text, span_make(0, text.n), 0, &list);
	for (size_t i = 0; i < list.nr; i++) {
		const struct link *l = &list.v[i];
		check_link(l, i ? &list.v[i - 1] : NULL, text);
		check_url(&arena, str_at(text, l->url), l->kind != LINK_INLINE);
	}
	check_url(&arena, text, false);
	for (struct str rest = text, line; str_split(&rest, '\n', &line);)
		check_spelling(&arena, line);
	arena_release(&arena);
	return 0;
}
