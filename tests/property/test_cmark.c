/* The blocks are those that GitHub's own parser finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "core/digest/block.h"
#include "tests/property/corpus.h"

/* What both parsers must agree on. */
struct row {
	int kind, level, depth, ordered;
	int first; /* line, from 0 */
	int end;   /* paragraphs only: cmark is not sure about others */
};

struct rows {
	struct arena *arena;
	struct row *v;
	size_t nr, cap;
};

static void add_row(struct rows *rows, struct row row)
{
	rows->v = arena_grow(rows->arena, rows->v, rows->nr, &rows->cap, sizeof(*rows->v));
	rows->v[rows->nr++] = row;
}

static int kind_of(cmark_node *node)
{
	static const struct {
		const char *name;
		enum block_kind kind;
	} kinds[] = {
		{"heading", BLOCK_HEADING}, {"paragraph", BLOCK_PARAGRAPH}, {"list", BLOCK_LIST},
		{"item", BLOCK_ITEM},       {"block_quote", BLOCK_QUOTE},   {"code_block", BLOCK_CODE},
		{"html_block", BLOCK_HTML}, {"table", BLOCK_TABLE},         {"thematic_break", BLOCK_RULE},
	};
	const char *name = cmark_node_get_type_string(node);
	int length, offset;
	char fence;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0) {
			bool fenced = kinds[i].kind == BLOCK_CODE && cmark_node_get_fenced(node, &length, &offset, &fence);
			return fenced ? BLOCK_FENCE : (int)kinds[i].kind;
		}
	fail_msg("a node of type %s", name);
	return -1;
}

static struct row cmark_row(cmark_node *node, int depth)
{
	int kind = kind_of(node);

	return (struct row){
		.kind = kind,
		.level = kind == BLOCK_HEADING ? cmark_node_get_heading_level(node) : 0,
		.depth = depth,
		.ordered = kind == BLOCK_LIST && cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
		.first = cmark_node_get_start_line(node) - 1,
		.end = kind == BLOCK_PARAGRAPH ? cmark_node_get_end_line(node) : 0,
	};
}

static void add_children(struct rows *rows, cmark_node *parent, int depth)
{
	for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
		struct row row = cmark_row(node, depth);
		add_row(rows, row);
		if (row.kind == BLOCK_LIST || row.kind == BLOCK_ITEM || row.kind == BLOCK_QUOTE)
			add_children(rows, node, depth + 1);
	}
}

static struct rows cmark_rows(struct arena *a, struct str text)
{
	struct rows rows = {.arena = a};
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);

	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, text.p, text.n);
	cmark_node *document = cmark_parser_finish(parser);
	add_children(&rows, document, 0);
	cmark_node_free(document);
	cmark_parser_free(parser);
	return rows;
}

/* cmark takes link reference definitions away. */
static struct rows our_rows(struct arena *a, struct block_parser *p, struct str text)
{
	struct rows rows = {.arena = a};
	struct source source = {.text = text, .lines = lines_of(a, text)};
	struct blocks blocks;
	uint32_t line = 0;

	if (block_parse(p, a, &source, &blocks, &line) != BLOCK_FINE || blocks.damaged)
		return rows;
	for (size_t i = 0; i < blocks.nr; i++) {
		const struct block *b = &blocks.v[i];
		if (b->kind == BLOCK_REFERENCE)
			continue;
		add_row(&rows, (struct row){
						   .kind = b->kind,
						   .level = b->level,
						   .depth = b->depth,
						   .ordered = b->ordered,
						   .first = (int)b->first,
						   .end = b->kind == BLOCK_PARAGRAPH ? (int)b->end : 0,
					   });
	}
	return rows;
}

static bool agree(struct block_parser *p, struct str text)
{
	struct arena arena = {0};
	struct rows ours = our_rows(&arena, p, text), theirs = cmark_rows(&arena, text);
	bool same = ours.nr == theirs.nr && (ours.nr == 0 || memcmp(ours.v, theirs.v, ours.nr * sizeof(*ours.v)) == 0);

	arena_release(&arena);
	return same;
}

static void test_digests(void **state)
{
	struct corpus corpus = {0};

	corpus_folder(&corpus, SDI_SHARED_DIR "/digests");
	if (corpus.nr == 0)
		skip();
	for (size_t i = 0; i < corpus.nr; i++)
		if (!agree(*state, corpus.v[i].text))
			fail_msg("%s", corpus.v[i].name);
	print_message("%zu digests\n", corpus.nr);
	arena_release(&corpus.arena);
}

/* Where we differ from cmark, by number; each for a reason. */
static const struct {
	size_t example;
	const char *reason;
} known[] = {
	{96, "front matter"},
	{98, "front matter"},
	{208, "cmark counts definitions as a part of the paragraph behind"},
	{210, "cmark counts definitions as a part of the paragraph behind"},
	{215, "cmark counts definitions as a part of the heading behind"},
	{216, "cmark counts definitions as a part of the paragraph behind"},
	{552, "the grammar defines a link of a blank label"},
};

static const char *known_reason(size_t example)
{
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (known[i].example == example)
			return known[i].reason;
	return NULL;
}

static void test_specification(void **state)
{
	struct corpus corpus = {0};
	size_t misses = 0;

	corpus_spec(&corpus, SDI_SOURCE_DIR "/node_modules/commonmark-spec/spec.txt");
	if (corpus.nr == 0)
		skip();
	assert_int_equal(corpus.nr, 652);
	for (size_t i = 0; i < corpus.nr; i++) {
		bool same = agree(*state, corpus.v[i].text);
		if (same != !known_reason(i + 1))
			fail_msg("%s %s:\n%.*s", corpus.v[i].name, same ? "agrees now" : "differs", STR_ARG(corpus.v[i].text));
		misses += !same;
	}
	assert_int_equal(misses, ARRAY_SIZE(known));
	arena_release(&corpus.arena);
}

static int set_up(void **state)
{
	cmark_gfm_core_extensions_ensure_registered();
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
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
