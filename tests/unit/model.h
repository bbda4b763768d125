/* Templates and digests out of texts, for tests. Everything lives until the test's end. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/digest/digest.h"

struct model {
	struct arena arena;
	struct block_parser *parser;
};

#define MODEL_FRONT "---\npath: \"{yyyy-MM-dd}.md\"\n---\n"

static inline int model_setup(void **state)
{
	struct model *m = xcalloc(1, sizeof(*m));
	m->parser = block_parser_new();
	*state = m;
	return 0;
}

static inline int model_teardown(void **state)
{
	struct model *m = *state;
	block_parser_free(m->parser);
	arena_release(&m->arena);
	free(m);
	return 0;
}

static inline struct source *model_source(struct model *m, const char *path, struct str text)
{
	struct source *s = arena_new(&m->arena, struct source);
	*s = (struct source){.path = path, .relative = path, .text = text, .size = text.n, .valid = text.n};
	s->lines = lines_of(&m->arena, text);
	return s;
}

/* A template as it is, mistakes and all. */
static inline struct template *model_read(struct model *m, const char *name, const char *text)
{
	struct template *t = arena_new(&m->arena, struct template);
	template_parse(&m->arena, m->parser, model_source(m, name, str_of(text)), false, t);
	return t;
}

/* "line:column: message" for each mistake. */
static inline const char *model_mistakes(struct model *m, const char *text, const struct template *t)
{
	struct source *s = model_source(m, "", str_of(text));
	struct buf out = {0};
	for (size_t i = 0; i < t->mistakes; i++) {
		struct position at = source_position(s, t->mistake[i].at.off);
		buf_printf(&out, "%u:%u: %.*s\n", at.line, at.column, STR_ARG(t->mistake[i].message));
	}
	const char *all = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return all;
}

/* A template that must be right. */
static inline const struct template *model_template(struct model *m, const char *text)
{
	struct template *t = model_read(m, "template.md", text);
	assert_string_equal(model_mistakes(m, text, t), "");
	return t;
}

static inline const struct digest *model_digest(struct model *m, const struct template *t, struct str text)
{
	struct source *s = model_source(m, "2026-11-22.md", text);
	struct blocks *blocks = arena_new(&m->arena, struct blocks);
	struct digest_facts facts = {.choice = {.template = t}};
	uint32_t line;
	assert_int_equal(block_parse(m->parser, &m->arena, s, blocks, &line), BLOCK_FINE);
	return digest_build(&m->arena, s, &facts, blocks);
}

#define assert_str_equal(s, z)                                  \
	do {                                                        \
		struct str got_ = (s);                                  \
		if (!str_eqz(got_, (z)))                                \
			fail_msg("`%.*s` is not `%s`", STR_ARG(got_), (z)); \
	} while (0)
