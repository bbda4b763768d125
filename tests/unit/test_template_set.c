#include "tests/unit/model.h"

/* Three formats that an archive has had, and a template that is of no use. */
static const char *const formats[][2] = {
	{"old", "---\npath: \"{yyyy}/{yyyyMMdd}.md\"\nuntil: 2023-12-31\n---\n## 一\n"},
	{"middle", "---\npath: \"{yyyy}/{yyyyMMdd}.md\"\nfrom: 2024-01-01\nuntil: 2024-06-30\n---\n## 一\n"},
	{"broken", "---\npath: \"{yyyy-MM-dd}.md\"\nfrom: 2024-03-01\n---\n"},
	{"new", "---\npath: \"news/{yyyy-MM-dd}.md\"\nfrom: 2024-06-01\n---\n## 一\n"},
};

static struct template_set set_of(struct model *m, const char *names)
{
	struct template *v = arena_array(&m->arena, struct template, ARRAY_SIZE(formats));
	size_t nr = 0;
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (strstr(names, formats[i][0]))
			v[nr++] = *model_read(m, formats[i][0], formats[i][1]);
	return (struct template_set){v, nr, true};
}

static const char *name_of(const struct template *t)
{
	return t ? t->name : "-";
}

static const struct choice {
	const char *set, *path, *template, *date;
	bool impossible, in_place;
} choices[] = {
	/* path, form and dates fit */
	{"old middle new", "2023/20231231.md", "old", "2023-12-31", false, true},
	{"old middle new", "2024/20240101.md", "middle", "2024-01-01", false, true},
	{"old middle new", "2024/20240630.md", "middle", "2024-06-30", false, true},
	{"old middle new", "news/2024-06-01.md", "new", "2024-06-01", false, true},
	{"old middle new", "news/2026-11-22.md", "new", "2026-11-22", false, true},
	/* a day on which two hold: each path has its own */
	{"old middle new", "2024/20240615.md", "middle", "2024-06-15", false, true},
	{"old middle new", "news/2024-06-15.md", "new", "2024-06-15", false, true},
	/* the form fits, the folder or the dates do not: the template of the day */
	{"old middle new", "20231231.md", "old", "2023-12-31", false, false},
	{"old middle new", "2022/20231231.md", "old", "2023-12-31", false, false},
	{"old middle new", "2024/20240701.md", "new", "2024-07-01", false, false},
	{"old middle new", "news/2023-12-31.md", "old", "2023-12-31", false, false},
	{"old middle new", "news/2024-05-31.md", "middle", "2024-05-31", false, false},
	{"old middle new", "x/2024-06-15.md", "new", "2024-06-15", false, false},
	{"old middle new", "2023/20231301.md", "old", "0000-00-00", true, false},
	{"old middle new", "2024/20240230.md", "middle", "0000-00-00", true, false},
	/* another form of a date that anybody reads */
	{"new", "drafts/20241122.md", "new", "2024-11-22", false, false},
	{"new", "20240230.md", "new", "0000-00-00", true, false},
	{"old", "2023-11-22.md", "old", "2023-11-22", false, false},
	/* no day: the newest */
	{"old middle new", "README.md", "new", "0000-00-00", false, false},
	{"old middle", "README.md", "middle", "0000-00-00", false, false},
	{"old", "2026112.md", "old", "0000-00-00", false, false},
	{"old", "20261122.txt", "old", "0000-00-00", false, false},
	{"new", "2026_11_22.md", "new", "0000-00-00", false, false},
	{"new", "２０２６-11-22.md", "new", "0000-00-00", false, false},
	/* a day on which none holds: the newest */
	{"middle", "2025/20250101.md", "middle", "2025-01-01", false, false},
	{"middle", "2023/20231231.md", "middle", "2023-12-31", false, false},
	/* one with mistakes is none */
	{"broken", "2024-03-01.md", "-", "2024-03-01", false, false},
	{"middle broken", "2024-03-01.md", "middle", "2024-03-01", false, false},
	{"", "2024-03-01.md", "-", "2024-03-01", false, false},
};

static void test_choose(void **state)
{
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(choices); i++) {
		const struct choice *w = &choices[i];
		struct template_set set = set_of(m, w->set);
		struct template_choice c = template_choose(&m->arena, &set, w->path);
		if (strcmp(name_of(c.template), w->template) != 0 || strcmp(date_text(c.date).z, w->date) != 0 ||
		    c.impossible != w->impossible || c.in_place != w->in_place)
			fail_msg("%s in %s: %s, %s%s%s", w->path, w->set, name_of(c.template), date_text(c.date).z,
			         c.impossible ? ", impossible" : "", c.in_place ? ", in place" : "");
	}
}

static void test_of_day(void **state)
{
	static const struct {
		const char *set;
		struct date day;
		const char *template;
	} cases[] = {
		{"old middle new", {2000, 1, 1}, "old"},    {"old middle new", {2023, 12, 31}, "old"},
		{"old middle new", {2024, 1, 1}, "middle"}, {"old middle new", {2024, 5, 31}, "middle"},
		{"old middle new", {2024, 6, 1}, "new"},    {"old middle new", {2024, 7, 1}, "new"},
		{"old middle", {2024, 7, 1}, "-"},          {"middle", {2023, 12, 31}, "-"},
		{"middle broken", {2024, 3, 1}, "middle"},  {"", {2024, 3, 1}, "-"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct template_set set = set_of(m, cases[i].set);
		assert_string_equal(name_of(template_of_day(&set, cases[i].day)), cases[i].template);
	}
}

static void test_names_digest(void **state)
{
	static const struct {
		const char *set, *path;
		bool own, digest;
	} cases[] = {
		{"old new", "20240101.md", true, true},     {"old new", "a/b/2024-01-01.md", true, true},
		{"old new", "2024-13-01.md", true, true},   {"old new", "README.md", true, false},
		{"old new", "2024-01-01.txt", true, false}, {"old", "2024-01-01.md", true, false},
		{"old", "2024-01-01.md", false, true},      {"old", "2024-1-1.md", false, false},
		{"broken", "2024-01-01.md", true, false},   {"", "20240101.md", true, false},
		{"", "news/20240101.md", false, true},      {"", "20240101.md/x.md", false, false},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct template_set set = set_of(m, cases[i].set);
		set.own = cases[i].own;
		if (template_names_digest(&m->arena, &set, cases[i].path) != cases[i].digest)
			fail_msg("%s in %s", cases[i].path, cases[i].set);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_of_day),
		cmocka_unit_test(test_names_digest),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
