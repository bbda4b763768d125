#include "lint/links/position.h"

#include "core/digest/link.h"
#include "lint/link_place.h"

static bool is_meant(const struct digest *d, const struct link *l, bool list)
{
	if (l->image || !link_is_followed(d, l) || digest_in_code(d, l->line, l->url.off))
		return false;
	return list || link_is_article(d, l);
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
				out[(*nr)++] = (struct link_position){digest_str(d, d->link[i].url), d->link[i].url.off};
	}
	return out;
}
