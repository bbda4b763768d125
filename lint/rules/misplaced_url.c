#include "core/digest/link.h"
#include "core/digest/scan.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/newline.h"

static struct str line_of(struct check *c, const struct digest *d, struct span url)
{
	return arena_printf(check_arena(c), "%.*s%.*s", STR_ARG(newline_of(d)), STR_ARG(digest_str(d, url)));
}

/* What stands beside the URL cannot be seen, or is a part of it that only looks like one: other rules tell. */
static bool is_alone_to_the_eye(struct check *c, const struct digest *d, const struct entry *e)
{
	struct str line = digest_str(d, d->line[e->url_line].text), url = digest_str(d, e->url);
	struct str rest = str_slice(d->source->text, span_end(e->url), span_end(d->line[e->url_line].text));
	if (str_starts(line, url) && character_is_hyphen(character_behind(rest, 0)))
		return str_find_byte(rest, 0, ' ') == rest.n;
	struct str plain = character_plain(check_arena(c), line);
	return !str_eq(plain, line) && str_starts(plain, url) && str_find_byte(plain, 0, ' ') == plain.n;
}

/* "- https://…", "[題](https://…)": the URL is there, but not as a line of its own. */
static void check_dressed(struct check *c, const struct digest *d, const struct entry *e)
{
	const struct line *l = &d->line[e->url_line];
	const struct link *link = NULL;
	for (size_t i = 0; i < d->links && !link; i++)
		if (d->link[i].url.off == e->url.off)
			link = &d->link[i];
	struct finding *f = report(c, l->text, "the article's URL should stand alone on its line");
	bool all = link && link->at.off == l->text.off && link->at.len == l->text.len;
	if (!all || e->url_line == e->line)
		return;
	suggest(c, f, "write only the URL");
	edit_replace(c, f, span_make(l->at.off, span_end(l->text)), digest_str(d, e->url));
}

static void check_heading(struct check *c, const struct digest *d, const struct entry *e, const struct link *link)
{
	struct finding *f = report(c, link->at, "the article's URL belongs on the line below the heading");
	uint32_t end = span_end(d->line[e->line].at);
	bool trailing = span_end(link->at) == end && link->at.off > d->line[e->line].text.off && link->kind != LINK_INLINE;
	if (!trailing)
		return;
	uint32_t from = link->at.off;
	from = span_end(scan_trim(d->source->text, span_make(d->line[e->line].text.off, from)));
	suggest(c, f, "move it there");
	edit_replace(c, f, span_make(from, end), line_of(c, d, link->url));
}

static void check_later(struct check *c, const struct digest *d, const struct entry *e, const struct link *link)
{
	struct finding *f = report(c, link->at, "the article's URL belongs on the line below the heading");
	const struct line *l = &d->line[link->line];
	if (link->at.len != l->text.len || link->kind == LINK_INLINE)
		return;
	suggest(c, f, "move it there");
	edit_insert(c, f, span_end(d->line[e->line].at), line_of(c, d, link->url));
	bool apart = d->line[link->line - 1].kind == LINE_BLANK &&
	             (link->line + 1 == d->lines || d->line[link->line + 1].kind == LINE_BLANK);
	if (apart)
		edit_delete_line(c, f, d, link->line - 1);
	edit_delete_line(c, f, d, link->line);
}

static void check_without(struct check *c, const struct digest *d, const struct entry *e)
{
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		const struct line *line = &d->line[l->line];
		if (l->line < e->line || l->line >= e->end || line->kind == LINE_ITEM || !link_is_web(d, l))
			continue;
		if (l->line == e->line) {
			check_heading(c, d, e, l);
			return;
		}
		if (!line->indent && l->at.off == line->text.off) {
			check_later(c, d, e, l);
			return;
		}
	}
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		if (!e->shape->has_url)
			continue;
		if (e->url.len && !e->url_alone && is_alone_to_the_eye(c, d, e))
			continue;
		if (e->url.len && !e->url_alone)
			check_dressed(c, d, e);
		else if (!e->url.len && e->url_line == e->line)
			check_without(c, d, e);
	}
}

#define REST "\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_misplaced_url = {
	.name = "misplaced-url",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_BULLET | FACT_ARTICLE | FACT_ORDER,
	.summary = "An article's URL is not alone on the line below its heading",
	.why =
		"Programs take the first line that is nothing but a URL. One in a list, in a Markdown link or further down is not "
		"found, and the article has none.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\n[記事](https://example.com/news/1)\n" REST},
	.good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n" REST},
	.check = check,
};
