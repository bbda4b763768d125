#include "core/digest/block_prefix.h"

enum {
	MARKERS_MAX = 64,
	INDENT_MAX = 64 * 4 - 1,
	NUMBER_DIGITS_MAX = 9,
};

/* Bytes of the bullet or number at `i`; 0 where there is none. */
static size_t list_marker(struct str line, size_t i)
{
	size_t digits = 0;

	while (i + digits < line.n && line.p[i + digits] >= '0' && line.p[i + digits] <= '9')
		digits++;
	if (digits > NUMBER_DIGITS_MAX || i + digits == line.n)
		return 0;

	bool bullet = digits == 0 && strchr("-*+", line.p[i + digits]);
	bool number = digits > 0 && strchr(".)", line.p[i + digits]);
	size_t behind = i + digits + 1;
	bool stands_alone = behind == line.n || block_is_blank(line.p[behind]);
	return (bullet || number) && stands_alone ? behind - i : 0;
}

struct block_prefix block_prefix(struct str line)
{
	struct block_prefix prefix = {0};
	unsigned column = 0, run = 0;

	while (prefix.n < line.n) {
		char c = line.p[prefix.n];
		size_t n = 1;
		if (block_is_blank(c)) {
			unsigned width = block_blank_width(c, column);
			column += width;
			run += width;
			if (run > prefix.indent)
				prefix.indent = run;
		} else {
			if (c != '>')
				n = list_marker(line, prefix.n);
			if (n == 0)
				break;
			column += (unsigned)n;
			run = 0;
			prefix.markers++;
		}
		prefix.n += n;
	}
	return prefix;
}

/* Where a thematic break (`* * * *`) begins that ends the line; the line's end where it ends in none. */
static size_t rule_start(struct str line)
{
	size_t end = line.n, count = 0;

	while (end > 0 && block_is_blank(line.p[end - 1]))
		end--;
	if (end == 0 || !strchr("-*_", line.p[end - 1]))
		return line.n;

	size_t start = end;
	while (start > 0 && (line.p[start - 1] == line.p[end - 1] || block_is_blank(line.p[start - 1]))) {
		start--;
		count += !block_is_blank(line.p[start]);
	}
	return count >= 3 ? start : line.n;
}

static bool is_deep(struct str line)
{
	/* As many bytes as so much takes at least: a tab is worth four blanks. */
	enum { SHORTEST = (INDENT_MAX + 1) / 4 };

	if (line.n < SHORTEST || !strchr(" \t>-*+0123456789.)", line.p[SHORTEST - 1]))
		return false;
	struct block_prefix prefix = block_prefix(line);
	if (prefix.n == line.n && prefix.markers == 0)
		return false;
	if (prefix.indent > INDENT_MAX)
		return true;
	/* A long rule is no list of lists. */
	return prefix.markers > MARKERS_MAX && block_prefix(str_slice(line, 0, rule_start(line))).markers > MARKERS_MAX;
}

bool block_is_deep(const struct source *source, uint32_t *line)
{
	for (uint32_t i = 0; i < source->lines.nr; i++)
		if (is_deep(str_at(source->text, lines_span(&source->lines, source->text, i)))) {
			*line = i;
			return true;
		}
	return false;
}
