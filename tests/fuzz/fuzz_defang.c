/* Whatever the line: links lie in it, in order; making a URL live twice is making it live once. */
#include <stdint.h>

#include "core/digest/link.h"
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

static void check_url(struct arena *a, struct str url, bool bare)
{
	bool defanged = false, again = false;
	size_t n = url_length(url, &defanged);
	struct str live = refang(a, url), key = url_key(a, url);

	if (n > url.n || (bare && n != url.n))
		BUG("%zu bytes of a URL of %zu", n, url.n);
	if (!str_eq(refang(a, live), live))
		BUG("%.*s, then %.*s", STR_ARG(url), STR_ARG(live));
	if (live.n > url.n + 8 || key.n > live.n)
		BUG("%zu bytes of %zu", live.n, url.n);
	if (url_length(live, &again) && again)
		BUG("%.*s is not live", STR_ARG(live));
	if (bare && !str_eq(url_key(a, live), key))
		BUG("%.*s has another key than %.*s", STR_ARG(live), STR_ARG(url));
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
	arena_release(&arena);
	return 0;
}
