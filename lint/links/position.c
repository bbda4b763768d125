#include "lint/links/position.h"

#include "core/base/utf8.h"
#include "core/digest/link.h"
#include "lint/link_place.h"

static bool is_meant(const struct digest *d, const struct link *l, bool list)
{
	if (l->image || !link_is_followed(d, l) || digest_in_code(d, l->line, l->url.off))
		return false;
	return list || link_is_article(d, l);
}

/* Punctuation, brackets, arrows and blanks beyond ASCII; everything else may be a part of an address. */
static bool ends_url(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {{0xA0, 0xBF},     {0x2000, 0x206F}, {0x2190, 0x21FF}, {0x2500, 0x27BF},
	              {0x3000, 0x3004}, {0x3008, 0x3020}, {0xFE30, 0xFE4F}, {0xFF01, 0xFF0F},
	              {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}};
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return c < 0x80;
}

static struct link_position position_of(const struct digest *d, const struct link *l)
{
	struct str rest = str_from(d->source->text, span_end(l->url));
	size_t i = 0;
	bool glued = l->kind != LINK_INLINE && rest.n && !ends_url(utf8_next(rest, &i));
	return (struct link_position){digest_str(d, l->url), l->url.off, glued};
}

struct link_position *link_positions(struct arena *a, const struct digest *d, size_t *nr)
{
	struct link_position *out = arena_array(a, struct link_position, d->links);
	struct link_range r = {0};
	*nr = 0;
	for (const struct section *s = d->section; s && s < d->section + d->nr; s++) {
		r = link_range_of(d, s, r.end);
		for (size_t i = r.first; i < r.end; i++)
			if (is_meant(d, &d->link[i], r.list))
				out[(*nr)++] = position_of(d, &d->link[i]);
	}
	return out;
}
