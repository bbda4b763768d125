#include "lint/check.h"
#include "lint/newline.h"
#include "lint/remark.h"

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

/* The title behind a section, where it is none; d->lines without one. */
static uint32_t find_below(struct check *c, const struct digest *d)
{
	uint32_t i = 0;
	while (i < d->lines && (d->line[i].kind != LINE_HEADING || d->line[i].level != 1 ||
	                        !is_title(c, d, digest_str(d, d->line[i].text))))
		i++;
	return i;
}

static void missing(struct check *c, const struct digest *d, struct str wanted, bool known)
{
	struct finding *f = report(c, span_make(d->line[0].at.off, span_end(d->line[0].at)),
	                           "the title `# %.*s` is missing", STR_ARG(wanted));
	/* Front matter stays at the top. */
	uint32_t top = d->blocks->nr && d->blocks->v[0].kind == BLOCK_FRONT ? d->blocks->v[0].end : 0;
	uint32_t below = find_below(c, d);
	if (below < d->lines)
		relate(c, f, below, "it stands here");
	if (!known || top >= d->lines || below < d->lines)
		return;
	struct str newline = newline_of(d);
	suggest(c, f, "write the title");
	edit_insert(c, f, d->line[top].at.off,
	            arena_printf(check_arena(c), "# %.*s%.*s%.*s", STR_ARG(wanted), STR_ARG(newline), STR_ARG(newline)));
}

/* The comment at the heading's end stays. */
static void offer(struct check *c, const struct digest *d, struct finding *f, struct str wanted)
{
	const struct line *l = &d->line[d->title_line];
	bool glued = !l->text.len && l->text.off < span_end(l->at);
	suggest(c, f, "write `# %.*s`", STR_ARG(wanted));
	edit_replace(c, f, span_make(l->at.off, span_end(l->text)),
	             arena_printf(check_arena(c), "# %.*s%s", STR_ARG(wanted), glued ? " " : ""));
}

static void check_first(struct check *c, const struct digest *d)
{
	const struct template *t = d->template;
	bool dated = pattern_tells_date(&t->title), known = !dated || date_is_set(d->choice.date);
	struct str wanted = known && dated ? pattern_fill(check_arena(c), &t->title, d->choice.date) : t->title_line_text;
	if (d->title_line == d->lines) {
		missing(c, d, wanted, known);
		return;
	}
	const struct line *l = &d->line[d->title_line];
	bool right = is_title(c, d, digest_str(d, d->title));
	if (right && l->level == 1 && !l->disguised)
		return;
	const char *fmt = l->disguised ? N_("the title is no heading; it should be `# %.*s`")
	                  : right      ? N_("`%.*s` should be a heading of level 1")
	                               : N_("the title should be `%.*s`");
	struct finding *f = report(c, d->title, fmt, STR_ARG(wanted));
	struct str title = digest_str(d, d->title);
	if (remark_beside(check_arena(c), title, wanted) && !remark_is_day(check_arena(c), title, wanted, d->choice.date))
		return;
	if (known && (l->disguised || l->at.off != l->text.off))
		offer(c, d, f, wanted);
}

static void check(struct check *c, const struct digest *d)
{
	if (!d->template->title_line_text.n)
		return;
	check_first(c, d);
	if (d->title_line == d->lines)
		return;
	for (uint32_t i = d->title_line + 1; i < d->lines; i++) {
		const struct line *l = &d->line[i];
		if (l->kind != LINE_HEADING || l->level != 1 || !is_title(c, d, digest_str(d, l->text)))
			continue;
		struct finding *f = report(c, l->text, "the title stands here a second time");
		relate(c, f, d->title_line, "the first one");
	}
}

#define REST \
	"\n\n### ニュース\n\n#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_digest_title = {
	.name = "digest-title",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_HEADING | FACT_BULLET | FACT_QUOTE | FACT_CODE,
	.summary = "The digest's title is missing or is not the template's",
	.why = "The title is how a reader, and a program that goes through an archive, knows that a file is a digest. "
		   "A second spelling of it makes two kinds of digests out of one.",
	.bad = {.text = "# Daily Security Infomation" REST},
	.good = {.text = "# Daily Security Info" REST},
	.check = check,
};
