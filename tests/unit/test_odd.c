#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "tests/unit/model.h"

static const char template[] = MODEL_FRONT "# T\n\n### ニュース <!-- sdi: entries -->\n\n#### {title}\n{url}\n\n"
										   "- 要約\n    - {text}\n- IOC <!-- sdi: ioc -->\n    - なし\n";

/* "U+2011 place" for each, parted by blanks. */
static const char *odds_of(struct model *m, const char *text)
{
	static const char *const names[] = {"text", "row", "hole", "code", "other"};
	const struct digest *d = model_digest(m, model_template(m, template), str_of(text));
	struct str all = STR("");
	FOR_EACH_ODD (d, o) {
		size_t i = o->off;
		assert_int_equal(utf8_next(d->source->text, &i), o->codepoint);
		assert_int_equal(i, span_end(odd_span(o)));
		assert_int_equal(lines_at(&d->source->lines, o->off), o->line);
		all = arena_printf(&m->arena, "%.*s%s%04X %s", STR_ARG(all), all.n ? ", " : "", (unsigned)o->codepoint,
		                   names[odd_place(d, o)]);
	}
	return all.p;
}

static void test_places(void **state)
{
	static const char text[] =
		"# T\xC2\xA0\n\n### ニュース\n\n#### 題\xE2\x80\x91名\nhttps://example.com/\xE2\x80\x8B\n\n- 要約\n"
		"    - 一\xEF\xBC\x91 `a\xE2\x80\x91` é\n- IOC\n    - evil\xE2\x80\x91[.]example\n\n```\n\xE2\x80\xAE\n```\n"
		"<!-- \xC2\xA0 -->\n";
	assert_string_equal(odds_of(*state, text), "00A0 other, 2011 text, 200B text, FF11 text, 2011 hole, 00E9 text, "
	                                           "2011 row, 202E code, 00A0 other");
}

static void test_everyday(void **state)
{
	assert_string_equal(odds_of(*state, "# T\n\n- 「漢字」とカタカナ、ー・（）：！？％ “q” … → ① 〜～ 　\t-_~\n"), "");
	assert_string_equal(odds_of(*state, "- \x1B \x7F\r\n- 縺繧繝\n"),
	                    "001B text, 007F text, 7E3A text, 7E67 text, 7E5D text");
	assert_string_equal(odds_of(*state, "\xEF\xBB\xBF# T\n"), "");
	assert_string_equal(odds_of(*state, ""), "");
}

static size_t encode(uint32_t c, char *out)
{
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t k = len; k-- > 1; c >>= 6)
		out[k] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)(len == 1 ? c : (0xF00U >> len & 0xFF) | c);
	return len;
}

static bool is_wanted(uint32_t c)
{
	return unicode_is_invisible(c) || unicode_is_bidi_control(c) || unicode_foreign_script(c) ||
	       unicode_is_private(c) || unicode_may_compose(c) ||
	       (unicode_is_han(c) && c >= 0x3400 && !unicode_in_windows_31j(c));
}

static void assert_none_overlooked(struct model *m, const struct template *t, uint32_t from, uint32_t end)
{
	char *text = arena_alloc(&m->arena, 6 * (end - from));
	size_t n = 0;
	for (uint32_t c = from; c < end; c++) {
		text[n++] = 'x';
		n += encode(c, text + n);
		text[n++] = '\n';
	}
	const struct digest *d = model_digest(m, t, (struct str){text, n});
	const struct odd *o = d->odd, *last = o + d->odds;
	for (size_t i = 0; i < n;) {
		size_t at = i;
		uint32_t c = utf8_next((struct str){text, n}, &i);
		bool odd = o < last && o->off == at;
		if (is_wanted(c) && !odd)
			fail_msg("U+%04X is overlooked", (unsigned)c);
		o += odd;
	}
	assert_ptr_equal(o, last);
}

/* The quick look misses nothing that a rule wants to see. */
static void test_every_code_point(void **state)
{
	enum { STEP = 0x400, END = 0x32000, SURROGATES = 0xD800, BEHIND = 0xE000 };
	const struct template *t = model_template(*state, template);
	for (uint32_t c = 0x400; c < END; c += STEP)
		if (c < SURROGATES || c >= BEHIND)
			assert_none_overlooked(*state, t, c, c + STEP);
	assert_none_overlooked(*state, t, 0xA0, STEP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_places, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_everyday, model_setup, model_teardown),
		cmocka_unit_test_setup_teardown(test_every_code_point, model_setup, model_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
