#include "core/digest/link.h"
#include "core/ioc/defang.h"
#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/link_place.h"

/*
 * The line of the URL from where it begins, if all of that is one that somebody defanged: `\.` and `［.］` end a URL in running
 * text, and here nothing else can follow. Empty if it is none.
 */
static struct span whole_line(struct check *c, const struct digest *d, const struct entry *e)
{
	uint32_t line = !e->url.len && e->url_line == e->line && e->strays ? e->stray[0] : e->url_line;
	struct span at = d->line[line].text;
	if (e->url.len)
		at = span_make(e->url.off, span_end(at));
	struct str written = digest_str(d, at), live;
	if (line == e->line && !e->url.len)
		return (struct span){0};
	struct spelling s = refang_read(check_arena(c), written, &live);
	bool defanged = false, web = str_starts(live, STR("http://")) || str_starts(live, STR("https://"));
	if (!s.scheme || s.over || !s.dots || !web || str_eq(live, written) || url_length(live, &defanged) != live.n)
		return (struct span){0};
	return defanged ? (struct span){0} : at;
}

/* Does a row of indicators hold the host, too? Then the link is defanged with a reason. */
static bool is_indicator(struct check *c, const struct digest *d, struct str written, struct str live)
{
	struct str host = str_at(live, spelling_read(live).host), as_written = str_at(written, spelling_read(written).host);
	struct str defanged = defang(check_arena(c), host);
	if (!host.n)
		return true;
	FOR_EACH_RAW_LINE (d, p)
		if (p->ioc && (str_find(p->raw, 0, host) < p->raw.n || str_find(p->raw, 0, as_written) < p->raw.n ||
		               str_find(p->raw, 0, defanged) < p->raw.n))
			return true;
	return false;
}

/* Of a list of links: `[title](hxxps://…)`. */
static void check_listed(struct check *c, const struct digest *d, const struct link *l)
{
	struct str written = digest_str(d, l->url), live;
	struct spelling s = refang_read(check_arena(c), written, &live);
	bool defanged = false, web = str_starts(live, STR("http://")) || str_starts(live, STR("https://"));
	if (!s.scheme || s.over || !web || url_length(live, &defanged) != live.n || defanged ||
	    link_inside(d, l).len != l->url.len || is_indicator(c, d, written, live))
		return;
	struct finding *f = report(c, l->url, "the address of the link is defanged");
	suggest(c, f, "make it a live link");
	edit_replace(c, f, l->url, live);
}

static void check_section(struct check *c, const struct digest *d, const struct section *s, const struct link_range *r)
{
	(void)s;
	for (size_t i = r->first; r->list && i < r->end; i++)
		if (d->link[i].defanged && link_is_item(d, &d->link[i]))
			check_listed(c, d, &d->link[i]);
}

static void check(struct check *c, const struct digest *d)
{
	link_sections(c, d, check_section);
	FOR_EACH_ENTRY (d, e) {
		bool defanged = false;
		struct span at = e->url, whole = whole_line(c, d, e);
		bool found = url_length(digest_str(d, at), &defanged) && defanged;
		if (whole.len > at.len)
			at = whole;
		else if (!found)
			continue;
		struct finding *f = report(c, at, "the article's own URL is defanged");
		suggest(c, f, "make it a live link");
		edit_replace(c, f, at, refang(check_arena(c), digest_str(d, at)));
	}
}

#define REST "\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_defanged_url = {
	.name = "defanged-url",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_ARTICLE | FACT_LINK,
	.summary = "An article's own URL is defanged, or a link of a list",
	.why =
		"Indicators are defanged so that nobody clicks them. The article's URL is there to be clicked, and programs do not "
		"find a defanged one.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhxxps://example[.]com/news/1\n" REST},
	.good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n" REST},
	.check = check,
};
