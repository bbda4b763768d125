#include "lint/sighting.h"

#include <stdlib.h>

#include "core/base/hash.h"
#include "core/ioc/canonical.h"
#include "lint/forms.h"
#include "lint/ioc_key.h"

/* Nobody shall be able to make two things alike; the first eight bytes of a SHA-256. */
static uint64_t key_of(struct arena *scratch, enum sighting_kind kind, struct str what)
{
	unsigned char sum[32];
	uint64_t key = 0;
	char *both = arena_raw(scratch, what.n + 1);
	both[0] = (char)kind;
	memcpy(both + 1, what.p, what.n);
	hash_sha256((struct str){both, what.n + 1}, sum);
	for (size_t i = 0; i < sizeof(key); i++)
		key = key << 8 | sum[i];
	return key;
}

/* A site's first page is another article every day. */
struct str sighting_article(struct arena *scratch, struct str url)
{
	struct str name = form_is_hole(url) ? STR("") : url_canonical(scratch, url);
	bool deeper = str_find_byte(name, 0, '/') < name.n || str_find_byte(name, 0, '?') < name.n;
	return deeper ? name : STR("");
}

struct list {
	struct sighting *v;
	size_t nr, cap;
};

static void add(struct list *l, const struct digest *d, enum sighting_kind kind, uint64_t key, struct span at)
{
	if (l->nr == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 16;
		l->v = xrealloc(l->v, l->cap * sizeof(*l->v));
	}
	l->v[l->nr++] =
		(struct sighting){.key = key, .at = at, .line = lines_at(&d->source->lines, at.off), .kind = (uint8_t)kind};
}

static void add_articles(struct list *l, const struct digest *d, struct arena *scratch)
{
	FOR_EACH_ENTRY (d, e) {
		struct str name = e->url.len ? sighting_article(scratch, digest_str(d, e->url)) : STR("");
		if (name.n)
			add(l, d, SIGHTING_ARTICLE, key_of(scratch, SIGHTING_ARTICLE, name), e->url);
	}
}

static bool indicator_name(struct arena *scratch, const struct ioc_cell *cell, struct str *name)
{
	struct str type;
	return ioc_is_unique(cell) && ioc_key(scratch, cell, name, &type);
}

static void add_indicators(struct list *l, const struct digest *d, const struct ioc_cell *cell, size_t cells,
                           struct arena *scratch)
{
	struct str name;
	for (size_t i = 0; i < cells; i++)
		if (indicator_name(scratch, &cell[i], &name))
			add(l, d, SIGHTING_INDICATOR, key_of(scratch, SIGHTING_INDICATOR, name), cell[i].at);
}

static int by_key(const void *x, const void *y)
{
	const struct sighting *a = x, *b = y;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->at.off > b->at.off) - (a->at.off < b->at.off);
}

static int by_place(const void *x, const void *y)
{
	const struct sighting *a = x, *b = y;
	return (a->at.off > b->at.off) - (a->at.off < b->at.off);
}

static void sort_once(struct list *l)
{
	size_t kept = 0;
	if (!l->nr)
		return;
	qsort(l->v, l->nr, sizeof(*l->v), by_key);
	for (size_t i = 0; i < l->nr; i++)
		if (!kept || l->v[kept - 1].key != l->v[i].key)
			l->v[kept++] = l->v[i];
	l->nr = kept;
	qsort(l->v, l->nr, sizeof(*l->v), by_place);
}

struct sightings sightings_read(const struct digest *d, const struct ioc_cell *cell, size_t cells,
                                struct arena *scratch)
{
	struct list l = {0};
	add_articles(&l, d, scratch);
	add_indicators(&l, d, cell, cells, scratch);
	sort_once(&l);
	/* They outlive the text. */
	if (l.nr)
		l.v = xrealloc(l.v, l.nr * sizeof(*l.v));
	return (struct sightings){l.v, l.nr};
}

void sightings_free(struct sightings *s)
{
	free(s->v);
	*s = (struct sightings){0};
}

bool sighting_is_at(struct str text, const struct sighting *s, struct arena *scratch)
{
	struct str written = str_slice(text, s->at.off, span_end(s->at)), name;
	if (span_end(s->at) > text.n)
		return false;
	if (s->kind == SIGHTING_ARTICLE)
		name = sighting_article(scratch, written);
	else
		name = ioc_value_key(scratch, written);
	return name.n && key_of(scratch, (enum sighting_kind)s->kind, name) == s->key;
}
