#include "core/base/unicode.h"
#include "core/base/unicode_host.h"
#include "core/base/unicode_spoof.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

/* `bookingｗ.com`: programs that resolve names read it as ASCII, those that compare texts do not. */
static void check_wide(struct check *c, const struct ioc_cell *cell, struct str host)
{
	size_t i = 0;
	while (i < host.n && (unsigned char)host.p[i] < 0x80)
		i++;
	struct str ascii = i < host.n ? unicode_host_ascii(check_arena(c), host) : STR("");
	if (ascii.n && str_find(ascii, 0, STR("xn--")) == ascii.n)
		report(c, cell->at, "written with letters that are no ASCII; programs know it as `%.*s`", STR_ARG(ascii));
}

static void check_cell(struct check *c, const struct ioc_cell *cell)
{
	struct arena *a = check_arena(c);
	struct str host = cell->is.host;
	struct lookalike like;
	if (cell->is.flaw)
		return;
	check_wide(c, cell, host);
	if (!unicode_lookalike(a, host, &like))
		return;
	struct str name = unicode_name(a, like.first), ascii = unicode_host_ascii(a, host);
	struct finding *f;
	if (!like.ascii.n)
		f = report(c, cell->at, "a name of several scripts, with %.*s; programs know it as `%.*s`", STR_ARG(name),
		           STR_ARG(ascii));
	else
		f = report(c, cell->at, "looks like `%.*s`, but has %.*s; programs know it as `%.*s`", STR_ARG(like.ascii),
		           STR_ARG(name), STR_ARG(ascii));
	/* A name that can be registered is the attack itself; registries refuse most that mix scripts. */
	if (!like.mixed || !like.ascii.n)
		weigh(c, f, SEVERITY_INFO);
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell)
		check_cell(c, cell);
}

const struct rule rule_lookalike_host = {
	.name = "lookalike-host",
	.group = "ioc",
	.severity = SEVERITY_WARNING,
	.summary = "The name of a host is not the ASCII name that it looks like",
	.why =
		"Here it may be the attack itself, or a letter that a keyboard or a language model put there. Nobody sees the "
		"difference; programs that block the name know it by its other spelling.",
	.bad = {.text = EXAMPLE_IOC
            "    - p\xD0\xB0ypal[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC
             "    - xn--pypal-4ve[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
