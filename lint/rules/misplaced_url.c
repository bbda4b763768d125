#include "core/digest/scan.h"
#include "lint/article.h"
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

/* What is nested in the item would hang in the air. */
static bool has_children(const struct digest *d, uint32_t line)
{
	return d->line[line].kind == LINE_ITEM && line + 1 < d->lines && d->line[line + 1].kind != LINE_BLANK &&
	       d->line[line + 1].indent > d->line[line].indent;
}

/* "- https://…", "[題](https://…)": the URL is there, but not as a line of its own. */
static void check_dressed(struct check *c, const struct digest *d, const struct entry *e)
{
	const struct line *l = &d->line[e->url_line];
	struct span bare = article_bare(d, e, e->url_line);
	struct finding *f = report(c, l->text.len ? l->text : l->at, "the article's URL should stand alone on its line");
	/* A numbered entry begins with it: the number stays. */
	bool numbered = e->url_line == e->line;
	if (!bare.len || (numbered && bare.len != e->url.len) || has_children(d, e->url_line))
		return;
	suggest(c, f, "write only the URL");
	edit_replace(c, f, span_make(numbered ? l->text.off : l->at.off, span_end(l->text)), digest_str(d, bare));
}

/* "#### 題 https://…": the bytes of the heading from where the URL's part of it begins; an empty one where it has text behind. */
static struct span behind_title(const struct digest *d, const struct entry *e, const struct link *link)
{
	uint32_t first = d->line[e->line].text.off, end = span_end(d->line[e->line].at);
	struct span title = scan_trim(d->source->text, span_make(first, link->at.off));
	if (link->kind == LINK_INLINE || link->at.off == first)
		return (struct span){end, 0};
	struct str behind = digest_str(d, span_make(span_end(link->at), end)), before = digest_str(d, title);
	if (behind.n) {
		struct str around = str_at(d->source->text, span_make(first, end)), url = digest_str(d, link->at);
		static const char *const brackets[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}, {"「", "」"}};
		for (size_t i = 0; i < ARRAY_SIZE(brackets); i++) {
			struct str open = str_of(brackets[i][0]);
			if (str_eqz(behind, brackets[i][1]) && str_ends(before, open) && around.n > url.n && before.n > open.n) {
				title = scan_trim(d->source->text, (struct span){title.off, title.len - (uint32_t)open.n});
				return span_make(span_end(title), end);
			}
		}
		return (struct span){end, 0};
	}
	return span_make(span_end(title), end);
}

/* "#### [題](https://…)" */
static bool is_linked_title(const struct digest *d, const struct entry *e, const struct link *link)
{
	struct span title = d->line[e->line].text, text = scan_trim(d->source->text, link->text);
	bool all = link->at.off == title.off && span_end(link->at) == span_end(d->line[e->line].at);
	struct str s = digest_str(d, text);
	return link->kind == LINK_INLINE && all && text.len && !link->image && !link->defanged &&
	       str_find(s, 0, STR("://")) == s.n;
}

static void check_heading(struct check *c, const struct digest *d, const struct entry *e, const struct link *link)
{
	struct finding *f = report(c, link->at, "the article's URL belongs on the line below the heading");
	struct span part = behind_title(d, e, link);
	if (is_linked_title(d, e, link)) {
		suggest(c, f, "move it there");
		edit_replace(c, f, link->at,
		             arena_printf(check_arena(c), "%.*s%.*s",
		                          STR_ARG(digest_str(d, scan_trim(d->source->text, link->text))),
		                          STR_ARG(line_of(c, d, link->url))));
	} else if (part.len) {
		suggest(c, f, "move it there");
		edit_replace(c, f, part, line_of(c, d, link->url));
	}
}

static void check_later(struct check *c, const struct digest *d, const struct entry *e, const struct link *link)
{
	struct finding *f = report(c, link->at, "the article's URL belongs on the line below the heading");
	struct span bare = article_bare(d, e, link->line);
	if (!bare.len || link->kind == LINK_INLINE || has_children(d, link->line))
		return;
	suggest(c, f, "move it there");
	edit_insert(c, f, span_end(d->line[e->line].at), line_of(c, d, bare));
	bool apart = d->line[link->line - 1].kind == LINE_BLANK &&
	             (link->line + 1 == d->lines || d->line[link->line + 1].kind == LINE_BLANK);
	if (apart)
		edit_delete_line(c, f, d, link->line - 1);
	edit_delete_line(c, f, d, link->line);
}

/* It stands above the heading. */
static void check_above(struct check *c, const struct digest *d, const struct entry *e, uint32_t line)
{
	struct finding *f = report_line(c, d, line, "the article's URL belongs on the line below the heading");
	suggest(c, f, "move it there");
	edit_delete_line(c, f, d, line);
	edit_insert(c, f, span_end(d->line[e->line].at), line_of(c, d, d->line[line].text));
}

static void check_without(struct check *c, const struct digest *d, const struct entry *e)
{
	const struct link *link = article_elsewhere(d, e);
	uint32_t above = article_above(d, e);
	if (above < d->lines && (!link || link->line != e->line))
		check_above(c, d, e, above);
	else if (link && link->line == e->line)
		check_heading(c, d, e, link);
	else if (link)
		check_later(c, d, e, link);
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
		else if (!e->url.len && article_bare(d, e, e->url_line).len)
			check_dressed(c, d, e);
	}
}

#define REST "\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_misplaced_url = {
	.name = "misplaced-url",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_BULLET | FACT_QUOTE | FACT_CODE | FACT_ARTICLE | FACT_LINK | FACT_ORDER,
	.summary = "An article's URL is not alone on the line below its heading",
	.why =
		"Programs take the first line that is nothing but a URL. One in a list, in a Markdown link or further down is not "
		"found, and the article has none.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\n[記事](https://example.com/news/1)\n" REST},
	.good = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n" REST},
	.check = check,
};
