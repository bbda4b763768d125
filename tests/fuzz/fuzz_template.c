/* Whatever the text: it is read as a template; mistakes lie in it, in order, and what has none makes a new day. */
#include <stdint.h>

#include "core/base/utf8.h"
#include "core/digest/template.h"

static void check_mistakes(const struct template *t, struct str text)
{
	for (size_t i = 0; i < t->mistakes; i++) {
		const struct template_mistake *m = &t->mistake[i];
		if (span_end(m->at) > text.n || span_end(m->at) < m->at.off || !m->message.n)
			BUG("a mistake at bytes %u to %u of %zu", m->at.off, span_end(m->at), text.n);
		if (i > 0 && m->at.off < m[-1].at.off)
			BUG("mistake %zu stands before the one before it", i);
		if (utf8_check(m->message) < m->message.n)
			BUG("a message that is no UTF-8");
	}
}

static void check_right(struct arena *a, const struct template *t)
{
	struct template_set set = {t, 1, true};
	struct date day = {2026, 11, 22};
	struct str path = pattern_fill(a, &t->path, day), text = template_fill(a, t, day);

	if (!t->nr)
		BUG("a template without sections");
	if (!date_is_set(t->from) && !date_is_set(t->until) && !template_choose(a, &set, path.p).in_place)
		BUG("%s is no path of %.*s", path.p, STR_ARG(t->path.text));
	if (utf8_check(text) < text.n)
		BUG("a new day that is no UTF-8");
	for (size_t i = 0; i < t->nr; i++) {
		const struct template_section *s = &t->section[i];
		if (s->level < 1 || s->level > 6 || (s->kind == SECTION_ENTRIES && s->entry.nr && !s->entry.field))
			BUG("section %zu of level %u", i, s->level);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct block_parser *parser;
	struct str text = {size ? (const char *)data : "", size};
	struct arena arena = {0};
	struct template t;

	if (utf8_check(text) < text.n)
		return 0;
	if (!parser)
		parser = block_parser_new();

	struct source source = {.path = "", .text = text, .lines = lines_of(&arena, text)};
	template_parse(&arena, parser, &source, false, &t);
	check_mistakes(&t, text);
	if (!t.mistakes)
		check_right(&arena, &t);
	arena_release(&arena);
	return 0;
}
