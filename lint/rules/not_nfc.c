#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "lint/character.h"
#include "lint/check.h"

enum {
	VOICED = 0x309B,     /* ゛ as a character of its own */
	SEMI_VOICED = 0x309C /* ゜ */
};

/* Kanji that NFC changes are people's names mostly: compatibility-character's. */
static bool is_loose(uint32_t codepoint)
{
	return unicode_may_compose(codepoint) && !unicode_is_han(codepoint);
}

/* The characters around bytes [from, to) of a line that compose with one another. */
static struct span segment(struct str line, size_t from, size_t to)
{
	enum { LONGEST = 256 };
	size_t start = from, end = to;
	while (start && from - start < LONGEST && !unicode_begins_segment(character_behind(line, start)))
		start = character_start(line, start);
	while (end < line.n && end - to < LONGEST && !unicode_begins_segment(character_behind(line, end)))
		utf8_next(line, &end);
	return span_make(start, end);
}

/* `か゛`: the kana with its mark; "" where they are none. */
static struct str with_mark(struct check *c, struct str line, struct span at, uint32_t mark)
{
	struct str loose = mark == VOICED ? STR("\xE3\x82\x99") : STR("\xE3\x82\x9A");
	struct str kana = str_slice(line, at.off, span_end(at) - 3);
	struct str whole =
		unicode_nfc(check_arena(c), arena_printf(check_arena(c), "%.*s%.*s", STR_ARG(kana), STR_ARG(loose)));
	return whole.n == kana.n ? whole : STR("");
}

struct repair {
	struct span at; /* in the line */
	struct str text;
};

/* What the odd character is wrong with, at or behind byte `from` of its line; false: nothing. */
static bool find(struct check *c, struct str line, size_t at, uint32_t codepoint, struct repair *out)
{
	size_t next = at;
	utf8_next(line, &next);
	if (codepoint == VOICED || codepoint == SEMI_VOICED) {
		if (!at)
			return false;
		out->at = span_make(character_start(line, at), next);
		out->text = with_mark(c, line, out->at, codepoint);
		return out->text.n > 0;
	}
	out->at = segment(line, at, next);
	struct str written = str_at(line, out->at);
	out->text = unicode_nfc(check_arena(c), written);
	return !str_eq(written, out->text);
}

static struct finding *begin(struct check *c, const struct digest *d, uint32_t line, const struct repair *r)
{
	struct span whole = d->line[line].at, at = {whole.off + r->at.off, r->at.len};
	struct str written = digest_str(d, at), usual = r->text;
	struct finding *f =
		utf8_count(written) > 1
			? report(c, at, "`%.*s` is not written as the single character `%.*s`", STR_ARG(written), STR_ARG(usual))
			: report(c, at, "`%.*s` is not the usual `%.*s`", STR_ARG(written), STR_ARG(usual));
	suggest(c, f, "compose the characters (NFC)");
	return f;
}

/* Text from a Mac's file names is decomposed all along: one finding for a line. */
static const struct odd *check_line(struct check *c, const struct digest *d, const struct odd *o)
{
	const struct odd *end = d->odd + d->odds;
	uint32_t line = o->line;
	struct str text = digest_str(d, d->line[line].at);
	struct finding *f = NULL;
	size_t after = 0;
	for (; o < end && o->line == line; o++) {
		size_t at = o->off - d->line[line].at.off;
		bool mark = o->codepoint == VOICED || o->codepoint == SEMI_VOICED;
		struct repair r = {0};
		if (at < after || (!mark && !is_loose(o->codepoint)) || !character_is_text(c, d, o))
			continue;
		if (!find(c, text, at, o->codepoint, &r) || r.at.off < after) {
			/* The others of a segment that is composed already need no look. */
			if (!mark && span_end(r.at) > after)
				after = span_end(r.at);
			continue;
		}
		f = f ? f : begin(c, d, line, &r);
		struct span place = {d->line[line].at.off + r.at.off, r.at.len};
		f->at = span_make(f->at.off, span_end(place));
		edit_replace(c, f, place, r.text);
		after = span_end(r.at);
	}
	return o;
}

static bool is_candidate(const struct odd *o)
{
	return o->codepoint == VOICED || o->codepoint == SEMI_VOICED || is_loose(o->codepoint);
}

static void check(struct check *c, const struct digest *d)
{
	for (const struct odd *o = d->odd, *end = o + d->odds; o < end;)
		o = is_candidate(o) && !character_in_label(d, o->line) ? check_line(c, d, o) : o + 1;
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_not_nfc = {
	.name = "not-nfc",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "A character is written as several that are combined",
	.why =
		"`ガ` can be one character or `カ` with a mark behind it, as in the names of files on a Mac. Both look the same, but "
		"a search for one does not find the other, and some fonts show the mark beside the kana. NFC is the form that "
		"everybody types.",
	.bad = {.text = TOP "    - カ\xE3\x82\x99イドを公開\n" END},
	.good = {.text = TOP "    - ガイドを公開\n" END},
	.check = check,
};
