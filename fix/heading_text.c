#include "core/base/buf.h"
#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "fix/append.h"

enum { IDEOGRAPHIC_SPACE = 0x3000, JOINER = 0x200D };

/* A joiner makes one emoji of two. */
static bool is_dropped(uint32_t c, uint32_t before)
{
	if (c == JOINER && (unicode_is_emoji(before) || unicode_is_variation_selector(before)))
		return false;
	return unicode_is_control(c) || unicode_is_bidi_control(c) ||
	       (unicode_is_invisible(c) && !unicode_is_odd_space(c) && !unicode_is_variation_selector(c));
}

/* Blanks as one each. */
static struct str one_line(struct arena *a, struct str title)
{
	struct buf out = {0};
	struct str nfc = unicode_nfc(a, title);
	uint32_t before = 0;
	for (size_t i = 0; i < nfc.n;) {
		size_t from = i;
		uint32_t c = utf8_next(nfc, &i);
		bool blank = c != IDEOGRAPHIC_SPACE && (unicode_is_space(c) || strchr("\t\r\n\f\v", (int)(c < 128 ? c : 'x')));
		if (blank && out.n && out.p[out.n - 1] != ' ')
			buf_addc(&out, ' ');
		else if (!blank && !is_dropped(c, before))
			buf_add(&out, str_slice(nfc, from, i));
		before = c;
	}
	struct str line = arena_str(a, str_trim(buf_str(&out)));
	buf_release(&out);
	return line;
}

static bool is_word(struct str s, size_t i)
{
	unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ';
	return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

static bool is_entity(struct str s, size_t i)
{
	size_t end = i + 1;
	while (end < s.n && (s.p[end] == '#' || is_word(s, end)))
		end++;
	return end > i + 1 && end < s.n && s.p[end] == ';';
}

/*
 * Would Markdown take the byte for markup? `&` begins an entity, `:` is of an address that becomes a link, `!` of a
 * comment to those who do not see the backslash before it, `#` closes a heading.
 */
static bool is_active(struct str s, size_t i)
{
	switch (s.p[i]) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '<':
		return true;
	case '_':
		return !i || !is_word(s, i - 1) || !is_word(s, i + 1);
	case '~':
		return i + 1 < s.n && s.p[i + 1] == '~';
	case '&':
		return is_entity(s, i);
	case ':':
		return str_starts(str_from(s, i), STR("://"));
	case '!':
		return i > 0 && s.p[i - 1] == '<';
	case '#':
		return i + 1 == s.n;
	default:
		return false;
	}
}

struct str heading_text(struct arena *a, struct str title)
{
	struct str line = one_line(a, title);
	struct buf out = {0};
	for (size_t i = 0; i < line.n; i++) {
		if (is_active(line, i))
			buf_addc(&out, '\\');
		buf_addc(&out, line.p[i]);
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}
