/*
 * Whatever the bytes: they can be fixed in the end, twice is once, what comes out is UTF-8, and no rule finds more in it. The first
 * byte says how: with unsafe fixes, with suppressions for what is left.
 */
#include <stdint.h>

#include "core/base/utf8.h"
#include "fix/fix.h"
#include "tests/fuzz/world.h"

static void count(const struct job *job, size_t *of_rule)
{
	for (size_t i = 0; i < job->findings.nr; i++)
		of_rule[rule_index(job->findings.v[i].rule)]++;
}

static void compare(struct arena *a, const struct job *before, const struct job *after)
{
	size_t *was = arena_array(a, size_t, rules_table_nr), *is = arena_array(a, size_t, rules_table_nr);
	count(before, was);
	count(after, is);
	for (size_t i = 0; i < rules_table_nr; i++)
		if (is[i] > was[i])
			BUG("%zu of %s, then %zu", was[i], rules_table[i]->name, is[i]);
}

static void fix_again(struct arena *a, struct str text, const struct fix_text_wish *wish)
{
	struct fix_result r;
	struct job job = world_job(arena_str(a, text));
	fix_text(&job, world.parser, wish, &r);
	if (r.changed)
		BUG("fixed twice: %.*s", STR_ARG(job.source.text));
	fix_result_release(&r);
	job_release(&job);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size > 1 ? (const char *)data + 1 : "", size > 1 ? size - 1 : 0};
	struct fix_text_wish wish = {.least = size && (data[0] & 1) ? FIX_UNSAFE : FIX_SAFE};
	struct arena a = {0};
	struct fix_result r;

	if (size && (data[0] & 2))
		wish.ignore_reason = STR("reason");
	world_open();

	struct job job = world_job(text);
	bool readable = fix_text(&job, world.parser, &wish, &r);
	if (!readable && r.changed)
		BUG("what cannot be read is changed");
	if (readable && utf8_check(job.source.text) < job.source.text.n)
		BUG("what comes out is no UTF-8");
	if (r.changed)
		compare(&a, &r.before, &job);
	if (!r.nr_fighting)
		fix_again(&a, job.source.text, &wish);
	fix_result_release(&r);
	job_release(&job);
	arena_release(&a);
	return 0;
}
