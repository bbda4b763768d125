#include "lint/verbatim.h"

bool verbatim_line(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	if (l->kind == LINE_CODE || l->kind == LINE_HTML)
		return true;
	if ((l->kind != LINE_BLANK && l->kind != LINE_OTHER) || l->block == BLOCK_NONE)
		return false;
	switch (d->blocks->v[l->block].kind) {
	case BLOCK_FENCE:
	case BLOCK_CODE:
	case BLOCK_HTML:
	case BLOCK_FRONT:
		return true;
	default:
		return false;
	}
}
