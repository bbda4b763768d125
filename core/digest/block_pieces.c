#include "core/digest/block_pieces.h"

#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/fnv.h"
#include "core/digest/block_mask.h"
#include "core/digest/block_prefix.h"

enum {
	SLOTS = 4096,         /* a power of two; at most three of four are used */
	LONGEST_SHAPE = 4096, /* bytes: above, a piece is hardly seen again */
	MOST_MEMORY = 4 * 1024 * 1024,
};

struct slot {
	struct str shape;
	struct blocks blocks; /* lines and parents count from the piece's first */
};

struct pieces {
	struct arena arena; /* shapes and their blocks */
	struct slot slot[SLOTS];
	size_t used, bytes;
	/* The piece in hand. */
	char *text;
	size_t cap;
	uint32_t *start; /* of its lines */
	size_t cap_lines;
};

struct pieces *pieces_new(void)
{
	return xcalloc(1, sizeof(struct pieces));
}

void pieces_free(struct pieces *p)
{
	if (!p)
		return;
	arena_release(&p->arena);
	free(p->text);
	free(p->start);
	free(p);
}

static void forget(struct pieces *p)
{
	arena_reset(&p->arena);
	memset(p->slot, 0, sizeof(p->slot));
	p->used = p->bytes = 0;
}

static uint64_t hash_of(struct str s)
{
	uint64_t h = fnv_add(FNV_START, s);
	return h ^ h >> 32;
}

static struct slot *find(struct pieces *p, struct str shape)
{
	size_t i = hash_of(shape) & (SLOTS - 1);
	while (p->slot[i].shape.p && !str_eq(p->slot[i].shape, shape))
		i = (i + 1) & (SLOTS - 1);
	return &p->slot[i];
}

static void reserve(struct pieces *p, size_t bytes, size_t lines)
{
	if (p->cap < bytes) {
		p->text = xrealloc(p->text, bytes);
		p->cap = bytes;
	}
	if (p->cap_lines < lines) {
		p->start = xrealloc(p->start, lines * sizeof(*p->start));
		p->cap_lines = lines;
	}
}

/* One line in as few bytes as say the same: a run of letters is one, and so is what is glued to the character before. */
static char *shrink_line(char *out, const char *from, const char *to)
{
	const char glue = (char)BLOCK_MASK_GLUE, letter = (char)BLOCK_MASK_LETTER;
	while (from < to) {
		if ((unsigned char)*from < 0x80) {
			*out++ = *from++;
			continue;
		}
		if (*from != glue) {
			*out++ = letter;
			from += block_mask_run(from, (size_t)(to - from));
			continue;
		}
		*out++ = glue;
		while (from < to && *from == glue)
			from++;
	}
	return out;
}

/* The shape of lines [first, end): p->text and p->start. */
static struct str shape_of(struct pieces *p, const struct source *source, const char *masked, uint32_t first,
                           uint32_t end, uint32_t skip)
{
	const uint32_t *start = source->lines.start;
	reserve(p, start[end] - start[first] + 2, end - first + 1);
	char *out = p->text;
	for (uint32_t i = first; i < end; i++) {
		p->start[i - first] = (uint32_t)(out - p->text);
		out = shrink_line(out, masked + start[i] + (i == 0 ? skip : 0), masked + start[i + 1]);
	}
	p->start[end - first] = (uint32_t)(out - p->text);
	*out = '\n';
	return (struct str){p->text, (size_t)(out - p->text)};
}

static bool begins_item(const char *p)
{
	return p[0] == '-' && p[1] == ' ' && p[2] == (char)BLOCK_MASK_LETTER;
}

static bool begins_piece(const char *masked, const struct source *source, uint32_t line)
{
	const char *p = masked + source->lines.start[line];
	size_t hashes = 0;
	if (begins_item(p))
		return true;
	while (p[hashes] == '#')
		hashes++;
	return hashes >= 1 && hashes <= 6 && (block_is_blank(p[hashes]) || p[hashes] == '\n');
}

/* Could its last block go on behind the piece? What an item holds ends with it. */
static bool is_open(const struct blocks *b)
{
	uint32_t end = 0;
	for (size_t i = 0; i < b->nr; i++)
		if (b->v[i].end > end)
			end = b->v[i].end;
	for (size_t i = 0; i < b->nr; i++) {
		enum block_kind kind = b->v[i].kind;
		if (b->v[i].depth == 0 && b->v[i].end == end &&
		    (kind == BLOCK_FENCE || kind == BLOCK_HTML || kind == BLOCK_REFERENCE))
			return true;
	}
	return false;
}

static void remember(struct pieces *p, struct slot *slot, struct str shape, const struct blocks *b)
{
	size_t bytes = b->nr * sizeof(*b->v);
	if (p->used >= SLOTS / 4 * 3 || p->bytes > MOST_MEMORY) {
		forget(p);
		slot = find(p, shape);
	}
	struct block *v = arena_array(&p->arena, struct block, b->nr + 1);
	if (b->nr)
		memcpy(v, b->v, bytes);
	*slot = (struct slot){arena_str(&p->arena, shape), {.v = v, .nr = b->nr}};
	p->used++;
	p->bytes += bytes + shape.n;
}

struct reading {
	struct pieces *p;
	struct arena *a;
	const struct source *source;
	const char *masked;
	uint32_t skip;
	piece_reader *read;
	void *context;
	struct block *v;
	size_t nr, cap;
	uint32_t last; /* block that nothing encloses */
};

static const char *line_of(const struct reading *r, uint32_t line)
{
	return r->masked + r->source->lines.start[line] + (line == 0 ? r->skip : 0);
}

/* Does the piece at `line` begin with an item of the list that the pieces before it end with? */
static bool joins_list(const struct reading *r, uint32_t line)
{
	if (r->last == BLOCK_NONE || r->v[r->last].kind != BLOCK_LIST || !begins_item(line_of(r, line)))
		return false;
	const char *bullet = line_of(r, r->v[r->last].first);
	while (block_is_blank(*bullet))
		bullet++;
	return *bullet == '-';
}

static void append(struct reading *r, const struct blocks *b, uint32_t line)
{
	bool joined = b->nr && joins_list(r, line);
	uint32_t base = (uint32_t)r->nr - joined;
	if (joined)
		r->v[r->last].end = b->v[0].end + line;
	for (size_t i = joined; i < b->nr; i++) {
		struct block block = b->v[i];
		block.first += line;
		block.end += line;
		if (block.parent == BLOCK_NONE)
			r->last = (uint32_t)r->nr;
		else
			block.parent = joined && block.parent == 0 ? r->last : block.parent + base;
		r->v = arena_grow(r->a, r->v, r->nr, &r->cap, sizeof(*r->v));
		r->v[r->nr++] = block;
	}
}

static bool parse_piece(struct reading *r, struct str shape, uint32_t lines, struct blocks *out)
{
	const char glue = (char)BLOCK_MASK_GLUE;
	char *text = arena_array(r->a, char, shape.n + 1), *masked = arena_array(r->a, char, shape.n + 1);
	memcpy(masked, shape.p, shape.n);
	masked[shape.n] = '\n';
	/* What is glued is blanks and blank lines. */
	for (size_t i = 0; i < shape.n; i++)
		text[i] = masked[i] == glue ? ' ' : masked[i];
	struct source piece = {.text = {text, shape.n}, .lines = {.start = r->p->start, .nr = lines}};
	return r->read(r->context, r->a, &piece, masked, out) && !out->damaged;
}

static bool read_piece(struct reading *r, uint32_t first, uint32_t end)
{
	struct str shape = shape_of(r->p, r->source, r->masked, first, end, r->skip);
	struct slot *known = find(r->p, shape);
	struct blocks fresh;
	/* A piece that begins otherwise is the first one: the same shape is the same place of a text. */
	if (known->shape.p) {
		append(r, &known->blocks, first);
		return true;
	}
	if (!parse_piece(r, shape, end - first, &fresh) || is_open(&fresh))
		return false;
	append(r, &fresh, first);
	if (shape.n <= LONGEST_SHAPE)
		remember(r->p, known, shape, &fresh);
	return true;
}

bool pieces_read(struct pieces *p, struct arena *a, const struct source *source, const char *masked, uint32_t skip,
                 piece_reader *read, void *context, struct blocks *out)
{
	struct reading r = {p, a, source, masked, skip, read, context, NULL, 0, 0, BLOCK_NONE};
	uint32_t first = 0, lines = source->lines.nr;
	/* A heading within metadata is none. */
	if (!memcmp(masked + skip, "---", source->text.n - skip < 3 ? source->text.n - skip : 3))
		return false;
	while (first < lines) {
		uint32_t end = first + 1;
		while (end < lines && !begins_piece(masked, source, end))
			end++;
		if (!read_piece(&r, first, end))
			return false;
		first = end;
	}
	*out = (struct blocks){.v = r.v, .nr = r.nr};
	return true;
}
