#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "lint/check.h"
#include "lint/forms.h"

/* Characters that a reader reads: URLs are not counted. */
static size_t length(const struct digest *d, const struct item *i, size_t *link)
{
	size_t urls = 0;
	while (*link < d->links && d->link[*link].line < i->line)
		++*link;
	for (size_t k = *link; k < d->links && d->link[k].line == i->line; k++)
		urls += unicode_graphemes(digest_str(d, d->link[k].url));
	size_t all = unicode_graphemes(digest_str(d, i->text));
	return all > urls ? all - urls : 0;
}

static void check_item(struct check *c, const struct digest *d, const struct item *i, size_t most, size_t *link)
{
	/* A character has a code point at least, and counting those is cheap. */
	if (i->text.len <= most || form_is_hole(digest_str(d, i->text)) || utf8_count(digest_str(d, i->text)) <= most)
		return;
	size_t nr = length(d, i, link);
	if (nr > most)
		report(c, i->text, "the item has %zu characters; the template allows %zu", nr, most);
}

static void check(struct check *c, const struct digest *d)
{
	size_t link = 0;
	FOR_EACH_ENTRY (d, e)
		FOR_EACH_FIELD (e, f)
			FOR_EACH_ITEM (f, i)
				if (f->def && f->def->max_chars)
					check_item(c, d, i, f->def->max_chars, &link);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_item_too_long = {
	.name = "item-too-long",
	.group = "structure",
	.severity = SEVERITY_INFO,
	.summary = "An item has more characters than the template allows",
	.why = "Short items are read, long ones are skipped. Characters are counted as a reader sees them, without URLs.",
	.bad =
		{.text = TOP
         "    - この要約の一行は四十文字という決まりよりもずっと長く書かれていて、読む人は途中で先へ行ってしまう\n" END},
	.good = {.text = TOP "    - この要約の一行は短い\n" END},
	.check = check,
};
