#include "core/base/unicode_text.h"
#include "lint/character.h"
#include "lint/check.h"
#include "lint/link_place.h"

/* A whole item that is `title(URL)`, or `[title] (URL)` that Markdown does not take for a link. */
struct pair {
	struct str title;
	bool bracketed; /* the title had its brackets already */
	bool unseen;    /* something that cannot be seen stands behind it */
};

/* The length of a parenthesis, ASCII or full-width, at the start (or end) of `s`. */
static size_t opening(struct str s)
{
	return str_ends(s, STR("(")) ? 1 : str_ends(s, STR("（")) ? 3 : 0;
}

static size_t closing(struct str s)
{
	return str_starts(s, STR(")")) ? 1 : str_starts(s, STR("）")) ? 3 : 0;
}

static bool is_only_link(const struct digest *d, size_t i)
{
	uint32_t line = d->link[i].line;
	return !(i && d->link[i - 1].line == line) && !(i + 1 < d->links && d->link[i + 1].line == line);
}

/* The length of a bracket, ASCII or full-width, at the start (or end) of `s`. */
static size_t opening_bracket(struct str s)
{
	return str_starts(s, STR("[")) ? 1 : str_starts(s, STR("［")) ? 3 : 0;
}

static size_t closing_bracket(struct str s)
{
	return str_ends(s, STR("]")) ? 1 : str_ends(s, STR("］")) ? 3 : 0;
}

/* Of `[title]`, the title; "" where its brackets are not the first and the last of one pair: `[a] b [c]`. */
static struct str without_brackets(struct str s)
{
	size_t open = opening_bracket(s), close = closing_bracket(s), depth = 0;
	if (!open || !close || open + close >= s.n)
		return STR("");
	s = str_slice(s, open, s.n - close);
	for (size_t i = 0; i < s.n; i++) {
		depth += opening_bracket(str_from(s, i)) > 0;
		if (closing_bracket(str_slice(s, 0, i + 1)) && !depth--)
			return STR("");
	}
	return depth ? STR("") : str_trim(s);
}

/* What another rule deletes at the end. */
static struct str without_unseen(struct str s)
{
	uint32_t c;
	while (s.n && (c = character_before(s, s.n)) && (c == ' ' || unicode_is_invisible(c) || unicode_is_bidi_control(c)))
		s.n = character_start(s, s.n);
	return s;
}

/* "…を公開した。(https://…)": a sentence with its source, and no title. */
static bool ends_sentence(struct str s)
{
	static const struct str ends[] = {STR_INIT("。"), STR_INIT("．"), STR_INIT("、"), STR_INIT("："), STR_INIT(":")};
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (str_ends(s, ends[i]))
			return true;
	return false;
}

static bool read_pair(const struct digest *d, size_t i, struct pair *out)
{
	const struct link *l = &d->link[i];
	const struct line *line = &d->line[l->line];
	struct str before = str_slice(d->source->text, line->text.off, l->at.off);
	struct str behind = str_slice(d->source->text, span_end(l->at), span_end(line->text));
	if (l->kind == LINK_INLINE || l->defanged || !is_only_link(d, i))
		return false;
	before = str_trim_end(before);
	behind = str_trim(behind);
	size_t open = opening(before), close = closing(behind);
	if (!open || !close || close < behind.n)
		return false;
	struct str title = str_trim_end(str_slice(before, 0, before.n - open));
	/* `text](https://…`: malformed-url tells of a link that lost a bracket. */
	bool torn = str_ends(before, STR("]("));
	if (!title.n || torn || ends_sentence(title))
		return false;
	struct str seen = without_unseen(title), inner = without_brackets(seen);
	*out = (struct pair){inner.n ? inner : seen, inner.n > 0, seen.n < title.n};
	return seen.n > 0;
}

/* What says what the address is, and is no title of it. */
static bool is_label(struct str s)
{
	static const char labels[] =
		"出典\n参考\n参照\n詳細\n引用\n引用元\n続報\n追記\n関連\n関連記事\nリンク\n記事\n元記事\n情報源\n原文\n公式\n参考情報\n参考文献\n"
		"詳細はこちら\n参考リンク\n関連リンク\n配布元\n公式サイト\n";
	struct str rest = str_of(labels), label;
	bool words = false;
	for (size_t i = 0; i < s.n; i++)
		words = words || (unsigned char)s.p[i] >= 0x80;
	while (str_split(&rest, '\n', &label))
		if (str_eq(s, label))
			return true;
	/* URL, Source, Link */
	return !words && str_find_byte(s, 0, ' ') == s.n;
}

/* Full-width blanks count, too. */
static struct str trim_wide_end(struct str s)
{
	static const struct str blank = STR_INIT("　");
	for (s = str_trim_end(s); str_ends(s, blank); s = str_trim_end(s))
		s.n -= blank.n;
	return s;
}

/* Without what parts a title from its address: `題 - https://…`, `題 | https://…`, `題: https://…`. */
static struct str without_separator(struct str s)
{
	static const struct str parts[] = {STR_INIT(" -"), STR_INIT(" |"), STR_INIT(" –"), STR_INIT(" —"),
	                                   STR_INIT(":"),  STR_INIT("："), STR_INIT("｜")};
	s = trim_wide_end(s);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (str_ends(s, parts[i]))
			return trim_wide_end(str_slice(s, 0, s.n - parts[i].n));
	return s;
}

/* Of a list of links: an item that is `title https://…` or `[title]https://…`. */
static bool read_loose(const struct digest *d, size_t i, struct pair *out)
{
	const struct link *l = &d->link[i];
	const struct line *line = &d->line[l->line];
	struct str written = str_slice(d->source->text, line->text.off, l->at.off);
	struct str title = without_separator(written), inner = without_brackets(title);
	if (l->kind == LINK_INLINE || l->defanged || !is_only_link(d, i) || span_end(l->at) != span_end(line->text))
		return false;
	/* `[題]: https://…` is the definition of a link to Markdown. */
	bool defines = inner.n && str_ends(str_trim_end(written), STR("]:"));
	if (!title.n || title.n != without_unseen(title).n || is_label(title) || ends_sentence(title) || defines)
		return false;
	static const char *const never[] = {"(", "（", "[", "［", "「", "『", "<", "\"", "“", "->", "→"};
	for (size_t k = 0; k < ARRAY_SIZE(never); k++)
		if (str_ends(title, str_of(never[k])))
			return false;
	*out = (struct pair){inner.n ? inner : title, inner.n > 0, false};
	return str_find(title, 0, STR("。")) == title.n && str_find(title, 0, STR("://")) == title.n;
}

static bool is_title_of_item(const struct digest *d, uint32_t i)
{
	const struct line *l = &d->line[i];
	return l->kind == LINE_ITEM && !l->indent;
}

static void check_link(struct check *c, const struct digest *d, size_t i, bool lists)
{
	struct pair pair;
	const struct link *l = &d->link[i];
	if (!is_title_of_item(d, l->line) || !(read_pair(d, i, &pair) || (lists && read_loose(d, i, &pair))))
		return;
	/* `[title]` and an address that only an unseen character parts. */
	if (pair.unseen && pair.bracketed)
		return;
	struct finding *f = report(c, d->line[l->line].text, "title and address are no link: `[title](https://…)` is one");
	if (!link_can_hold(pair.title))
		return;
	/* <https://…> may hold what would end a link's target. */
	struct str url = digest_str(d, l->url);
	bool plain = str_find_byte(url, 0, '(') == url.n && str_find_byte(url, 0, ')') == url.n;
	struct str target = plain ? url : digest_str(d, l->at);
	suggest(c, f, "make it a link");
	edit_replace(c, f, d->line[l->line].text,
	             arena_printf(check_arena(c), "[%.*s](%.*s)", STR_ARG(pair.title), STR_ARG(target)));
}

/* Of a list of links, which entries are not. */
static void check_section(struct check *c, const struct digest *d, const struct section *s, const struct link_range *r)
{
	for (size_t i = r->first; !s->nr && i < r->end; i++)
		check_link(c, d, i, r->list);
}

static void check(struct check *c, const struct digest *d)
{
	link_sections(c, d, check_section);
}

#define TOP     \
	EXAMPLE_IOC \
	"    - IOC情報なし\n\n### メモ\n"

const struct rule rule_bare_link = {
	.name = "bare-link",
	.group = "link",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_LINK,
	.summary = "A title and its address are no link",
	.why =
		"Readers see the whole address, and programs that collect `[title](address)` miss it. Where the parenthesis is "
		"followed by text, some take it for a part of the address.",
	.bad = {.text = TOP "- 不正アクセスのお知らせ(https://example.com/a)\n"},
	.good = {.text = TOP "- [不正アクセスのお知らせ](https://example.com/a)\n"},
	.check = check,
};
