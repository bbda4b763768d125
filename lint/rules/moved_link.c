#include "core/base/buf.h"
#include "core/ioc/canonical.h"
#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/link_answer.h"

/* Redirects add their own. */
static struct str without_trackers(struct arena *a, struct str url)
{
	struct buf out = {0};
	size_t question = str_find_byte(url, 0, '?');
	struct str part, query = str_from(url, question + 1);
	buf_add(&out, str_slice(url, 0, question));
	for (char before = '?'; question < url.n && str_split(&query, '&', &part);) {
		if (url_is_tracker(part))
			continue;
		buf_addc(&out, before);
		buf_add(&out, part);
		before = '&';
	}
	url = arena_str(a, buf_str(&out));
	buf_release(&out);
	return url;
}

/* The new address as it is to be written; "" where there is no better one. */
static struct str better(struct arena *a, const struct link_target *old, struct str moved)
{
	struct link_target new;
	if (link_target_read(a, moved, &new) || (old->https && !new.https))
		return STR("");
	/* `http:`, `www.` and a slash at the end: the same page, under a name that leads there, too. */
	if (str_eq(url_canonical(a, old->request), url_canonical(a, new.request)))
		return STR("");
	struct str url = without_trackers(a, new.request);
	struct str fragment = new.fragment.n ? new.fragment : old->fragment;
	return fragment.n ? arena_printf(a, "%.*s#%.*s", STR_ARG(url), STR_ARG(fragment)) : url;
}

/* Is it a link wherever a link stands: no bracket that might end it, no mark of Markdown? */
static bool can_stand(struct str url)
{
	bool defanged;
	for (size_t i = 0; i < url.n; i++)
		if (strchr("()[]<>{}|\\`*\"'", url.p[i]))
			return false;
	return url_length(url, &defanged) == url.n && !defanged;
}

static void tell(struct check *c, const struct digest *d, const struct link *l, struct str url)
{
	struct finding *f = report(c, l->url, "the page has moved for good, to `%.*s`", STR_ARG(url));
	if (!can_stand(url))
		return;
	suggest(c, f, "write where it is now");
	if (l->kind == LINK_INLINE && str_eq(digest_str(d, l->text), digest_str(d, l->url)))
		edit_replace(c, f, l->text, url);
	edit_replace(c, f, l->url, url);
}

static void check(struct check *c, const struct digest *d)
{
	struct link_target asked;
	struct link_known known;
	if (!d->answers || !d->answers->any(d->answers))
		return;
	for (size_t i = 0; i < d->links; i++) {
		if (!link_answer(check_scratch(c), d, &d->link[i], &asked, &known) || known.broken)
			continue;
		struct str url = better(check_arena(c), &asked, known.moved);
		if (url.n)
			tell(c, d, &d->link[i], url);
	}
}

#define ENTRY(url) \
	EXAMPLE_TOP "#### 記事の題名\n" url "\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END
#define ANSWERS "moved https://example.com/articles/1 https://example.com/news/1"

const struct rule rule_moved_link = {
	.name = "moved-link",
	.group = "link",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_LINK | FACT_ARTICLE,
	.summary = "A page has moved for good, as `sdi links` has found out",
	.why =
		"The old address works as long as somebody keeps it working. Only redirects that are permanent count, and no change "
		"of scheme, `www.`, trackers or fragment alone. The network is not asked here: `sdi links` does that, and what it "
		"has learnt is remembered in git's folder.",
	.bad = {.text = ENTRY("https://example.com/news/1"), .answers = ANSWERS},
	.good = {.text = ENTRY("https://example.com/articles/1"), .answers = ANSWERS},
	.check = check,
};
