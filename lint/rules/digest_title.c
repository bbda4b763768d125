#include "lint/check.h"
#include "lint/newline.h"

static bool is_title(struct check *c, const struct digest *d, struct str text)
{
	const struct template *t = d->template;
	for (size_t i = 0; i < t->title_alias.nr; i++)
		if (str_eq(t->title_alias.v[i], text))
			return true;
	struct date date;
	bool impossible;
	if (date_is_set(d->choice.date))
		return str_eq(pattern_fill(check_arena(c), &t->title, d->choice.date), text);
	return pattern_match(check_arena(c), &t->title, text, &date, &impossible);
}

static void missing(struct check *c, const struct digest *d, struct str wanted, bool known)
{
	struct finding *f = report(c, span_make(d->line[0].at.off, span_end(d->line[0].at)),
	                           "the title `# %.*s` is missing", STR_ARG(wanted));
	/* Front matter stays at the top. */
	uint32_t top = d->blocks->nr && d->blocks->v[0].kind == BLOCK_FRONT ? d->blocks->v[0].end : 0;
	if (!known || top >= d->lines)
		return;
	struct str newline = newline_of(d);
	suggest(c, f, "write the title");
	edit_insert(c, f, d->line[top].at.off,
	            arena_printf(check_arena(c), "# %.*s%.*s%.*s", STR_ARG(wanted), STR_ARG(newline), STR_ARG(newline)));
}

/* The heading without the comment at its end. */
static struct span heading_of(const struct line *l)
{
	return l->text.len ? span_make(l->at.off, span_end(l->text)) : l->at;
}

static void check(struct check *c, const struct digest *d)
{
	const struct template *t = d->template;
	if (!t->title_line_text.n)
		return;
	bool dated = pattern_tells_date(&t->title), known = !dated || date_is_set(d->choice.date);
	struct str wanted = known && dated ? pattern_fill(check_arena(c), &t->title, d->choice.date) : t->title_line_text;
	if (d->title_line == d->lines) {
		missing(c, d, wanted, known);
		return;
	}
	const struct line *l = &d->line[d->title_line];
	bool right = is_title(c, d, digest_str(d, d->title));
	if (right && l->level == 1)
		return;
	struct finding *f = right ? report(c, d->title, "the title is a heading of level %d; it should be of level 1", l->level)
	                          : report(c, d->title, "the title should be `%.*s`", STR_ARG(wanted));
	if (!known || d->line[d->title_line].at.off == l->text.off)
		return;
	suggest(c, f, "write `# %.*s`", STR_ARG(wanted));
	edit_replace(c, f, heading_of(l), arena_printf(check_arena(c), "# %.*s", STR_ARG(wanted)));
}

#define REST "\n\n### ニュース\n\n#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_digest_title = {
    .name = "digest-title",
    .group = "structure",
    .severity = SEVERITY_ERROR,
    .fix = FIX_SAFE,
    .summary = "The digest's title is missing or is not the template's",
    .why = "The title is how a reader, and a program that goes through an archive, knows that a file is a digest. "
           "A second spelling of it makes two kinds of digests out of one.",
    .bad = {.text = "# Daily Security Infomation" REST},
    .good = {.text = "# Daily Security Info" REST},
    .check = check,
};
