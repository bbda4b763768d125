#include "lint/check.h"
#include "lint/link_place.h"

static void mend(struct check *c, struct finding *f, struct span at, struct str text, struct str url)
{
	if (!link_can_hold(text))
		return;
	suggest(c, f, "change them back");
	edit_replace(c, f, at, arena_printf(check_arena(c), "[%.*s](%.*s)", STR_ARG(text), STR_ARG(url)));
}

/* `(text)[URL]`: the brackets have changed places. */
static void check_brackets(struct check *c, const struct digest *d, const struct link *l)
{
	struct span line = d->line[l->line].text;
	struct str text = digest_str(d, line);
	size_t from = l->at.off - line.off, to = span_end(l->at) - line.off;
	if (from < 2 || text.p[from - 1] != '[' || text.p[from - 2] != ')' || to >= text.n || text.p[to] != ']')
		return;
	size_t open = from - 2;
	while (open && text.p[open] != '(')
		open--;
	struct str shown = str_slice(text, open + 1, from - 2);
	if (text.p[open] != '(' || !shown.n || (to + 1 < text.n && text.p[to + 1] == '('))
		return;
	struct span at = span_make(line.off + open, line.off + to + 1);
	struct finding *f = report(c, at, "the brackets of the link have changed places");
	mend(c, f, at, shown, digest_str(d, l->url));
}

static size_t opening(struct str s)
{
	return str_starts(s, STR("(")) ? 1 : str_starts(s, STR("（")) ? 3 : 0;
}

static size_t closing(struct str s)
{
	return str_ends(s, STR(")")) ? 1 : str_ends(s, STR("）")) ? 3 : 0;
}

/* Of `[text]`, `（text）` and the like the text, where that is all; "" elsewhere. */
static struct str within(struct str s, size_t open, size_t close)
{
	if (!open || !close || s.n <= open + close)
		return STR("");
	s = str_slice(s, open, s.n - close);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '[' || s.p[i] == ']')
			return STR("");
	return str_trim(s);
}

/* A number, a sign: a note. */
static bool is_title(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == ' ')
			return true;
	return false;
}

/* Is the text before all of the line, or up to a label's colon? */
static bool begins(struct str before)
{
	before = str_trim_end(before);
	return !before.n || str_ends(before, STR(":")) || str_ends(before, STR("："));
}

/*
 * A whole item, or all behind its label, that is `[URL]（text）`, `[URL][text]`, `[URL] (text)`, `(URL)[text]` or `（text）[URL]`: what a wide
 * parenthesis behind a text holds is mostly a note.
 */
static void check_whole(struct check *c, const struct digest *d, const struct link *l)
{
	struct span line = d->line[l->line].text;
	struct str before = str_slice(d->source->text, line.off, l->at.off);
	struct str behind = str_slice(d->source->text, span_end(l->at), span_end(line));
	struct str shown = STR("");
	size_t from = before.n;
	if (str_ends(before, STR("[")) && str_starts(behind, STR("]")) && begins(str_slice(before, 0, before.n - 1))) {
		struct str note = str_trim(str_from(behind, 1));
		from = before.n - 1;
		bool square = str_starts(note, STR("[")) && str_ends(note, STR("]"));
		shown = square ? within(note, 1, 1) : within(note, opening(note), closing(note));
	} else if (closing(str_slice(behind, 0, 1)) && str_starts(str_from(behind, 1), STR("[")) &&
	           str_ends(before, STR("(")) && begins(str_slice(before, 0, before.n - 1))) {
		struct str text = str_from(behind, 1);
		from = before.n - 1;
		shown = within(text, 1, str_ends(text, STR("]")));
	} else if (str_ends(before, STR("）[")) && str_eqz(behind, "]")) {
		struct str text = str_slice(before, 0, before.n - 1);
		from = 0;
		shown = within(text, opening(text), closing(text));
	}
	if (!shown.n || !is_title(shown))
		return;
	struct span at = span_make(line.off + from, span_end(line));
	struct finding *f = report(c, at, "the brackets of the link have changed places");
	weigh(c, f, SEVERITY_WARNING);
	mend(c, f, at, shown, digest_str(d, l->url));
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		if (l->kind == LINK_BARE && !l->defanged && !line_is_ioc(d, l->line)) {
			check_brackets(c, d, l);
			check_whole(c, d, l);
		}
		if (l->kind != LINK_INLINE || !link_is_reversed(d, l) || line_is_ioc(d, l->line))
			continue;
		struct str text = link_undressed(digest_str(d, link_inside(d, l)));
		struct finding *f = report(c, l->at, "text and address of the link have changed places");
		mend(c, f, l->at, text, link_undressed(digest_str(d, l->text)));
	}
}

#define TOP     \
	EXAMPLE_IOC \
	"    - IOC情報なし\n\n### メモ\n"

const struct rule rule_reversed_link = {
	.name = "reversed-link",
	.group = "link",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_LINK,
	.summary = "Text and address of a link have changed places",
	.why =
		"`[https://…](text)` leads to a file that is called like the text and does not exist. The address is shown, but nobody "
		"gets there.",
	.bad = {.text = TOP "- [https://example.com/a](不正アクセスのお知らせ)\n"},
	.good = {.text = TOP "- [不正アクセスのお知らせ](https://example.com/a)\n"},
	.check = check,
};
