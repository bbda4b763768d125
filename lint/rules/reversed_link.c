#include "lint/check.h"
#include "lint/link_place.h"

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
	if (!link_can_hold(shown))
		return;
	suggest(c, f, "change them back");
	edit_replace(c, f, at,
	             arena_printf(check_arena(c), "[%.*s](%.*s)", STR_ARG(shown), STR_ARG(digest_str(d, l->url))));
}

/* A whole item, or all behind its label, that is `[URL]（text）`: what a wide parenthesis behind a text holds is mostly a note. */
static void check_wide(struct check *c, const struct digest *d, const struct link *l)
{
	static const struct str open = STR_INIT("]（"), close = STR_INIT("）");
	struct span line = d->line[l->line].text;
	struct str behind = str_slice(d->source->text, span_end(l->at), span_end(line));
	struct str before = str_trim_end(str_slice(d->source->text, line.off, l->at.off - (l->at.off > line.off)));
	bool first = !before.n || str_ends(before, STR(":")) || str_ends(before, STR("："));
	if (!first || l->at.off == line.off || d->source->text.p[l->at.off - 1] != '[' || !str_starts(behind, open))
		return;
	struct str shown = str_from(behind, open.n);
	if (str_find(shown, 0, close) + close.n != shown.n || shown.n == close.n)
		return;
	shown = str_slice(shown, 0, shown.n - close.n);
	struct span at = span_make(l->at.off - 1, span_end(line));
	struct finding *f = report(c, at, "the brackets of the link have changed places");
	weigh(c, f, SEVERITY_WARNING);
	if (!link_can_hold(shown))
		return;
	suggest(c, f, "change them back");
	edit_replace(c, f, at,
	             arena_printf(check_arena(c), "[%.*s](%.*s)", STR_ARG(shown), STR_ARG(digest_str(d, l->url))));
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		if (l->kind == LINK_BARE && !l->defanged && !line_is_ioc(d, l->line)) {
			check_brackets(c, d, l);
			check_wide(c, d, l);
		}
		if (l->kind != LINK_INLINE || !link_is_reversed(d, l) || line_is_ioc(d, l->line))
			continue;
		struct str text = digest_str(d, link_inside(d, l)), url = str_trim(digest_str(d, l->text));
		struct finding *f = report(c, l->at, "text and address of the link have changed places");
		if (!link_can_hold(text))
			continue;
		suggest(c, f, "change them back");
		edit_replace(c, f, l->at, arena_printf(check_arena(c), "[%.*s](%.*s)", STR_ARG(text), STR_ARG(url)));
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
