#include "cmd/report/report.h"
#include "core/source/paths.h"

const char *report_related_path(struct arena *a, const struct report *r, size_t i, const struct related *related)
{
	if (strcmp(related->path, r->job[i]->source.path) == 0)
		return r->path[i];
	const char *absolute = path_clean(a, path_join(a, r->here, related->path));
	const char *below = path_below(r->root[i], absolute);
	return below ? below : absolute;
}
