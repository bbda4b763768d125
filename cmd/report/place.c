#include "cmd/report/report.h"
#include "core/base/utf8.h"

struct position place_of(struct place *memo, const struct source *s, uint32_t off)
{
	uint32_t line = lines_at(&s->lines, off) + 1;
	if (memo->source == s && memo->at.line == line && memo->off <= off) {
		memo->at.column += (uint32_t)utf8_count(str_slice(s->text, memo->off, off));
	} else {
		memo->source = s;
		memo->at = source_position(s, off);
	}
	memo->off = off;
	return memo->at;
}
