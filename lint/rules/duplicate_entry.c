#include <stdlib.h>

#include "core/base/unicode.h"
#include "core/digest/link.h"
#include "core/ioc/canonical.h"
#include "lint/check.h"
#include "lint/forms.h"

/* What an entry is known by, and where it stands. */
struct known {
	struct str key;
	const struct entry *entry;
};

struct list {
	struct known *v;
	size_t nr, cap;
};

static int by_key(const void *x, const void *y)
{
	const struct known *a = x, *b = y;
	int order = str_cmp(a->key, b->key);
	return order ? order : (a->entry->line > b->entry->line) - (a->entry->line < b->entry->line);
}

static void add(struct arena *a, struct list *l, struct str key, const struct entry *e)
{
	l->v = arena_grow(a, l->v, l->nr, &l->cap, sizeof(*l->v));
	l->v[l->nr++] = (struct known){key, e};
}

/* An address of no page is known by itself. */
static struct str article_key(struct arena *a, struct str url)
{
	struct str key = url_canonical(a, url);
	return key.n ? key : url;
}

static bool same_url(struct arena *a, const struct digest *d, const struct entry *x, const struct entry *y)
{
	return x->url.len && y->url.len &&
	       str_eq(article_key(a, digest_str(d, x->url)), article_key(a, digest_str(d, y->url)));
}

static void report_doubles(struct check *c, const struct digest *d, struct list *l, bool url)
{
	if (l->nr)
		qsort(l->v, l->nr, sizeof(*l->v), by_key);
	for (size_t i = 1, start = 0; i < l->nr; i++) {
		if (!str_eq(l->v[i].key, l->v[start].key)) {
			start = i;
			continue;
		}
		const struct entry *e = l->v[i].entry, *first = l->v[start].entry;
		if (!url && same_url(check_arena(c), d, e, first))
			continue;
		struct finding *f =
			url ? report(c, e->url, "this article is in the digest already, at line %u", first->line + 1)
				: report(c, e->title, "an entry with this title is in the digest already, at line %u", first->line + 1);
		relate(c, f, first->line, "the first one");
	}
}

static void check(struct check *c, const struct digest *d)
{
	struct list urls = {0}, titles = {0};
	struct arena *a = check_arena(c);
	FOR_EACH_ENTRY (d, e) {
		struct str url = digest_str(d, e->url), title = digest_str(d, e->title);
		if (url.n && !form_is_hole(url))
			add(a, &urls, article_key(a, url), e);
		if (title.n && !form_is_hole(title))
			add(a, &titles, unicode_key(a, title), e);
	}
	report_doubles(c, d, &urls, true);
	report_doubles(c, d, &titles, false);
}

#define ENTRY "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_duplicate_entry = {
	.name = "duplicate-entry",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.summary = "Two entries of a digest have the same URL or the same title",
	.why =
		"One of the two is a copy that was not filled in, or the article was read twice. Programs that join by URL refuse "
		"both.",
	.bad =
		{.text = EXAMPLE_TOP ENTRY
         "\n#### 別の題名\nhttps://www.example.com/news/1/\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_TOP ENTRY EXAMPLE_END},
	.check = check,
};
