/* Catalogs: what is found in them, and which are refused; formats in another order of words. */
#include "tests/unit/scratch.h"

#include "core/base/buf.h"
#include "core/base/catalog.h"
#include "core/base/err.h"
#include "core/base/message.h"

enum { PAIRS = 3, HEADER = 28, ROW = 8 };

static const char *const pairs[PAIRS][2] = {{"", "Language: xx\n"}, {"one", "eins"}, {"two `%s`", "`%s` zwei"}};

static void add_number(struct buf *b, size_t n)
{
	for (int i = 0; i < 4; i++)
		buf_addc(b, (char)(n >> 8 * i & 0xFF));
}

static void set_number(struct buf *b, size_t at, size_t n)
{
	for (int i = 0; i < 4; i++)
		b->p[at + (size_t)i] = (char)(n >> 8 * i & 0xFF);
}

/* A catalog as msgfmt writes it, without a hash table. */
static struct buf make(void)
{
	static const size_t head[] = {0x950412de, 0, PAIRS, HEADER, HEADER + PAIRS * ROW, 0, 0};
	struct buf b = {0};
	size_t at = HEADER + 2 * PAIRS * ROW;
	for (size_t i = 0; i < ARRAY_SIZE(head); i++)
		add_number(&b, head[i]);
	for (size_t side = 0; side < 2; side++) {
		for (size_t i = 0; i < PAIRS; i++) {
			add_number(&b, strlen(pairs[i][side]));
			add_number(&b, at);
			at += strlen(pairs[i][side]) + 1;
		}
	}
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < PAIRS; i++)
			buf_add(&b, (struct str){pairs[i][side], strlen(pairs[i][side]) + 1});
	return b;
}

static struct catalog catalog_of(const struct buf *b)
{
	return (struct catalog){"xx", b->p, b->n};
}

static void test_find(void **state)
{
	(void)state;
	struct buf b = make();
	struct catalog c = catalog_of(&b);
	assert_true(catalog_is_sound(&c));
	for (size_t i = 0; i < PAIRS; i++)
		assert_string_equal(catalog_find(&c, pairs[i][0]), pairs[i][1]);
	assert_null(catalog_find(&c, "on"));
	assert_null(catalog_find(&c, "onee"));
	assert_null(catalog_find(&c, "zzz"));
	buf_release(&b);
}

/* Cut anywhere, a catalog is refused; nothing is read behind its end (the sanitizers see to that). */
static void test_cut(void **state)
{
	(void)state;
	struct buf b = make();
	for (size_t n = 0; n < b.n; n++) {
		char *part = memcpy(xmalloc(n), b.p, n);
		assert_false(catalog_is_sound(&(struct catalog){"xx", part, n}));
		free(part);
	}
	buf_release(&b);
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		size_t at, number;
	} wrong[] = {
		{0, 0xde120495},             /* the other order of bytes */
		{4, 1 << 16},                /* a format to come */
		{8, 1 << 29},                /* so many rows that their size does not fit */
		{12, UINT32_MAX},            /* the table lies elsewhere */
		{16, UINT32_MAX - 8},        /* the other one, too */
		{HEADER, UINT32_MAX},        /* a text longer than all */
		{HEADER + 4, UINT32_MAX},    /* a text behind the end */
		{HEADER + 8, 2},             /* a text that does not end in a NUL */
		{HEADER + 2 * ROW, 0},       /* not sorted: the third is the empty one */
		{HEADER + 2 * ROW + 4, 101}, /* a text that is not where it ends */
	};
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct buf b = make();
		struct catalog c = catalog_of(&b);
		set_number(&b, wrong[i].at, wrong[i].number);
		if (i == 8)
			set_number(&b, HEADER + 2 * ROW + 4, HEADER + 2 * PAIRS * ROW);
		if (catalog_is_sound(&c))
			fail_msg("wrong %zu is taken", i);
		buf_release(&b);
	}
}

static void test_languages(void **state)
{
	(void)state;
	const char *english = "No such file or directory";
	assert_false(message_language("xx"));
	assert_string_equal(message_language_name(), "en");
	assert_ptr_equal(message(english), english);
	assert_true(message_language("ja"));
	assert_string_equal(message_language_name(), "ja");
	assert_string_not_equal(message(english), english);
	assert_string_equal(message("in no catalog"), "in no catalog");
	assert_string_equal(message(""), "");
	assert_false(message_language("xx"));
	assert_string_equal(message_language_name(), "ja");
	assert_true(message_language("en"));
	assert_ptr_equal(message(english), english);
}

static void test_embedded(void **state)
{
	(void)state;
	assert_true(catalogs_nr > 0);
	for (size_t i = 0; i < catalogs_nr; i++)
		assert_true(catalog_is_sound(&catalogs[i]));
	assert_null(catalogs[catalogs_nr].language);
}

/* A translation takes the arguments in another order, also one whose length is an argument of its own. */
static void test_positions(void **state)
{
	(void)state;
	struct err err;
	message_language("ja");
	err_set(&err, "`%s` has no option `%.*s`; did you mean `%s`?", "tab", 3, "abcdef", "severity");
	message_language("en");
	assert_string_equal(err.text, "`tab`に`abc`というオプションはない。`severity`の誤りか");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),      cmocka_unit_test(test_cut),      cmocka_unit_test(test_refused),
		cmocka_unit_test(test_languages), cmocka_unit_test(test_embedded), cmocka_unit_test(test_positions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
