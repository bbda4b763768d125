#include "tests/unit/scratch.h"

#include "core/config/config.h"

static struct config parse(struct arena *a, const char *text)
{
	struct config c;
	struct err err = {""};
	if (config_parse(a, ".sdi.yaml", str_of(text), &c, &err) < 0)
		fail_msg("%s", err.text);
	return c;
}

static void test_nothing_is_the_default(void **state)
{
	static const char *const texts[] = {"", "# nothing\n", "exclude:\n  # - drafts\n", "select:\nignore: ~\nrules:\n",
	                                    "{}\n"};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct arena a = {0};
		struct config c = parse(&a, texts[i]);
		assert_string_equal(c.path, ".sdi.yaml");
		assert_string_equal(c.timezone, "Asia/Tokyo");
		assert_string_equal(c.templates, ".sdi/templates");
		assert_int_equal(c.fail_on, SEVERITY_ERROR);
		assert_false(c.base.has_select);
		assert_int_equal(c.base.select.nr + c.base.ignore.nr + c.exclude.nr + c.base.nr, 0);
		arena_release(&a);
	}
}

static void test_everything(void **state)
{
	struct arena a = {0};
	struct config c = parse(&a, "timezone: Europe/Berlin\n"
	                            "templates: ./forms//daily/\n"
	                            "fail-on: never\n"
	                            "select: [structure, date]\n"
	                            "ignore: item-too-long\n"
	                            "exclude:\n"
	                            "  - drafts/\n"
	                            "  - old/../older\n");
	(void)state;
	assert_string_equal(c.timezone, "Europe/Berlin");
	assert_string_equal(c.templates, "forms/daily");
	assert_int_equal(c.fail_on, SEVERITY_OFF);
	assert_true(c.base.has_select);
	assert_int_equal(c.base.select.nr, 2);
	assert_true(str_eqz(c.base.select.v[1].value, "date"));
	assert_int_equal(c.base.select.v[1].line, 4);
	assert_int_equal(c.base.select.v[1].column, 21);
	assert_int_equal(c.base.ignore.nr, 1);
	assert_true(str_eqz(c.base.ignore.v[0].value, "item-too-long"));
	assert_int_equal(c.exclude.nr, 2);
	assert_true(globs_cover(&c.excluded, STR("drafts/a")));
	assert_true(globs_cover(&c.excluded, STR("older")));
	assert_false(globs_cover(&c.excluded, STR("old")));
	arena_release(&a);
}

static void test_hook(void **state)
{
	struct arena a = {0};
	struct config silent = parse(&a, "hook:\n"), off = parse(&a, "hook: {fix: false}\n"),
				  on = parse(&a, "preset: strict\nhook:\n  fix: true\n");
	(void)state;
	assert_false(silent.hook.fix || off.hook.fix);
	assert_int_equal(silent.hook.at[HOOK_FIX].line, 0);
	assert_int_equal(off.hook.at[HOOK_FIX].column, 13);
	assert_true(on.hook.fix);
	assert_int_equal(on.hook.at[HOOK_FIX].line, 3);
	assert_int_equal(on.hook.at[HOOK_FIX].column, 8);
	arena_release(&a);
}

static void test_hosts(void **state)
{
	struct arena a = {0};
	struct config silent = parse(&a, "links:\n"), none = parse(&a, "links: {hosts: }\n");
	struct config c = parse(&a, "links:\n"
	                            "  hosts:\n"
	                            "    github.com:\n"
	                            "      interval: 1000\n"
	                            "      in-flight: 8\n"
	                            "      accept: [403, 999]\n"
	                            "      credentials: SDI_LINKS_GITHUB\n"
	                            "    x.com: {ask: false, accept: }\n"
	                            "    news.x.com:\n");
	(void)state;
	assert_int_equal(silent.hosts + none.hosts, 0);
	assert_int_equal(c.hosts, 3);
	assert_true(str_eqz(c.host[0].name, "github.com"));
	assert_int_equal(c.host[0].line, 3);
	assert_int_equal(c.host[0].column, 5);
	assert_int_equal(c.host[0].interval, 1000);
	assert_int_equal(c.host[0].in_flight, 8);
	assert_int_equal(c.host[0].accepts, 2);
	assert_int_equal(c.host[0].accept[1], 999);
	assert_string_equal(c.host[0].credentials, "SDI_LINKS_GITHUB");
	assert_true(c.host[0].ask && !c.host[1].ask && c.host[2].ask);
	assert_int_equal(c.host[0].at[HOST_ACCEPT].line, 6);
	assert_int_equal(c.host[0].at[HOST_ASK].line, 0);
	assert_int_equal(c.host[1].at[HOST_ASK].column, 18);
	assert_int_equal(c.host[2].interval + c.host[2].in_flight + (long)c.host[2].accepts, 0);
	assert_null(c.host[2].credentials);
	arena_release(&a);
}

static void test_empty_select_selects_nothing(void **state)
{
	struct arena a = {0};
	struct config c = parse(&a, "select: []\n");
	(void)state;
	assert_true(c.base.has_select);
	assert_int_equal(c.base.select.nr, 0);
	arena_release(&a);
}

static const struct setting *setting(const struct config *c, const char *rule, const char *option)
{
	for (size_t i = 0; i < c->base.nr; i++)
		if (str_eqz(c->base.set[i].rule, rule) && str_eqz(c->base.set[i].option, option))
			return &c->base.set[i];
	fail_msg("nothing is said of %s, %s", rule, option);
	return NULL;
}

static void test_rules_are_flattened(void **state)
{
	static const struct {
		const char *rule, *option, *value;
		uint32_t line, column, rule_line, option_line, option_column;
		enum setting_kind kind;
		size_t nr;
	} want[] = {
		{"too-many-items", "severity", "warning", 2, 19, 2, 0, 0, SETTING_TEXT, 0},
		{"wrong-date", "severity", "info", 4, 15, 3, 4, 5, SETTING_TEXT, 0},
		{"wrong-date", "max-days", "7", 5, 15, 3, 5, 5, SETTING_TEXT, 0},
		{"rare-kanji", "allow", "", 7, 12, 6, 7, 5, SETTING_LIST, 2},
		{"preferred-term", "terms", "", 10, 7, 8, 9, 5, SETTING_MAP, 2},
		{"live-ioc", "allow", "", 12, 22, 12, 12, 14, SETTING_LIST, 0},
		{"date", "", "", 13, 9, 13, 0, 0, SETTING_TEXT, 0},
	};
	struct arena a = {0};
	struct config c = parse(&a, "rules:\n"
	                            "  too-many-items: warning\n"
	                            "  wrong-date:\n"
	                            "    severity: info\n"
	                            "    max-days: 7\n"
	                            "  rare-kanji:\n"
	                            "    allow: [ 攻撃者, '' ]\n"
	                            "  preferred-term:\n"
	                            "    terms:\n"
	                            "      サーバ: サーバー\n"
	                            "      ユーザ: ユーザー\n"
	                            "  live-ioc: {allow:  []}\n"
	                            "  date: {}\n");
	(void)state;
	assert_int_equal(c.base.nr, ARRAY_SIZE(want));
	for (size_t i = 0; i < c.base.nr; i++) {
		const struct setting *s = &c.base.set[i];
		assert_true(str_eqz(s->rule, want[i].rule));
		assert_true(str_eqz(s->option, want[i].option));
		assert_true(str_eqz(s->value, want[i].value));
		assert_int_equal(s->kind, want[i].kind);
		assert_int_equal(s->nr, want[i].nr);
		assert_int_equal(s->line, want[i].line);
		assert_int_equal(s->column, want[i].column);
		assert_int_equal(s->rule_line, want[i].rule_line);
		assert_int_equal(s->rule_column, 3);
		assert_int_equal(s->option_line, want[i].option_line);
		assert_int_equal(s->option_column, want[i].option_column);
	}
	const struct setting_item *words = setting(&c, "rare-kanji", "allow")->item;
	assert_true(str_eqz(words[0].key, "攻撃者") && words[0].line == 7 && words[0].column == 14);
	assert_true(str_eqz(words[1].key, "") && words[1].line == 7 && words[1].column == 19);
	const struct setting_item *terms = setting(&c, "preferred-term", "terms")->item;
	assert_true(str_eqz(terms[1].key, "ユーザ") && str_eqz(terms[1].value, "ユーザー"));
	assert_int_equal(terms[1].line, 11);
	assert_int_equal(terms[1].column, 7);
	arena_release(&a);
}

static const struct {
	const char *text, *message;
} mistakes[] = {
	{"tiemzone: UTC\n", "c:1:1: unknown key `tiemzone`; did you mean `timezone`?"},
	{"# x\nTimezone: UTC\n", "c:2:1: unknown key `Timezone`; did you mean `timezone`?"},
	{"fail_on: error\n", "c:1:1: unknown key `fail_on`; did you mean `fail-on`?"},
	{"tem: x\n", "c:1:1: unknown key `tem`; did you mean `templates`?"},
	{"plugins: [x]\n",
     "c:1:1: unknown key `plugins`; there are preset, timezone, templates, fail-on, select, ignore, exclude, "
     "baseline, rules, overrides, hook, links"},
	{"hook: true\n", "c:1:7: `hook` must be a map, as in `hook: {fix: true}`"},
	{"hook:\n  fx: true\n", "c:2:3: unknown key `fx`; did you mean `fix`?"},
	{"hook:\n  fix: yes\n", "c:2:8: `fix` must be true or false"},
	{"hook: {fix: 'true'}\n", "c:1:13: `fix` must be true or false"},
	{"hook: {fix: [true]}\n", "c:1:13: `fix` must be true or false"},
	{"links: [a]\n", "c:1:8: `links` must be a map with `hosts`"},
	{"links: {host: {}}\n", "c:1:9: unknown key `host`; did you mean `hosts`?"},
	{"links: {interval: 1000}\n", "c:1:9: unknown key `interval`; there are hosts"},
	{"links: {hosts: [a.com]}\n", "c:1:16: `hosts` must be a map, as in `hosts: {example.com: {interval: 1000}}`"},
	{"links: {hosts: {a.com: false}}\n", "c:1:24: what is said of a host must be a map, as in `{interval: 1000}`"},
	{"links: {hosts: {a.com: {intervall: 1}}}\n", "c:1:25: unknown key `intervall`; did you mean `interval`?"},
	{"links: {hosts: {a.com: {allow-address: 10.0.0.0/8}}}\n",
     "c:1:25: unknown key `allow-address`; there are interval, in-flight, accept, ask, credentials"},
	{"links: {hosts: {a.com: {interval: 99}}}\n", "c:1:35: `interval` must be a whole number from 100 to 3600000"},
	{"links: {hosts: {a.com: {interval: 3600001}}}\n", "c:1:35: `interval` must be a whole number from 100 to 3600000"},
	{"links: {hosts: {a.com: {interval: 99999999999999999999}}}\n",
     "c:1:35: `interval` must be a whole number from 100 to 3600000"},
	{"links: {hosts: {a.com: {interval: -100}}}\n", "c:1:35: `interval` must be a whole number from 100 to 3600000"},
	{"links: {hosts: {a.com: {interval: '100'}}}\n", "c:1:35: `interval` must be a whole number from 100 to 3600000"},
	{"links: {hosts: {a.com: {in-flight: 9}}}\n", "c:1:36: `in-flight` must be a whole number from 1 to 8"},
	{"links: {hosts: {a.com: {in-flight: 0}}}\n", "c:1:36: `in-flight` must be a whole number from 1 to 8"},
	{"links: {hosts: {a.com: {accept: 403}}}\n", "c:1:33: `accept` must be a list of statuses, as in `[403, 999]`"},
	{"links: {hosts: {a.com: {accept: [403, 199]}}}\n", "c:1:39: a status must be a whole number from 200 to 999"},
	{"links: {hosts: {a.com: {accept: [1000]}}}\n", "c:1:34: a status must be a whole number from 200 to 999"},
	{"links: {hosts: {a.com: {accept: [308]}}}\n", "c:1:34: a redirect is followed: `308` cannot be accepted"},
	{"links: {hosts: {a.com: {ask: no}}}\n", "c:1:30: `ask` must be true or false"},
	{"links: {hosts: {a.com: {credentials: HOME}}}\n",
     "c:1:38: `credentials` must be the name of a variable, as in `SDI_LINKS_NAME`"},
	{"links: {hosts: {a.com: {credentials: SDI_LINKS_}}}\n",
     "c:1:38: `credentials` must be the name of a variable, as in `SDI_LINKS_NAME`"},
	{"links: {hosts: {a.com: {credentials: SDI_LINKS_a}}}\n",
     "c:1:38: `credentials` must be the name of a variable, as in `SDI_LINKS_NAME`"},
	{"links: {hosts: {a.com: {credentials: [SDI_LINKS_A]}}}\n",
     "c:1:38: `credentials` must be the name of a variable, as in `SDI_LINKS_NAME`"},
	{"links: {hosts: {a.com: {}, a.com: {}}}\n", "c:1:28: the key `a.com` stands here a second time"},
	{"preset: loose\n", "c:1:9: unknown preset `loose`; there are recommended, strict"},
	{"preset: [strict]\n", "c:1:9: `preset` must be recommended or strict"},
	{"baseline: ../x\n", "c:1:11: `../x` leads out of the project"},
	{"baseline: []\n", "c:1:11: `baseline` must be the path of a file"},
	{"overrides: {paths: [a]}\n", "c:1:12: `overrides` must be a list of maps with `paths`"},
	{"overrides: [a]\n", "c:1:13: an override must be a map with `paths`"},
	{"overrides:\n  - select: [a]\n", "c:2:5: an override needs `paths`"},
	{"overrides:\n  - paths: []\n", "c:2:12: an override needs `paths`"},
	{"overrides:\n  - paths: a\n", "c:2:12: `paths` must be a list of paths"},
	{"overrides:\n  - paths: [a, 'b**']\n", "c:2:16: `b**`: `**` stands only between slashes"},
	{"overrides:\n  - paths: [a]\n    path: [b]\n", "c:3:5: unknown key `path`; did you mean `paths`?"},
	{"overrides:\n  - paths: [a]\n    timezone: UTC\n",
     "c:3:5: unknown key `timezone`; there are paths, select, ignore, rules"},
	{"overrides:\n  - paths: [a]\n    rules: {a: {severity: b}}\n",
     "c:3:27: unknown severity `b`; there are off, info, warning, error"},
	{"timezone: Asia/Tokio\n", "c:1:11: there is no time zone `Asia/Tokio`; one is written as Asia/Tokyo is"},
	{"timezone: [UTC]\n", "c:1:11: `timezone` must be the name of a time zone, as in `Asia/Tokyo`"},
	{"timezone:\n", "c:1:1: `timezone` must be the name of a time zone, as in `Asia/Tokyo`"},
	{"templates: /etc\n", "c:1:12: `/etc` leads out of the project"},
	{"templates: ../x\n", "c:1:12: `../x` leads out of the project"},
	{"templates: a/../../x\n", "c:1:12: `a/../../x` leads out of the project"},
	{"templates: {}\n", "c:1:12: `templates` must be the path of a folder"},
	{"fail-on: eror\n", "c:1:10: unknown severity `eror`; did you mean `error`?"},
	{"fail-on: off\n", "c:1:10: unknown severity `off`; there are error, warning, info, never"},
	{"fail-on: [error]\n", "c:1:10: `fail-on` must be error, warning, info or never"},
	{"select: {a: b}\n", "c:1:9: `select` must be a list of rules or groups"},
	{"select: [a, [b]]\n", "c:1:13: `select` must be a list of rules or groups"},
	{"ignore: [a, '']\n", "c:1:13: `ignore` must be a list of rules or groups"},
	{"exclude: drafts\n", "c:1:10: `exclude` must be a list of paths"},
	{"exclude: [a, \"[\"]\n", "c:1:14: `[`: a `[` is not closed"},
	{"exclude: [*.md]\n", "c:1:11: aliases are not supported: a text that begins with `*` stands in quotes"},
	{"exclude: {a: b}\n", "c:1:10: `exclude` must be a list of paths"},
	{"exclude:\n  - a\n  - ..\n", "c:3:5: `..`: leads out of the project"},
	{"exclude: [ '/日' ]\n", "c:1:12: `/日`: leads out of the project"},
	{"rules: [a]\n", "c:1:8: `rules` must be a map from rules to severities or options"},
	{"rules:\n  a: warn\n", "c:2:6: unknown severity `warn`; did you mean `warning`?"},
	{"rules:\n  a: {severity: 3}\n", "c:2:17: unknown severity `3`; there are off, info, warning, error"},
	{"rules:\n  a: [error]\n", "c:2:6: `a` must be off, info, warning or error, or a map of options"},
	{"rules:\n  a:\n", "c:2:3: `a` must be off, info, warning or error, or a map of options"},
	{"rules:\n  a: {b: }\n", "c:2:7: `b` has no value"},
	{"rules:\n  a: {b: {c: [d]}}\n", "c:2:14: `b` must be a map from texts to texts"},
	{"rules:\n  a: {b: {c: d, c: e}}\n", "c:2:17: the key `c` stands here a second time"},
	{"rules:\n  a: {b: [[c]]}\n", "c:2:11: `b` must be a list of texts"},
	{"- a\n", "c:1:1: a config must be a map: `key: value` lines"},
	{"timezone\n", "c:1:1: a config must be a map: `key: value` lines"},
	{"timezone: UTC\ntimezone: UTC\n", "c:2:1: the key `timezone` stands here a second time"},
	{"a: [\n", "c:2:1: not valid YAML: flow sequence without a closing bracket"},
};

static void test_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++) {
		struct arena a = {0};
		struct config c;
		struct err err = {""};
		assert_int_equal(config_parse(&a, "c", str_of(mistakes[i].text), &c, &err), -1);
		assert_string_equal(err.text, mistakes[i].message);
		arena_release(&a);
	}
}

static int load(struct arena *a, const char *path, struct config *out, struct err *err)
{
	return config_load(a, NULL, path, path, out, err);
}

static void test_load(void **state)
{
	const struct scratch *s = *state;
	struct arena a = {0};
	struct config c;
	struct err err = {""};
	scratch_write(s, ".sdi.yaml", "fail-on: info\n");
	assert_int_equal(load(&a, scratch_at(s, ".sdi.yaml"), &c, &err), 0);
	assert_int_equal(c.fail_on, SEVERITY_INFO);
	assert_string_equal(c.path, scratch_at(s, ".sdi.yaml"));
	assert_int_equal(load(&a, scratch_at(s, "none"), &c, &err), -1);
	assert_non_null(strstr(err.text, "/none: No such file or directory"));
	assert_int_equal(load(&a, s->path, &c, &err), -1);
	assert_non_null(strstr(err.text, ": is a folder"));
	assert_int_equal(truncate(scratch_at(s, ".sdi.yaml"), 256 * 1024 + 1), 0);
	assert_int_equal(load(&a, scratch_at(s, ".sdi.yaml"), &c, &err), -1);
	assert_non_null(strstr(err.text, ": too large for a config"));
	arena_release(&a);
}

static void test_nearest_name(void **state)
{
	static const char *const names[] = {"missing-field", "unknown-field", "empty-field", "bidi-control", "tab", NULL};
	static const struct {
		const char *typed, *nearest;
	} cases[] = {
		{"mising-field", "missing-field"},
		{"missing-fields", "missing-field"},
		{"MISSING-FIELD", "missing-field"},
		{"empty", "empty-field"},
		{"bidi", "bidi-control"},
		{"tba", "tab"},
		{"tabs", "tab"},
		{"zzzzzzzz", NULL},
		{"", NULL},
		{"x", NULL},
		{"日本語", NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *nearest = nearest_name(str_of(cases[i].typed), names);
		if (!nearest || !cases[i].nearest)
			assert_true(nearest == cases[i].nearest);
		else
			assert_string_equal(nearest, cases[i].nearest);
	}
	assert_null(nearest_name(STR("x"), (const char *const[]){NULL}));
}

static void test_severities(void **state)
{
	enum severity s;
	(void)state;
	for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		assert_true(severity_parse(str_of(severity_name((enum severity)i)), &s));
		assert_int_equal(s, i);
	}
	assert_false(severity_parse(STR("never"), &s));
	assert_false(severity_parse(STR(""), &s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_the_default),
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_empty_select_selects_nothing),
		cmocka_unit_test(test_hook),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_rules_are_flattened),
		cmocka_unit_test(test_errors),
		cmocka_unit_test_setup_teardown(test_load, scratch_setup, scratch_teardown),
		cmocka_unit_test(test_nearest_name),
		cmocka_unit_test(test_severities),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
