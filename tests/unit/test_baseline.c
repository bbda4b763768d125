#include "lint/baseline.h"

#include "tests/unit/model.h"

static struct baseline parse(struct model *m, const char *text)
{
	struct baseline b;
	struct err err;
	if (baseline_parse(&m->arena, "b", str_of(text), &b, &err) < 0)
		fail_msg("%s", err.text);
	return b;
}

static const char *printed(struct model *m, const struct baseline *b)
{
	struct buf out = {0};
	baseline_print(b, &out);
	const char *text = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return text;
}

#define HEAD "# sdi baseline 1\n"
#define HASH " 00000000000000ff "

static void test_reads_what_it_prints(void **state)
{
	static const char text[] = HEAD ".sdi/a%20b tab" HASH "1\n2026-11-22 tab" HASH "1000000\n日 tab" HASH "3\n";
	struct baseline b = parse(*state, text);
	assert_int_equal(b.nr, 3);
	assert_int_equal(b.v[0].context, 0xff);
	assert_int_equal(baseline_total(&b), 1000004);
	assert_string_equal(printed(*state, &b), text);
}

static void test_errors(void **state)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{"", "b:1: no baseline: it begins with `# sdi baseline 1`"},
		{"# sdi baseline 11\n", "b:1: a baseline of another version of sdi"},
		{"# sdi baseline 1", "b:1: the last line does not end"},
		{HEAD "\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d tab" HASH "1\r\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d  tab" HASH "1\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d tab 00000000000000FF 1\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d tab 0000000000000ff 1\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d tab" HASH "01\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d tab" HASH "-1\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d Tab" HASH "1\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "d\t tab" HASH "1\n", "b:2: not `DIGEST RULE HASH COUNT`"},
		{HEAD "e tab" HASH "1\nd tab" HASH "1\n", "b:3: not in order, or there twice"},
		{HEAD "d tab" HASH "1\nd tab" HASH "2\n", "b:3: not in order, or there twice"},
		{HEAD "d tab" HASH "1", "b:2: the last line does not end"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct baseline b;
		struct err err = {""};
		assert_int_equal(baseline_parse(&m->arena, "b", str_of(cases[i].text), &b, &err), -1);
		assert_string_equal(err.text, cases[i].error);
	}
}

/* A job of a text, linted by all rules. */
static struct job *lint(struct model *m, const char *path, const char *text)
{
	struct job *job = arena_new(&m->arena, struct job);
	struct lint_plan *plan = arena_new(&m->arena, struct lint_plan);
	struct config config;
	struct err err;
	config_default(&config);
	assert_int_equal(lint_plan_make(&m->arena, &config, NULL, 0, plan, &err), 0);
	job->source = (struct source){.path = path, .relative = path, .text = str_of(text), .size = strlen(text)};
	job->source.lines = lines_of(&m->arena, job->source.text);
	job->plan = plan;
	job->keyed = true;
	struct block_parser *parser = block_parser_new();
	lint_one(job, parser);
	block_parser_free(parser);
	return job;
}

static size_t known(struct model *m, const struct baseline *b, const struct baseline_jobs *jobs)
{
	uint32_t *found = arena_array(&m->arena, uint32_t, b->nr);
	size_t nr = 0;
	for (size_t i = 0; i < jobs->nr; i++) {
		baseline_know(b, found, jobs, i);
		for (size_t k = 0; k < jobs->job[i]->findings.nr; k++)
			nr += jobs->job[i]->findings.v[k].known;
	}
	return nr;
}

static void test_what_is_known(void **state)
{
	struct model *m = *state;
	struct baseline_jobs old = {0}, moved = {0}, more = {0};
	static const bool all[1] = {false};
	struct job *jobs[] = {lint(m, "a b.md", "x \n\ny \n"), lint(m, "a b.md", "z\n\ny \n\n\n X \n"),
	                      lint(m, "a b.md", "x \n\nx \n\ny \n")};
	baseline_jobs_add(&m->arena, &old, jobs[0]);
	baseline_jobs_add(&m->arena, &moved, jobs[1]);
	baseline_jobs_add(&m->arena, &more, jobs[2]);
	struct baseline b = baseline_of(&m->arena, &old, all), now = baseline_of(&m->arena, &more, all);
	assert_int_equal(baseline_total(&b), 2);
	assert_true(str_eqz(b.v[0].where, "a%20b.md"));
	assert_int_equal(known(m, &b, &old), 2);
	assert_int_equal(known(m, &b, &moved), 2);
	assert_int_equal(known(m, &b, &more), 2);
	assert_int_equal(known(m, &now, &more), 3);
	struct baseline left = baseline_shrink(&m->arena, &now, &b, &old);
	assert_string_equal(printed(m, &left), printed(m, &b));
	for (size_t i = 0; i < ARRAY_SIZE(jobs); i++) {
		size_t before = jobs[i]->findings.nr;
		baseline_drop_known(&jobs[i]->findings);
		assert_int_equal(jobs[i]->findings.nr + jobs[i]->findings.known, before);
		job_release(jobs[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_what_it_prints),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_what_is_known),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
