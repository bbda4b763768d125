#include <stdlib.h>

#include "cmd/report/report.h"
#include "core/base/message.h"

static void count_job(const struct findings *f, struct tally *of_rule)
{
	for (size_t i = 0; i < f->nr; i++) {
		struct tally *t = &of_rule[rule_index(f->v[i].rule)];
		t->count++;
		t->fixable += f->v[i].fix.safety == FIX_SAFE;
	}
}

static int by_count(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return strcmp(a->rule->name, b->rule->name);
}

struct tally *report_tally(const struct report *r, size_t *nr)
{
	struct tally *v = xcalloc(rules_table_nr + 1, sizeof(*v));
	for (size_t i = 0; i < rules_table_nr; i++)
		v[i].rule = rules_table[i];
	for (size_t i = 0; i < r->nr; i++)
		count_job(&r->job[i]->findings, v);
	qsort(v, rules_table_nr, sizeof(*v), by_count);
	for (*nr = 0; *nr < rules_table_nr && v[*nr].count;)
		++*nr;
	return v;
}

static int digits(size_t number)
{
	int n = 1;
	for (; number > 9; number /= 10)
		n++;
	return n;
}

void report_statistics(const struct report *r, struct buf *out)
{
	size_t nr;
	struct tally *v = report_tally(r, &nr);
	int widest = 0;
	for (size_t i = 0; i < nr; i++)
		if ((int)strlen(v[i].rule->name) > widest)
			widest = (int)strlen(v[i].rule->name);
	for (size_t i = 0; i < nr; i++)
		buf_printf(out, "%*zu  %-*s  %s  %s\n", digits(v[0].count), v[i].count, widest, v[i].rule->name,
		           v[i].fixable ? "[*]" : "   ", _(v[i].rule->summary));
	free(v);
}
