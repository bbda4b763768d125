/*
 * Rows whose columns stand in quotes, as tables are exported: `"evil[.]example[.]com","FQDN名","知られていない","a, b","…"`. The
 * quotes hang together: all of them go, or none.
 */
#pragma once

#include "core/digest/ioc_row.h"

enum { IOC_QUOTES_COLUMNS = 5 };

struct ioc_quotes {
	struct span outer[IOC_QUOTES_COLUMNS]; /* with the quotes; without blanks around it */
	struct span inner[IOC_QUOTES_COLUMNS]; /* without them; the same where there are none */
	size_t nr;                             /* 0: nobody can tell where each of them ends */
};

/* False: they are no quotes around columns. */
bool ioc_quotes_read(const struct digest *d, const struct ioc_row *row, struct ioc_quotes *out);
