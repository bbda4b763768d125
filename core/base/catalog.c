#include "core/base/catalog.h"

#include <stdint.h>
#include <string.h>

/* Places of the header, and the size of a row in the tables: length and offset of a text. */
enum { REVISION = 4, COUNT = 8, ORIGINALS = 12, TRANSLATIONS = 16, HEADER = 20, ROW = 8 };

static const uint32_t magic = 0x950412de;

/* Little-endian, as msgfmt is told to write. */
static uint32_t number(const struct catalog *c, size_t at)
{
	const unsigned char *p = (const unsigned char *)c->bytes + at;
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static const char *text(const struct catalog *c, size_t table, size_t row)
{
	return c->bytes + number(c, number(c, table) + row * ROW + 4);
}

static bool is_table_sound(const struct catalog *c, size_t table)
{
	size_t count = number(c, COUNT), at = number(c, table);
	if (at > c->size || count > (c->size - at) / ROW)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t length = number(c, at + i * ROW), start = number(c, at + i * ROW + 4);
		if (start >= c->size || length >= c->size - start || c->bytes[start + length])
			return false;
	}
	return true;
}

static bool is_sorted(const struct catalog *c)
{
	for (size_t i = 1; i < number(c, COUNT); i++)
		if (strcmp(text(c, ORIGINALS, i - 1), text(c, ORIGINALS, i)) >= 0)
			return false;
	return true;
}

bool catalog_is_sound(const struct catalog *c)
{
	/* A minor revision may have more tables; ours stay what they are. */
	return c->size >= HEADER && number(c, 0) == magic && number(c, REVISION) >> 16 == 0 &&
	       is_table_sound(c, ORIGINALS) && is_table_sound(c, TRANSLATIONS) && is_sorted(c);
}

const char *catalog_find(const struct catalog *c, const char *english)
{
	size_t low = 0, high = number(c, COUNT);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(english, text(c, ORIGINALS, middle));
		if (order == 0)
			return text(c, TRANSLATIONS, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
