/*
 * What every rule owes: its descriptor, its examples, the cases of tests/rules/NAME.case, and all that it says in Japanese.
 * With names as arguments, only theirs; UPDATE=1 rewrites what the cases expect.
 * What a case looks like stands in fixture.h.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/message.h"
#include "tests/rules/fixture.h"
#include "tests/rules/trial.h"

#define FOLDER SDI_SOURCE_DIR "/tests/rules/"

static bool update;

/* ---- cases ---- */

static const char *value_of(struct arena *a, struct str setting, const char *name)
{
	struct str start = arena_printf(a, "%s=", name);
	return str_starts(setting, start) ? arena_str(a, str_from(setting, start.n)).p : NULL;
}

static bool read_setting(struct arena *a, struct str s, struct setup *out)
{
	const char *value;
	if (str_eqz(s, "new"))
		out->is_new = true;
	else if ((value = value_of(a, s, "path")))
		out->path = value;
	else if ((value = value_of(a, s, "twin")))
		out->twin = value;
	else if ((value = value_of(a, s, "before")))
		out->before_path = value;
	else if ((value = value_of(a, s, "targets")))
		out->targets = value;
	else if ((value = value_of(a, s, "untracked")))
		out->untracked = value;
	else if ((value = value_of(a, s, "with")))
		return (out->with = rule_find(str_of(value))) != NULL;
	else if ((value = value_of(a, s, "today")))
		return date_parse(str_of(value), &out->today);
	else if ((value = value_of(a, s, "template")))
		return fixture_read_file(a, arena_printf(a, "%s/%s", SDI_SOURCE_DIR, value).p, &out->template_text);
	else if ((value = value_of(a, s, "option"))) {
		out->value = str_of(value);
		struct str name;
		str_split(&out->value, ':', &name);
		out->option = arena_str(a, name).p;
	} else
		return false;
	return true;
}

static struct setup setup_of(struct arena *a, const struct rule *rule, const struct test *t)
{
	struct setup s = {
		.only = rule, .text = fixture_decode(a, t->part[PART_IN]), .is_template = rule->check_template != NULL};
	struct str rest = t->settings, setting;
	s.config = fixture_decode(a, t->part[PART_CONFIG]);
	s.target_text = fixture_decode(a, t->part[PART_TARGET]);
	s.before = fixture_decode(a, t->part[PART_BEFORE]);
	s.answers = fixture_decode(a, t->part[PART_ANSWERS]);
	s.template_text = t->part[PART_TEMPLATE].p ? fixture_decode(a, t->part[PART_TEMPLATE]) : str_of(example_template);
	while (rest.p && str_split(&rest, ' ', &setting)) {
		if (!setting.n || read_setting(a, setting, &s))
			continue;
		printf("%s: %.*s: setting `%.*s` is not known, or its value is wrong\n", rule->name, STR_ARG(t->title),
		       STR_ARG(setting));
		trial_failures++;
	}
	return s;
}

static void compare(const struct rule *rule, const struct test *t, enum part p, struct str wanted, struct str got)
{
	struct buf shown = {0};
	if (str_eq(wanted, got) || update)
		return;
	trial_failures++;
	printf("%s: %.*s: `%s` differs\nwanted:\n", rule->name, STR_ARG(t->title), fixture_part_names[p]);
	fixture_encode(&shown, wanted);
	buf_addz(&shown, "got:\n");
	fixture_encode(&shown, got);
	printf("%.*s\n", STR_ARG(buf_str(&shown)));
	buf_release(&shown);
}

static void write_part(struct buf *out, const char *name, struct str text)
{
	buf_printf(out, "-- %s --\n", name);
	fixture_encode(out, text);
}

/* ---- languages ---- */

static void check_text(const struct rule *rule, struct str english, struct str japanese)
{
	if (!english.n || !str_eq(english, japanese))
		return;
	trial_failures++;
	printf("%s: has no Japanese form: %.*s\n", rule->name, STR_ARG(english));
}

static void check_words(const struct rule *rule, const char *english)
{
	check_text(rule, str_of(english), str_of(message(english)));
}

static void compare_findings(const struct rule *rule, const struct job *english, const struct job *japanese)
{
	const struct finding *e = english->findings.v, *j = japanese->findings.v;
	if (english->findings.nr != japanese->findings.nr)
		BUG("%s finds something else in Japanese", rule->name);
	for (size_t i = 0; i < english->findings.nr; i++) {
		check_text(rule, e[i].message, j[i].message);
		check_text(rule, e[i].fix.title, j[i].fix.title);
		for (size_t k = 0; k < e[i].nr_related; k++)
			check_text(rule, e[i].related[k].message, j[i].related[k].message);
	}
}

/* What was found is told in Japanese, too; `job` has it in English. */
static void check_language(struct arena *a, const struct rule *rule, const struct setup *s, const struct job *job)
{
	struct job japanese;
	message_language("ja");
	trial_lint(a, s, &japanese);
	message_language("en");
	compare_findings(rule, job, &japanese);
	job_release(&japanese);
}

static void check_descriptor_language(const struct rule *rule)
{
	message_language("ja");
	check_words(rule, rule->summary);
	check_words(rule, rule->why);
	for (const struct rule_option *o = rule->options; o && o->name; o++)
		check_words(rule, o->doc);
	message_language("en");
}

static void run_case(struct arena *a, const struct rule *rule, const struct test *t, struct buf *out)
{
	struct setup s = setup_of(a, rule, t);
	struct job job;
	trial_lint(a, &s, &job);
	struct str found = trial_findings(a, &job, rule), safe = trial_apply(a, &job, rule, FIX_SAFE);
	struct str all = trial_apply(a, &job, rule, FIX_UNSAFE);
	const struct str *part = t->part;
	compare(rule, t, PART_LINT, fixture_decode(a, part[PART_LINT]), found);
	compare(rule, t, PART_FIXED, part[PART_FIXED].p ? fixture_decode(a, part[PART_FIXED]) : s.text, safe);
	compare(rule, t, PART_UNSAFE, part[PART_UNSAFE].p ? fixture_decode(a, part[PART_UNSAFE]) : safe, all);
	check_language(a, rule, &s, &job);
	job_release(&job);
	if (!trial_settles(a, s, FIX_UNSAFE)) {
		printf("%s: %.*s: fixing does not come to an end\n", rule->name, STR_ARG(t->title));
		trial_failures++;
	}
	buf_printf(out, "== %.*s ==\n-- in%s%.*s --\n%.*s", STR_ARG(t->title), t->settings.n ? " " : "",
	           STR_ARG(t->settings), STR_ARG(part[PART_IN]));
	if (part[PART_TEMPLATE].p)
		buf_printf(out, "-- template --\n%.*s", STR_ARG(part[PART_TEMPLATE]));
	if (part[PART_CONFIG].p)
		buf_printf(out, "-- config --\n%.*s", STR_ARG(part[PART_CONFIG]));
	if (part[PART_TARGET].p)
		buf_printf(out, "-- target --\n%.*s", STR_ARG(part[PART_TARGET]));
	if (part[PART_BEFORE].p)
		buf_printf(out, "-- before --\n%.*s", STR_ARG(part[PART_BEFORE]));
	if (part[PART_ANSWERS].p)
		buf_printf(out, "-- answers --\n%.*s", STR_ARG(part[PART_ANSWERS]));
	write_part(out, "lint", found);
	if (!str_eq(safe, s.text))
		write_part(out, "fixed", safe);
	if (!str_eq(all, safe))
		write_part(out, "unsafe", all);
}

static void run_cases(const struct rule *rule)
{
	struct arena a = {0};
	struct buf out = {0};
	struct test *test;
	struct str text, head;
	const char *path = arena_printf(&a, FOLDER "%s.case", rule->name).p;
	size_t nr = 0;
	if (fixture_read_file(&a, path, &text))
		nr = fixture_cases(&a, text, &test, &head);
	if (!nr) {
		printf("%s: has no cases in %s\n", rule->name, path);
		trial_failures++;
		goto out;
	}
	buf_add(&out, head);
	for (size_t i = 0; i < nr; i++) {
		run_case(&a, rule, &test[i], &out);
		if (i + 1 < nr || str_ends(buf_str(&out), STR("\n\n")))
			buf_addc(&out, '\n');
	}
	if (update && !str_eq(buf_str(&out), text)) {
		FILE *file = fopen(path, "wb");
		if (!file || fwrite(out.p, 1, out.n, file) != out.n || fclose(file) != 0) {
			perror(path);
			exit(2);
		}
		printf("%s: rewritten\n", path);
	}
out:
	buf_release(&out);
	arena_release(&a);
}

/* ---- descriptors and examples ---- */

static void fail(const struct rule *rule, const char *what, struct str detail)
{
	trial_failures++;
	printf("%s: %s\n%.*s", rule->name, what, STR_ARG(detail));
}

static struct setup example_setup(struct arena *a, const struct rule *rule, const struct example *e)
{
	return (struct setup){
		.with = rule,
		.path = e->path,
		.twin = e->twin,
		.option = e->option,
		.value = arena_printf(a, "%ld", e->value),
		.config = str_of(e->config),
		.text = e->size ? (struct str){e->text, e->size} : str_of(e->text),
		.template_text = str_of(e->template_text ? e->template_text : example_template),
		.is_new = e->is_new,
		.before = str_of(e->before),
		.answers = str_of(e->answers),
		.is_template = rule->check_template != NULL,
	};
}

static void check_examples(const struct rule *rule)
{
	struct arena a = {0};
	struct job bad, good;
	struct setup right = example_setup(&a, rule, &rule->good), wrong = example_setup(&a, rule, &rule->bad);
	bool only = true;
	trial_lint(&a, &wrong, &bad);
	trial_lint(&a, &right, &good);
	for (size_t i = 0; i < bad.findings.nr; i++)
		only = only && bad.findings.v[i].rule == rule;
	if (!bad.findings.nr)
		fail(rule, "its bad example raises nothing", STR(""));
	if (!only)
		fail(rule, "its bad example raises other rules, too:", trial_findings(&a, &bad, NULL));
	if (good.findings.nr)
		fail(rule, "its good example is not good:", trial_findings(&a, &good, NULL));
	struct str fixed = trial_apply(&a, &bad, rule, FIX_SAFE);
	if (rule->fix == FIX_SAFE && !str_eq(fixed, right.text)) {
		struct buf both = {0};
		fixture_encode(&both, fixed);
		buf_addz(&both, "-- but good is:\n");
		fixture_encode(&both, right.text);
		fail(rule, "its bad example, fixed, is not the good one:", buf_str(&both));
		buf_release(&both);
	}
	check_language(&a, rule, &wrong, &bad);
	job_release(&bad);
	job_release(&good);
	arena_release(&a);
}

static bool is_line(const char *text)
{
	size_t n = text ? strlen(text) : 0;
	return n && !strchr(text, '\n') && text[n - 1] != '.';
}

static void check_descriptor(const struct rule *rule, const struct rule *before)
{
	struct buf file = {0};
	struct arena a = {0};
	struct str text;
	buf_printf(&file, "%s/lint/rules/%s.c", SDI_SOURCE_DIR, rule->name);
	for (size_t i = strlen(SDI_SOURCE_DIR); i < file.n; i++)
		if (file.p[i] == '-')
			file.p[i] = '_';
	if (!fixture_read_file(&a, file.p, &text))
		fail(rule, "is not in the file of its name", STR(""));
	if (before && strcmp(before->name, rule->name) >= 0)
		fail(rule, "its name is not unique, or not that of its file", STR(""));
	if (!rule->group || (rule->severity == SEVERITY_OFF && rule->strict == SEVERITY_OFF))
		fail(rule, "has no group, or no severity", STR(""));
	if (!is_line(rule->summary))
		fail(rule, "needs a summary of one line without a full stop", STR(""));
	if (!rule->why || strlen(rule->why) < 40)
		fail(rule, "does not say why", STR(""));
	int checks =
		!!rule->check + !!rule->check_source + !!rule->check_parse + !!rule->check_template + !!rule->check_ignores;
	if (checks > 1 || (!checks && !rule->tell) || !rule->tell != !rule->sees)
		fail(rule, "needs one check", STR(""));
	if (!rule->bad.text || !rule->good.text)
		fail(rule, "has no example", STR(""));
	else
		check_examples(rule);
	check_descriptor_language(rule);
	buf_release(&file);
	arena_release(&a);
}

static bool is_wanted(const struct rule *rule, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], rule->name) || !strcmp(argv[i], rule->group))
			return true;
	return argc < 2;
}

int main(int argc, char **argv)
{
	unsigned rules = 0, failing = 0;
	const char *set = getenv("UPDATE");
	update = set && *set && strcmp(set, "0") != 0;
	trial_open();
	for (size_t i = 0; i < rules_table_nr; i++) {
		unsigned before = trial_failures;
		if (!is_wanted(rules_table[i], argc, argv))
			continue;
		check_descriptor(rules_table[i], i ? rules_table[i - 1] : NULL);
		run_cases(rules_table[i]);
		rules++;
		failing += trial_failures > before;
	}
	trial_close();
	printf("%u rules, %u with failures\n", rules, failing);
	return trial_failures || !rules ? 1 : 0;
}
