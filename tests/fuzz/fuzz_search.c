/*
 * The first line is looked for in the others: what is found lies in the line, in order, and a first look does not deny it; what
 * is folded knows where it comes from.
 */
#include <stdint.h>

#include "core/search/match.h"

static void check_map(const struct folded *f, struct str text)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->from[i] >= f->to[i] || f->to[i] > text.n || (i && f->from[i] < f->from[i - 1]))
			BUG("byte %zu comes from bytes %u to %u of %zu", i, f->from[i], f->to[i], text.n);
}

static void look(const struct query *q, struct line_view *v, struct folded *quick, struct str line)
{
	enum { ROOM = 32 };
	struct span at[ROOM];
	struct arena scratch = {0};
	line_view_set(v, line);
	check_map(&v->plain, line);
	size_t nr = query_find(q, v, &scratch, at, ROOM);
	if (v->has_live)
		check_map(&v->live, line);
	for (size_t i = 0; i < nr; i++)
		if (!at[i].len || span_end(at[i]) > line.n || (i && at[i].off < span_end(at[i - 1])))
			BUG("place %zu at bytes %u to %u of %zu", i, at[i].off, span_end(at[i]), line.n);
	fold_quick(quick, line);
	if (nr && !query_may_match(q, folded_str(quick)))
		BUG("`%.*s` may not be in `%.*s`, but is", STR_ARG(q->written), STR_ARG(line));
	arena_release(&scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size ? (const char *)data : "", size}, written, line;
	struct arena arena = {0};
	struct line_view view = {0};
	struct folded quick = {0};
	struct query q, part;
	struct err err;
	str_split(&text, '\n', &written);
	if (query_read(&arena, written, false, &q, &err) == 0 && query_read(&arena, written, true, &part, &err) == 0) {
		while (str_split(&text, '\n', &line)) {
			look(&q, &view, &quick, line);
			look(&part, &view, &quick, line);
		}
	}
	line_view_release(&view);
	folded_release(&quick);
	arena_release(&arena);
	return 0;
}
