#include "core/base/message.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

static const char *const kind_names[INDICATOR_KINDS] = {
	[INDICATOR_IPV4] = N_("an IP address"),
	[INDICATOR_IPV6] = N_("an IP address"),
	[INDICATOR_DOMAIN] = N_("a domain"),
	[INDICATOR_URL] = N_("a URL"),
	[INDICATOR_EMAIL] = N_("an e-mail address"),
	[INDICATOR_HASH] = N_("a hash"),
	[INDICATOR_WALLET] = N_("a wallet's address"),
	[INDICATOR_CVE] = N_("a CVE number"),
	[INDICATOR_ASN] = N_("the number of an autonomous system"),
	[INDICATOR_FILE] = N_("a file's name"),
	[INDICATOR_PATH] = N_("a path"),
	[INDICATOR_REGISTRY] = N_("a key of the registry"),
};

static void check_cell(struct check *c, const struct ioc_cell *cell)
{
	struct span at = cell->row->type;
	struct str type = cell->type_word;
	enum ioc_fit fit = cell->def->types.nr ? ioc_type_fit(cell) : IOC_FITS;
	if (fit == IOC_FITS)
		return;
	if (fit == IOC_IS_NONE) {
		struct finding *f =
			report(c, at, "the type is `%.*s`, but `%.*s` is none", STR_ARG(type), STR_ARG(cell->written));
		/* A repository's list seldom has a word for everything. */
		weigh(c, f, SEVERITY_WARNING);
		return;
	}
	const char *kind = cell->is.file_like ? _("a domain, or a file's name") : _(kind_names[cell->is.kind]);
	struct finding *f =
		report(c, at, "the type is `%.*s`, but `%.*s` is %s", STR_ARG(type), STR_ARG(cell->written), kind);
	/* People defang what need not be. */
	if (cell->is.kind == INDICATOR_DOMAIN && (cell->type == IOC_TYPE_FILE || cell->type == IOC_TYPE_PATH))
		weigh(c, f, SEVERITY_WARNING);
	enum ioc_word right = ioc_type_of(cell);
	struct str word = right ? ioc_word_of(&cell->def->types, right) : STR("");
	if (!word.n)
		return;
	suggest(c, f, "make it `%.*s`", STR_ARG(word));
	edit_replace(c, f, at, word);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell)
		check_cell(c, cell);
}

const struct rule rule_ioc_type = {
	.name = "ioc-type",
	.group = "ioc",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_LINK,
	.summary = "The type of an indicator is not what the indicator is",
	.why =
		"Programs sort indicators by their type into block lists for addresses, hosts and URLs. In the wrong one an indicator "
		"blocks nothing, or stops the import of the whole list.",
	.bad = {.text = EXAMPLE_IOC "    - evil[.]example[.]com,URL,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text =
                 EXAMPLE_IOC "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
