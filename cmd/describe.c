#include "cmd/describe.h"

#include <stdlib.h>

#include "core/base/message.h"

static int compare_groups(const void *x, const void *y)
{
	const struct rule *a = *(const struct rule *const *)x, *b = *(const struct rule *const *)y;
	int order = strcmp(a->group, b->group);
	return order ? order : strcmp(a->name, b->name);
}

const struct rule **rules_by_group(struct arena *a)
{
	const struct rule **v = arena_array(a, const struct rule *, rules_table_nr);
	for (size_t i = 0; i < rules_table_nr; i++)
		v[i] = rules_table[i];
	if (rules_table_nr)
		qsort(v, rules_table_nr, sizeof(*v), compare_groups);
	return v;
}

const char *fix_name(enum safety s)
{
	static const char *const names[] = {[FIX_NONE] = "no", [FIX_UNSAFE] = "unsafe", [FIX_SAFE] = "safe"};
	return names[s];
}

const char *fix_label(enum safety s)
{
	static const char *const labels[] = {[FIX_NONE] = N_("no"), [FIX_UNSAFE] = N_("unsafe"), [FIX_SAFE] = N_("safe")};
	return _(labels[s]);
}

enum severity severity_in_force(const struct project *p, const struct rule *r)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (rules_table[i] == r)
			return p->plan.state[i].severity;
	BUG("no such rule");
}

struct str example_body(const struct example *e)
{
	struct str text = {e->text ? e->text : "", e->size};
	if (!e->size)
		text = str_of(e->text);
	if (str_starts(text, STR(EXAMPLE_TOP)))
		text = str_from(text, STR(EXAMPLE_TOP).n);
	if (str_ends(text, STR(EXAMPLE_END)))
		text = str_slice(text, 0, text.n - STR(EXAMPLE_END).n);
	return text;
}

const char *const *rule_names(struct arena *a)
{
	const char **names = arena_array(a, const char *, rules_table_nr + 1);
	for (size_t i = 0; i < rules_table_nr; i++)
		names[i] = rules_table[i]->name;
	return names;
}
