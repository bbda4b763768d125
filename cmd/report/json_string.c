#include "cmd/report/json.h"

#include "core/base/unicode.h"
#include "core/base/utf8.h"

static void add_escaped(struct buf *out, uint32_t c)
{
	if (c >= 0x10000)
		buf_printf(out, "\\u%04x\\u%04x", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
	else
		buf_printf(out, "\\u%04x", c);
}

static void add_char(struct buf *out, uint32_t c)
{
	switch (c) {
	case '"':
		buf_addz(out, "\\\"");
		break;
	case '\\':
		buf_addz(out, "\\\\");
		break;
	case '\n':
		buf_addz(out, "\\n");
		break;
	case '\t':
		buf_addz(out, "\\t");
		break;
	case '[':
		/* "##[" in a log is a command to the runner of GitHub. */
		buf_addz(out, str_ends(buf_str(out), STR("##")) ? "\\u005b" : "[");
		break;
	default:
		if (unicode_is_control(c))
			add_escaped(out, c);
		else
			buf_add_char(out, c);
	}
}

void json_string(struct buf *out, struct str text)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < text.n;)
		add_char(out, utf8_next(text, &i));
	buf_addc(out, '"');
}

void json_stringz(struct buf *out, const char *text)
{
	json_string(out, str_of(text));
}

void json_member(struct buf *out, const char *before, const char *key, struct str value)
{
	buf_printf(out, "%s\"%s\": ", before, key);
	json_string(out, value);
}
