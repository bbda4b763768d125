#include "tests/rules/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/unicode.h"
#include "core/base/utf8.h"

bool fixture_read_file(struct arena *a, const char *path, struct str *out)
{
	FILE *file = fopen(path, "rb");
	struct buf b = {0};
	char chunk[4096];
	size_t n;
	if (!file)
		return false;
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&b, (struct str){chunk, n});
	fclose(file);
	*out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return true;
}

/* ---- marks ---- */

static const struct {
	const char *shown;
	uint32_t codepoint;
} marks[] = {{"␠", ' '}, {"→", '\t'}, {"␍", '\r'}, {"␛", 0x1B}, {"␀", 0}, {"⟨BOM⟩", 0xFEFF}};

/* "⟨U+200B⟩", "⟨EF⟩"; 0 bytes for anything else. */
static size_t decode_number(struct buf *out, struct str s)
{
	size_t close = str_find(s, 0, STR("⟩"));
	if (!str_starts(s, STR("⟨")) || close == s.n)
		return 0;
	bool codepoint = str_starts(str_from(s, 3), STR("U+"));
	uint32_t value = (uint32_t)strtoul(s.p + (codepoint ? 5 : 3), NULL, 16);
	if (codepoint)
		buf_add_char(out, value);
	else
		buf_addc(out, (char)value);
	return close + 3;
}

static size_t decode_mark(struct buf *out, struct str s)
{
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		if (!str_starts(s, str_of(marks[i].shown)))
			continue;
		if (marks[i].codepoint)
			buf_add_char(out, marks[i].codepoint);
		else
			buf_addc(out, 0);
		return strlen(marks[i].shown);
	}
	if (str_starts(s, STR("∎\n")))
		return strlen("∎\n");
	return decode_number(out, s);
}

struct str fixture_decode(struct arena *a, struct str s)
{
	struct buf out = {0};
	for (size_t i = 0; i < s.n;) {
		size_t taken = decode_mark(&out, str_from(s, i));
		if (!taken)
			buf_addc(&out, s.p[i]);
		i += taken ? taken : 1;
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

/* Is it a space that nobody sees at the end of its line? */
static bool ends_line(struct str s, size_t next)
{
	while (next < s.n && (s.p[next] == ' ' || s.p[next] == '\r'))
		next++;
	return next == s.n || s.p[next] == '\n';
}

static void encode_char(struct buf *out, struct str s, size_t from, size_t next, uint32_t cp)
{
	struct str bytes = str_slice(s, from, next);
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		if (cp == marks[i].codepoint && (cp != ' ' || ends_line(s, next))) {
			buf_addz(out, marks[i].shown);
			return;
		}
		if (str_eqz(bytes, marks[i].shown)) {
			buf_printf(out, "⟨U+%04X⟩", (unsigned)cp);
			return;
		}
	}
	bool invisible = cp >= 0x80 && unicode_width(cp) == 0;
	if (cp != '\n' && cp != ' ' && (unicode_is_control(cp) || unicode_is_space(cp)))
		invisible = true;
	if (cp == 0x3000)
		invisible = ends_line(s, next);
	if (cp == 0xFFFD && next == from + 1)
		buf_printf(out, "⟨%02X⟩", (unsigned)(unsigned char)s.p[from]);
	else if (invisible || cp == 0x220E || cp == 0x27E8)
		buf_printf(out, "⟨U+%04X⟩", (unsigned)cp);
	else
		buf_add(out, bytes);
}

void fixture_encode(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		uint32_t cp = utf8_next(s, &i);
		encode_char(out, s, from, i, cp);
	}
	if (s.n && s.p[s.n - 1] != '\n')
		buf_addz(out, "∎\n");
}

/* ---- cases ---- */

const char *const fixture_part_names[] = {"in",      "template", "config", "target", "before",
                                          "answers", "lint",     "fixed",  "unsafe"};

static bool is_title(struct str line)
{
	return line.n > 6 && str_starts(line, STR("== ")) && str_ends(line, STR(" =="));
}

/* "-- in new --": the part, and what stands behind its name. */
static enum part part_of(struct str line, struct str *settings)
{
	if (!str_starts(line, STR("-- ")) || !str_ends(line, STR(" --")) || line.n < 6)
		return PARTS;
	struct str inside = str_slice(line, 3, line.n - 3), name;
	*settings = inside;
	str_split(settings, ' ', &name);
	for (enum part i = 0; i < PARTS; i++)
		if (str_eqz(name, fixture_part_names[i]))
			return i;
	return PARTS;
}

/* The blank line that parts two cases belongs to neither. */
static void end_case(struct test *t)
{
	for (enum part i = PARTS; t && i-- > 0;) {
		struct str *s = &t->part[i];
		if (!s->p)
			continue;
		if (str_ends(*s, STR("\n\n")) || str_eqz(*s, "\n"))
			s->n--;
		return;
	}
}

size_t fixture_cases(struct arena *a, struct str text, struct test **out, struct str *head)
{
	struct test *v = NULL;
	size_t nr = 0, cap = 0;
	struct str *part = NULL;
	*head = (struct str){text.p, 0};
	for (size_t i = 0; i < text.n;) {
		size_t end = str_find_byte(text, i, '\n');
		struct str line = str_slice(text, i, end), settings;
		size_t next = end < text.n ? end + 1 : end;
		enum part p = nr ? part_of(line, &settings) : PARTS;
		if (is_title(line)) {
			end_case(nr ? &v[nr - 1] : NULL);
			v = arena_grow(a, v, nr, &cap, sizeof(*v));
			v[nr++] = (struct test){.title = str_slice(line, 3, line.n - 3)};
			part = NULL;
		} else if (p != PARTS) {
			part = &v[nr - 1].part[p];
			*part = (struct str){text.p + next, 0};
			if (p == PART_IN && settings.p)
				v[nr - 1].settings = settings;
		} else if (part || !nr) {
			*(part ? part : head) =
				(struct str){part ? part->p : head->p, (size_t)(text.p + next - (part ? part->p : head->p))};
		}
		i = next;
	}
	end_case(nr ? &v[nr - 1] : NULL);
	*out = v;
	return nr;
}
