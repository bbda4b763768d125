#include "cmd/export/export.h"

size_t export_text(struct arena *a, const struct exports *e, struct buf *out)
{
	const struct exported *const *v = export_sort(a, e);
	for (size_t i = 0; i < e->nr; i = export_same(v, e->nr, i)) {
		export_add(out, v[i]->shown);
		buf_addc(out, '\n');
	}
	return 0;
}
