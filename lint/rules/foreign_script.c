#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "lint/character.h"
#include "lint/check.h"

/* For po/: the scripts that are met most. */
static const char *const names[] __attribute__((unused)) = {
	N_("Arabic"),   N_("Armenian"), N_("Bengali"), N_("Bopomofo"), N_("Cyrillic"), N_("Devanagari"),
	N_("Georgian"), N_("Greek"),    N_("Hangul"),  N_("Hebrew"),   N_("Tamil"),    N_("Thai"),
};

/* Words in one script, with the blanks between them. */
struct cluster {
	struct span at; /* in the prose */
	const char *script;
	unsigned letters;
};

static bool is_ascii_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The end of the words in `script` that begin at byte `i`; what parts them is a single sign or blank. */
static struct cluster read_cluster(struct str text, size_t i, const char *script)
{
	struct cluster k = {span_make(i, i), script, 0};
	while (i < text.n) {
		size_t next = i;
		uint32_t c = utf8_next(text, &next);
		const char *found = unicode_foreign_script(c);
		bool mark = c >= 0x300 && c <= 0x36F;
		if (found == script || mark) {
			k.at.len = (uint32_t)(next - k.at.off);
			k.letters++;
		} else if (i > span_end(k.at) || c >= 0x80 || is_ascii_letter(c) || c == PROSE_HOLE) {
			break;
		}
		i = next;
	}
	return k;
}

/* `정보.zip`: as the file is called. */
static bool is_file_name(struct str text, size_t end)
{
	size_t i = end;
	/* Digits and signs of the name that are no letters. */
	while (i < text.n && strchr("0123456789_-() ", text.p[i]))
		i++;
	return i + 1 < text.n && text.p[i] == '.' && is_ascii_letter((unsigned char)text.p[i + 1]);
}

/* One or two letters of a Latin word: a look-alike, `pаypal`. */
static bool is_within_latin(struct str text, const struct cluster *k)
{
	enum { FEW = 2 };
	uint32_t before = character_before(text, k->at.off), behind = character_behind(text, span_end(k->at));
	return k->letters <= FEW && (is_ascii_letter(before) || is_ascii_letter(behind));
}

/* `Windοws`: letters on both sides, and small ones: no `TNFα`, `AβB`, `μTorrent`. */
static bool is_amid_latin(struct str text, struct span at)
{
	uint32_t before = character_before(text, at.off), behind = character_behind(text, span_end(at));
	return before >= 'a' && before <= 'z' && behind >= 'a' && behind <= 'z';
}

/* `攻撃者는`: a particle that the writer, or a model, had in mind. */
static bool is_particle(struct str text, const struct cluster *k)
{
	return !strcmp(k->script, "Hangul") && unicode_is_han(character_before(text, k->at.off));
}

/* α, μ, Σ: signs in a Japanese text. A lone letter of another script is a sign, too, unless it is a part of a word. */
static bool is_sign(struct str text, const struct cluster *k)
{
	enum { GREEK = 2 };
	if (!strcmp(k->script, "Greek"))
		return k->letters <= GREEK && !is_amid_latin(text, k->at);
	return k->letters == 1 && !is_within_latin(text, k) && !is_particle(text, k);
}

/* `https://www.micrоsoft.com/`: lookalike-link tells of hosts. */
static bool is_in_host(const struct prose *p, size_t at)
{
	enum { LONGEST_HOST = 253 };
	size_t from = at;
	while (from && at - from < LONGEST_HOST && !strchr("/ \t", p->raw.p[from - 1]))
		from--;
	return str_ends(str_slice(p->raw, 0, from), STR("://"));
}

static void check_line(struct check *c, const struct digest *d, const struct odd *o, const struct odd *end)
{
	const struct prose *p = o->prose;
	struct quotes q = {.text = p->raw};
	size_t after = 0;
	for (; o < end; o++) {
		size_t at = o->off - p->off;
		const char *script = unicode_foreign_script(o->codepoint);
		if (!script || at < after || odd_place(d, o) != ODD_TEXT)
			continue;
		struct cluster k = read_cluster(p->text, at, script);
		after = span_end(k.at);
		bool quoted =
			quotes_around(&q, at, true) || is_file_name(p->text, after) || character_in_link(d, o->line, o->off);
		if (is_in_host(p, at) || is_sign(p->text, &k) || (quoted && !is_within_latin(p->text, &k)))
			continue;
		struct span place = {p->off + k.at.off, k.at.len};
		report(c, place, "`%.*s` is written in another script: %s", STR_ARG(digest_str(d, place)), _(script));
	}
}

static void check(struct check *c, const struct digest *d)
{
	for (const struct odd *o = d->odd, *last = o + d->odds; o < last;) {
		const struct odd *end = o + 1;
		while (end < last && end->line == o->line)
			end++;
		if (o->prose && !o->prose->ioc)
			check_line(c, d, o, end);
		o = end;
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_foreign_script = {
	.name = "foreign-script",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.summary = "A word in a script that Japanese is not written with",
	.why =
		"Language models fall into other languages in the middle of a sentence, and a letter of another script in a Latin "
		"word (`pаypal` with a Cyrillic `а`) is a trick of phishing. Names in their own script are left alone in quotes, in "
		"brackets and as names of files.",
	.bad = {.text = TOP "    - 深刻度は высокая とされる\n" END},
	.good = {.text = TOP "    - 深刻度は「высокая」（高）とされる\n" END},
	.check = check,
};
