/* An editor and the server keep the same text, whatever is edited, and in whatever units places are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "cmd/lsp/spot.h"
#include "core/base/utf8.h"
#include "tests/property/mutate.h"

enum { EDITS = 3000, LONGEST = 400 };

static const struct str pieces[] = {
	STR_INIT("a"),        STR_INIT("字"), STR_INIT("𠮷"),   STR_INIT("😀"),    STR_INIT("か\xE3\x82\x99"),
	STR_INIT("\n"),       STR_INIT("\r"), STR_INIT("\r\n"), STR_INIT("\n\r"), STR_INIT("\xEF\xBF\xBD"),
	STR_INIT("- 要約\n"), STR_INIT(""),
};

/* Can an editor's cursor stand there: between characters, and not between CR and LF? */
static bool is_place(struct str text, size_t at)
{
	bool inside = at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80;
	return !inside && !(at && at < text.n && text.p[at - 1] == '\r' && text.p[at] == '\n');
}

static size_t draw_place(uint64_t *seed, struct str text)
{
	size_t at = draw(seed, text.n + 1);
	while (!is_place(text, at))
		at--;
	return at;
}

static uint32_t units(enum encoding e, uint32_t codepoint)
{
	if (e == ENCODING_UTF32)
		return 1;
	if (e == ENCODING_UTF16)
		return codepoint < 0x10000 ? 1 : 2;
	return codepoint < 0x80 ? 1 : codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
}

/* As the protocol says it, one character after the other. */
static struct spot slow_spot(struct str text, enum encoding e, size_t at)
{
	struct spot s = {0, 0};
	for (size_t i = 0; i < at;) {
		uint32_t c = utf8_next(text, &i);
		bool ends = c == '\n' || (c == '\r' && !(i < text.n && text.p[i] == '\n'));
		s.character += ends || c == '\r' ? 0 : units(e, c);
		if (ends)
			s = (struct spot){s.line + 1, 0};
	}
	return s;
}

static void check_places(struct str text, enum encoding e, uint64_t *seed)
{
	struct arena a = {0};
	struct spotter s = spotter_make(&a, text, e);
	for (unsigned i = 0; i < 5; i++) {
		size_t at = draw_place(seed, text);
		struct spot slow = slow_spot(text, e, at), fast = spot_of(&s, at);
		assert_int_equal(fast.line, slow.line);
		assert_int_equal(fast.character, slow.character);
		assert_int_equal(spot_offset(text, e, slow), at);
	}
	arena_release(&a);
}

static void edit(struct buf *servers, struct buf *editors, enum encoding e, uint64_t *seed)
{
	struct arena a = {0};
	struct str text = buf_str(editors), by = pieces[draw(seed, ARRAY_SIZE(pieces))];
	size_t from = draw_place(seed, text), to = draw_place(seed, text);
	if (draw(seed, 3) || text.n < LONGEST)
		to = from + draw(seed, 4);
	while (to > text.n || !is_place(text, to))
		to--;
	if (to < from)
		to = from;
	spot_replace(servers, e, (struct stretch){slow_spot(text, e, from), slow_spot(text, e, to)}, by);
	struct str after = replace(&a, text, span_make(from, to), by);
	editors->n = 0;
	buf_add(editors, after);
	arena_release(&a);
}

static void test_edits(void **state)
{
	(void)state;
	for (int e = ENCODING_UTF16; e <= ENCODING_UTF32; e++) {
		struct buf servers = {0}, editors = {0};
		uint64_t seed = 20261122 + (uint64_t)e;
		for (unsigned i = 0; i < EDITS; i++) {
			edit(&servers, &editors, (enum encoding)e, &seed);
			assert_int_equal(servers.n, editors.n);
			assert_memory_equal(servers.p, editors.p, servers.n);
			check_places(buf_str(&servers), (enum encoding)e, &seed);
		}
		buf_release(&servers);
		buf_release(&editors);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_edits)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
