#include "lint/list_item.h"

uint32_t list_item_block(const struct digest *d, uint32_t line)
{
	uint32_t found = BLOCK_NONE;
	for (uint32_t i = d->line[line].block; i != BLOCK_NONE && d->blocks->v[i].first == line; i = d->blocks->v[i].parent)
		if (d->blocks->v[i].kind == BLOCK_ITEM)
			found = i;
	return found;
}

uint32_t list_item_marker(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str s = digest_str(d, span_make(l->bullet, span_end(l->at)));
	uint32_t n = 0;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n + 1;
}

unsigned list_item_width(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	uint32_t marker = list_item_marker(d, line), blanks = 0;
	struct str s = digest_str(d, span_make(l->bullet + marker, span_end(l->at)));
	while (blanks < s.n && s.p[blanks] == ' ')
		blanks++;
	if (blanks < s.n && s.p[blanks] == '\t')
		return 0;
	/* More than four belong to the content (indented code); behind an empty item nothing counts. */
	bool narrow = blanks == 0 || blanks > 4 || blanks == s.n;
	return marker + (narrow ? 1 : blanks);
}
