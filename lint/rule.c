#include "lint/rule.h"

#include "core/base/alloc.h"

const struct rule *rule_find(struct str name)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (str_eqz(name, rules_table[i]->name))
			return rules_table[i];
	return NULL;
}

bool rule_is_group(struct str name)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (str_eqz(name, rules_table[i]->group))
			return true;
	return false;
}

size_t rule_index(const struct rule *rule)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (rules_table[i] == rule)
			return i;
	BUG("%s is no rule of the table", rule->name);
}
