#include "lint/article.h"

#include "core/digest/dress.h"
#include "core/digest/entry.h"
#include "core/digest/link.h"
#include "core/digest/scan.h"
#include "core/ioc/url.h"
#include "lint/blank.h"

/* What may stand before an address, with a colon. */
static const char *const words[] = {"記事のURL",   "記事URL",    "記事リンク", "元記事",
                                    "記事",        "URL",        "Url",        "url",
                                    "ＵＲＬ",      "出典",       "出所",       "リンク",
                                    "Link",        "link",       "LINK",       "ソース",
                                    "Source",      "source",     "SOURCE",     "参照",
                                    "参考",        "参考URL",    "参照URL",    "引用元",
                                    "引用",        "情報源",     "原文",       "詳細",
                                    "Via",         "via",        "参照元",     "関連リンク",
                                    "参考リンク",  "参照リンク", "Ref",        "ref",
                                    "Reference",   "リンク先",   "記事元",     "出典元",
                                    "出典URL",     "ソースURL",  "元の記事",   "記事へのリンク",
                                    "article",     "Article",    "here",       "こちら",
                                    "記事はこちら"};

static size_t colon_length(struct str s)
{
	return str_starts(s, STR(":")) ? 1 : str_starts(s, STR("：")) ? STR("：").n : 0;
}

static size_t word_length(struct str s)
{
	size_t longest = 0;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		struct str word = str_of(words[i]);
		if (!str_starts(s, word))
			continue;
		struct str rest = str_from(s, word.n);
		size_t blanks = blank_prefix(rest), n = word.n + blanks, colon = colon_length(str_from(rest, blanks));
		if ((colon || blanks) && n + colon > longest)
			longest = n + colon;
	}
	return longest;
}

/* "【URL】", "**出典:**", "[記事]" */
static size_t boxed_word_length(struct str s)
{
	static const struct str boxes[][2] = {{STR_INIT("【"), STR_INIT("】")}, {STR_INIT("["), STR_INIT("]")},
	                                      {STR_INIT("**"), STR_INIT("**")}, {STR_INIT("("), STR_INIT(")")},
	                                      {STR_INIT("（"), STR_INIT("）")}, {STR_INIT("［"), STR_INIT("］")},
	                                      {STR_INIT("<"), STR_INIT(">")},   {STR_INIT("「"), STR_INIT("」")}};
	for (size_t i = 0; i < ARRAY_SIZE(boxes); i++) {
		size_t open = boxes[i][0].n, close = str_find(s, open, boxes[i][1]), end = close + boxes[i][1].n;
		if (!str_starts(s, boxes[i][0]) || close >= s.n || str_starts(str_from(s, end), STR("(")))
			continue;
		struct str word = dress_name(str_slice(s, open, close));
		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			if (str_eqz(word, words[k]))
				return end + colon_length(str_from(s, end));
	}
	return 0;
}

static struct str without_stop(struct str s)
{
	static const struct str stops[] = {STR_INIT("。"), STR_INIT("、"), STR_INIT("<br>"), STR_INIT("\\")};
	for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
		if (s.n > stops[i].n && str_ends(s, stops[i]))
			return str_slice(s, 0, s.n - stops[i].n);
	return s;
}

static size_t mark_length(struct str s)
{
	size_t n = scan_false_bullet(s);
	if (n || !s.n)
		return n;
	if (s.p[0] == '>')
		return 1;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	bool mark = n ? n < s.n && (s.p[n] == '.' || s.p[n] == ')') : memchr("-*+", s.p[0], 3) != NULL;
	return mark && n + 1 < s.n && (s.p[n + 1] == ' ' || s.p[n + 1] == '\t') ? n + 2 : 0;
}

static struct str undressed(struct str s)
{
	for (;;) {
		size_t before = s.n;
		s = without_stop(dress_off(s));
		s = str_from(s, mark_length(s));
		s = str_from(s, word_length(s));
		s = str_from(s, boxed_word_length(s));
		if (s.n == before)
			return s;
	}
}

/* Is nothing lost without the text of the link? */
static bool says_nothing_more(const struct digest *d, const struct entry *e, const struct link *l)
{
	struct str text = dress_name(digest_str(d, l->text)), url = digest_str(d, l->url);
	bool known = !text.n || str_eq(text, url) || str_eq(text, dress_name(digest_str(d, e->title)));
	for (size_t i = 0; !known && i < ARRAY_SIZE(words); i++)
		known = str_eqz(text, words[i]);
	return known || l->kind != LINK_INLINE;
}

struct span article_bare(const struct digest *d, const struct entry *e, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str s = undressed(digest_str(d, span_make(l->at.off, span_end(l->text))));
	struct span at = {s.n ? (uint32_t)(s.p - d->source->text.p) : l->at.off, (uint32_t)s.n};
	bool defanged = false;
	if (s.n && url_length(s, &defanged) == s.n && !defanged)
		return at;
	for (size_t i = 0; i < d->links; i++)
		if (d->link[i].line == line && d->link[i].at.off == at.off && d->link[i].at.len == at.len &&
		    !d->link[i].defanged && link_is_web(d, &d->link[i]) && says_nothing_more(d, e, &d->link[i]))
			return d->link[i].url;
	return (struct span){l->at.off, 0};
}

static bool is_stray(const struct entry *e, uint32_t line)
{
	for (size_t i = 0; i < e->strays; i++)
		if (e->stray[i] == line)
			return true;
	return false;
}

const struct link *article_elsewhere(const struct digest *d, const struct entry *e)
{
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		const struct line *line = &d->line[l->line];
		if (l->line < e->line || l->line >= e->end || !link_is_web(d, l))
			continue;
		if (l->line == e->line)
			return l;
		bool begins = line->kind != LINE_ITEM && !line->indent && l->at.off == line->text.off;
		if (begins || (!line->indent && is_stray(e, l->line) && article_bare(d, e, l->line).len))
			return l;
	}
	return NULL;
}

/* Does what stands above the line belong to something else: a blank line, or the section's heading? */
static bool is_apart(const struct digest *d, uint32_t line)
{
	return line > 0 && (d->line[line - 1].kind == LINE_BLANK || d->line[line - 1].kind == LINE_HEADING);
}

/* The entry that ends where this one begins; NULL without one. */
static const struct entry *entry_before(const struct digest *d, const struct entry *e)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		if (s->nr && s->entry->line < e->line && e->line < s->end)
			return e - 1;
	}
	return NULL;
}

/* Is the line above the entry's heading nothing but an address? */
static bool has_address_above(const struct digest *d, const struct entry *e)
{
	if (!e->line || !e->level || !is_apart(d, e->line - 1))
		return false;
	const struct line *l = &d->line[e->line - 1];
	const struct link *link = digest_link_on(d, e->line - 1);
	return link && l->kind == LINE_TEXT && !l->indent && link->kind == LINK_BARE && !link->defanged &&
	       link->at.len == l->text.len && link_is_web(d, link);
}

uint32_t article_above(const struct digest *d, const struct entry *e)
{
	if (e->url.len || e->url_line != e->line || !has_address_above(d, e))
		return d->lines;
	const struct entry *before = entry_before(d, e);
	/* It may be the address of that one, which has no other. */
	bool has_other = !before || (before->url.len && before->url_line < e->line - 1) || has_address_above(d, before);
	return has_other ? e->line - 1 : d->lines;
}
