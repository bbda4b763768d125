/*
 * What a digest has that another one may have, too: its articles and its indicators, whatever way they are written.
 */
#pragma once

#include "core/base/arena.h"

struct digest;
struct ioc_cell;

enum sighting_kind { SIGHTING_NONE, SIGHTING_ARTICLE, SIGHTING_INDICATOR, SIGHTING_KINDS };

struct sighting {
	uint64_t key;     /* of the kind and what it is */
	uint64_t context; /* as a finding's that stands there */
	struct span at;
	uint32_t line; /* from 0 */
	uint8_t kind;
	bool hushed; /* a finding there would be suppressed */
	bool old;    /* it was in the text before the change that is looked at */
};

/* In the order of the text; each article and each indicator once. From malloc. */
struct sightings {
	struct sighting *v;
	size_t nr;
};

/* `cell` are those of the digest (lint/ioc_cell.h). */
struct sightings sightings_read(const struct digest *d, const struct ioc_cell *cell, size_t cells,
                                struct arena *scratch);
void sightings_free(struct sightings *s);
/* The form in which addresses of one article are the same; "" for what is no article: a hole, a site's first page. */
struct str sighting_article(struct arena *scratch, struct str url);
/* Is it still there? `text` may have changed since. */
bool sighting_is_at(struct str text, const struct sighting *s, struct arena *scratch);
