#include "lint/newline.h"

struct str newline_of(const struct digest *d)
{
	if (!d->lines || !d->line[0].ending)
		return STR("\n");
	return digest_str(d, (struct span){span_end(d->line[0].at), d->line[0].ending});
}
