#include "cmd/lsp/spot.h"

#include "core/base/utf8.h"

static const char *const names[] = {
	[ENCODING_UTF16] = "utf-16", [ENCODING_UTF8] = "utf-8", [ENCODING_UTF32] = "utf-32"};

const char *encoding_name(enum encoding e)
{
	return names[e];
}

bool encoding_find(struct str name, enum encoding *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!str_eqz(name, names[i]))
			continue;
		*out = (enum encoding)i;
		return true;
	}
	return false;
}

/* Units of the character of so many bytes. */
static uint32_t units(enum encoding e, uint32_t codepoint, size_t bytes)
{
	switch (e) {
	case ENCODING_UTF8:
		return (uint32_t)bytes;
	case ENCODING_UTF16:
		return codepoint > 0xFFFF ? 2 : 1;
	case ENCODING_UTF32:
		break;
	}
	return 1;
}

/* Where a line's text ends. */
static size_t content_end(struct str text, size_t from)
{
	while (from < text.n && text.p[from] != '\n' && text.p[from] != '\r')
		from++;
	return from;
}

static size_t behind_ending(struct str text, size_t end)
{
	if (end == text.n)
		return end;
	return end + (str_starts(str_from(text, end), STR("\r\n")) ? 2 : 1);
}

size_t spot_offset(struct str text, enum encoding e, struct spot at)
{
	size_t from = 0;
	for (uint32_t line = 0; line < at.line; line++) {
		size_t end = content_end(text, from);
		if (end == text.n)
			return end;
		from = behind_ending(text, end);
	}
	size_t end = content_end(text, from), i = from;
	for (uint32_t left = at.character; i < end;) {
		size_t next = i;
		uint32_t codepoint = utf8_next(text, &next), taken = units(e, codepoint, next - i);
		if (taken > left)
			break;
		left -= taken;
		i = next;
	}
	return i;
}

void spot_replace(struct buf *text, enum encoding e, struct stretch at, struct str by)
{
	struct str old = buf_str(text);
	size_t from = spot_offset(old, e, at.start), to = spot_offset(old, e, at.end);
	if (to < from)
		return;
	struct buf new = {0};
	buf_add(&new, str_slice(old, 0, from));
	buf_add(&new, by);
	buf_add(&new, str_from(old, to));
	buf_release(text);
	*text = new;
}

struct spotter spotter_make(struct arena *a, struct str text, enum encoding e)
{
	uint32_t *start = NULL;
	size_t nr = 0, cap = 0, from = 0, end;
	do {
		start = arena_grow(a, start, nr, &cap, sizeof(*start));
		start[nr++] = (uint32_t)from;
		end = content_end(text, from);
		from = behind_ending(text, end);
	} while (end < text.n);
	return (struct spotter){.text = text, .encoding = e, .start = start, .lines = (uint32_t)nr};
}

static uint32_t line_of(const struct spotter *s, size_t off)
{
	return lines_at(&(struct lines){s->start, s->lines}, (uint32_t)off);
}

struct spot spot_of(struct spotter *s, size_t off)
{
	uint32_t line = line_of(s, off);
	if (line != s->at.line || off < s->off) {
		s->at = (struct spot){line, 0};
		s->off = s->start[line];
	}
	for (size_t i = s->off; i < off && i < s->text.n && s->text.p[i] != '\r' && s->text.p[i] != '\n';
	     s->off = (uint32_t)i) {
		size_t at = i;
		uint32_t codepoint = utf8_next(s->text, &i);
		s->at.character += units(s->encoding, codepoint, i - at);
	}
	return s->at;
}

struct stretch stretch_of(struct spotter *s, size_t from, size_t to)
{
	struct spot start = spot_of(s, from);
	/* A copy: the next one may begin before the end of this one. */
	struct spotter copy = *s;
	return (struct stretch){start, spot_of(&copy, to)};
}
