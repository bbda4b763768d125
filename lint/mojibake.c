#include "lint/mojibake.h"

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "lint/character.h"

enum {
	LATIN_FIRST = 0xC2, /* of what bytes that lead in UTF-8 turn into: Â to ï */
	LATIN_LAST = 0xEF,
	HALFWIDTH_FIRST = 0xFF61,
	HALFWIDTH_LAST = 0xFF9F,
	REPLACEMENT = 0xFFFD,
};

static bool is_latin_sign(uint32_t c)
{
	return c >= LATIN_FIRST && c <= LATIN_LAST;
}

static bool is_kana_sign(uint32_t c)
{
	return c == 0x7E3A || c == 0x7E67 || c == 0x7E5D;
}

static bool is_halfwidth(uint32_t c)
{
	return c >= HALFWIDTH_FIRST && c <= HALFWIDTH_LAST;
}

/* The well-formed sequences of `length` bytes and more that bytes begin with, one after another. */
static unsigned sequences(struct str bytes, size_t length, size_t *used)
{
	unsigned nr = 0;
	for (size_t i = 0; i < bytes.n; nr++) {
		size_t next = i;
		bool lost = str_starts(str_from(bytes, i), STR("\xEF\xBF\xBD"));
		if ((unsigned char)bytes.p[i] < 0x80 || (utf8_next(bytes, &next) == REPLACEMENT && !lost) || next - i < length)
			break;
		*used = i = next;
	}
	return nr;
}

/*
 * Two characters may stand side by side for other reasons: `«É»`, `CAFÉ™`. So what is shorter than three bytes, or alone, has to
 * be of the few that are frequent: Ã, Â and Ð before a sign, quotes and dashes, which begin with `â€`, and marks of encodings.
 */
static bool proves_latin(struct str text, struct str bytes, unsigned nr)
{
	unsigned char second = bytes.n > 1 ? (unsigned char)bytes.p[1] : 0;
	static const struct str frequent[] = {STR_INIT("â€"), STR_INIT("â„"), STR_INIT("â†"), STR_INIT("ï»¿"),
	                                      STR_INIT("ï¿½")};
	for (size_t i = 0; i < ARRAY_SIZE(frequent); i++)
		if (str_starts(text, frequent[i]))
			return true;
	if (str_starts(text, STR("Ã")) || str_starts(text, STR("Â")) || str_starts(text, STR("Ð")))
		return second >= 0xA0;
	return nr >= 2 && (unsigned char)bytes.p[0] >= 0xE2;
}

/* How many bytes of `text` the first `used` of its bytes in an encoding come from. */
static size_t width_of(struct str text, size_t used, bool latin)
{
	size_t i = 0;
	for (size_t taken = 0; i < text.n && taken < used;) {
		uint32_t c = utf8_next(text, &i);
		taken += latin || is_halfwidth(c) || c < 0x80 ? 1 : 2;
	}
	return i;
}

/*
 * Kana and kanji take three bytes each: two sequences in a row do not come by chance, nor one in front of half-width
 * kana or where characters were lost.
 * 縺れる is a Japanese word.
 */
static bool proves_japanese(struct str text, unsigned nr)
{
	enum { KANJI = 3 };
	static const struct str tangled[] = {STR_INIT("縺ら"), STR_INIT("縺り"), STR_INIT("縺る"), STR_INIT("縺れ"),
	                                     STR_INIT("縺ろ")};
	for (size_t i = 0; i < ARRAY_SIZE(tangled); i++)
		if (str_starts(text, tangled[i]))
			return false;
	bool kana = is_kana_sign(character_behind(text, 0)) && is_halfwidth(character_behind(text, KANJI));
	bool lost = str_find(text, 0, STR("\xEF\xBF\xBD")) < text.n;
	return nr >= 2 || (nr == 1 && (kana || lost));
}

static bool is_proved(struct arena *a, struct str text, bool latin, struct str *meant, size_t *width)
{
	struct arena scratch = {0};
	struct str bytes = unicode_encode(&scratch, text, latin ? "windows-1252" : "ibm-943");
	size_t used = 0;
	unsigned nr = sequences(bytes, latin ? 2 : 3, &used);
	bool proved = nr && (latin ? proves_latin(text, bytes, nr) : proves_japanese(text, nr));
	if (proved) {
		*meant = arena_str(a, str_slice(bytes, 0, used));
		*width = width_of(text, used, latin);
	}
	arena_release(&scratch);
	return proved;
}

/* As much of the text from `start` as proves it; whole characters that are no ASCII. */
static struct str part_from(struct str text, size_t start)
{
	enum { ENOUGH = 192 };
	size_t end = start;
	while (end < text.n && end - start < ENOUGH && (unsigned char)text.p[end] >= 0x80)
		end++;
	while (end < text.n && end > start && ((unsigned char)text.p[end] & 0xC0) == 0x80)
		end--;
	return str_slice(text, start, end);
}

static bool is_fullwidth(uint32_t c)
{
	return c >= 0xFF10 && c <= 0xFF5A;
}

/* Behind the last sign of the same trouble in the run of characters that goes on at `end`. */
static size_t end_of_signs(struct str text, size_t end)
{
	for (size_t i = end; i < text.n && (unsigned char)text.p[i] >= 0x80;) {
		uint32_t c = utf8_next(text, &i);
		if (is_kana_sign(c) || is_halfwidth(c) || is_fullwidth(c) || c == REPLACEMENT)
			end = i;
	}
	return end;
}

static bool read_from(struct arena *a, struct str text, size_t start, bool latin, struct mojibake *out)
{
	size_t width = 0;
	if (!is_proved(a, part_from(text, start), latin, &out->meant, &width))
		return false;
	out->encoding = latin ? "windows-1252" : "Shift_JIS";
	out->at = span_make(start, latin ? start + width : end_of_signs(text, start + width));
	return true;
}

/* `10Â GB`: a no-break space, of which a blank is left. */
static bool is_blank_left(struct str text, const struct odd *o)
{
	uint32_t before = character_before(text, o->off);
	bool behind_word = (before >= '0' && before <= '9') || before >= 0x3000;
	return o->codepoint == LATIN_FIRST && behind_word && str_starts(str_from(text, o->off), STR("Â "));
}

bool mojibake_read(struct arena *a, const struct digest *d, const struct odd *o, uint32_t *after, struct mojibake *out)
{
	/* Half-width kana are the second half, or the end, of what they were; the kanji before them is the start. */
	enum { FARTHEST = 2 };
	struct str text = d->source->text;
	bool latin = is_latin_sign(o->codepoint), halfwidth = is_halfwidth(o->codepoint);
	if (o->off < *after || (!latin && !halfwidth && !is_kana_sign(o->codepoint)))
		return false;
	bool found = !halfwidth && read_from(a, text, o->off, latin, out);
	if (!found && is_blank_left(text, o)) {
		*out = (struct mojibake){span_make(o->off, o->off + STR("Â ").n), STR(" "), "windows-1252"};
		found = true;
	}
	size_t start = o->off;
	for (unsigned i = 0; halfwidth && !found && i < FARTHEST; i++) {
		if (!unicode_is_han(character_before(text, start)) || character_start(text, start) < *after)
			break;
		start = character_start(text, start);
		found = read_from(a, text, start, false, out);
	}
	if (found)
		*after = span_end(out->at);
	return found;
}
