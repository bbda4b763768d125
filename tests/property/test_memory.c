/* What is remembered of a text is what was found in it, and bytes that fell over are nothing at all, or spans inside the text. */
#include "tests/property/world.h"

#include "lint/memory.h"

enum { MUTATIONS = IS_SANITIZED ? 200 : 1500, FLIPS = IS_SANITIZED ? 5 : 20 };

static uint64_t seed = 20261122;

static void must_be_inside(const struct job *job)
{
	for (size_t i = 0; i < job->findings.nr; i++) {
		const struct finding *f = &job->findings.v[i];
		assert_true((size_t)f->at.off + f->at.len <= job->source.text.n);
		for (size_t k = 0; k < f->fix.nr; k++)
			assert_true((size_t)f->fix.edit[k].at.off + f->fix.edit[k].at.len <= job->source.text.n);
	}
}

static void flip(struct arena *a, const struct template *t, struct str text, struct str packed)
{
	for (size_t i = 0; packed.n && i < FLIPS; i++) {
		struct job job = world_job(t, text);
		struct str bytes = arena_str(a, packed);
		char *byte = (char *)(uintptr_t)(bytes.p + draw(&seed, bytes.n));
		*byte = (char)(*byte ^ 1 << draw(&seed, 8));
		if (draw(&seed, 4) == 0)
			bytes.n = draw(&seed, bytes.n);
		if (memory_unpack(&job, bytes))
			must_be_inside(&job);
		else
			assert_int_equal(job.findings.nr, 0);
		job_release(&job);
	}
}

static void check_text(const struct template *t, struct str text)
{
	struct arena a = {0};
	struct job found = world_job(t, text), recalled = world_job(t, text);
	lint_one(&found, world.parser);
	struct str packed = memory_pack(&a, &found);
	assert_true(memory_unpack(&recalled, packed));
	/* All that is remembered is what would be remembered of it again. */
	assert_true(str_eq(memory_pack(&a, &recalled), packed));
	assert_int_equal(recalled.findings.nr, found.findings.nr);
	for (size_t i = 0; i < found.findings.nr; i++)
		assert_ptr_equal(recalled.findings.v[i].source, &recalled.source);
	flip(&a, t, text, packed);
	job_release(&found);
	job_release(&recalled);
	arena_release(&a);
}

static void check_corpus(const struct corpus *c)
{
	for (size_t i = 0; i < c->nr; i++)
		check_text(&world.template[i % TEMPLATES], c -> v[i].text);
}

static void test_texts(void **state)
{
	(void)state;
	check_text(&world.template[0], STR(""));
	check_corpus(&world.examples);
	check_corpus(&world.digests);
}

static void test_mutations(void **state)
{
	const struct corpus *c = world.digests.nr ? &world.digests : &world.examples;
	(void)state;
	for (size_t i = 0; i < MUTATIONS; i++) {
		struct arena a = {0};
		check_text(&world.template[i % TEMPLATES], mutate(&a, &seed, c->v[draw(&seed, c->nr)].text));
		arena_release(&a);
	}
}

/* ---- keys ---- */

static struct archive_key key_of(const struct job *job)
{
	struct memory memory = {0};
	struct arena a = {0};
	struct job with = *job;
	with.memory = &memory;
	memory_expect(&memory, &a, job->plan);
	struct archive_key key = memory_key(&with);
	arena_release(&a);
	return key;
}

static bool is_other(const struct job *x, const struct job *y)
{
	struct archive_key a = key_of(x), b = key_of(y);
	return memcmp(a.byte, b.byte, sizeof(a.byte)) != 0;
}

/* Whatever a finding may depend on makes another key. */
static void test_keys(void **state)
{
	struct job base = world_job(&world.template[0], STR("# x\n")), same = world_job(&world.template[0], STR("# x\n"));
	struct lint_plan other = world.plan;
	struct job changed[13];
	(void)state;
	assert_false(is_other(&base, &same));
	for (size_t i = 0; i < ARRAY_SIZE(changed); i++)
		changed[i] = base;
	changed[0].source.text = STR("# y\n");
	changed[1].source.path = "other.md";
	changed[2].source.relative = "other.md";
	changed[3].keyed = true;
	changed[4].facts.choice.template = &world.template[1];
	changed[5].facts.choice.date.day = 23;
	changed[6].facts.choice.in_place = false;
	changed[7].facts.choice.impossible = true;
	changed[8].facts.belongs = "there.md";
	changed[9].facts.twin = "twin.md";
	changed[10].facts.is_new = true;
	other.max_bytes++;
	changed[11].plan = &other;
	changed[12].archive = &other;
	for (size_t i = 0; i < ARRAY_SIZE(changed); i++)
		if (!is_other(&base, &changed[i]))
			fail_msg("change %zu makes no other key", i);
	/* Of a digest that is not new nothing depends on the day. */
	changed[0] = base;
	changed[0].facts.today.day = 23;
	assert_false(is_other(&base, &changed[0]));
	changed[1] = changed[10];
	changed[1].facts.today.day = 23;
	assert_true(is_other(&changed[10], &changed[1]));
	job_release(&base);
	job_release(&same);
}

/* Every rule's severity and every option is part of a plan's id. */
static void test_plans(void **state)
{
	struct config config;
	struct err err;
	struct arena a = {0};
	(void)state;
	config_default(&config);
	for (size_t i = 0; i < rules_table_nr; i++) {
		struct lint_plan plan;
		assert_int_equal(lint_plan_make(&a, &config, NULL, 0, &plan, &err), 0);
		struct archive_key before = memory_plan(&plan);
		struct archive_key ours = memory_plan(&world.plan);
		assert_memory_equal(before.byte, ours.byte, sizeof(before.byte));
		plan.state[i].severity = plan.state[i].severity == SEVERITY_INFO ? SEVERITY_OFF : SEVERITY_INFO;
		struct archive_key after = memory_plan(&plan);
		assert_memory_not_equal(before.byte, after.byte, sizeof(before.byte));
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_mutations),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_plans),
	};
	return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
