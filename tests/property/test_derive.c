/* A template out of whatever text: it is a template, and the text it came from is read by it. */
#include "fix/append.h"
#include "fix/derive.h"
#include "tests/property/world.h"

enum { MUTATIONS = 3000 };

static const char *where;
static size_t derived, refused;

static bool reads_entries(struct arena *a, struct str template, struct str text)
{
	struct template *t = arena_new(a, struct template);
	struct source source = {.path = "t.md", .text = template, .size = template.n, .lines = lines_of(a, template)};
	template_parse(a, world.parser, &source, false, t);
	const struct digest *d = append_read(a, world.parser, t, text);
	size_t entries = 0;
	FOR_EACH_ENTRY (d, e)
		entries += e->nr > 0;
	return d->title.len && entries > 0;
}

static void check(struct str text, bool read)
{
	struct arena a = {0};
	struct derive_wish wish = {&world.template [0], STR("{yyyyMMdd}.md"), { 2026, 11, 22 }, where};
	struct derived out;
	struct err err;
	bool made = derive_template(&a, world.parser, &wish, text, &out, &err) == 0;
	derived += made;
	refused += !made;
	/* What a template gives a meaning of its own to, it cannot show. */
	bool odd = str_find_byte(text, 0, '{') < text.n || str_find(text, 0, STR("<!--")) < text.n;
	if (!made && !odd && strncmp(err.text, "no template comes", 17) == 0)
		fail_msg("%s: %s, of:\n%.*s\nin:\n%s", where, err.text, STR_ARG(text), out.text.p);
	if (made && read && !reads_entries(&a, out.text, text))
		fail_msg("%s: nothing is read by:\n%s", where, out.text.p);
	arena_release(&a);
}

static void test_new_digests(void **state)
{
	(void)state;
	for (size_t t = 0; t < TEMPLATES; t++) {
		where = world.template[t].name;
		derived = 0;
		check(template_fill(
				  &world.arena, &world.template [t], (struct date) { 2026, 11, 22 }),
		      false);
	}
	check(STR(""), false);
	check(STR("# 題"), false);
}

static void test_digests(void **state)
{
	(void)state;
	if (!world.digests.nr)
		skip();
	derived = 0;
	for (size_t i = 0; i < world.digests.nr; i++) {
		where = world.digests.v[i].name;
		check(world.digests.v[i].text, true);
	}
	assert_int_equal(derived, world.digests.nr);
}

static void test_mutations(void **state)
{
	uint64_t seed = 2685821657736338717;
	struct arena a = {0};
	(void)state;
	where = "mutation";
	derived = refused = 0;
	for (size_t i = 0; i < MUTATIONS; i++) {
		const struct corpus *c = world.digests.nr && draw(&seed, 2) ? &world.digests : &world.examples;
		struct str text = c->v[draw(&seed, c->nr)].text;
		for (size_t k = 1 + draw(&seed, 8); k > 0; k--)
			text = mutate(&a, &seed, text);
		check(text, false);
		arena_reset(&a);
	}
	arena_release(&a);
	print_message("%d mutations: %zu templates, %zu refused\n", (int)MUTATIONS, derived, refused);
	assert_in_range(derived, MUTATIONS / 8, MUTATIONS);
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
