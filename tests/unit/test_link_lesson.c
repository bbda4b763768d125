#include "tests/unit/scratch.h"

#include "lint/links/lesson.h"

static const struct {
	struct link_verdict verdict;
	enum answer_kind kind;
	bool sure;
	const char *moved_to;
} lessons[] = {
	{{LINK_OK, "found", false}, ANSWER_FINE, true, ""},
	{{LINK_MOVED, "moved", false}, ANSWER_FINE, true, "https://example.com/new"},
	{{LINK_BROKEN, "404", false}, ANSWER_GONE, true, ""},
	{{LINK_BROKEN, "404", true}, ANSWER_GONE, false, ""},
	{{LINK_NO_HOST, "no-such-host", false}, ANSWER_TROUBLE, true, ""},
	{{LINK_BLOCKED, "forbidden", false}, ANSWER_UNSURE, true, ""},
	{{LINK_TIMEOUT, "connect-timeout", false}, ANSWER_TROUBLE, true, ""},
	{{LINK_TLS, "expired", false}, ANSWER_TROUBLE, true, ""},
	{{LINK_TLS, "incomplete-chain", false}, ANSWER_UNSURE, true, ""},
	{{LINK_NO_FRAGMENT, "no-such-place", false}, ANSWER_FINE, true, ""},
	{{LINK_SOFT_404, "redirects-to-front", false}, ANSWER_UNSURE, true, ""},
	{{LINK_UNSAFE, "private-address", false}, ANSWER_NOTHING, true, ""},
	{{LINK_LEFT_OUT, "network", false}, ANSWER_NOTHING, true, ""},
};

static void test_lessons(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lessons); i++) {
		const struct link_verdict *v = &lessons[i].verdict;
		struct answer_look look = link_lesson(v, 200, STR("https://example.com/new"));
		if (look.kind != lessons[i].kind || look.sure != lessons[i].sure ||
		    !str_eqz(look.moved_to, lessons[i].moved_to))
			fail_msg("%zu: %s: kind %d", i, v->reason, (int)look.kind);
		assert_true(str_eqz(look.outcome, link_outcome_name(v->outcome)) && str_eqz(look.reason, v->reason));
		assert_int_equal(look.status, 200);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_lessons)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
