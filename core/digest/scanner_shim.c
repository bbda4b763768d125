/*
 * The grammar's own scanner, with three of its faults mended where it is compiled:
 *
 * - it hands whole code points to isdigit(), which reads libc's table out of bounds (and takes 年 for a digit);
 * - it hands them to iswalpha() and iswalnum(), so that what is an HTML tag would depend on the locale;
 * - it writes its stack of open blocks into a buffer of fixed size without asking whether it fits.
 *   An empty state makes the parser report errors, which is the truth about such a text.
 */
#include <ctype.h>
#include <stdbool.h>
#include <wctype.h>

static inline bool ascii_digit(unsigned c)
{
	return c - '0' < 10;
}

static inline bool ascii_alpha(unsigned c)
{
	return (c | 0x20) - 'a' < 26;
}

#undef isdigit
#undef iswalpha
#undef iswalnum
#undef towlower
#define isdigit(c) ascii_digit((unsigned)(c))
#define iswalpha(c) ascii_alpha((unsigned)(c))
#define iswalnum(c) (ascii_alpha((unsigned)(c)) || ascii_digit((unsigned)(c)))
/* Only asked about what iswalpha() accepts. */
#define towlower(c) ((c) | 0x20)

#define tree_sitter_markdown_external_scanner_serialize upstream_serialize
#include "scanner.c"
#undef tree_sitter_markdown_external_scanner_serialize

unsigned tree_sitter_markdown_external_scanner_serialize(void *payload, char *buffer);

unsigned tree_sitter_markdown_external_scanner_serialize(void *payload, char *buffer)
{
	const Scanner *s = payload;
	const size_t flags = 5;

	if (flags + s->open_blocks.size * sizeof(Block) > TREE_SITTER_SERIALIZATION_BUFFER_SIZE)
		return 0;
	return upstream_serialize(payload, buffer);
}
