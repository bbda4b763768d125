/*
 * The rows of the real digests: whatever stands there, made live and defanged again it is the same. Nothing of it is printed:
 * they are other people's indicators.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/digest/builtin.h"
#include "core/digest/ioc_row.h"
#include "core/ioc/defang.h"
#include "core/ioc/indicator.h"
#include "tests/property/corpus.h"

enum { FEWEST_ROWS = 500 };

static struct {
	struct arena arena;
	struct block_parser *parser;
	struct template template;
	struct corpus digests;
	size_t rows, network, unsafe;
} world;

static void check_row(const struct digest *d, const struct ioc_row *row)
{
	struct arena *a = &world.arena;
	struct indicator is;
	struct str written = digest_str(d, row->value);
	struct str live = refang(a, written), canonical = defang(a, written);
	struct spelling s = spelling_read(canonical);

	assert_true(str_eq(refang(a, live), live));
	assert_true(str_eq(refang(a, canonical), live));
	assert_true(str_eq(defang(a, canonical), canonical));
	assert_true(str_eq(refang(a, defang(a, live)), live));
	assert_true(s.live_dots == 0);
	indicator_read(a, written, &is);
	bool network = is.kind && is.kind <= INDICATOR_EMAIL;
	assert_true(is.kind || !is.flaw);
	if (network && !s.host.len)
		world.unsafe++;
	world.network += network;
	world.rows++;
}

static void check_digest(const struct sample *sample)
{
	struct arena *a = &world.arena;
	struct source *source = arena_new(a, struct source);
	struct blocks *blocks = arena_new(a, struct blocks);
	struct digest_facts facts = {.choice = {.template = &world.template}};
	uint32_t line;
	size_t nr;
	*source = (struct source){.path = "a.md", .relative = "a.md", .text = sample->text, .size = sample->text.n};
	source->lines = lines_of(a, sample->text);
	assert_int_equal(block_parse(world.parser, a, source, blocks, &line), BLOCK_FINE);
	const struct digest *d = digest_build(a, source, &facts, blocks);
	const struct ioc_row *row = ioc_rows(a, d, &nr);
	for (size_t i = 0; i < nr; i++)
		if (row[i].kind == IOC_ROW_VALUES)
			check_row(d, &row[i]);
}

static void test_rows(void **state)
{
	(void)state;
	if (!world.digests.nr)
		skip();
	for (size_t i = 0; i < world.digests.nr; i++)
		check_digest(&world.digests.v[i]);
	assert_true(world.rows >= FEWEST_ROWS);
	assert_true(world.network * 2 > world.rows);
	assert_int_equal(world.unsafe, 0);
}

/* Every cell of every line, indicator or not. */
static void test_cells(void **state)
{
	struct arena scratch = {0};
	(void)state;
	if (!world.digests.nr)
		skip();
	for (size_t i = 0; i < world.digests.nr; i++) {
		struct str text = world.digests.v[i].text, line, cell;
		while (str_split(&text, '\n', &line)) {
			for (struct str rest = line; str_split(&rest, ',', &cell);) {
				struct str live = refang(&scratch, str_trim(cell));
				assert_true(str_eq(refang(&scratch, defang(&scratch, live)), live));
			}
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

static int setup(void **state)
{
	(void)state;
	corpus_folder(&world.digests, SDI_SHARED_DIR "/digests");
	world.parser = block_parser_new();
	const struct builtin_template *b = &builtin_templates[0];
	struct source *source = arena_new(&world.arena, struct source);
	*source = (struct source){.path = b->name, .relative = b->name, .text = {b->text, b->size}, .size = b->size};
	source->lines = lines_of(&world.arena, source->text);
	template_parse(&world.arena, world.parser, source, true, &world.template);
	assert_int_equal(world.template.mistakes, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	block_parser_free(world.parser);
	arena_release(&world.digests.arena);
	arena_release(&world.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_cells)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
