#include "core/base/message.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

/* SEVERITY_OFF: nothing to say. */
static enum severity judge(const struct ioc_cell *cell)
{
	enum address_range range = cell->is.range;
	bool alone = cell->is.kind != INDICATOR_URL;
	if (range == RANGE_NONE || range == RANGE_GLOBAL || cell->is.flaw || !ioc_may_be_network(cell))
		return SEVERITY_OFF;
	if (range == RANGE_DOCUMENTATION)
		return SEVERITY_ERROR;
	if (cell->scope == IOC_SCOPE_PRIVATE)
		return SEVERITY_OFF;
	/* ioc-scope has that, and knows the right word. */
	if (range == RANGE_PRIVATE && alone && ioc_scope_misfits(cell) && cell->def->scopes.nr)
		return SEVERITY_OFF;
	return cell->scope == IOC_SCOPE_GLOBAL ? SEVERITY_ERROR : SEVERITY_WARNING;
}

static void check_cell(struct check *c, const struct ioc_cell *cell)
{
	enum severity severity = judge(cell);
	if (severity == SEVERITY_OFF)
		return;
	struct finding *f = report(c, cell->at, "nobody on the internet has `%.*s`: it is a %s address",
	                           STR_ARG(cell->is.host), _(address_range_name(cell->is.range)));
	weigh(c, f, severity);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell)
		check_cell(c, cell);
}

const struct rule rule_reserved_address = {
	.name = "reserved-address",
	.group = "ioc",
	.severity = SEVERITY_ERROR,
	.summary = "An address that nobody on the internet can have is presented as an attacker's",
	.why =
		"Such an address is an example from a text, or a language model made it up. Whoever blocks it blocks nothing, or "
		"a part of the own network, and the true one is missing.",
	.bad = {.text =
                EXAMPLE_IOC "    - 198[.]51[.]100[.]10,IPアドレス,知られていない,C2サーバー,グローバル\n" EXAMPLE_END},
	.good = {.text =
                 EXAMPLE_IOC "    - 192[.]168[.]1[.]1,IPアドレス,知られていない,ルーター,プライベート\n" EXAMPLE_END},
	.check = check,
};
