#include "lint/check.h"
#include "lint/ioc_cell.h"

static bool is_network(const struct indicator *is)
{
	return is->kind == INDICATOR_URL || is->kind == INDICATOR_DOMAIN || is->kind == INDICATOR_EMAIL ||
	       is->kind == INDICATOR_IPV4 || is->kind == INDICATOR_IPV6;
}

/* Nobody gets anywhere with what does not exist, and nobody outside with what is private. */
static bool leads_anywhere(const struct indicator *is)
{
	return is->flaw == FLAW_NONE && (is->range == RANGE_NONE || is->range == RANGE_GLOBAL);
}

/* setup.zip, libc.so: hosts by their ends, files by all that people call so. */
static bool may_be_file(const struct ioc_cell *cell)
{
	return cell->is.kind == INDICATOR_DOMAIN && cell->is.file_like;
}

static void check_cell(struct check *c, const struct ioc_cell *cell)
{
	if (!is_network(&cell->is) || !spelling_is_live(&cell->spelling) || !leads_anywhere(&cell->is))
		return;
	if (!ioc_may_be_network(cell) || (may_be_file(cell) && cell->type == IOC_WORD_UNKNOWN))
		return;
	struct str canonical = defang(check_arena(c), cell->written);
	if (may_be_file(cell)) {
		struct finding *f = report(c, cell->at, "`%.*s` is live if it is a host; if it is a file, its type is wrong",
		                           STR_ARG(cell->written));
		weigh(c, f, SEVERITY_WARNING);
		return;
	}
	struct finding *f = report(c, cell->at, "`%.*s` is not defanged", STR_ARG(cell->written));
	suggest(c, f, "defang it");
	edit_replace(c, f, cell->at, canonical);
}

static void check(struct check *c, const struct digest *d)
{
	size_t nr;
	const struct ioc_cell *cell = ioc_cells(check_arena(c), d, &nr);
	for (size_t i = 0; i < nr; i++)
		check_cell(c, &cell[i]);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"

const struct rule rule_live_ioc = {
	.name = "live-ioc",
	.group = "ioc",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.summary = "An indicator can be clicked",
	.why =
		"Web pages, mail programs and chats make links of URLs, hosts and addresses by themselves. One click, or one preview "
		"that nobody asked for, and the reader is at the attacker's.",
	.bad = {.text = TOP "    - evil.example.com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text = TOP "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
