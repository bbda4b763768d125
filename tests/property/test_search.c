/*
 * What `sdi search` finds is what a slow and obvious search finds: each line folded as a whole by ICU, each sign made live,
 * each value compared with whole tokens. Queries are taken out of the texts, in other spellings.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <regex.h>

#include "cmd/search.h"
#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/ioc/canonical.h"
#include "core/ioc/defang.h"
#include "core/ioc/fang.h"
#include "core/ioc/indicator.h"
#include "tests/property/corpus.h"
#include "tests/property/mutate.h"

/* A line in all forms. */
struct forms {
	struct str text, plain, live;
};

struct text {
	struct job job;
	struct forms *line;
};

static struct {
	struct arena arena, scratch;
	struct lint_plan plan;
	struct text *v;
	size_t nr;
	uint64_t seed;
	size_t found;
} world;

/* ---- slow and obvious ---- */

static bool is_one_of(const char *chars, char c)
{
	return c && strchr(chars, c);
}

static struct str slow_plain(struct arena *a, struct str text)
{
	struct buf out = {0};
	struct str folded = unicode_casefold(a, text);
	for (size_t i = 0; i < folded.n;) {
		uint32_t c = utf8_next(folded, &i);
		bool blank = unicode_is_space(c);
		if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
			buf_addc(&out, '-');
		else if (!blank)
			buf_add_char(&out, c);
		else if (!out.n || out.p[out.n - 1] != ' ')
			buf_addc(&out, ' ');
	}
	struct str plain = arena_str(a, buf_str(&out));
	buf_release(&out);
	return plain;
}

static struct str slow_live(struct arena *a, struct str plain)
{
	struct buf out = {0};
	for (size_t i = 0; i < plain.n;) {
		struct token k = mark_around(plain, i, true);
		if (k.n && k.live && (plain.p[i] == ' ' || is_one_of("[({\\.", plain.p[i])))
			buf_addz(&out, k.live);
		else
			buf_addc(&out, plain.p[i]), k.n = 1;
		i += k.n;
	}
	struct str live = arena_str(a, buf_str(&out));
	buf_release(&out);
	return live;
}

static bool has(struct str s, struct str part)
{
	return part.n && memmem(s.p, s.n, part.p, part.n);
}

/* Is it one of the words that these characters part? Dots at their ends are none of theirs; `below`: or ends it one, behind a dot? */
static bool has_token(struct str s, struct str token, const char *chars, bool below)
{
	for (size_t i = 0, end; i < s.n; i = end + 1) {
		end = i;
		while (end < s.n && (is_one_of(chars, s.p[end]) || (s.p[end] >= 'a' && s.p[end] <= 'z') ||
		                     (s.p[end] >= '0' && s.p[end] <= '9')))
			end++;
		struct str word = str_slice(s, i, end);
		while (str_ends(word, STR(".")))
			word.n--;
		while (str_starts(word, STR(".")))
			word = str_from(word, 1);
		size_t rest = word.n - token.n;
		if (str_eq(word, token) || (below && word.n > token.n && str_ends(word, token) && word.p[rest - 1] == '.'))
			return true;
	}
	return false;
}

static bool has_cve(struct arena *a, struct str plain, struct str number)
{
	static const char gap[] = "([-_: ]|ー){0,3}";
	regex_t re;
	struct str year = str_slice(number, 4, 8), serial = str_from(number, 9);
	struct str text = arena_str(a, plain), pattern;
	pattern = arena_printf(a, "(^|[^a-z0-9])cve%s%.*s%s%.*s($|[^0-9])", gap, STR_ARG(year), gap, STR_ARG(serial));
	assert_int_equal(regcomp(&re, pattern.p, REG_EXTENDED | REG_NOSUB), 0);
	bool found = regexec(&re, text.p, 0, NULL, 0) == 0;
	regfree(&re);
	return found;
}

enum wanted { WORD, HOST, ADDRESS, HASH, NUMBER, KINDS };

struct wish {
	enum wanted kind;
	struct str live, plain; /* folded */
};

static bool slow_has(struct arena *a, const struct wish *w, const struct forms *l)
{
	bool signs = strpbrk(arena_str(a, w->live).p, ".:@");
	switch (w->kind) {
	case HOST:
		return has_token(l->live, w->live, "-_.", true);
	case ADDRESS:
		return has_token(l->live, w->live, ".", false);
	case HASH:
		return has_token(l->live, w->live, "", false);
	case NUMBER:
		return has_cve(a, l->plain, w->live);
	default:
		return has(l->plain, w->plain) || (signs && has(l->live, w->live));
	}
}

/* ---- both ---- */

static bool is_hit(const struct hits *h, uint32_t line)
{
	for (size_t i = 0; i < h->nr; i++)
		if (h->v[i].line == line)
			return true;
	return false;
}

static void compare_text(const struct search *s, void *searcher, const struct wish *w, struct text *t, struct str query)
{
	struct hits hits = {0};
	struct job job = t->job;
	job.arena = (struct arena){0};
	assert_int_equal(search_one(s, searcher, &job, &hits), 0);
	for (uint32_t i = 0; i < job.source.lines.nr; i++) {
		bool slow = slow_has(&world.scratch, w, &t->line[i]), fast = is_hit(&hits, i);
		if (slow != fast)
			fail_msg("`%.*s` is %s: %.*s", STR_ARG(query), slow ? "not found" : "found", STR_ARG(t->line[i].text));
		world.found += fast;
	}
	arena_release(&job.arena);
	arena_reset(&world.scratch);
}

static void compare(struct wish w, struct str written)
{
	struct arena a = {0};
	struct query q;
	struct err err;
	struct search s = {.query = &q, .nr = 1, .most = SIZE_MAX};
	if (query_read(&a, written, w.kind == WORD, &q, &err) == 0) {
		void *searcher = searcher_begin();
		for (size_t i = 0; i < world.nr; i++)
			compare_text(&s, searcher, &w, &world.v[i], written);
		searcher_end(searcher);
	}
	arena_release(&a);
}

/* ---- queries ---- */

/* Upper case, or full width, or as it is. */
static struct str respelt(struct arena *a, struct str s)
{
	size_t how = draw(&world.seed, 3);
	struct buf out = {0};
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (how == 1 && c >= 'a' && c <= 'z')
			buf_addc(&out, (char)(c - 0x20));
		else if (how == 2 && c > 0x20 && c < 0x7F)
			buf_add_char(&out, c + 0xFEE0U);
		else
			buf_addc(&out, s.p[i]);
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

static struct str draw_word(struct str line)
{
	enum { LONGEST = 24 };
	size_t from = draw(&world.seed, line.n), to = from + 1 + draw(&world.seed, LONGEST);
	while (from && ((unsigned char)line.p[from] & 0xC0) == 0x80)
		from--;
	while (to < line.n && ((unsigned char)line.p[to] & 0xC0) == 0x80)
		to++;
	return str_slice(line, from, to);
}

static struct str trimmed(struct str s)
{
	s = str_trim(s);
	while (s.n && *s.p == ' ')
		s = str_from(s, 1);
	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	return s;
}

static void compare_word(struct arena *a, struct str line)
{
	struct str word = respelt(a, draw_word(line));
	struct str plain = slow_plain(a, str_trim(word));
	struct str live = trimmed(slow_live(a, plain));
	/* The beginning of a URL is looked for without its scheme. */
	if (!has(live, STR("://")))
		compare((struct wish){WORD, live, trimmed(plain)}, word);
}

static void compare_value(struct arena *a, struct str written)
{
	static const enum wanted kinds[] = {
		[INDICATOR_IPV4] = ADDRESS, [INDICATOR_DOMAIN] = HOST, [INDICATOR_HASH] = HASH, [INDICATOR_CVE] = NUMBER};
	struct indicator is;
	indicator_read(a, written, &is);
	if (is.kind >= ARRAY_SIZE(kinds) || kinds[is.kind] == WORD || is.flaw || is.port || is_one_of("*", *written.p) ||
	    str_find_byte(is.live, 0, '/') < is.live.n || str_find_byte(is.live, 0, ':') < is.live.n)
		return;
	struct str live = slow_plain(a, is.live);
	compare((struct wish){kinds[is.kind], live, live}, respelt(a, draw(&world.seed, 2) ? defang(a, live) : written));
}

/* What stands between blanks, quotes, commas and what is no ASCII. */
static void compare_values(struct arena *a, struct str line)
{
	for (size_t i = 0, end; i < line.n; i = end + 1) {
		end = i;
		while (end < line.n && (unsigned char)line.p[end] > ' ' && (unsigned char)line.p[end] < 0x7F &&
		       !is_one_of(",\"'`<>/", line.p[end]))
			end++;
		if (end - i >= 4)
			compare_value(a, str_slice(line, i, end));
	}
}

static const struct forms *draw_full_line(void)
{
	for (;;) {
		struct text *t = &world.v[draw(&world.seed, world.nr)];
		const struct forms *l = &t->line[draw(&world.seed, t->job.source.lines.nr)];
		if (str_trim(l->text).n)
			return l;
	}
}

static void test_words(void **state)
{
	enum { WORDS = 60 };
	(void)state;
	world.found = 0;
	for (int i = 0; i < WORDS; i++) {
		struct arena a = {0};
		compare_word(&a, draw_full_line()->text);
		arena_release(&a);
	}
	assert_true(world.found >= WORDS);
}

static void test_values(void **state)
{
	enum { LINES = 400 };
	(void)state;
	world.found = 0;
	for (int i = 0; i < LINES; i++) {
		struct arena a = {0};
		compare_values(&a, draw_full_line()->text);
		arena_release(&a);
	}
	assert_true(world.found > 0);
}

/* ---- URLs ---- */

/* The same page, written otherwise. */
static struct str other_url(struct arena *a, struct str url)
{
	struct str page = url_canonical(a, url);
	bool more = str_find_byte(page, 0, '?') < page.n;
	switch (draw(&world.seed, 6)) {
	case 0:
		return defang(a, url);
	case 1:
		return arena_printf(a, "hxxp://%.*s", STR_ARG(page));
	case 2:
		return arena_printf(a, "https://www.%.*s", STR_ARG(page));
	case 3:
		return arena_printf(a, "http://%.*s%cutm_source=x#y", STR_ARG(page), more ? '&' : '?');
	case 4:
		return page;
	default:
		return arena_printf(a, "HTTPS://%.*s#z", STR_ARG(page));
	}
}

static void compare_url(struct arena *a, struct text *t, uint32_t line, struct str url)
{
	struct query q;
	struct err err;
	struct str written = other_url(a, url);
	struct search s = {.query = &q, .nr = 1, .most = SIZE_MAX};
	struct hits hits = {0};
	struct job job = t->job;
	void *searcher = searcher_begin();
	job.arena = (struct arena){0};
	assert_int_equal(query_read(a, written, false, &q, &err), 0);
	assert_int_equal(search_one(&s, searcher, &job, &hits), 0);
	if (!is_hit(&hits, line))
		fail_msg("`%.*s` is not found: %.*s", STR_ARG(written), STR_ARG(t->line[line].text));
	world.found++;
	arena_release(&job.arena);
	searcher_end(searcher);
}

/* URLs under headings: alone on their lines. */
static void test_urls(void **state)
{
	(void)state;
	world.found = 0;
	for (size_t i = 0; i < world.nr; i++) {
		for (uint32_t k = 0; k < world.v[i].job.source.lines.nr; k++) {
			struct arena a = {0};
			struct str text = str_trim(world.v[i].line[k].text);
			if (str_starts(text, STR("http")) && !has(text, STR("\\")) && url_canonical(&a, text).n)
				compare_url(&a, &world.v[i], k, text);
			arena_release(&a);
		}
	}
	assert_true(world.found > 0);
}

/* ---- whatever the text ---- */

/* All runs of letters and digits stand in the other text, too. */
static void check_quick(struct str plain, struct str quick)
{
	for (size_t i = 0, end; i < plain.n; i = end + 1) {
		end = i;
		while (end < plain.n && plain.p[end] != '\xFF' &&
		       ((unsigned char)plain.p[end] >= 0x80 || isalnum((unsigned char)plain.p[end])))
			end++;
		if (end > i && !has(quick, str_slice(plain, i, end)))
			fail_msg("%.*s lacks %.*s", STR_ARG(quick), (int)(end - i), plain.p + i);
	}
}

static void test_fold(void **state)
{
	(void)state;
	enum { CHANGES = 20000 };
	struct folded plain = {0}, live = {0}, quick = {0};
	for (int i = 0; i < CHANGES; i++) {
		struct arena a = {0};
		static const struct str odd[] = {STR_INIT("\u3099"),  STR_INIT("ﾞ"),      STR_INIT("ｶ"),  STR_INIT("\u200B"),
		                                 STR_INIT("ﬀ"),       STR_INIT("\u0301"), STR_INIT("㍿"), STR_INIT("[.]"),
		                                 STR_INIT(" [ . ] "), STR_INIT("\u00A0"), STR_INIT("é"),  STR_INIT("\\."),
		                                 STR_INIT("①")};
		struct str s = draw_word(draw_full_line()->text);
		for (size_t n = draw(&world.seed, 6); n; n--)
			s = replace(&a, s, (struct span){(uint32_t)draw(&world.seed, s.n + 1), 0},
			            odd[draw(&world.seed, ARRAY_SIZE(odd))]);
		fold_text(&plain, s);
		fold_quick(&quick, s);
		fold_live(&live, &plain);
		check_quick(folded_str(&plain), folded_str(&quick));
		for (size_t k = 0; k < plain.n; k++)
			assert_true(plain.from[k] < plain.to[k] && plain.to[k] <= s.n);
		for (size_t k = 0; k < live.n; k++)
			assert_true(live.from[k] < live.to[k] && live.to[k] <= s.n);
		if (utf8_check(s) == s.n) {
			struct str slow = slow_plain(&a, s);
			if (!str_eq(slow, folded_str(&plain)))
				fail_msg("%.*s: %.*s, not %.*s", STR_ARG(s), STR_ARG(folded_str(&plain)), STR_ARG(slow));
			assert_true(str_eq(slow_live(&a, slow), folded_str(&live)));
		}
		arena_release(&a);
	}
	folded_release(&plain);
	folded_release(&live);
	folded_release(&quick);
}

/* Each character of the first plane, and some of the others, among letters and kana. */
static void test_characters(void **state)
{
	static const char *const around[][2] = {{"a", "b"}, {"あ", "か"}, {"は", "\u3099"}};
	enum { END = 0x20000 };
	struct folded plain = {0}, quick = {0};
	(void)state;
	for (uint32_t c = 1; c < END; c++) {
		struct buf text = {0};
		if (c >= 0xD800 && c < 0xE000)
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(around); i++) {
			buf_addz(&text, around[i][0]);
			buf_add_char(&text, c);
			buf_addz(&text, around[i][1]);
		}
		fold_text(&plain, buf_str(&text));
		fold_quick(&quick, buf_str(&text));
		check_quick(folded_str(&plain), folded_str(&quick));
		buf_release(&text);
	}
	folded_release(&plain);
	folded_release(&quick);
}

/* ---- the texts ---- */

static void add_text(struct text *t, struct str text)
{
	struct arena *a = &world.arena;
	t->job = (struct job){.plan = &world.plan, .source = {.path = "a.md", .text = text, .size = text.n}};
	t->job.source.lines = lines_of(a, text);
	t->line = arena_array(a, struct forms, t->job.source.lines.nr);
	for (uint32_t i = 0; i < t->job.source.lines.nr; i++) {
		struct forms *l = &t->line[i];
		l->text = str_at(text, lines_span(&t->job.source.lines, text, i));
		l->plain = slow_plain(a, l->text);
		l->live = slow_live(a, l->plain);
	}
}

static int set_up(void **state)
{
	static struct corpus files;
	(void)state;
	world.seed = 20261127;
	world.plan.max_bytes = UINT64_MAX;
	corpus_folder(&files, SDI_SHARED_DIR "/digests");
	corpus_folder(&files, SDI_SOURCE_DIR "/tests");
	corpus_folder(&files, SDI_SOURCE_DIR "/docs");
	/* Of many, some. */
	enum { MOST = 120 };
	size_t step = files.nr / MOST + 1;
	world.v = arena_array(&world.arena, struct text, files.nr);
	for (size_t i = 0; i < files.nr; i += step)
		add_text(&world.v[world.nr++], files.v[i].text);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&world.arena);
	arena_release(&world.scratch);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fold),   cmocka_unit_test(test_characters), cmocka_unit_test(test_words),
		cmocka_unit_test(test_values), cmocka_unit_test(test_urls),
	};
	return cmocka_run_group_tests_name("search", tests, set_up, tear_down);
}
