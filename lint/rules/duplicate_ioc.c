#include <stdlib.h>

#include "lint/check.h"
#include "lint/ioc_key.h"

/* What an indicator is known by. */
struct known {
	struct str key, type;
	const struct ioc_cell *cell;
};

static int by_key(const void *x, const void *y)
{
	const struct known *a = x, *b = y;
	int order = str_cmp(a->key, b->key);
	if (!order)
		order = str_cmp(a->type, b->type);
	return order ? order : (a->cell > b->cell) - (a->cell < b->cell);
}

static void report_doubles(struct check *c, const struct known *v, size_t nr)
{
	const struct ioc_cell *first = v[0].cell;
	for (size_t i = 1; i < nr; i++) {
		const struct ioc_cell *cell = v[i].cell, *before = v[i - 1].cell;
		bool same_entry = cell->row->entry == before->row->entry;
		if (!same_entry && cell->is.kind == INDICATOR_UNKNOWN)
			continue;
		uint32_t line = same_entry ? before->row->line : first->row->line;
		struct finding *f = same_entry
		                        ? report(c, cell->at, "the entry has this indicator already, at line %u", line + 1)
		                        : report(c, cell->at, "another entry has this indicator, too, at line %u", line + 1);
		relate(c, f, line, "the first one");
		if (!same_entry)
			weigh(c, f, SEVERITY_INFO);
	}
}

static void check(struct check *c, const struct digest *d)
{
	size_t cells, nr = 0;
	struct arena *a = check_arena(c);
	const struct ioc_cell *cell = ioc_cells(c, d, &cells);
	if (cells < 2)
		return;
	struct known *v = arena_array(a, struct known, cells);
	for (size_t i = 0; i < cells; i++) {
		v[nr].cell = &cell[i];
		nr += ioc_key(a, &cell[i], &v[nr].key, &v[nr].type);
	}
	if (nr)
		qsort(v, nr, sizeof(*v), by_key);
	for (size_t i = 0, end; i < nr; i = end) {
		for (end = i + 1; end < nr && str_eq(v[end].key, v[i].key) && str_eq(v[end].type, v[i].type);)
			end++;
		report_doubles(c, v + i, end - i);
	}
}

static void tell(struct check *c, struct span at, const struct seen *seen)
{
	struct finding *f;
	if (seen->earlier > 1)
		f = report(c, at, "%zu earlier digests have this indicator, the last of them `%s`, at line %u", seen->earlier,
		           seen->path, seen->line + 1);
	else if (date_is_set(seen->date))
		f = report(c, at, "the digest of %s has this indicator already: `%s`, at line %u", date_text(seen->date).z,
		           seen->path, seen->line + 1);
	else
		f = report(c, at, "another digest has this indicator already: `%s`, at line %u", seen->path, seen->line + 1);
	relate_path(c, f, seen->path, seen->line, "the indicator there");
	weigh(c, f, SEVERITY_INFO);
}

#define ROW "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n"

const struct rule rule_duplicate_ioc = {
	.name = "duplicate-ioc",
	.group = "ioc",
	.severity = SEVERITY_WARNING,
	.summary = "An entry has the same indicator twice",
	.why =
		"One of the two is a slip: it should be another indicator, or what is said of it belongs together. Programs count "
		"it twice, or take what the first one says.",
	.bad = {.text = EXAMPLE_IOC ROW "    - evil[.]example[.]com,FQDN名,知られていない,配布元,NA(IP以外)\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC ROW EXAMPLE_END},
	.check = check,
	.sees = SIGHTING_INDICATOR,
	.tell = tell,
};
