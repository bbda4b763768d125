/*
 * The rows of the real digests: whatever stands there, made live and defanged again it is the same. Nothing of it is printed:
 * they are other people's indicators.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/export/export.h"
#include "core/digest/builtin.h"
#include "core/digest/ioc_row.h"
#include "core/ioc/defang.h"
#include "core/ioc/indicator.h"
#include "tests/property/corpus.h"
#include "tests/property/mutate.h"

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

/* Of a text in `a`; NULL where it cannot be read. */
static const struct digest *read_digest(struct arena *a, struct str text)
{
	struct source *source = arena_new(a, struct source);
	struct blocks *blocks = arena_new(a, struct blocks);
	struct digest_facts facts = {.choice = {.template = &world.template}};
	uint32_t line;
	*source = (struct source){.path = "a.md", .relative = "a.md", .text = text, .size = text.n};
	source->lines = lines_of(a, text);
	if (block_parse(world.parser, a, source, blocks, &line) != BLOCK_FINE)
		return NULL;
	return digest_build(a, source, &facts, blocks);
}

static void check_digest(const struct sample *sample)
{
	struct arena *a = &world.arena;
	size_t nr;
	const struct digest *d = read_digest(a, sample->text);
	assert_non_null(d);
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

/* What is exported is what its type says, and reads as itself. */
static void check_exported(struct arena *a, const struct exported *x)
{
	static const enum indicator_kind kinds[] = {
		[EXPORT_IPV4] = INDICATOR_IPV4, [EXPORT_IPV6] = INDICATOR_IPV6,     [EXPORT_DOMAIN] = INDICATOR_DOMAIN,
		[EXPORT_URL] = INDICATOR_URL,   [EXPORT_EMAIL] = INDICATOR_EMAIL,   [EXPORT_MD5] = INDICATOR_HASH,
		[EXPORT_SHA1] = INDICATOR_HASH, [EXPORT_SHA256] = INDICATOR_HASH,   [EXPORT_SHA512] = INDICATOR_HASH,
		[EXPORT_HASH] = INDICATOR_HASH, [EXPORT_WALLET] = INDICATOR_WALLET, [EXPORT_CVE] = INDICATOR_CVE,
		[EXPORT_ASN] = INDICATOR_ASN,
	};
	struct indicator live, shown;
	assert_true(str_eq(refang(a, x->live), x->live));
	if (x->type >= EXPORT_FILE)
		return;
	indicator_read(a, x->live, &live);
	indicator_read(a, x->shown, &shown);
	assert_int_equal(live.kind, kinds[x->type]);
	assert_int_equal(live.flaw, FLAW_NONE);
	assert_true(str_eq(live.live, x->live) && str_eq(shown.live, x->live));
	assert_int_equal(x->host.n > 0, x->type <= EXPORT_DOMAIN);
	assert_int_equal(live.port && x->type <= EXPORT_DOMAIN, x->port.n > 0);
}

static size_t check_exports(struct arena *a, struct str text)
{
	static export_writer *const writers[] = {export_csv, export_json, export_text, export_stix, export_misp};
	size_t nr, values = 0;
	struct exports e = {0};
	const struct digest *d = read_digest(a, text);
	const struct ioc_row *row = d ? ioc_rows(a, d, &nr) : NULL;
	if (!d)
		return 0;
	for (size_t i = 0; i < nr; i++)
		values += row[i].kind == IOC_ROW_VALUES && row[i].value.len;
	export_read(a, d, (1U << EXPORT_TYPES) - 1, true, &e);
	assert_int_equal(e.nr, values);
	for (size_t i = 0; i < e.nr; i++)
		check_exported(a, &e.v[i]);
	for (size_t i = 0; i < ARRAY_SIZE(writers); i++) {
		struct buf out = {0};
		assert_true(writers[i](a, &e, &out) <= e.nr);
		buf_release(&out);
	}
	return e.nr;
}

/* Also of digests in which something went wrong. */
static void test_exports(void **state)
{
	enum { CHANGES = 8 };
	struct arena scratch = {0};
	uint64_t seed = 88172645463325252;
	size_t rows = 0;
	(void)state;
	if (!world.digests.nr)
		skip();
	for (size_t i = 0; i < world.digests.nr; i++) {
		struct str text = world.digests.v[i].text;
		for (size_t k = 0; k < CHANGES; k++) {
			size_t nr = check_exports(&scratch, text);
			rows += k ? 0 : nr;
			text = mutate(&scratch, &seed, text);
		}
		arena_reset(&scratch);
	}
	assert_int_equal(rows, world.rows);
	arena_release(&scratch);
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
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_exports),
	                                   cmocka_unit_test(test_cells)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
