#include "lint/check.h"
#include "lint/link_answer.h"

static void tell(struct check *c, const struct link *l, const struct link_known *k)
{
	if (date_is_set(k->since))
		report(c, l->url, "the link is broken since %s (%.*s), seen %u times", date_text(k->since).z,
		       STR_ARG(k->reason), k->looks);
	else
		report(c, l->url, "the link is broken (%.*s), seen %u times", STR_ARG(k->reason), k->looks);
}

static void check(struct check *c, const struct digest *d)
{
	struct link_target asked;
	struct link_known known;
	if (!d->answers || !d->answers->any(d->answers))
		return;
	for (size_t i = 0; i < d->links; i++)
		if (link_answer(check_scratch(c), d, &d->link[i], &asked, &known) && known.broken)
			tell(c, &d->link[i], &known);
}

#define ENTRY(url) \
	EXAMPLE_TOP "#### 記事の題名\n" url "\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END
#define ANSWERS "broken 2026-11-01 3 404 https://example.com/news/1"

const struct rule rule_broken_link = {
	.name = "broken-link",
	.group = "link",
	.severity = SEVERITY_ERROR,
	.summary = "A link leads nowhere, as `sdi links` has found out",
	.why =
		"Whoever follows the link finds nothing. A page counts as broken when its server said twice that it is gone, or when "
		"nothing came of three looks over seven days; a server that lets no program in says nothing. The network is not asked "
		"here: `sdi links` does that, and what it has learnt is remembered in git's folder.",
	.bad = {.text = ENTRY("https://example.com/news/1"), .answers = ANSWERS},
	.good = {.text = ENTRY("https://example.com/news/2"), .answers = ANSWERS},
	.check = check,
};
