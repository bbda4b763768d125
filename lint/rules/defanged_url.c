#include "core/digest/link.h"
#include "core/ioc/defang.h"
#include "core/ioc/url.h"
#include "lint/check.h"

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		struct str url = digest_str(d, e->url);
		bool defanged = false;
		if (!url_length(url, &defanged) || !defanged)
			continue;
		struct finding *f = report(c, e->url, "the article's own URL is defanged");
		suggest(c, f, "make it a live link");
		edit_replace(c, f, e->url, refang(check_arena(c), url));
	}
}

#define REST "\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_defanged_url = {
	.name = "defanged-url",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "An article's own URL is defanged",
	.why =
		"Indicators are defanged so that nobody clicks them. The article's URL is there to be clicked, and programs do not "
		"find a defanged one.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhxxps://example[.]com/news/1\n" REST},
	.good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n" REST},
	.check = check,
};
