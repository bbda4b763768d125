#include "lint/verbatim.h"

bool verbatim_line(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	if (l->kind == LINE_CODE || l->kind == LINE_HTML)
		return true;
	if ((l->kind != LINE_BLANK && l->kind != LINE_OTHER) || l->block == BLOCK_NONE)
		return false;
	switch (d->blocks->v[l->block].kind) {
	case BLOCK_FENCE:
	case BLOCK_CODE:
	case BLOCK_HTML:
	case BLOCK_FRONT:
		return true;
	default:
		return false;
	}
}

static struct str block_text(const struct digest *d, const struct block *b)
{
	return str_trim(str_slice(d->source->text, d->line[b->first].at.off, span_end(d->line[b->end - 1].at)));
}

/* The last line is made of the marks that the first one begins with, as many at least. */
static bool is_closed_fence(struct str text)
{
	size_t marks = 0, last = text.n;
	while (marks < text.n && text.p[marks] == text.p[0])
		marks++;
	while (last && text.p[last - 1] == text.p[0])
		last--;
	struct str before = str_trim_end(str_slice(text, 0, last));
	return text.n - last >= marks && last > marks && before.n < last;
}

/* What ends at a blank line needs no closing. */
static bool is_open_html(struct str text)
{
	static const struct str marks[][2] = {
		{STR_INIT("<!--"), STR_INIT("-->")},          {STR_INIT("<?"), STR_INIT("?>")},
		{STR_INIT("<![CDATA["), STR_INIT("]]>")},     {STR_INIT("<!"), STR_INIT(">")},
		{STR_INIT("<script"), STR_INIT("</script>")}, {STR_INIT("<pre"), STR_INIT("</pre>")},
		{STR_INIT("<style"), STR_INIT("</style>")},   {STR_INIT("<textarea"), STR_INIT("</textarea>")}};
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (str_eq_nocase(str_slice(text, 0, marks[i][0].n), marks[i][0]))
			return str_find(text, marks[i][0].n, marks[i][1]) == text.n;
	return false;
}

bool verbatim_open(const struct digest *d)
{
	uint32_t last = d->lines - 1;
	while (last && d->line[last].kind == LINE_BLANK && d->line[last].block == BLOCK_NONE)
		last--;
	if (d->line[last].block == BLOCK_NONE)
		return false;
	const struct block *b = &d->blocks->v[d->line[last].block];
	if (b->kind == BLOCK_FENCE)
		return !is_closed_fence(block_text(d, b));
	return b->kind == BLOCK_HTML && is_open_html(block_text(d, b));
}

bool verbatim_open_fence(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	if (l->kind != LINE_CODE || d->blocks->v[l->block].kind != BLOCK_FENCE)
		return false;
	uint32_t first = d->blocks->v[l->block].first;
	unsigned margin = d->blocks->v[l->block].parent == BLOCK_NONE ? 0 : d->line[first].indent;
	struct str text = str_trim(digest_str(d, l->at));
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != text.p[0])
			return true;
	return first == line || l->indent > margin + 3 || (text.p[0] != '`' && text.p[0] != '~');
}
