/* An entry that is added to whatever text: nothing is lost, and nothing gets worse. */
#include "core/base/utf8.h"
#include "fix/append.h"
#include "lint/forms.h"
#include "tests/property/world.h"

enum { MUTATIONS = 3000 };

static const char *where;
static size_t appended, refused;

#define HOLDS(condition)                                                     \
	do {                                                                     \
		if (!(condition))                                                    \
			fail_msg("%s: %s, in:\n%s", where, #condition, seen_text(text)); \
	} while (0)

static const char *seen_text(struct str text)
{
	return arena_str(&world.arena, text).p;
}

/* What may give way to the entry: holes of an untouched one, and what says that there is nothing. */
static bool gives_way(struct str line)
{
	struct str s = str_trim(line);
	while (s.n && strchr("-*+ ", *s.p))
		s = str_from(s, 1);
	return str_find(s, 0, STR("{title}")) < s.n || str_find(s, 0, STR("{url}")) < s.n || form_says_nothing(NULL, s) ||
	       form_is_hole(s);
}

static bool is_line_start(struct str text, size_t i)
{
	return i == 0 || text.p[i - 1] == '\n';
}

/* Whole lines that are not there any more, but for those that may give way: what lies between what both begin and end with. */
static size_t lost_lines(struct str before, struct str after)
{
	size_t first = 0, last = 0, most, lost = 0;
	while (first < before.n && first < after.n && before.p[first] == after.p[first])
		first++;
	while (!is_line_start(before, first) && first < before.n)
		first--;
	most = before.n - first < after.n - first ? before.n - first : after.n - first;
	while (last < most && before.p[before.n - 1 - last] == after.p[after.n - 1 - last])
		last++;
	while (last && !is_line_start(before, before.n - last))
		last--;
	struct str middle = str_slice(before, first, before.n - last), line;
	while (middle.n && str_split(&middle, '\n', &line))
		lost += str_trim(line).n && !gives_way(line);
	return lost;
}

static void count_findings(const struct template *t, struct str text, size_t *of)
{
	struct job job = world_job(t, text);
	struct arena scratch = {0};
	lint_text(&job, world.parser, &scratch);
	for (size_t i = 0; i < job.findings.nr; i++)
		of[rule_index(job.findings.v[i].rule)]++;
	arena_release(&scratch);
	job_release(&job);
}

static void compare_findings(const struct template *t, struct str text, struct str after)
{
	size_t *was = xcalloc(2 * rules_table_nr, sizeof(*was)), *is = was + rules_table_nr;
	count_findings(t, text, was);
	count_findings(t, after, is);
	for (size_t i = 0; i < rules_table_nr; i++) {
		/* Fields that have no empty form are still to be filled in. */
		size_t holes = strcmp(rules_table[i]->name, "unfilled-hole") == 0 ? 8 : 0;
		if (is[i] > was[i] + holes)
			fail_msg("%s: %s: %zu, not %zu, in:\n%s", where, rules_table[i]->name, is[i], was[i], seen_text(after));
	}
	free(was);
}

static void check_append(const struct template *t, struct str text, bool compare)
{
	struct arena a = {0};
	struct append_wish wish = {"20261122.md", t, {2026, 11, 22}, STR("")};
	struct new_entry entry = {STR("https://example.com/appended/1"), STR("加わった記事")};
	struct err err;
	struct str after;
	uint32_t line;
	bool added = append_entry(&a, world.parser, &wish, text, &entry, &after, &line, &err) == 0;
	appended += added;
	refused += !added;
	if (added) {
		HOLDS(after.n > entry.url.n && utf8_check(after) == after.n);
		HOLDS(lost_lines(text, after) == 0);
		HOLDS(str_ends(text, STR("\n")) == str_ends(after, STR("\n")) || str_ends(text, STR("\r")) || !text.n);
		HOLDS(str_starts(text, STR("\xEF\xBB\xBF")) == str_starts(after, STR("\xEF\xBB\xBF")));
	}
	if (added && compare)
		compare_findings(t, text, after);
	arena_release(&a);
}

static struct str with_crlf(struct arena *a, struct str text)
{
	struct buf out = {0};
	for (size_t i = 0; i < text.n; i++)
		buf_addz(&out, text.p[i] == '\n' ? "\r\n" : (const char[]){text.p[i], 0});
	struct str crlf = arena_str(a, buf_str(&out));
	buf_release(&out);
	return crlf;
}

/* As digests are, with other line endings, cut at their end, and not at all. */
static void check_forms(const struct template *t, struct str text)
{
	struct arena a = {0};
	check_append(t, text, true);
	check_append(t, with_crlf(&a, text), true);
	check_append(t, str_trim_end(text), true);
	check_append(t, arena_printf(&a, "\xEF\xBB\xBF%.*s", STR_ARG(text)), true);
	check_append(t, arena_printf(&a, "%.*s\n\n\n", STR_ARG(text)), true);
	arena_release(&a);
}

static void test_new_digests(void **state)
{
	(void)state;
	for (size_t t = 0; t < TEMPLATES; t++) {
		struct str text = template_fill(
			&world.arena, &world.template [t], (struct date) { 2026, 11, 22 });
		where = world.template[t].name;
		appended = 0;
		check_forms(&world.template[t], text);
		assert_int_equal(appended, 5);
		check_append(&world.template[t], STR(""), true);
		assert_int_equal(appended, 5);
	}
}

static bool has_entries(const struct template *t, struct str text)
{
	struct arena a = {0};
	const struct digest *d = append_read(&a, world.parser, t, text);
	bool has = false;
	for (size_t i = 0; d && i < d->nr; i++)
		has |= d->section[i].nr > 0;
	arena_release(&a);
	return has;
}

/* Under a template of another format hardly anything of a digest is looked at before. */
static void test_digests(void **state)
{
	(void)state;
	if (!world.digests.nr)
		skip();
	for (size_t i = 0; i < world.digests.nr; i++) {
		struct str text = world.digests.v[i].text;
		where = world.digests.v[i].name;
		for (size_t t = 0; t < TEMPLATES; t++)
			if (i % 4 == 0 && has_entries(&world.template[t], text))
				check_forms(&world.template[t], text);
			else
				check_append(&world.template[t], text, false);
	}
}

static void test_mutations(void **state)
{
	uint64_t seed = 7046029254386353131;
	struct arena a = {0};
	(void)state;
	where = "mutation";
	appended = refused = 0;
	for (size_t i = 0; i < MUTATIONS; i++) {
		size_t which = draw(&seed, TEMPLATES);
		const struct corpus *c = world.digests.nr && draw(&seed, 3) == 0 ? &world.digests : &world.examples;
		struct str text = draw(&seed, 2) ? template_fill(
											   &a, &world.template [which], (struct date) { 2026, 11, 22 })
		                                 : c->v[draw(&seed, c->nr)].text;
		for (size_t k = 1 + draw(&seed, 6); k > 0; k--)
			text = mutate(&a, &seed, text);
		check_append(&world.template[which], text, false);
		arena_reset(&a);
	}
	arena_release(&a);
	print_message("%d mutations: %zu with an entry more, %zu refused\n", (int)MUTATIONS, appended, refused);
	assert_in_range(appended, MUTATIONS / 4, MUTATIONS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_digests),
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_mutations),
	};
	return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
