#include "core/digest/block.h"

#include <stdlib.h>

#include <tree_sitter/api.h>

#include "core/base/utf8.h"
#include "core/digest/block_build.h"
#include "core/digest/block_mask.h"
#include "core/digest/block_memory.h"
#include "core/digest/block_pieces.h"
#include "core/digest/block_prefix.h"

const TSLanguage *tree_sitter_markdown(void);

/* What a node of the parser's tree is to us. */
enum node_use {
	NODE_SKIP,
	NODE_ENTER,     /* no block, but may hold some */
	NODE_LEAF,      /* a block of which only the extent counts */
	NODE_BLOCK,     /* a block with others, or with marks, in it */
	NODE_LEVEL,     /* the mark that says a heading's level */
	NODE_UNDERLINE, /* the same, of a setext heading */
	NODE_ORDERED,   /* the mark of a numbered item */
	NODE_FENCE,     /* what opens or closes a code block */
};

struct node_kind {
	const char *name;
	uint8_t use;
	uint8_t value; /* an enum block_kind, or a level */
};

static const struct node_kind kinds[] = {
	{"document", NODE_ENTER, 0},
	{"section", NODE_ENTER, 0},
	{"atx_heading", NODE_BLOCK, BLOCK_HEADING},
	{"setext_heading", NODE_BLOCK, BLOCK_HEADING},
	{"paragraph", NODE_LEAF, BLOCK_PARAGRAPH},
	{"list", NODE_BLOCK, BLOCK_LIST},
	{"list_item", NODE_BLOCK, BLOCK_ITEM},
	{"block_quote", NODE_BLOCK, BLOCK_QUOTE},
	{"fenced_code_block", NODE_BLOCK, BLOCK_FENCE},
	{"indented_code_block", NODE_LEAF, BLOCK_CODE},
	{"html_block", NODE_LEAF, BLOCK_HTML},
	{"pipe_table", NODE_LEAF, BLOCK_TABLE},
	{"thematic_break", NODE_LEAF, BLOCK_RULE},
	{"minus_metadata", NODE_LEAF, BLOCK_FRONT},
	{"plus_metadata", NODE_LEAF, BLOCK_FRONT},
	{"link_reference_definition", NODE_LEAF, BLOCK_REFERENCE},
	{"atx_h1_marker", NODE_LEVEL, 1},
	{"atx_h2_marker", NODE_LEVEL, 2},
	{"atx_h3_marker", NODE_LEVEL, 3},
	{"atx_h4_marker", NODE_LEVEL, 4},
	{"atx_h5_marker", NODE_LEVEL, 5},
	{"atx_h6_marker", NODE_LEVEL, 6},
	{"setext_h1_underline", NODE_UNDERLINE, 1},
	{"setext_h2_underline", NODE_UNDERLINE, 2},
	{"list_marker_dot", NODE_ORDERED, 0},
	{"list_marker_parenthesis", NODE_ORDERED, 0},
	{"fenced_code_block_delimiter", NODE_FENCE, 0},
};

struct block_parser {
	TSParser *ts; /* lives while a text is parsed */
	struct block_memory *memory;
	struct node_kind *kind; /* by symbol */
	size_t nr_kinds;
	struct pieces *pieces;
	char *text; /* what the parser reads, kept for the next one */
	size_t cap;
};

static struct node_kind kind_of(const TSLanguage *language, TSSymbol symbol)
{
	const char *name = ts_language_symbol_name(language, symbol);

	for (size_t i = 0; name && i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return kinds[i];
	return (struct node_kind){.use = NODE_SKIP};
}

struct block_parser *block_parser_new(void)
{
	struct block_parser *p = xcalloc(1, sizeof(*p));
	const TSLanguage *language = tree_sitter_markdown();

	p->memory = block_memory_new();
	p->pieces = pieces_new();
	p->nr_kinds = ts_language_symbol_count(language);
	p->kind = xcalloc(p->nr_kinds, sizeof(*p->kind));
	for (size_t i = 0; i < p->nr_kinds; i++)
		p->kind[i] = kind_of(language, (TSSymbol)i);
	return p;
}

void block_parser_free(struct block_parser *p)
{
	if (!p)
		return;
	block_memory_free(p->memory);
	pieces_free(p->pieces);
	free(p->kind);
	free(p->text);
	free(p);
}

/* What the parser reads. */
struct input {
	const char *p;
	uint32_t n;
	uint32_t budget; /* how many more times it may ask whether to go on */
	uint32_t off;    /* where it was when it was told not to */
	const struct block_memory *memory;
	size_t most; /* bytes of memory that it may take */
};

static const char *input_read(void *payload, uint32_t off, TSPoint point, uint32_t *n)
{
	const struct input *in = payload;

	(void)point;
	*n = off < in->n ? in->n - off : 0;
	return in->p + (off < in->n ? off : in->n);
}

static bool input_stop(TSParseState *state)
{
	struct input *in = state->payload;

	in->off = state->current_byte_offset;
	return in->budget-- == 0 || block_memory_used(in->memory) > in->most;
}

/* How many bytes from the second on belong to the character that the first one is. */
static uint32_t glued(const uint8_t *p, uint32_t n)
{
	uint32_t i = 1;

	while (i < n && p[i] == BLOCK_MASK_GLUE)
		i++;
	return i;
}

/* All bytes beyond ASCII that stand together are one letter, which is none in any locale's eyes. */
static uint32_t decode_run(const uint8_t *p, uint32_t n, int32_t *codepoint)
{
	const int32_t letter = 0x3001;

	if (*p < 0x80) {
		*codepoint = *p;
		return glued(p, n);
	}
	*codepoint = letter;
	return (uint32_t)block_mask_run((const char *)p, n);
}

static uint32_t decode_each(const uint8_t *p, uint32_t n, int32_t *codepoint)
{
	size_t i = 0;

	*codepoint = (int32_t)utf8_next((struct str){(const char *)p, n}, &i);
	return *p < 0x80 ? glued(p, n) : (uint32_t)i;
}

/* The tree, while it is made into blocks. */
struct walk {
	const struct block_parser *parser;
	TSTreeCursor cursor;
	uint32_t skip; /* bytes of the source before those that were parsed */
	struct block_build build;
};

static uint32_t add_node(struct walk *w, TSNode node, struct node_kind kind)
{
	return block_add(&w->build, kind.value, ts_node_start_byte(node) + w->skip, ts_node_end_byte(node) + w->skip);
}

/* The text of a setext heading is a paragraph to the parser. */
static bool is_heading_text(const struct block_build *b)
{
	return b->parent != BLOCK_NONE && b->v[b->parent].kind == BLOCK_HEADING;
}

static void open_node(struct walk *w, TSNode node, struct node_kind kind)
{
	w->build.parent = add_node(w, node, kind);
	w->build.quotes += kind.value == BLOCK_QUOTE;
}

/* Takes what the cursor stands on. Is there more in it? */
static bool take_node(struct walk *w, TSNode node)
{
	TSSymbol symbol = ts_node_symbol(node);
	/* The symbol of errors lies behind all others. */
	struct node_kind kind = {.use = NODE_ENTER};

	if (symbol < w->parser->nr_kinds)
		kind = w->parser->kind[symbol];
	switch ((enum node_use)kind.use) {
	case NODE_SKIP:
		break;
	case NODE_ENTER:
		return true;
	case NODE_LEAF:
		if (!is_heading_text(&w->build))
			add_node(w, node, kind);
		break;
	case NODE_BLOCK:
		open_node(w, node, kind);
		return true;
	case NODE_LEVEL:
	case NODE_UNDERLINE:
		block_mark_level(&w->build, kind.value, kind.use == NODE_UNDERLINE);
		break;
	case NODE_ORDERED:
		block_mark_ordered(&w->build);
		break;
	case NODE_FENCE:
		block_mark_fence(&w->build, ts_node_start_byte(node) + w->skip);
		break;
	}
	return false;
}

/* As deep as the blocks are nested, which is bounded before the text is parsed. */
static void walk_children(struct walk *w)
{
	if (!ts_tree_cursor_goto_first_child(&w->cursor))
		return;
	do {
		uint32_t parent = w->build.parent, quotes = w->build.quotes;
		if (take_node(w, ts_tree_cursor_current_node(&w->cursor)))
			walk_children(w);
		w->build.parent = parent;
		w->build.quotes = quotes;
	} while (ts_tree_cursor_goto_next_sibling(&w->cursor));
	ts_tree_cursor_goto_parent(&w->cursor);
}

static TSTree *parse_text(struct block_parser *p, struct input *in, enum block_mask_mode mode)
{
	TSInput input = {
		.payload = in,
		.read = input_read,
		.encoding = TSInputEncodingCustom,
		.decode = mode == BLOCK_MASK_ALL ? decode_run : decode_each,
	};
	TSParseOptions options = {.payload = in, .progress_callback = input_stop};

	p->ts = ts_parser_new();
	if (!ts_parser_set_language(p->ts, tree_sitter_markdown()))
		BUG("the grammar's version is none of the parser's");
	return ts_parser_parse_with_options(p->ts, NULL, input, options);
}

/* One round: what the parser makes of its text. False where it gave up, at byte `*off`. */
static bool read_text(struct walk *w, struct block_parser *p, enum block_mask_mode mode, uint32_t *off)
{
	/* No text that people write has come to a quarter of this. */
	const uint32_t once = 256, per_kb = 64, lines_per = 2;
	const size_t memory_once = (size_t)24 << 20, memory_per_byte = 12;
	uint32_t lines = w->build.source->lines.nr;
	uint32_t n = (uint32_t)w->build.source->text.n + 1 - w->skip;
	struct input in = {
		.p = w->build.masked + w->skip,
		.n = n,
		.budget = n / 1024 * per_kb + lines / lines_per + once,
		.memory = p->memory,
		.most = n * memory_per_byte + memory_once,
	};

	TSTree *tree = parse_text(p, &in, mode);
	if (!tree) {
		*off = in.off + w->skip;
		/* The grammar's scanner has its memory from elsewhere. */
		ts_parser_reset(p->ts);
		return false;
	}
	TSNode root = ts_tree_root_node(tree);
	w->cursor = ts_tree_cursor_new(root);
	walk_children(w);
	w->build.damaged |= ts_node_has_error(root);
	return true;
}

/* The parser and its tree are not deleted: their memory is dropped as a whole. */
static bool read_round(struct walk *w, struct block_parser *p, enum block_mask_mode mode, uint32_t *off)
{
	block_memory_begin(p->memory);
	bool done = read_text(w, p, mode, off);
	block_memory_end(p->memory);
	return done;
}

static void reserve(struct block_parser *p, size_t bytes)
{
	if (p->cap >= bytes)
		return;
	p->text = xrealloc(p->text, bytes);
	p->cap = bytes;
}

static struct walk begin(struct block_parser *p, struct arena *a, const struct source *source, char *masked,
                         uint32_t skip)
{
	struct walk w = {.parser = p, .skip = skip};
	w.build = (struct block_build){.source = source, .arena = a, .masked = masked, .parent = BLOCK_NONE};
	return w;
}

/* A piece_reader. */
static bool read_piece(void *context, struct arena *a, const struct source *piece, char *masked, struct blocks *out)
{
	struct block_parser *p = context;
	struct walk w = begin(p, a, piece, masked, 0);
	uint32_t off;
	bool read = read_round(&w, p, BLOCK_MASK_ALL, &off);
	*out = (struct blocks){.v = w.build.v, .nr = w.build.nr, .damaged = w.build.damaged};
	return read && w.build.hidden == 0;
}

static enum block_trouble read_whole(struct block_parser *p, struct arena *a, const struct source *source,
                                     uint32_t skip, enum block_mask_mode mode, struct blocks *out, uint32_t *line)
{
	/* What is hidden may have hidden more. A real text needs one round, a broken one two. */
	int rounds = 8;
	struct walk w;
	uint32_t off;
	do {
		w = begin(p, a, source, p->text, skip);
		if (!read_round(&w, p, mode, &off)) {
			*line = lines_at(&source->lines, off);
			return BLOCK_TOO_HARD;
		}
	} while (w.build.hidden > 0 && --rounds > 0);
	*out = (struct blocks){.v = w.build.v, .nr = w.build.nr, .damaged = w.build.damaged || w.build.hidden > 0};
	return BLOCK_FINE;
}

static enum block_trouble parse(struct block_parser *p, struct arena *a, const struct source *source,
                                enum block_mask_mode mode, struct blocks *out, uint32_t *line)
{
	const uint32_t skip = str_starts(source->text, STR("\xEF\xBB\xBF")) ? 3 : 0;

	*out = (struct blocks){0};
	if (block_is_deep(source, line))
		return BLOCK_TOO_DEEP;
	reserve(p, source->text.n + 1);
	block_mask(p->text, source, skip, mode);
	if (mode == BLOCK_MASK_ALL && pieces_read(p->pieces, a, source, p->text, skip, read_piece, p, out))
		return BLOCK_FINE;
	return read_whole(p, a, source, skip, mode, out, line);
}

enum block_trouble block_parse(struct block_parser *p, struct arena *a, const struct source *source, struct blocks *out,
                               uint32_t *line)
{
	return parse(p, a, source, BLOCK_MASK_ALL, out, line);
}

enum block_trouble block_parse_plain(struct block_parser *p, struct arena *a, const struct source *source,
                                     struct blocks *out, uint32_t *line)
{
	return parse(p, a, source, BLOCK_MASK_FAULTS, out, line);
}
