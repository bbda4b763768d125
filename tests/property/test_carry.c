/* Edits that are carried into a text that somebody else has edited: nothing of theirs is lost, and git would merge it so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <git2.h>

#include "core/source/carry.h"
#include "core/source/diff.h"
#include "tests/property/mutate.h"

enum { ROUNDS = 20000, MOST_LINES = 12, MOST_EDITS = 4 };

/* How the lines of a text are made. */
struct kind {
	size_t names; /* lines that may be the same: of so many; 0: each is the only one */
	const char *end;
};

static const struct kind kinds[] = {{0, "\n"}, {3, "\n"}, {8, "\n"}, {0, "\r\n"}, {3, "\r\n"}};

struct texts {
	struct str before, after, theirs;
};

static void add_line(struct buf *b, const struct kind *k, uint64_t *seed)
{
	static unsigned unique;
	if (k->names)
		buf_printf(b, "line %zu%s", draw(seed, k->names), k->end);
	else
		buf_printf(b, "line %u%s", unique++, k->end);
}

static struct str finish(struct arena *a, struct buf *b, uint64_t *seed)
{
	/* Some do not end in a newline. */
	struct str text = buf_str(b);
	if (draw(seed, 5) == 0)
		text = str_trim_end(text);
	text = arena_str(a, text);
	buf_release(b);
	return text;
}

static struct str make_text(struct arena *a, const struct kind *k, uint64_t *seed)
{
	struct buf b = {0};
	for (size_t left = draw(seed, MOST_LINES); left; left--)
		add_line(&b, k, seed);
	return finish(a, &b, seed);
}

/* Lines are taken out, and others put in. */
static struct str edit(struct arena *a, const struct kind *k, uint64_t *seed, struct str text)
{
	for (size_t left = draw(seed, MOST_EDITS); left; left--) {
		struct buf b = {0};
		struct span at = draw_line(seed, text);
		bool replaces = draw(seed, 3) != 0;
		for (size_t more = draw(seed, 3); more; more--)
			add_line(&b, k, seed);
		text = replace(a, text, replaces ? at : span_make(at.off, at.off), arena_str(a, buf_str(&b)));
		buf_release(&b);
	}
	struct buf all = {0};
	buf_add(&all, text);
	return finish(a, &all, seed);
}

/* What they changed stands there, in its order. */
static bool keeps_theirs(struct arena *a, const struct texts *t, struct str out)
{
	struct line_changes theirs = diff_lines(a, t->before, t->theirs), found = diff_lines(a, t->theirs, out);
	size_t at = 0;
	for (size_t i = 0; i < theirs.nr; i++) {
		const struct line_change *mine = &theirs.v[i];
		while (at < found.nr && found.v[at].old + found.v[at].olds <= mine->new)
			at++;
		if (mine->news && at < found.nr && found.v[at].old < mine->new + mine->news &&found.v[at].olds)
			return false;
	}
	return true;
}

/* False: not clean. */
static bool merge(struct arena *a, const struct texts *t, struct str *out)
{
	git_merge_file_input base = {.version = 1, .ptr = t->before.p, .size = t->before.n};
	git_merge_file_input ours = {.version = 1, .ptr = t->after.p, .size = t->after.n};
	git_merge_file_input theirs = {.version = 1, .ptr = t->theirs.p, .size = t->theirs.n};
	git_merge_file_result result = {0};
	assert_int_equal(git_merge_file(&result, &base, &ours, &theirs, NULL), 0);
	bool clean = result.automergeable;
	*out = arena_str(a, (struct str){result.ptr, result.len});
	git_merge_file_result_free(&result);
	return clean;
}

static void expect(bool right, const char *what, const struct texts *t, struct str out)
{
	if (!right)
		fail_msg("%s:\n--- before\n%.*s\n--- after\n%.*s\n--- theirs\n%.*s\n--- out\n%.*s", what, STR_ARG(t->before),
		         STR_ARG(t->after), STR_ARG(t->theirs), STR_ARG(out));
}

/* How many were carried, merged by git, or both. */
static size_t both, only_merged, different;

static void try_edits(struct arena *a, const struct texts *t, bool unique)
{
	struct str out, merged;
	bool carried = carry_edits(a, t->before, t->after, t->theirs, &out), clean = merge(a, t, &merged);
	both += carried && clean;
	only_merged += !carried && clean;
	different += carried && clean && !str_eq(out, merged);
	if (carried && unique) {
		expect(keeps_theirs(a, t, out), "their lines are not all there", t, out);
		expect(!clean || str_eq(out, merged), "git merges it otherwise", t, out);
	}
	expect(carry_edits(a, t->before, t->after, t->before, &out) && str_eq(out, t->after), "not edited", t, out);
	expect(carry_edits(a, t->before, t->after, t->after, &out) && str_eq(out, t->after), "edited already", t, out);
	expect(carry_edits(a, t->before, t->before, t->theirs, &out) && str_eq(out, t->theirs), "no edits", t, out);
}

static void test_by_chance(void **state)
{
	struct arena a = {0};
	uint64_t seed = 20261122;
	(void)state;
	git_libgit2_init();
	for (size_t i = 0; i < ROUNDS; i++) {
		const struct kind *k = &kinds[i % ARRAY_SIZE(kinds)];
		struct texts t = {.before = make_text(&a, k, &seed)};
		t.after = edit(&a, k, &seed, t.before);
		t.theirs = edit(&a, k, &seed, t.before);
		try_edits(&a, &t, k->names == 0);
		arena_reset(&a);
	}
	git_libgit2_shutdown();
	arena_release(&a);
	assert_true(both > ROUNDS / 2);
	/* What git merges is never refused; which of two equal lines went may be seen otherwise. */
	assert_int_equal(only_merged, 0);
	assert_in_range(different, 0, both / 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_chance)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
