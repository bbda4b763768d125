#include "core/base/unicode_text.h"
#include "lint/blank.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/mojibake.h"

enum {
	NO_BREAK_SPACE_CODE = 0xA0,
	ZERO_WIDTH_SPACE = 0x200B,
	ZERO_WIDTH_NON_JOINER = 0x200C,
	ZERO_WIDTH_JOINER = 0x200D,
	EMOJI_STYLE = 0xFE0F,
	KEYCAP = 0x20E3,
	BLACK_FLAG = 0x1F3F4,
	TAG_FIRST = 0xE0020,
	TAG_LAST = 0xE007F,
};

/* The line of a character, and the character's place in it. */
struct place {
	struct str line;
	size_t from, to;
};

static struct place place_of(const struct digest *d, struct span at, uint32_t line)
{
	struct span whole = d->line[line].at;
	return (struct place){digest_str(d, whole), at.off - whole.off, span_end(at) - whole.off};
}

static bool is_tag(uint32_t codepoint)
{
	return codepoint >= TAG_FIRST && codepoint <= TAG_LAST;
}

static bool joins(const struct place *p, uint32_t codepoint)
{
	uint32_t before = character_before(p->line, p->from), behind = character_behind(p->line, p->to);
	if (unicode_foreign_script(before))
		return true;
	bool emoji = unicode_is_emoji(before) || unicode_is_variation_selector(before);
	return codepoint == ZERO_WIDTH_JOINER && emoji && behind >= 0x80 && unicode_is_emoji(behind);
}

/* A selector picks a form of the character before it: of kanji, emoji, signs; not of Latin letters, kana and blanks. */
static bool selects(const struct place *p)
{
	uint32_t before = character_before(p->line, p->from), behind = character_behind(p->line, p->to);
	if (before < 0x80)
		return behind == KEYCAP;
	if (unicode_is_han(before) || unicode_is_emoji(before) || unicode_foreign_script(before))
		return true;
	return !unicode_is_letter(before) && !unicode_is_invisible(before) && before != 0x3000;
}

/* The flags of England, Scotland and Wales are spelled in tags. `o` is one of an array. */
static bool is_flag(const struct digest *d, const struct odd *o)
{
	enum { LONGEST = 7 };
	const struct odd *first = o;
	while (first > d->odd && o - first < LONGEST && is_tag(first->codepoint) &&
	       span_end(odd_span(first - 1)) == first->off)
		first--;
	return first->codepoint == BLACK_FLAG;
}

static bool is_wrong(const struct digest *d, const struct odd *o)
{
	uint32_t codepoint = o->codepoint;
	if (character_ends_line(d, o))
		return true;
	if (!unicode_is_invisible(codepoint))
		return false;
	struct place p = place_of(d, odd_span(o), o->line);
	if (codepoint == ZERO_WIDTH_JOINER || codepoint == ZERO_WIDTH_NON_JOINER)
		return !joins(&p, codepoint);
	if (unicode_is_variation_selector(codepoint))
		return !selects(&p);
	return !is_tag(codepoint) || !is_flag(d, o);
}

/* No-break spaces at the end of a line are trailing-space's, but in code. */
static const struct odd *without_trailing(const struct digest *d, const struct odd *o, const struct odd *end)
{
	struct str line = digest_str(d, d->line[o->line].at);
	size_t visible = line.n - blank_suffix(line);
	while (end > o && end[-1].off - d->line[o->line].at.off >= visible)
		end--;
	return end;
}

static bool is_blank(uint32_t codepoint)
{
	return codepoint == 0 || codepoint == ' ' || codepoint == '\t' || codepoint == 0x3000;
}

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Right behind the hyphen of `CVE-2024`. */
static bool is_in_name(const struct place *p)
{
	return p->from >= 2 && p->line.p[p->from - 1] == '-' && is_alnum((unsigned char)p->line.p[p->from - 2]) &&
	       is_alnum(character_behind(p->line, p->to));
}

/* What the characters are to be replaced by: a space where they part words, nothing elsewhere. */
static struct str stand_in(const struct place *p, const struct odd *o, const struct odd *end, bool behind_url)
{
	uint32_t before = character_before(p->line, p->from), behind = character_behind(p->line, p->to);
	if (is_blank(before) || is_blank(behind) || is_in_name(p))
		return STR("");
	if (behind_url && behind >= 0x80 && o->codepoint == ZERO_WIDTH_SPACE)
		return STR(" ");
	for (; o < end; o++)
		if (unicode_is_odd_space(o->codepoint))
			return STR(" ");
	return STR("");
}

/* Would Markdown read the rest of a line, once nothing stands before it, as something else than text? */
static bool is_mark(struct str rest)
{
	size_t digits = 0;
	rest = str_trim(rest);
	while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
		digits++;
	if (digits)
		return digits < rest.n && (rest.p[digits] == '.' || rest.p[digits] == ')');
	return !rest.n || strchr("#-+*>|=_`~<", rest.p[0]);
}

/* An item of the list that stands around it. */
static bool is_item_of_list(const struct digest *d, uint32_t line, struct str rest)
{
	bool before = line > 0 && d->line[line - 1].kind == LINE_ITEM;
	bool behind = line + 1 < d->lines && d->line[line + 1].kind == LINE_ITEM;
	rest = str_trim(rest);
	return (before || behind) && rest.n > 2 && strchr("-*+", rest.p[0]) && rest.p[1] == ' ';
}

static bool is_behind_url(const struct odd *o)
{
	const struct prose *p = o->prose;
	return p && o->off > p->off && o->off - p->off <= p->text.n && p->text.p[o->off - p->off - 1] == PROSE_HOLE;
}

static bool is_blank_line(const struct digest *d, uint32_t line)
{
	return line >= d->lines || d->line[line].kind == LINE_BLANK;
}

/* Nothing is left of the line: it becomes a blank one, or goes where it would be one too many. */
static void mend_line(struct check *c, const struct digest *d, uint32_t line, struct finding *f)
{
	suggest(c, f, "delete it");
	if (line == 0 || is_blank_line(d, line - 1) || is_blank_line(d, line + 1))
		edit_delete_line(c, f, d, line);
	else
		edit_delete(c, f, d->line[line].at);
}

static void mend(struct check *c, const struct digest *d, const struct odd *o, const struct odd *end, struct finding *f)
{
	const struct line *l = &d->line[o->line];
	struct place p = place_of(d, character_span(o, end), o->line);
	struct str before = str_slice(p.line, 0, p.from), rest = str_from(p.line, p.to);
	bool starts = l->text.off >= o->off || blank_suffix(before) == before.n;
	bool ends = blank_suffix(rest) == rest.n;
	if (ends && blank_suffix(before) == before.n && l->kind != LINE_CODE) {
		mend_line(c, d, o->line, f);
		return;
	}
	if (starts && l->kind != LINE_CODE && !l->disguised && is_mark(rest) && !is_item_of_list(d, o->line, rest))
		return;
	struct str text = stand_in(&p, o, end, is_behind_url(o));
	suggest(c, f, text.n ? "write a space" : "delete it");
	/* What stands before them would be blanks at the end of the line. */
	size_t blanks = ends ? blank_suffix(before) : 0;
	edit_replace(c, f, span_make(o->off - blanks, span_end(odd_span(end - 1))), ends ? STR("") : text);
}

static const struct odd *check_run(struct check *c, const struct digest *d, const struct odd *o)
{
	enum odd_place place = odd_place(d, o);
	const struct odd *next = odd_run(d, o, is_wrong);
	if (place == ODD_OTHER || character_in_label(d, o->line))
		return next;
	const struct odd *end = place == ODD_CODE ? next : without_trailing(d, o, next);
	if (end == o)
		return next;
	struct str names = character_names(check_arena(c), d, o, end, is_wrong);
	struct span at = character_span(o, end);
	struct finding *f = unicode_is_odd_space(o->codepoint)
	                        ? report(c, at, "not an ordinary space: %.*s", STR_ARG(names))
	                        : report(c, at, "invisible character: %.*s", STR_ARG(names));
	mend(c, d, o, end, f);
	return next;
}

static void check(struct check *c, const struct digest *d)
{
	uint32_t garbled = 0;
	for (const struct odd *o = d->odd, *end = o + d->odds; o < end;) {
		struct mojibake m;
		if (odd_place(d, o) == ODD_TEXT)
			mojibake_read(check_arena(c), d, o, &garbled, &m);
		o = o->off >= garbled && is_wrong(d, o) ? check_run(c, d, o) : o + 1;
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_invisible_character = {
	.name = "invisible-character",
	.group = "text",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_HEADING | FACT_BULLET | FACT_CODE | FACT_ENTRY | FACT_ARTICLE | FACT_FIELD |
               FACT_ITEM | FACT_LINK | FACT_IOC | FACT_CVE,
	.summary = "A character that cannot be seen, or that only looks like a space",
	.why =
		"Nobody sees it, but a search no longer finds the word, a program does not know the label, and a command that is "
		"copied fails. Such characters come along with text that is pasted from web pages, word processors and language "
		"models.",
	.bad = {.text = TOP "    - Exa\xE2\x80\x8Bmple\xC2\xA0社が発表\n" END},
	.good = {.text = TOP "    - Example 社が発表\n" END},
	.check = check,
};
