/*
 * Whatever the text: fixing comes to an end, twice is once, no finding is added, and an independent reader (GitHub's own
 * parser) sees the same headings, items, links and code, but for what the rules of the fixes say they change.
 */
#include <stdlib.h>

#include "tests/property/world.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "core/base/utf8.h"
#include "core/ioc/defang.h"
#include "fix/fix.h"
#include "fix/suppress.h"

enum { MUTATIONS = IS_SANITIZED ? 300 : 2500 };

static struct {
	size_t fixes, left_out, fighting, ignored;
} seen;

static const char *where;

#define HOLDS(what)                                                                              \
	do {                                                                                         \
		if (!(what))                                                                             \
			fail_msg("%s: %s\n%.*s\n----\n%.*s", where, #what, STR_ARG(before), STR_ARG(after)); \
	} while (0)

/* ---- what another reader sees ---- */

enum { HEADINGS, ITEMS, LINKS, CODE, KINDS };

struct view {
	struct arena *a;
	struct str *v[KINDS];
	size_t nr[KINDS], cap[KINDS];
	size_t indented; /* blocks of code without fences */
};

static void see(struct view *view, int kind, struct str what)
{
	view->v[kind] = arena_grow(view->a, view->v[kind], view->nr[kind], &view->cap[kind], sizeof(struct str));
	view->v[kind][view->nr[kind]++] = arena_str(view->a, what);
}

/*
 * Items that are indented too far are code to Markdown, and items to the digest model: what is mended around them may change
 * that, and then what stands in them is seen for the first time.
 */
static bool is_fenced(cmark_node *node)
{
	int length, offset;
	char fence;
	return cmark_node_get_fenced(node, &length, &offset, &fence);
}

static void see_node(struct view *view, cmark_node *node)
{
	const char *type = cmark_node_get_type_string(node);
	if (!strcmp(type, "heading"))
		see(view, HEADINGS, arena_printf(view->a, "%d", cmark_node_get_heading_level(node)));
	else if (!strcmp(type, "item"))
		see(view, ITEMS, STR(""));
	else if (!strcmp(type, "link"))
		see(view, LINKS, refang(view->a, str_of(cmark_node_get_url(node))));
	else if (!strcmp(type, "code") || (!strcmp(type, "code_block") && is_fenced(node)))
		see(view, CODE, str_of(cmark_node_get_literal(node)));
	view->indented += !strcmp(type, "code_block") && !is_fenced(node);
}

static int by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static struct view view_of(struct arena *a, struct str text)
{
	struct view view = {.a = a};
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, text.p, text.n);
	cmark_node *document = cmark_parser_finish(parser);
	cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
		if (e == CMARK_EVENT_ENTER)
			see_node(&view, cmark_iter_get_node(iter));
	cmark_iter_free(iter);
	cmark_node_free(document);
	cmark_parser_free(parser);
	for (int i = 0; i < KINDS; i++)
		if (view.nr[i])
			qsort(view.v[i], view.nr[i], sizeof(struct str), by_text);
	return view;
}

/* Are all that x holds in y, too? Both are sorted. */
static bool is_kept(const struct view *x, const struct view *y, int kind)
{
	size_t k = 0;
	for (size_t i = 0; i < x->nr[kind]; i++, k++) {
		while (k < y->nr[kind] && str_cmp(y->v[kind][k], x->v[kind][i]) < 0)
			k++;
		if (k == y->nr[kind] || !str_eq(y->v[kind][k], x->v[kind][i]))
			return false;
	}
	return true;
}

static void compare_views(struct arena *a, struct str before, struct str after, unsigned changes)
{
	static const unsigned leave[KINDS] = {FACT_HEADING, FACT_BULLET, FACT_LINK | FACT_ARTICLE, FACT_CODE};
	static const char *const names[KINDS] = {"headings", "items", "links", "code"};
	struct view x = view_of(a, before), y = view_of(a, after);
	for (int i = 0; i < KINDS; i++)
		if (!(changes & leave[i])) {
			bool same = is_kept(&x, &y, i) && (x.indented > y.indented || is_kept(&y, &x, i));
			if (!same)
				print_message("%s: %zu, then %zu\n", names[i], x.nr[i], y.nr[i]);
			HOLDS(same);
		}
}

/* ---- what a program downstream reads, line by line ---- */

static size_t count(struct str text, const char *start)
{
	struct str rest = text, line;
	size_t nr = 0;
	while (rest.p && str_split(&rest, '\n', &line))
		nr += str_starts(line, str_of(start)) && str_trim(line).n > strlen(start);
	return nr;
}

static size_t count_cves(struct str text)
{
	size_t nr = 0;
	for (size_t i = 0; (i = str_find(text, i, STR("CVE-20"))) < text.n; i++)
		nr++;
	return nr;
}

/* ---- fixing ---- */

static unsigned changes_of(const struct fix_result *r)
{
	unsigned changes = 0;
	for (size_t i = 0; i < rules_table_nr; i++)
		changes |= r->fixed[i] ? rules_table[i]->changes : 0;
	return changes;
}

static void count_findings(const struct job *job, size_t *of_rule)
{
	for (size_t i = 0; i < job->findings.nr; i++)
		of_rule[rule_index(job->findings.v[i].rule)]++;
}

static void compare_findings(struct arena *a, const struct job *old, const struct job *new)
{
	struct str before = old->source.text, after = new->source.text;
	size_t *was = arena_array(a, size_t, rules_table_nr), *is = arena_array(a, size_t, rules_table_nr);
	count_findings(old, was);
	count_findings(new, is);
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (is[i] > was[i])
			print_message("more of %s\n", rules_table[i]->name);
		HOLDS(is[i] <= was[i]);
	}
}

static void check_again(const struct template *t, struct str text, const struct fix_text_wish *wish)
{
	struct job job = world_job(t, text);
	struct fix_result r;
	struct str before = text;
	fix_text(&job, world.parser, wish, &r);
	struct str after = job.source.text;
	HOLDS(!r.changed && !r.nr_fighting && str_eq(before, after));
	fix_result_release(&r);
	job_release(&job);
}

static void check_fix(const struct template *t, struct str text, const struct fix_text_wish *wish)
{
	struct arena a = {0};
	struct job job = world_job(t, text);
	struct fix_result r;
	bool readable = fix_text(&job, world.parser, wish, &r);
	struct str before = text, after = arena_str(&a, job.source.text);
	HOLDS(r.changed == !str_eq(before, after));
	HOLDS(utf8_check(after) == after.n || !readable);
	HOLDS(!r.changed || r.fixes || r.ignored);
	if (r.changed) {
		compare_findings(&a, &r.before, &job);
		compare_views(&a, before, after, changes_of(&r));
		HOLDS(count(after, "#### ") >= count(before, "#### ") || changes_of(&r) & FACT_HEADING);
		/* A line that ends in CR goes on, to who reads up to LF. */
		HOLDS(count(after, "- ") >= count(before, "- ") || changes_of(&r) & (FACT_BULLET | FACT_FIELD) ||
		      str_find_byte(before, 0, '\r') < before.n);
		HOLDS(count_cves(after) >= count_cves(before));
	}
	seen.fixes += r.fixes;
	seen.left_out += r.nr_left_out;
	seen.fighting += r.nr_fighting > 0;
	seen.ignored += r.ignored;
	bool again = !r.nr_fighting;
	fix_result_release(&r);
	job_release(&job);
	if (again)
		check_again(t, after, wish);
	arena_release(&a);
}

static const struct fix_text_wish safe = {.least = FIX_SAFE}, unsafe = {.least = FIX_UNSAFE},
								  ignoring = {.least = FIX_SAFE, .ignore_reason = STR_INIT("受け継いだもの")};

static void check_corpus(const struct corpus *c)
{
	for (size_t i = 0; i < c->nr; i++) {
		where = c->v[i].name;
		for (size_t t = 0; t < TEMPLATES; t++) {
			check_fix(&world.template[t], c -> v[i].text, &safe);
			check_fix(&world.template[t], c -> v[i].text, i % 2 ? &unsafe : &ignoring);
		}
	}
}

static void test_examples(void **state)
{
	(void)state;
	check_corpus(&world.examples);
}

static void test_digests(void **state)
{
	(void)state;
	if (!world.digests.nr)
		skip();
	check_corpus(&world.digests);
	print_message("%zu fixes, %zu left out\n", seen.fixes, seen.left_out);
}

static void test_mutations(void **state)
{
	static const struct fix_text_wish *const wishes[] = {&safe, &safe, &unsafe, &ignoring};
	uint64_t seed = 1181783497276652981;
	struct arena a = {0};
	size_t fixes = seen.fixes;
	(void)state;
	where = "mutation";
	for (size_t i = 0; i < MUTATIONS; i++) {
		const struct corpus *c = world.digests.nr && draw(&seed, 3) == 0 ? &world.digests : &world.examples;
		struct str text = c->v[draw(&seed, c->nr)].text;
		for (size_t k = 1 + draw(&seed, 6); k > 0; k--)
			text = mutate(&a, &seed, text);
		check_fix(&world.template[draw(&seed, TEMPLATES)], text, wishes[i % ARRAY_SIZE(wishes)]);
		arena_reset(&a);
	}
	arena_release(&a);
	print_message("%d mutations: %zu fixes, %zu left out, %zu texts with rules that fight, %zu suppressed\n",
	              (int)MUTATIONS, seen.fixes - fixes, seen.left_out, seen.fighting, seen.ignored);
	assert_in_range(seen.fixes - fixes, MUTATIONS, SIZE_MAX);
	assert_in_range(seen.ignored, MUTATIONS / 4, SIZE_MAX);
	/* Rare, or the rules are wrong. */
	assert_in_range(seen.left_out, 0, seen.fixes / 50);
	assert_int_equal(seen.fighting, 0);
}

static int set_up(void **state)
{
	cmark_gfm_core_extensions_ensure_registered();
	return world_set_up(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_mutations),

	};
	return cmocka_run_group_tests(tests, set_up, world_tear_down);
}
