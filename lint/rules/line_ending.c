#include "lint/check.h"

struct endings {
	uint32_t crlf, lone; /* how many lines end so */
	uint32_t first;      /* the first of them */
};

static bool is_lone(const struct digest *d, const struct line *l)
{
	return l->ending == 1 && d->source->text.p[span_end(l->at)] == '\r';
}

static struct endings count(const struct digest *d)
{
	struct endings e = {0, 0, d->lines};
	for (uint32_t i = d->lines; i-- > 0;) {
		bool lone = is_lone(d, &d->line[i]), crlf = d->line[i].ending > 1;
		e.lone += lone;
		e.crlf += crlf;
		if (lone || crlf)
			e.first = i;
	}
	return e;
}

static struct finding *report_endings(struct check *c, struct span at, struct endings e)
{
	if (e.crlf && e.lone)
		return report(c, at, "lines end in CRLF (%u) and in a lone CR (%u), not in LF", e.crlf, e.lone);
	if (e.crlf == 1)
		return report(c, at, "1 line ends in CRLF, not in LF");
	if (e.crlf)
		return report(c, at, "%u lines end in CRLF, not in LF", e.crlf);
	if (e.lone == 1)
		return report(c, at, "1 line ends in a lone CR, not in LF");
	return report(c, at, "%u lines end in a lone CR, not in LF", e.lone);
}

static void check(struct check *c, const struct digest *d)
{
	struct endings e = count(d);
	if (e.first == d->lines)
		return;
	const struct line *l = &d->line[e.first];
	struct finding *f = report_endings(c, (struct span){span_end(l->at), l->ending}, e);
	suggest(c, f, "end all lines in LF");
	for (uint32_t i = e.first; i < d->lines; i++) {
		l = &d->line[i];
		if (is_lone(d, l))
			edit_replace(c, f, (struct span){span_end(l->at), 1}, STR("\n"));
		else if (l->ending > 1)
			edit_delete(c, f, (struct span){span_end(l->at), l->ending - 1});
	}
}

const struct rule rule_line_ending = {
	.name = "line-ending",
	.group = "format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.summary = "Lines end in CRLF or a lone CR",
	.why =
		"The carriage return becomes part of the label, the URL or the indicator in programs that split at newlines, and "
		"no longer equals the same text of another day. A file that changes its endings changes in every line of a diff.",
	.bad = {.text =
                EXAMPLE_TOP "#### 記事の題名\r\nhttps://example.com/news/1\r\n\r\n- 要約\r\n    - 一行の要約\r\n- IOC\n"
                            "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
