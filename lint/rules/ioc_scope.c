#include "lint/check.h"
#include "lint/ioc_cell.h"

static void check_cell(struct check *c, const struct digest *d, const struct ioc_cell *cell)
{
	if (!cell->def->scopes.nr || !ioc_scope_misfits(cell))
		return;
	struct span at = cell->row->scope;
	struct str scope = digest_str(d, at), value = cell->written;
	enum ioc_word right = ioc_scope_of(cell);
	struct finding *f = right == IOC_SCOPE_NONE ? report(c, at, "`%.*s` is no IP address; it cannot be `%.*s`",
	                                                     STR_ARG(value), STR_ARG(scope))
	                    : right == IOC_SCOPE_PRIVATE
	                        ? report(c, at, "`%.*s` is a private address, not `%.*s`", STR_ARG(value), STR_ARG(scope))
	                        : report(c, at, "`%.*s` is a global address, not `%.*s`", STR_ARG(value), STR_ARG(scope));
	struct str word = ioc_word_of(&cell->def->scopes, right);
	if (!word.n)
		return;
	suggest(c, f, "make it `%.*s`", STR_ARG(word));
	edit_replace(c, f, at, word);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell)
		check_cell(c, d, cell);
}

const struct rule rule_ioc_scope = {
	.name = "ioc-scope",
	.group = "ioc",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "An indicator is called global or private, and is not",
	.why =
		"Whoever blocks addresses by this list takes the global ones. A private address among them stops a part of the "
		"reader's own network, and a global one that is called otherwise is passed over.",
	.bad = {.text = EXAMPLE_IOC "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,グローバル\n" EXAMPLE_END},
	.good = {.text =
                 EXAMPLE_IOC "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
