#include "lint/character.h"
#include "lint/check.h"

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		struct str title = digest_str(d, s->title);
		if (s->match == LABEL_EXACT)
			continue;
		/* Names that differ in what cannot be seen are other rules'. */
		if (s->def && s->match == LABEL_NEAR && str_eq(character_plain(check_arena(c), title), s->def->name))
			continue;
		struct span at = s->title.len ? s->title : d->line[s->line].at;
		if (!title.n)
			report(c, at, "the heading has no text");
		else if (s->def)
			report(c, at, "the template has no section `%.*s`; did you mean `%.*s`?", STR_ARG(title),
			       STR_ARG(s->def->name));
		else
			report(c, at, "the template has no section `%.*s`", STR_ARG(title));
	}
}

#define ENTRY "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_unknown_section = {
	.name = "unknown-section",
	.group = "structure",
	.severity = SEVERITY_WARNING,
	.summary = "A section is not in the template",
	.why =
		"No program reads a section that the template does not name. A heading that is meant to be an entry, but has "
		"neither URL nor fields, ends up here too.",
	.bad = {.text = EXAMPLE_TOP ENTRY "\n### 今日の天気\n晴れ\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_TOP ENTRY EXAMPLE_END},
	.check = check,
};
