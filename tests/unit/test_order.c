#include "lint/order.h"

#include "lint/check_run.h"
#include "tests/unit/model.h"

/* '*' for each that moves. */
static void test_find_moved(void **state)
{
	static const struct {
		const char *ranks, *moved;
	} cases[] = {
		{"", ""},
		{"3", "."},
		{"12", ".."},
		{"21", ".*"},
		{"123456", "......"},
		{"612345", "*....."},
		{"234561", ".....*"},
		{"132456", "..*..."},
		{"654321", ".*****"},
		{"124536", "....*."},
		{"341256", "..**.."},
		{"11", ".*"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t rank[8], nr = strlen(cases[i].ranks);
		bool moved[8];
		char got[9] = "";
		for (size_t k = 0; k < nr; k++)
			rank[k] = (size_t)cases[i].ranks[k];
		memset(moved, 7, sizeof(moved));
		order_find_moved(&m->arena, rank, nr, moved);
		for (size_t k = 0; k < nr; k++)
			got[k] = moved[k] ? '*' : '.';
		if (strcmp(got, cases[i].moved) != 0)
			fail_msg("%s: %s", cases[i].ranks, got);
	}
}

/* What is not moved is in order, and nothing more could stay: checked against all choices of seven ranks. */
static void test_fewest_moved(void **state)
{
	struct model *m = *state;
	enum { NR = 7 };
	for (unsigned seed = 0; seed < 400; seed++) {
		size_t rank[NR], kept = 0, most = 0, last = 0;
		bool moved[NR];
		for (size_t k = 0; k < NR; k++)
			rank[k] = 1 + (seed * 7919 + k * k * (seed + 3) * 31) % 11;
		order_find_moved(&m->arena, rank, NR, moved);
		for (size_t k = 0; k < NR; k++) {
			if (moved[k])
				continue;
			assert_true(rank[k] > last);
			last = rank[k];
			kept++;
		}
		for (unsigned choice = 0; choice < 1 << NR; choice++) {
			size_t nr = 0, before = 0;
			for (size_t k = 0; k < NR; k++) {
				if (!(choice >> k & 1))
					continue;
				nr = rank[k] > before ? nr + 1 : 0;
				before = rank[k] > before ? rank[k] : 99;
			}
			most = nr > most && before != 99 ? nr : most;
		}
		assert_int_equal(kept, most);
	}
}

static struct str apply(struct model *m, struct str text, const struct fix *fix)
{
	struct buf out = {0};
	size_t done = 0;
	for (size_t i = 0; i < fix->nr; i++) {
		assert_true(fix->edit[i].at.off >= done);
		buf_add(&out, str_slice(text, done, fix->edit[i].at.off));
		buf_add(&out, fix->edit[i].text);
		done = span_end(fix->edit[i].at);
	}
	buf_add(&out, str_from(text, done));
	struct str result = arena_str(&m->arena, buf_str(&out));
	buf_release(&out);
	return result;
}

static void test_move_lines(void **state)
{
	static const struct {
		const char *text;
		uint32_t first, end, before;
		unsigned blank;
		bool last;
		const char *moved;
	} cases[] = {
		{"a\nb\nc\n", 1, 2, 0, 0, false, "b\na\nc\n"},
		{"a\nb\nc\n", 2, 3, 0, 0, true, "c\na\nb\n"},
		{"a\nb\nc", 2, 3, 0, 0, true, "c\na\nb"},
		{"a\nb\nc\n", 0, 1, 3, 0, false, "b\nc\na\n"},
		{"a\nb\nc", 0, 1, 3, 0, false, "b\nc\na"},
		{"a\n\nb\n\nc\n", 0, 2, 5, 1, false, "b\n\nc\n\na\n"},
		{"a\n\nb\n\nc\n", 2, 4, 0, 1, false, "b\n\na\n\nc\n"},
		{"a\n\nb\n\nc\n", 4, 5, 2, 1, true, "a\n\nc\n\nb\n"},
		{"a\n\nb\n\n\n\nc\n\n", 6, 8, 2, 1, true, "a\n\nc\n\nb\n\n"},
		{"a\n\nb\n\nc\n\nd\n", 2, 4, 6, 1, false, "a\n\nc\n\nb\n\nd\n"},
		{"a\r\n\r\nb\r\n", 2, 3, 0, 1, true, "b\r\n\r\na\r\n"},
		{"a\r\n\r\nb", 0, 2, 3, 1, false, "b\r\n\r\na"},
		{"a\n\n<!-- c -->\n- b\n", 3, 4, 0, 1, true, "<!-- c -->\n- b\n\na\n"},
		{"<!-- a -->\n- a\n<!-- b\n  b -->\n- b\n", 4, 5, 1, 0, true, "<!-- b\n  b -->\n- b\n<!-- a -->\n- a\n"},
		{"- a\n<!-- b -->\n- b\n- c\n", 0, 2, 3, 0, false, "<!-- b -->\n- b\n- a\n- c\n"},
		{"- a\n  <!-- a -->\n- b\n", 2, 3, 0, 0, true, "- b\n- a\n  <!-- a -->\n"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct digest *d = model_digest(m, NULL, str_of(cases[i].text));
		struct rule rule = {.name = "test", .fix = FIX_SAFE};
		struct check c = {.rule = &rule, .arena = &m->arena, .source = d->source};
		struct finding f = {.rule = &rule};
		order_move_lines(&c, &f, d, cases[i].first, cases[i].end, cases[i].before, cases[i].blank, cases[i].last);
		struct str got = apply(m, d->source->text, &f.fix);
		if (!str_eqz(got, cases[i].moved))
			fail_msg("case %zu:\n%swanted:\n%sgot:\n%.*s", i, cases[i].text, cases[i].moved, STR_ARG(got));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find_moved),
		cmocka_unit_test(test_fewest_moved),
		cmocka_unit_test(test_move_lines),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
