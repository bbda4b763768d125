#include <stdlib.h>

#include "core/digest/ioc_row.h"
#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/link_place.h"
#include "lint/tracker.h"

struct search {
	struct check *c;
	const struct digest *d;
	struct word_list more;
	const struct ioc_row *row; /* NULL: not read yet */
	size_t rows;
};

static int compare_line(const void *key, const void *row)
{
	uint32_t line = *(const uint32_t *)key, other = ((const struct ioc_row *)row)->line;
	return (line > other) - (line < other);
}

/* `IOCはこちら: https://…`: a row that is no indicator, but says where they are. Rarely asked, so the rows are read then. */
static bool is_pointer(struct search *s, uint32_t line)
{
	if (!s->row)
		s->row = ioc_rows(check_arena(s->c), s->d, &s->rows);
	const struct ioc_row *row = s->rows ? bsearch(&line, s->row, s->rows, sizeof(*row), compare_line) : NULL;
	return row && row->kind == IOC_ROW_POINTER;
}

/* `[https://…?utm_source=x](https://…?utm_source=x)`: the same query in the text of the link; empty where it is not there. */
static struct span shown_query(const struct digest *d, const struct link *l, struct span query)
{
	struct str all = d->source->text, text = digest_str(d, l->text);
	struct str tail = str_slice(all, query.off, span_end(l->url));
	struct str url = digest_str(d, l->url), shown = str_trim(text);
	size_t scheme = str_find(url, 0, STR("://"));
	bool same = str_eq(shown, url) || str_eq(shown, str_from(url, scheme + 3));
	if (l->kind != LINK_INLINE || !same)
		return (struct span){0};
	return (struct span){(uint32_t)((size_t)(shown.p - all.p) + shown.n - tail.n), query.len};
}

static void check_link(struct search *s, const struct link *l)
{
	struct str url = digest_str(s->d, l->url);
	struct url_parts parts;
	if (!url_split(url, &parts) || !parts.query.len || !link_is_live(s->d, l))
		return;
	struct str query = str_at(url, parts.query), host = str_at(url, parts.host);
	struct tracked_query k;
	tracked_query_read(host, query, &s->more, &k);
	if (k.nr && (!line_is_ioc(s->d, l->line) || is_pointer(s, l->line))) {
		uint32_t from = l->url.off + parts.query.off;
		struct finding *f = report(s->c, (struct span){from, parts.query.len},
		                           "`%.*s` tells only where the reader came from", STR_ARG(k.first));
		suggest(s->c, f, "remove it");
		struct str kept = arena_str(check_arena(s->c), buf_str(&k.kept));
		struct span shown = shown_query(s->d, l, (struct span){from - 1, parts.query.len + 1});
		if (shown.len)
			edit_replace(s->c, f, shown, kept);
		edit_replace(s->c, f, (struct span){from - 1, parts.query.len + 1}, kept);
	}
	buf_release(&k.kept);
}

static void check(struct check *c, const struct digest *d)
{
	struct search s = {.c = c, .d = d, .more = option_words(c, "parameters")};
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		if (!l->defanged && str_find_byte(digest_str(d, l->url), 0, '?') < l->url.len)
			check_link(&s, l);
	}
}

static const struct rule_option options[] = {
	{.name = "parameters",
     .doc = "Further parameters of addresses that only tell where a reader came from",
     .kind = VALUE_WORDS},
	{0},
};

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news?id=1"
#define END "\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_tracking_parameter = {
	.name = "tracking-parameter",
	.group = "link",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_LINK | FACT_ARTICLE,
	.summary = "An address carries parameters that track its readers",
	.why =
		"Whoever follows the link is counted as the author's own visit to a campaign or mail. And the same article under two "
		"addresses is not found to be the same.",
	.bad = {.text = TOP "&utm_source=mail&utm_medium=social" END},
	.good = {.text = TOP END},
	.options = options,
	.check = check,
};
