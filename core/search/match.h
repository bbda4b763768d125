/* Where what is looked for stands in a text. Knows lines, no Markdown. */
#pragma once

#include "core/search/fold.h"
#include "core/search/query.h"

/* A line, made ready to be looked at; zeroed at first, used again for the next. */
struct line_view {
	struct str text; /* as it is */
	struct folded plain, live;
	bool has_live;
};

void line_view_release(struct line_view *v);
/* The line without its end. */
void line_view_set(struct line_view *v, struct str line);

/* May the folded text hold it? No, and there is none. */
bool query_may_match(const struct query *q, struct str folded);
/* The places in the line, in order and apart from each other; of more than `room` of them, some. How many there are. */
size_t query_find(const struct query *q, struct line_view *v, struct arena *scratch, struct span *out, size_t room);
/* Puts places in order, and makes one of those that overlap. How many are left. */
size_t places_settle(struct span *at, size_t nr);
