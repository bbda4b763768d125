#include "lint/rule.h"

#include "core/base/str.h"

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
