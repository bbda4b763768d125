#include "lint/article.h"
#include "lint/check.h"

/* Is an address somewhere in the entry, only not as it should be? misplaced-url tells. */
static bool stands_elsewhere(const struct digest *d, const struct entry *e)
{
	return article_elsewhere(d, e) || article_above(d, e) < d->lines ||
	       (e->url_line != e->line && article_bare(d, e, e->url_line).len);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		if (!e->shape->has_url || e->url.len || stands_elsewhere(d, e))
			continue;
		if (e->url_line != e->line)
			report_line(c, d, e->url_line,
			            "this is no address that a program would find; it must begin with `https://`");
		else
			report_line(c, d, e->line, "the entry has no URL below its heading");
	}
}

#define REST "\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_missing_url = {
	.name = "missing-url",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "An entry has no article URL",
	.why =
		"The URL is what an article is known by: without it nothing can be joined to it, no duplicate is found, and no "
		"reader can check what the entry says.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\n" REST},
	.good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n" REST},
	.check = check,
};
