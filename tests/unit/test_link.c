#include <time.h>

#include "core/digest/link.h"
#include "core/ioc/defang.h"
#include "core/ioc/url.h"
#include "tests/unit/model.h"

/* The URL ends at `|`; without one there is none. */
static const struct {
	const char *text;
	bool defanged;
} lengths[] = {
	{"https://example.com|", false},
	{"https://example.com/a/b?c=d&e=%20#f| 続き", false},
	{"HTTPS://EXAMPLE.COM/|", false},
	{"ftp://example.com/a|", false},
	{"https://example.com:8080/a|", false},
	{"https://user@example.com/a|", false},
	/* what follows in running text */
	{"https://example.com|への通信", false},
	{"https://example.com/a|を参照", false},
	{"https://example.com/a|、b", false},
	{"https://example.com/a|。", false},
	{"https://example.com/a|（英語）", false},
	{"https://example.com/a|」と", false},
	{"https://example.com/a|　b", false},
	{"https://example.com/a|.", false},
	{"https://example.com/a|, b", false},
	{"https://example.com/a|?!...", false},
	{"https://example.com|.", false},
	{"https://example.com|, b", false},
	{"https://example.com/a|**", false},
	{"https://example.com/a|>", false},
	{"https://example.com/a|\"", false},
	{"https://example.com/a|`", false},
	{"https://example.com/a|\tb", false},
	{"https://example.com/a|\x7F", false},
	{"https://example.com/a|）と", false},
	{"https://example.com/a|』", false},
	{"https://example.com/a|・b", false},
	{"https://example.com/a|…", false},
	{"https://example.com/a|！", false},
	{"https://example.com/a_(b)|。", false},
	{"https://example.com/a|。)", false},
	/* brackets */
	{"https://example.com/a_(b)|", false},
	{"https://example.com/a|)", false},
	{"https://example.com/a_(b)|)", false},
	{"https://example.com/a|)).", false},
	{"https://example.com|)", false},
	{"https://example.com/a[b]|", false},
	{"https://example.com/a|]", false},
	{"https://example.com/((a)|", false},
	{"https://example.com/a)b|", false},
	{"https://example.com/a|(英語)", false},
	{"https://example.com/a(b)|[英語]", false},
	/* defanged */
	{"hxxp://example.com|", true},
	{"hxxps://example[.]com/a[.]b|", true},
	{"hXXps://example.com|", true},
	{"HxXpS://example.com|", true},
	{"h**p://example.com|", true},
	{"fxp://example.com|", true},
	{"hxtps://example.com|", true},
	{"hxxps[:]example[.]com|", true},
	{"https://[2001:db8::1]:80/a|", false},
	{"hxxps://[2001[:]db8[:][:]1]/a|", true},
	{"https://example[ . ]com|", true},
	{"https://example[[.]]com|", true},
	{"hxxps://booking[.]com|んdetail", true},
	{"https[:]//example.com|", true},
	{"https[://]example.com|", true},
	{"https[:/]/example.com|", true},
	{"https:[//]example.com|", true},
	{"hxxps[:]\\/\\/example.com|", true},
	{"https://example[.]com|", true},
	{"https://example(.)com|", true},
	{"https://example{.}com|", true},
	{"https://example[dot]com(dot)jp|", true},
	{"https://example.com[:]8443/a|", true},
	{"https://user[@]example.com|", true},
	{"https://example[.]com/|[", true},
	{"hxxps://luckyseaworld[.]com|への通信", true},
	{"https://example.com/a[.]b|", false},
	/* none */
	{"", false},
	{"http", false},
	{"https:", false},
	{"https:/example.com", false},
	{"https//example.com", false},
	{"https://", false},
	{"https:// example.com", false},
	{"https://日本.example", false},
	{"https://...", false},
	{"hxxp", false},
	{"hxxpリンク", false},
	{"meow://example.com", false},
	{"https[:]", false},
	{"https[:]日本", false},
	{"mailto:a@example.com", false},
	{" https://example.com", false},
};

static void test_length(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		struct str text = str_of(lengths[i].text);
		size_t bar = str_find_byte(text, 0, '|');
		char *url = xstrdup(lengths[i].text);
		if (bar < text.n)
			memmove(url + bar, url + bar + 1, text.n - bar);
		bool defanged = !lengths[i].defanged;
		size_t n = url_length(str_of(url), &defanged);
		if (n != (bar < text.n ? bar : 0) || (n && defanged != lengths[i].defanged))
			fail_msg("%s: %zu%s", lengths[i].text, n, defanged ? ", defanged" : "");
		free(url);
	}
}

/* "kind text<url>" of each link of a line, parted by blanks. */
static const char *links_of(struct model *m, const char *line)
{
	struct link_list list = {0};
	struct str text = arena_printf(&m->arena, "前 %s", line);
	link_scan(&m->arena, text, span_make(4, text.n), 7, &list);
	struct buf out = {0};
	for (size_t i = 0; i < list.nr; i++) {
		const struct link *l = &list.v[i];
		assert_int_equal(l->line, 7);
		if (l->kind == LINK_BARE)
			assert_true(l->at.off == l->url.off && l->at.len == l->url.len);
		buf_printf(&out, "%s%s%s%.*s <%.*s> %u+%u", i ? ", " : "", &"inline\0angle\0\0bare"[(size_t)7 * l->kind],
		           l -> image ? " image " : " ", STR_ARG(str_at(text, l->text)), STR_ARG(str_at(text, l->url)),
		           l->at.off - 4, l->at.len);
		buf_addz(&out, l->defanged ? " defanged" : "");
	}
	const char *all = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return all;
}

static void test_scan(void **state)
{
	static const struct {
		const char *line, *links;
	} cases[] = {
		{"", ""},
		{"なし", ""},
		{"https://a.example", "bare https://a.example <https://a.example> 0+17"},
		{"<https://a.example>", "angle https://a.example <https://a.example> 0+19"},
		{"（https://a.example/b）。", "bare https://a.example/b <https://a.example/b> 3+19"},
		{"「https://a.example」", "bare https://a.example <https://a.example> 3+17"},
		{"非hxxpリンク", ""},
		{"<https://a.example 二>", "bare https://a.example <https://a.example> 1+17"},
		{"[題](https://a.example)", "inline 題 <https://a.example> 0+24"},
		{"![図](a.png)", "inline image 図 <a.png> 0+13"},
		{"[](#題)", "inline  <#題> 0+8"},
		{"[題]()", "inline 題 <> 0+7"},
		{"[題](<a b> \"説明\")", "inline 題 <a b> 0+21"},
		{"[題]( https://a.example \"説明\" )", "inline 題 <https://a.example> 0+35"},
		{"[[題]](a)", "inline [題] <a> 0+10"},
		{"[題](a_(b))", "inline 題 <a_(b)> 0+12"},
		{"[題\\]](a)", "inline 題\\] <a> 0+10"},
		{"\\[題](a)", ""},
		{"[題] (a)", ""},
		{"[題](a", ""},
		{"[題", ""},
		{"[題][一]", ""},
		{"題(https://a.example)", "bare https://a.example <https://a.example> 4+17"},
		{"[https://a.example](題)", "inline https://a.example <題> 0+24"},
		{"[題](hxxps://a[.]example)", "inline 題 <hxxps://a[.]example> 0+26 defanged"},
		{"`https://a.example` https://b.example", "bare https://b.example <https://b.example> 20+17"},
		{"``a ` [b](c)`` [d](e)", "inline d <e> 15+6"},
		{"` [題](a)", "inline 題 <a> 2+8"},
		{"xhttps://a.example", ""},
		{"非hxxpリンク、非hxxps://a.example", "bare hxxps://a.example <hxxps://a.example> 22+17 defanged"},
		{"\\https://a.example", ""},
		{"https://a.example、https://b.example", "bare https://a.example <https://a.example> 0+17, "
	                                             "bare https://b.example <https://b.example> 20+17"},
		{"https://a.example,https://b.example", "bare https://a.example <https://a.example> 0+17, "
	                                            "bare https://b.example <https://b.example> 18+17"},
		{"[一](a)[二](b)", "inline 一 <a> 0+8, inline 二 <b> 8+8"},
		{"[一 [二](b)", "inline 二 <b> 5+8"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *got = links_of(*state, cases[i].line);
		if (strcmp(got, cases[i].links) != 0)
			fail_msg("%s: %s", cases[i].line, got);
	}
}

static void test_refang(void **state)
{
	static const struct {
		const char *url, *live;
	} cases[] = {
		{"hxxps://evil[.]example/a[.]b?c=[.]#[.]", "https://evil.example/a.b?c=.#."},
		{"hXXp://evil(.)example", "http://evil.example"},
		{"HXXPS://Evil.Example", "https://Evil.Example"},
		{"HTTPS://Evil.Example", "https://Evil.Example"},
		{"HTTPS[:]//evil.example", "https://evil.example"},
		{"h**ps[://]evil[dot]example[:]8443", "https://evil.example:8443"},
		{"http:[//]evil{.}example", "http://evil.example"},
		{"hxxp[:]\\/\\/evil.example\\/a", "http://evil.example\\/a"},
		{"fxp://user[@]evil.example", "ftp://user@evil.example"},
		{"http://185[.]0xA1[.]0xFB[.]58", "http://185.0xA1.0xFB.58"},
		{"hxxp://hxxp[.]kali[.]org/kali", "http://hxxp.kali.org/kali"},
		{"https://example.com/a", "https://example.com/a"},
		{"evil[.]example", "evil.example"},
		{"hxxp", "hxxp"},
		{"", ""},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str live = refang(&m->arena, str_of(cases[i].url));
		assert_str_equal(live, cases[i].live);
		assert_str_equal(refang(&m->arena, live), cases[i].live);
	}
}

static void test_is_tracker(void **state)
{
	static const char *const trackers[] = {"utm_source=x",    "utm_",
	                                       "UTM_ID=1",        "fbclid",
	                                       "fbclid=",         "_hsmi=3",
	                                       "hsCtaTracking=a", "ref=rss",
	                                       "ref=Twitter",     "ref=blog.example.com"};
	static const char *const others[] = {"",
	                                     "=",
	                                     "utm",
	                                     "autm_source=x",
	                                     "fbclids=1",
	                                     "gclid2",
	                                     "ref",
	                                     "ref=",
	                                     "ref=main",
	                                     "ref=v1.2.3",
	                                     "ref=.com",
	                                     "ref=a.b",
	                                     "ref=a/b.com",
	                                     "ref=example.",
	                                     "reference=x.com",
	                                     "id=utm_source"};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(trackers); i++)
		if (!url_is_tracker(str_of(trackers[i])))
			fail_msg("`%s` is no tracker", trackers[i]);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (url_is_tracker(str_of(others[i])))
			fail_msg("`%s` is a tracker", others[i]);
}

static void test_is_web(void **state)
{
	static const struct {
		const char *line;
		bool web;
	} cases[] = {
		{"https://a.example", true},
		{"<hxxp://a.example>", true},
		{"[題](https://a.example)", true},
		{"[題](hxxps://a[.]example)", true},
		{"[題](#題)", false},
		{"[題](2026-11-21.md)", false},
		{"[題]()", false},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct digest *d = model_digest(m, NULL, str_of(cases[i].line));
		assert_int_equal(d->links, 1);
		assert_int_equal(link_is_web(d, &d->link[0]), cases[i].web);
	}
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A megabyte of what is hard to read must not take longer than one thinks about it; sanitizers are slow. */
static void test_hostile(void **state)
{
	static const struct {
		const char *unit, *end;
	} lines[] = {
		{"[", "](a)"},      {"[[]", "]("},       {"[a](", ""},       {"](", ""},         {"![", "]("},
		{"`", ""},          {"`` ` ", ""},       {"\\", ""},         {"http://", ""},    {"http://a", ""},
		{"hxxp://[.]", ""}, {"https://a/)", ""}, {"(", ""},          {"http://a/(", ""}, {"h", ""},
		{"[](", "](a)"},    {"http://'", ""},    {"http://a/'", ""}, {"<http://a ", ""},
	};
#if defined(__SANITIZE_ADDRESS__)
	const double most = 20;
#else
	const double most = 3;
#endif
	enum { SIZE = 1 << 20 };
	(void)state;
	for (size_t i = 0; i <= ARRAY_SIZE(lines); i++) {
		struct buf b = {0};
		/* Runs of backticks, each longer than the one before it: none closes another. */
		for (size_t run = 1; i == ARRAY_SIZE(lines) && b.n < SIZE; run++, buf_addc(&b, ' '))
			buf_pad(&b, '`', run);
		while (b.n < SIZE)
			buf_addz(&b, lines[i].unit);
		if (i < ARRAY_SIZE(lines))
			buf_addz(&b, lines[i].end);
		struct link_list list = {0};
		struct arena a = {0};
		double start = seconds();
		link_scan(&a, buf_str(&b), span_make(0, b.n), 0, &list);
		double took = seconds() - start;
		if (took > most)
			fail_msg("%.10s: %.1f s", b.p, took);
		arena_release(&a);
		buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_length), cmocka_unit_test(test_scan),       cmocka_unit_test(test_refang),
		cmocka_unit_test(test_is_web), cmocka_unit_test(test_is_tracker), cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
