#include "lint/check.h"

static void tell(struct check *c, struct span at, const struct seen *seen)
{
	struct finding *f;
	if (seen->earlier > 1)
		f = report(c, at, "%zu earlier digests have this article, the last of them `%s`, at line %u", seen->earlier,
		           seen->path, seen->line + 1);
	else if (date_is_set(seen->date))
		f = report(c, at, "the digest of %s has this article already: `%s`, at line %u", date_text(seen->date).z,
		           seen->path, seen->line + 1);
	else
		f = report(c, at, "another digest has this article already: `%s`, at line %u", seen->path, seen->line + 1);
	relate_path(c, f, seen->path, seen->line, "the article there");
}

#define ENTRY(url) \
	EXAMPLE_TOP "#### 記事の題名\n" url "\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_repeated_article = {
	.name = "repeated-article",
	.group = "link",
	.severity = SEVERITY_WARNING,
	.summary = "An earlier digest has the same article",
	.why =
		"Whoever reads every day reads it twice, and programs that join by URL refuse the second one, or lose the first. "
		"Scheme, `www.`, trackers, the fragment and a slash at the end make no other article. If there is news of it, link "
		"to what is new.",
	.bad = {.text = ENTRY("https://www.example.com/news/1/"), .before = ENTRY("https://example.com/news/1")},
	.good = {.text = ENTRY("https://example.com/news/2"), .before = ENTRY("https://example.com/news/1")},
	.sees = SIGHTING_ARTICLE,
	.tell = tell,
};
