/* Changing a text by chance, the same way everywhere. */
#pragma once

#include "core/base/arena.h"
#include "core/base/buf.h"

/* Marsaglia's xorshift: the same texts everywhere. */
static inline size_t draw(uint64_t *seed, size_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return below ? (size_t)((*seed >> 16) % below) : 0;
}

static inline struct span draw_line(uint64_t *seed, struct str text)
{
	size_t from = draw(seed, text.n + 1);
	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	size_t end = str_find_byte(text, from, '\n');
	return span_make(from, end < text.n ? end + 1 : end);
}

static inline struct str replace(struct arena *a, struct str text, struct span at, struct str by)
{
	struct buf b = {0};
	buf_add(&b, str_slice(text, 0, at.off));
	buf_add(&b, by);
	buf_add(&b, str_from(text, span_end(at)));
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static inline struct str swap(struct arena *a, struct str text, struct span x, struct span y)
{
	struct str first = str_at(text, x), second = str_at(text, y);
	if (x.off > y.off)
		return swap(a, text, y, x);
	if (span_end(x) > y.off)
		return text;
	return replace(a, replace(a, text, y, first), x, second);
}

static inline struct str mutate(struct arena *a, uint64_t *seed, struct str text)
{
	static const struct str pieces[] = {
		STR_INIT(" "),
		STR_INIT("    "),
		STR_INIT("\t"),
		STR_INIT("　"),
		STR_INIT("- "),
		STR_INIT("#"),
		STR_INIT("`"),
		STR_INIT("```\n"),
		STR_INIT("> "),
		STR_INIT("\n"),
		STR_INIT("\r\n"),
		STR_INIT("\r"),
		STR_INIT("<!--"),
		STR_INIT("-->"),
		STR_INIT("---\n"),
		STR_INIT("："),
		STR_INIT(":"),
		STR_INIT("**"),
		STR_INIT("["),
		STR_INIT("]("),
		STR_INIT(")"),
		STR_INIT("\\"),
		STR_INIT("1. "),
		STR_INIT("\xEF\xBB\xBF"),
		STR_INIT("なし"),
		STR_INIT("xxxxx"),
		STR_INIT("{url}"),
		STR_INIT("https://"),
		STR_INIT("hxxps://a[.]b/"),
		STR_INIT("<!-- sdi-ignore all, trailing-space: x -->\n"),
		STR_INIT("\x80"),
		STR_INIT("###"),
		STR_INIT("・"),
	};
	struct span line = draw_line(seed, text), other = draw_line(seed, text);
	struct str piece = pieces[draw(seed, ARRAY_SIZE(pieces))];
	size_t byte = line.off + draw(seed, line.len);
	switch (draw(seed, 8)) {
	case 0:
		return replace(a, text, line, STR(""));
	case 1:
		return replace(a, text, (struct span){other.off, 0}, str_at(text, line));
	case 2:
		return swap(a, text, line, other);
	case 3:
		return replace(a, text, (struct span){line.off, 0}, str_slice(STR("      "), 0, 1 + draw(seed, 6)));
	case 4:
		return replace(a, text, (struct span){line.off, 0}, piece);
	case 5:
		return replace(a, text, span_make(byte, byte < text.n ? byte + 1 : byte), draw(seed, 2) ? piece : STR("x"));
	case 6:
		return replace(a, text, span_make(byte, byte), piece);
	default:
		return draw(seed, 4) ? replace(a, text, span_make(byte, span_end(line)), STR("\n")) : str_slice(text, 0, byte);
	}
}
