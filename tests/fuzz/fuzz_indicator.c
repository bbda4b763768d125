/* Whatever the value: its parts lie in it, what is wrong is told, and how it is spelt makes no difference to what it is. */
#include <stdint.h>

#include "core/ioc/defang.h"
#include "core/ioc/indicator.h"
#include "core/ioc/wallet.h"

static void check_part(const char *what, struct str part, struct str live)
{
	if (part.n && (part.p < live.p || part.p + part.n > live.p + live.n))
		BUG("%s is no part of %.*s", what, STR_ARG(live));
}

static void check_value(struct arena *a, struct str value)
{
	struct indicator is, again;
	indicator_read(a, value, &is);
	check_part("the host", is.host, is.live);
	check_part("what is wrong", is.part, is.live);
	if (is.kind >= INDICATOR_KINDS || (is.kind == INDICATOR_UNKNOWN && (is.flaw || is.host.n || is.port)))
		BUG("%.*s: kind %d, flaw %d", STR_ARG(value), is.kind, is.flaw);
	if (is.host_is_address && !is.flaw && !is.range)
		BUG("%.*s has no range", STR_ARG(value));
	if ((is.kind == INDICATOR_HASH || is.kind == INDICATOR_WALLET) && !is.what && !is.flaw)
		BUG("%.*s is nothing", STR_ARG(value));
	indicator_read(a, defang(a, str_trim(value)), &again);
	/* What nobody takes for a name, or for a file, is a wrong name when it is defanged; what is wrong may be nothing then. */
	bool kept = again.kind == is.kind || (is.flaw && (again.flaw || !again.kind));
	if (!kept && is.kind && is.kind <= INDICATOR_EMAIL)
		BUG("%.*s: kind %d, defanged %d", STR_ARG(value), is.kind, again.kind);
	struct str registered = domain_registered(is.host);
	check_part("the registered part", registered, is.host);
	address_range_name(address_range_of(is.host));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size ? (const char *)data : "", size}, line;
	struct arena arena = {0};
	for (struct str rest = text; str_split(&rest, '\n', &line);)
		check_value(&arena, line);
	arena_release(&arena);
	return 0;
}
