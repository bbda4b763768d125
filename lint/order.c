#include "lint/order.h"

#include "core/base/buf.h"
#include "lint/newline.h"

void order_find_moved(struct arena *a, const size_t *rank, size_t nr, bool *moved)
{
	size_t *length = arena_array(a, size_t, nr), *before = arena_array(a, size_t, nr);
	size_t best = nr;
	for (size_t i = 0; i < nr; i++) {
		length[i] = 1;
		before[i] = nr;
		for (size_t k = 0; k < i; k++) {
			if (rank[k] >= rank[i] || length[k] < length[i])
				continue;
			length[i] = length[k] + 1;
			before[i] = k;
		}
		moved[i] = true;
		if (best == nr || length[i] > length[best])
			best = i;
	}
	for (size_t i = best; i < nr; i = before[i])
		moved[i] = false;
}

size_t order_follower(const size_t *rank, const bool *moved, size_t nr, size_t i)
{
	size_t k = 0;
	while (k < nr && (moved[k] || rank[k] <= rank[i]))
		k++;
	return k;
}

static uint32_t trimmed_end(const struct digest *d, uint32_t first, uint32_t end)
{
	while (end > first + 1 && d->line[end - 1].kind == LINE_BLANK)
		end--;
	return end;
}

/* Where a thing begins with the comments that stand right above it, as those that ignore a rule in it. */
static uint32_t with_comments(const struct digest *d, uint32_t line)
{
	uint32_t from = line;
	while (from > 0 && from < d->lines && d->line[from - 1].kind == LINE_HTML) {
		uint32_t first = d->blocks->v[d->line[from - 1].block].first;
		if (d->line[first].indent > d->line[line].indent)
			break;
		from = first;
	}
	return from;
}

static struct str block_text(struct check *c, const struct digest *d, uint32_t first, uint32_t end, unsigned blank)
{
	struct buf b = {0};
	struct span last = d->line[end - 1].at;
	buf_add(&b, str_slice(d->source->text, d->line[first].at.off, span_end(last)));
	for (unsigned i = 0; i < 1 + blank; i++)
		buf_add(&b, newline_of(d));
	struct str out = arena_str(check_arena(c), buf_str(&b));
	buf_release(&b);
	return out;
}

void order_move_lines(struct check *c, struct finding *f, const struct digest *d, uint32_t first, uint32_t end,
                      uint32_t before, unsigned blank, bool last)
{
	first = with_comments(d, first);
	end = with_comments(d, end);
	before = with_comments(d, before);
	uint32_t stop = trimmed_end(d, first, end);
	struct str text = block_text(c, d, first, stop, blank);
	if (!last) {
		/* What follows closes up to what came before. */
		edit_delete(c, f, span_make(d->line[first].at.off, d->line[end].at.off));
	} else {
		uint32_t previous = trimmed_end(d, 0, first) - 1;
		edit_delete(c, f, span_make(span_end(d->line[previous].at), span_end(d->line[stop - 1].at)));
	}
	if (before < d->lines) {
		edit_insert(c, f, d->line[before].at.off, text);
		return;
	}
	uint32_t tail = trimmed_end(d, 0, d->lines) - 1;
	struct str gap = newline_text(check_arena(c), d, arena_printf(check_arena(c), "\n%.*s", (int)blank, "\n\n\n\n"));
	edit_insert(c, f, span_end(d->line[tail].at),
	            arena_printf(check_arena(c), "%.*s%.*s", STR_ARG(gap), STR_ARG(str_trim_end(text))));
}

/* Without comments at its end, which stand before what follows. */
static uint32_t without_comments(const struct digest *d, uint32_t first, uint32_t end)
{
	for (;;) {
		end = trimmed_end(d, first, end);
		const struct line *l = &d->line[end - 1];
		if (end <= first + 1 || l->kind != LINE_HTML)
			return end;
		uint32_t from = d->blocks->v[l->block].first;
		if (from <= first || d->line[from].indent || !str_starts(digest_str(d, d->line[from].at), STR("<!--")))
			return end;
		end = from;
	}
}

void order_move_behind(struct check *c, struct finding *f, const struct digest *d, uint32_t first, uint32_t end,
                       uint32_t behind, unsigned blank)
{
	first = with_comments(d, first);
	end = with_comments(d, end);
	behind = without_comments(d, end, behind);
	struct str text = block_text(c, d, first, trimmed_end(d, first, end), 0);
	struct str gap = newline_text(check_arena(c), d, arena_printf(check_arena(c), "\n%.*s", (int)blank, "\n\n\n\n"));
	edit_delete(c, f, span_make(d->line[first].at.off, d->line[end].at.off));
	edit_insert(c, f, span_end(d->line[behind - 1].at),
	            arena_printf(check_arena(c), "%.*s%.*s", STR_ARG(gap), STR_ARG(str_trim_end(text))));
}
