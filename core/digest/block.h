/*
 * The block structure of a Markdown text (CommonMark and GitHub's tables): the only door to tree-sitter.
 * Inline structure is not looked at.
 */
#pragma once

#include "core/base/arena.h"
#include "core/source/source.h"

enum block_kind {
	BLOCK_HEADING,   /* level 1–6; `setext` for underlined ones */
	BLOCK_PARAGRAPH, /* also what a list item or a quote begins with */
	BLOCK_LIST,      /* `ordered` */
	BLOCK_ITEM,
	BLOCK_QUOTE,
	BLOCK_FENCE, /* ``` or ~~~ */
	BLOCK_CODE,  /* indented */
	BLOCK_HTML,
	BLOCK_TABLE,
	BLOCK_RULE,      /* thematic break */
	BLOCK_FRONT,     /* metadata between --- at the top */
	BLOCK_REFERENCE, /* link reference definition */
};

#define BLOCK_NONE UINT32_MAX

struct block {
	uint8_t kind;
	uint8_t level;   /* headings */
	bool ordered;    /* lists */
	bool setext;     /* headings */
	uint16_t depth;  /* how many blocks enclose it */
	uint32_t parent; /* index, BLOCK_NONE at the top */
	uint32_t first;  /* line, from 0 */
	uint32_t end;    /* the line behind its last one that is not blank */
};

struct blocks {
	const struct block *v; /* in the order of the text, a parent before its children */
	size_t nr;
	bool damaged; /* the parser was not sure: trust lines, not structure */
};

enum block_trouble {
	BLOCK_FINE,
	BLOCK_TOO_DEEP, /* more than 64 containers on a line, or levels of indent: not parsed */
	BLOCK_TOO_HARD, /* the parser's budget of work or of memory ran out */
};

/* A parser with its memory; belongs to one thread. */
struct block_parser;
struct block_parser *block_parser_new(void);
void block_parser_free(struct block_parser *p);

/*
 * Reads `source`, which must be UTF-8 without NUL. `*out` lives in the arena. In trouble `*out` is empty and `*line` is the
 * line (from 0) where it was noticed.
 */
enum block_trouble block_parse(struct block_parser *p, struct arena *a, const struct source *source, struct blocks *out,
                               uint32_t *line);
/*
 * The same parse without the short cuts that make it fast; for the test that compares both.
 */
enum block_trouble block_parse_plain(struct block_parser *p, struct arena *a, const struct source *source,
                                     struct blocks *out, uint32_t *line);
