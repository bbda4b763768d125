/* What is hidden from the block parser to make it fast changes nothing that it finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/digest/block.h"
#include "tests/property/corpus.h"

enum { SPLICES = IS_SANITIZED ? 3000 : 20000 };

static bool same_block(const struct block *a, const struct block *b)
{
	return a->kind == b->kind && a->level == b->level && a->ordered == b->ordered && a->setext == b->setext &&
	       a->depth == b->depth && a->parent == b->parent && a->first == b->first && a->end == b->end;
}

static bool same_blocks(const struct blocks *a, const struct blocks *b)
{
	if (a->nr != b->nr)
		return false;
	for (size_t i = 0; i < a->nr; i++)
		if (!same_block(&a->v[i], &b->v[i]))
			return false;
	return true;
}

struct tally {
	struct block_parser *parser;
	struct arena arena;
	size_t damaged; /* one of the two was not sure */
	size_t differ;  /* of those */
};

static void compare(struct tally *t, const char *name, struct str text)
{
	struct source source = {.text = text, .lines = lines_of(&t->arena, text)};
	struct blocks fast, plain;
	uint32_t fast_line = 0, plain_line = 0;

	enum block_trouble trouble = block_parse(t->parser, &t->arena, &source, &fast, &fast_line);
	assert_int_equal(block_parse_plain(t->parser, &t->arena, &source, &plain, &plain_line), trouble);
	assert_int_equal(fast_line, plain_line);
	bool same = same_blocks(&fast, &plain) && fast.damaged == plain.damaged;
	bool damaged = fast.damaged || plain.damaged;
	if (!same && !damaged)
		fail_msg("%s:\n%.*s", name, STR_ARG(text));
	t->damaged += damaged;
	t->differ += !same;
	arena_reset(&t->arena);
}

static void compare_all(struct block_parser *parser, const struct corpus *corpus)
{
	struct tally t = {.parser = parser};

	for (size_t i = 0; i < corpus->nr; i++)
		compare(&t, corpus->v[i].name, corpus->v[i].text);
	assert_int_equal(t.damaged, 0);
	arena_release(&t.arena);
}

static void read_spec(struct corpus *corpus)
{
	corpus_spec(corpus, SDI_SOURCE_DIR "/node_modules/commonmark-spec/spec.txt");
	if (corpus->nr == 0)
		skip();
}

static void test_digests(void **state)
{
	struct corpus corpus = {0};

	corpus_folder(&corpus, SDI_SHARED_DIR "/digests");
	if (corpus.nr == 0)
		skip();
	compare_all(*state, &corpus);
	arena_release(&corpus.arena);
}

static void test_specification(void **state)
{
	struct corpus corpus = {0};

	read_spec(&corpus);
	compare_all(*state, &corpus);
	arena_release(&corpus.arena);
}

/* Marsaglia's xorshift: the same texts everywhere. */
static size_t draw(uint64_t *seed, size_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (size_t)((*seed >> 16) % below);
}

/* One of a text's lines, with its ending; the longer the likelier. */
static struct str draw_line(uint64_t *seed, struct str text)
{
	size_t from = draw(seed, text.n + 1);

	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	return str_slice(text, from, str_find_byte(text, from, '\n') + 1);
}

static struct str splice(uint64_t *seed, struct arena *a, const struct corpus *spec, const struct corpus *digests)
{
	struct str text = STR("");

	for (size_t i = 2 + draw(seed, 8); i > 0; i--) {
		const struct corpus *c = digests->nr > 0 && draw(seed, 3) == 0 ? digests : spec;
		struct str line = draw_line(seed, c->v[draw(seed, c->nr)].text);
		text = arena_printf(a, "%.*s%.*s", STR_ARG(text), STR_ARG(line));
	}
	return text;
}

static void test_splices(void **state)
{
	struct corpus spec = {0}, digests = {0};
	struct tally t = {.parser = *state};
	const size_t splices = SPLICES;
	uint64_t seed = 88172645463325252;

	read_spec(&spec);
	corpus_folder(&digests, SDI_SHARED_DIR "/digests");
	for (size_t i = 0; i < splices; i++)
		compare(&t, "splice", splice(&seed, &t.arena, &spec, &digests));
	print_message("%zu splices, %zu damaged, of which %zu differ\n", splices, t.damaged, t.differ);
	assert_in_range(t.damaged, 0, splices / 25);
	assert_in_range(t.differ, 0, splices / 5000);
	arena_release(&t.arena);
	arena_release(&spec.arena);
	arena_release(&digests.arena);
}

static int set_up(void **state)
{
	*state = block_parser_new();
	return 0;
}

static int tear_down(void **state)
{
	block_parser_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_specification),
		cmocka_unit_test(test_splices),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
