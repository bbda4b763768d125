#include "lint/check.h"

static const char *nearest_rule(struct check *c, struct str typed)
{
	const char **names = arena_array(check_arena(c), const char *, rules_table_nr + 1);
	for (size_t i = 0; i < rules_table_nr; i++)
		names[i] = rules_table[i]->name;
	return nearest_name(typed, names);
}

static void report_unknown(struct check *c, const struct digest *d, const struct ignore *g)
{
	struct str name = digest_str(d, g->name);
	const char *near = nearest_rule(c, name);
	if (near)
		report(c, g->name, "there is no rule `%.*s`; did you mean `%s`?", STR_ARG(name), near);
	else
		report(c, g->name, "there is no rule `%.*s`", STR_ARG(name));
}

static void check(struct check *c, const struct digest *d)
{
	size_t nr;
	const struct ignore *g = check_suppressions(c, &nr);
	for (size_t i = 0; i < nr; i++) {
		bool first = i == 0 || g[i - 1].at.off != g[i].at.off;
		if (g[i].malformed) {
			report(c, g[i].at, "not readable; a comment that ignores a rule is `<!-- sdi-ignore RULE: reason -->`");
			continue;
		}
		if (!g[i].rule)
			report_unknown(c, d, &g[i]);
		if (!g[i].reason && first)
			report(c, g[i].at, "no reason is given: `<!-- sdi-ignore RULE: reason -->`");
	}
}

const struct rule rule_invalid_ignore = {
	.name = "invalid-ignore",
	.group = "meta",
	.severity = SEVERITY_ERROR,
	.summary = "A comment that ignores a rule names none, or no reason",
	.why =
		"It ignores nothing, although its author thinks so. The reason is what lets the next reader decide whether it still "
		"holds.",
	.bad = {.text = EXAMPLE_TOP "<!-- sdi-ignore trailing-spaces: 原文のまま -->\n#### 記事の題名\n"
                                "https://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                "    - IOC情報なし\n" EXAMPLE_END},
	.good = {.text = EXAMPLE_TOP "<!-- sdi-ignore trailing-space: 原文のまま -->\n#### 記事の題名 \n"
                                 "https://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
                                 "    - IOC情報なし\n" EXAMPLE_END},
	.check_ignores = check,
};
