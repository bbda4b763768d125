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
	uint32_t marker = list_item_marker(d, line);
	struct str s = digest_str(d, span_make(l->bullet + marker, span_end(l->at)));
	unsigned column = l->indent + marker;
	size_t i = 0;
	for (; i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'); i++)
		column = s.p[i] == '\t' ? (column / 4 + 1) * 4 : column + 1;
	unsigned blanks = column - l->indent - marker;
	/* More than four belong to the content (indented code); behind an empty item nothing counts. */
	bool narrow = blanks == 0 || blanks > 4 || i == s.n;
	return marker + (narrow ? 1 : blanks);
}

/* Does the block, which is the item's own, stay what it is when the item's content begins at column `content`? */
static bool stays(const struct digest *d, const struct block *b, uint32_t line, unsigned content)
{
	if (b->first == line)
		return b->kind == BLOCK_PARAGRAPH;
	return b->kind != BLOCK_CODE && d->line[b->first].indent < content + 4;
}

/* Does no line come below the item that was not below it before, or the other way round? */
static bool lines_stay(const struct digest *d, const struct block *item, unsigned was, unsigned content)
{
	uint32_t i = item->first + 1;
	for (; i < item->end; i++) {
		const struct line *l = &d->line[i];
		if (l->kind != LINE_BLANK && (l->lazy || (l->indent >= content && l->indent < was)))
			return false;
	}
	while (i < d->lines && d->line[i].kind == LINE_BLANK)
		i++;
	return i == d->lines || d->line[i].indent < content;
}

bool list_item_can_begin_at(const struct digest *d, uint32_t item, unsigned was, unsigned content)
{
	const struct block *v = d->blocks->v;
	for (uint32_t i = item + 1; i < d->blocks->nr && v[i].depth > v[item].depth; i++) {
		bool own = v[i].parent == item || (v[i].kind == BLOCK_ITEM && v[v[i].parent].parent == item);
		if (own && !stays(d, &v[i], v[item].first, content))
			return false;
	}
	return lines_stay(d, &v[item], was, content);
}

bool list_item_has_items_only(const struct digest *d, uint32_t line, unsigned step)
{
	for (uint32_t i = line + 1; i < d->lines; i++) {
		const struct line *l = &d->line[i];
		if (l->kind != LINE_BLANK && l->indent <= d->line[line].indent)
			return true;
		if (l->kind != LINE_BLANK && (l->kind != LINE_ITEM || l->glued || l->indent < d->line[line].indent + step))
			return false;
	}
	return true;
}
