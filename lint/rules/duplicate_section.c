#include "lint/check.h"

static const struct section *first_of(const struct digest *d, const struct section *s)
{
	for (size_t i = 0; i < d->nr && &d->section[i] != s; i++)
		if (d->section[i].def == s->def)
			return &d->section[i];
	return NULL;
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		const struct section *first = s->def ? first_of(d, s) : NULL;
		if (!first)
			continue;
		struct finding *f = report(c, s->title, "the section `%.*s` stands here a second time", STR_ARG(s->def->name));
		relate(c, f, first->line, "the first one");
	}
}

#define TOP     \
	EXAMPLE_TOP \
	"#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_duplicate_section = {
	.name = "duplicate-section",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "A section stands in the digest twice",
	.why = "Programs that look a section up by its name take the first or the last one; the other is lost.",
	.bad = {.text = TOP "\n### メモ\n- [二つ目](https://example.com/memo)\n"},
	.good = {.text = TOP},
	.check = check,
};
