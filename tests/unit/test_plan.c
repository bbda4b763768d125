#include "lint/lint.h"
#include "tests/unit/model.h"

/* "a b" as names of the command line. */
static struct name_list *names_of(struct model *m, const char *names)
{
	struct name_list *list = arena_new(&m->arena, struct name_list);
	struct str rest = str_of(names), name;
	size_t cap = 0;
	while (str_split(&rest, ' ', &name)) {
		if (!name.n)
			continue;
		list->v = arena_grow(&m->arena, list->v, list->nr, &cap, sizeof(*list->v));
		list->v[list->nr++] = (struct setting){.value = name};
	}
	return list;
}

static uint64_t overrides; /* that fit */

static int make(struct model *m, const char *yaml, const char *select, const char *ignore, struct lint_plan *plan,
                struct err *err)
{
	struct config config;
	config_default(&config);
	err->text[0] = 0;
	if (config_parse(&m->arena, ".sdi.yaml", str_of(yaml), &config, err) < 0)
		return -1;
	struct plan_wish wish = {.select = select ? names_of(m, select) : NULL,
	                         .ignore = ignore ? names_of(m, ignore) : NULL};
	return lint_plan_make(&m->arena, &config, &wish, overrides, plan, err);
}

static size_t index_of(const char *rule)
{
	for (size_t i = 0; i < rules_table_nr; i++)
		if (!strcmp(rules_table[i]->name, rule))
			return i;
	fail_msg("no rule %s", rule);
	return 0;
}

static bool tells_unchecked(const struct rule *r)
{
	return r->check_source || r->check_parse || r->check_template;
}

/* The rules that run: "all", or the names of those that can be switched off, in order. */
static const char *running(struct model *m, const struct lint_plan *plan)
{
	struct buf out = {0};
	size_t nr = 0, may = 0;
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (tells_unchecked(rules_table[i])) {
			assert_int_not_equal(plan->state[i].severity, SEVERITY_OFF);
			continue;
		}
		may++;
		if (plan->state[i].severity == SEVERITY_OFF)
			continue;
		buf_printf(&out, "%s%s", nr++ ? " " : "", rules_table[i]->name);
	}
	const char *text = nr == may ? "all" : arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return text;
}

static void test_choice(void **state)
{
	static const struct {
		const char *yaml, *select, *ignore, *running;
	} cases[] = {
		{"", NULL, NULL, "all"},
		{"", "", "", "all"},
		{"", "all", NULL, "all"},
		{"", "tab", NULL, "tab"},
		{"", "tab missing-url", NULL, "missing-url tab"},
		{"", "date", NULL, "duplicate-date misplaced-digest wrong-date"},
		{"", "date tab", "wrong-date", "duplicate-date misplaced-digest tab"},
		{"", "date", "date", ""},
		{"", "date tab", "all", ""},
		{"select: [date]\n", NULL, NULL, "duplicate-date misplaced-digest wrong-date"},
		{"select: []\n", NULL, NULL, ""},
		{"select: [date]\n", "tab", NULL, "tab"},
		{"select: [date]\n", NULL, "wrong-date", "duplicate-date misplaced-digest"},
		{"select: [date]\nignore: [wrong-date]\n", NULL, "duplicate-date", "misplaced-digest"},
		{"select: [date]\nignore: [wrong-date]\n", "wrong-date tab", NULL, "tab"},
		{"select: [date]\nrules:\n  wrong-date: off\n", NULL, NULL, "duplicate-date misplaced-digest"},
		{"select: [date]\nrules:\n  wrong-date: off\n", "date", NULL, "duplicate-date misplaced-digest"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct lint_plan plan;
		struct err err;
		if (make(m, cases[i].yaml, cases[i].select, cases[i].ignore, &plan, &err) < 0)
			fail_msg("%s%s: %s", cases[i].yaml, cases[i].select ? cases[i].select : "", err.text);
		const char *got = running(m, &plan);
		if (strcmp(got, cases[i].running) != 0)
			fail_msg("%sselect %s, ignore %s: %s", cases[i].yaml, cases[i].select ? cases[i].select : "-",
			         cases[i].ignore ? cases[i].ignore : "-", got);
	}
}

static void test_defaults(void **state)
{
	struct model *m = *state;
	struct lint_plan plan;
	struct err err;
	assert_int_equal(make(m, "", NULL, NULL, &plan, &err), 0);
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule *r = rules_table[i];
		assert_int_equal(plan.state[i].severity, r->severity);
		assert_ptr_equal(rule_find(str_of(r->name)), r);
		assert_true(rule_is_group(str_of(r->group)));
		for (size_t k = 0; r->options && r->options[k].name; k++) {
			assert_int_equal(plan.state[i].option[k].number, r->options[k].value);
			assert_true(r->options[k].least <= r->options[k].value && r->options[k].value <= r->options[k].most);
		}
	}
	assert_int_equal(plan.max_bytes, plan.state[index_of("file-too-large")].option[0].number);
	assert_null(rule_find(STR("no-such-rule")));
	assert_false(rule_is_group(STR("tab")));
}

static void test_settings(void **state)
{
	struct model *m = *state;
	struct lint_plan plan;
	struct err err;
	const char yaml[] = "rules:\n  tab: error\n  wrong-date:\n    severity: info\n    max-days: 0\n"
						"  file-too-large:\n    max-bytes: 4096\n  missing-url: {}\n";
	assert_int_equal(make(m, yaml, NULL, NULL, &plan, &err), 0);
	assert_int_equal(plan.state[index_of("tab")].severity, SEVERITY_ERROR);
	assert_int_equal(plan.state[index_of("wrong-date")].severity, SEVERITY_INFO);
	assert_int_equal(plan.state[index_of("wrong-date")].option[0].number, 0);
	assert_int_equal(plan.state[index_of("missing-url")].severity, SEVERITY_ERROR);
	assert_int_equal(plan.max_bytes, 4096);
	assert_int_equal(plan.state[index_of("file-too-large")].option[0].number, 4096);
}

static void test_errors(void **state)
{
	static const struct {
		const char *yaml, *select, *ignore, *error;
	} cases[] = {
		{"", "tabs", NULL, "unknown rule `tabs`; did you mean `tab`?"},
		{"", NULL, "tab strucure", "unknown rule `strucure`; did you mean `structure`?"},
		{"", "題", NULL, "unknown rule `題`; `sdi rules` lists them"},
		{"select: [tab, tabs]\n", NULL, NULL, ".sdi.yaml:1:15: unknown rule `tabs`; did you mean `tab`?"},
		{"ignore:\n  - 題\n", NULL, NULL, ".sdi.yaml:2:5: unknown rule `題`; `sdi rules` lists them"},
		{"rules:\n  tabs: error\n", NULL, NULL, ".sdi.yaml:2:3: unknown rule `tabs`; did you mean `tab`?"},
		{"rules:\n  tab:\n    severty: error\n", NULL, NULL,
	     ".sdi.yaml:3:5: `tab` has no option `severty`; did you mean `severity`?"},
		{"rules:\n  tab:\n    題: 3\n", NULL, NULL, ".sdi.yaml:3:5: `tab` has no option `題`"},
		{"rules:\n  wrong-date:\n    max-day: 3\n", NULL, NULL,
	     ".sdi.yaml:3:5: `wrong-date` has no option `max-day`; did you mean `max-days`?"},
		{"rules:\n  wrong-date:\n    max-days: -1\n", NULL, NULL,
	     ".sdi.yaml:3:15: `max-days` must be a whole number from 0 to 36525"},
		{"rules:\n  wrong-date:\n    max-days: 36526\n", NULL, NULL,
	     ".sdi.yaml:3:15: `max-days` must be a whole number from 0 to 36525"},
		{"rules:\n  wrong-date:\n    max-days: 99999999999999999999\n", NULL, NULL,
	     ".sdi.yaml:3:15: `max-days` must be a whole number from 0 to 36525"},
		{"rules:\n  wrong-date:\n    max-days: a week\n", NULL, NULL,
	     ".sdi.yaml:3:15: `max-days` must be a whole number from 0 to 36525"},
		{"rules:\n  wrong-date:\n    max-days: ''\n", NULL, NULL,
	     ".sdi.yaml:3:15: `max-days` must be a whole number from 0 to 36525"},
		{"rules:\n  wrong-date:\n    max-days: 3.5\n", NULL, NULL,
	     ".sdi.yaml:3:15: `max-days` must be a whole number from 0 to 36525"},
		{"overrides:\n  - paths: [a]\n    ignore: [tabs]\n", NULL, NULL,
	     ".sdi.yaml:3:14: unknown rule `tabs`; did you mean `tab`?"},
		{"overrides:\n  - paths: [a]\n    rules: {wrong-date: {max-days: x}}\n", NULL, NULL,
	     ".sdi.yaml:3:36: `max-days` must be a whole number from 0 to 36525"},
		{"overrides:\n  - paths: [a]\n    rules: {invalid-encoding: off}\n", NULL, NULL,
	     ".sdi.yaml:3:31: `invalid-encoding` cannot be switched off: it tells that a text could not be checked"},
		{"rules:\n  invalid-encoding: off\n", NULL, NULL,
	     ".sdi.yaml:2:21: `invalid-encoding` cannot be switched off: it tells that a text could not be checked"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct lint_plan plan;
		struct err err;
		overrides = UINT64_MAX;
		int rc = make(m, cases[i].yaml, cases[i].select, cases[i].ignore, &plan, &err);
		overrides = 0;
		if (rc != -1 || strcmp(err.text, cases[i].error) != 0)
			fail_msg("%s%s: %d, %s", cases[i].yaml, cases[i].select ? cases[i].select : "", rc, err.text);
	}
}

static enum severity severity_of(const struct lint_plan *plan, const char *rule)
{
	return plan->state[index_of(rule)].severity;
}

static void test_presets(void **state)
{
	struct model *m = *state;
	struct lint_plan plan;
	struct err err;
	assert_int_equal(make(m, "preset: strict\nrules:\n  too-many-items: info\n", NULL, NULL, &plan, &err), 0);
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule *r = rules_table[i];
		enum severity wanted = r->strict ? r->strict : r->severity == SEVERITY_INFO ? SEVERITY_WARNING : r->severity;
		if (strcmp(r->name, "too-many-items") != 0)
			assert_int_equal(plan.state[i].severity, wanted);
		if (wanted != r->severity)
			assert_int_equal(plan.state[i].origin.kind, ORIGIN_PRESET);
	}
	assert_int_equal(severity_of(&plan, "too-many-items"), SEVERITY_INFO);
	assert_int_equal(severity_of(&plan, "item-too-long"), SEVERITY_WARNING);
	const struct origin *o = &plan.state[index_of("too-many-items")].origin;
	assert_true(o->kind == ORIGIN_CONFIG && o->line == 3 && o->column == 19);
	/* The command line has the last word. */
	struct config config;
	struct plan_wish wish = {.has_preset = true, .preset = PRESET_RECOMMENDED};
	assert_int_equal(config_parse(&m->arena, "c", STR("preset: strict\n"), &config, &err), 0);
	assert_int_equal(lint_plan_make(&m->arena, &config, &wish, 0, &plan, &err), 0);
	assert_int_equal(severity_of(&plan, "item-too-long"), SEVERITY_INFO);
}

static void test_overrides(void **state)
{
	static const char yaml[] =
		"select: [date, tab, format]\nignore: [final-newline]\n"
		"rules:\n  tab: error\n  wrong-date: {max-days: 9}\n"
		"overrides:\n"
		"  - paths: [old]\n    ignore: [format]\n    rules: {wrong-date: off}\n"
		"  - paths: [old/a]\n    rules: {tab: info, final-newline: error, wrong-date: {max-days: 1}}\n"
		"  - paths: [new]\n    select: [missing-url]\n";
	static const struct {
		uint64_t overrides;
		const char *select, *ignore;
		enum severity tab, newline, date, url;
		long days;
	} cases[] = {
		{0, NULL, NULL, SEVERITY_ERROR, SEVERITY_OFF, SEVERITY_WARNING, SEVERITY_OFF, 9},
		{1, NULL, NULL, SEVERITY_OFF, SEVERITY_OFF, SEVERITY_OFF, SEVERITY_OFF, 9},
		{2, NULL, NULL, SEVERITY_INFO, SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_OFF, 1},
		{3, NULL, NULL, SEVERITY_INFO, SEVERITY_ERROR, SEVERITY_OFF, SEVERITY_OFF, 1},
		{4, NULL, NULL, SEVERITY_OFF, SEVERITY_OFF, SEVERITY_OFF, SEVERITY_ERROR, 9},
		{3, NULL, "tab", SEVERITY_OFF, SEVERITY_ERROR, SEVERITY_OFF, SEVERITY_OFF, 1},
		{4, "tab", NULL, SEVERITY_ERROR, SEVERITY_OFF, SEVERITY_OFF, SEVERITY_OFF, 9},
		{2, "missing-url", NULL, SEVERITY_OFF, SEVERITY_OFF, SEVERITY_OFF, SEVERITY_ERROR, 1},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct lint_plan plan;
		struct err err;
		overrides = cases[i].overrides;
		if (make(m, yaml, cases[i].select, cases[i].ignore, &plan, &err) < 0)
			fail_msg("%s", err.text);
		overrides = 0;
		assert_int_equal(severity_of(&plan, "tab"), cases[i].tab);
		assert_int_equal(severity_of(&plan, "final-newline"), cases[i].newline);
		assert_int_equal(severity_of(&plan, "wrong-date"), cases[i].date);
		assert_int_equal(severity_of(&plan, "missing-url"), cases[i].url);
		assert_int_equal(plan.state[index_of("wrong-date")].option[0].number, cases[i].days);
		assert_int_not_equal(severity_of(&plan, "invalid-encoding"), SEVERITY_OFF);
	}
}

static void test_which_overrides(void **state)
{
	struct model *m = *state;
	struct config c;
	struct err err;
	static const char yaml[] = "overrides:\n  - paths: [old, 'x/*.md']\n  - paths: ['**/a.md']\n";
	assert_int_equal(config_parse(&m->arena, "c", str_of(yaml), &c, &err), 0);
	assert_int_equal(config_overrides_of(&c, "old/b.md"), 1);
	assert_int_equal(config_overrides_of(&c, "old/a.md"), 3);
	assert_int_equal(config_overrides_of(&c, "a.md"), 2);
	assert_int_equal(config_overrides_of(&c, "new/b.md"), 0);
	assert_int_equal(config_overrides_of(&c, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choice),          cmocka_unit_test(test_defaults), cmocka_unit_test(test_settings),
		cmocka_unit_test(test_errors),          cmocka_unit_test(test_presets),  cmocka_unit_test(test_overrides),
		cmocka_unit_test(test_which_overrides),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
