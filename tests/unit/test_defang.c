#include <time.h>

#include "core/ioc/defang.h"
#include "core/ioc/url.h"
#include "tests/unit/model.h"

/* What is written, live, and in the canonical spelling. */
static const struct {
	const char *written, *live, *canonical;
} spellings[] = {
	/* URLs */
	{"https://evil.example/a", "https://evil.example/a", "hxxps://evil[.]example/a"},
	{"hxxps://evil[.]example/a", "https://evil.example/a", "hxxps://evil[.]example/a"},
	{"HXXPS://Evil[.]example/A", "https://Evil.example/A", "hxxps://Evil[.]example/A"},
	{"hXXp://evil.example", "http://evil.example", "hxxp://evil[.]example"},
	{"https://evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"h**ps://evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxtp://evil.example", "http://evil.example", "hxxp://evil[.]example"},
	{"htxps://evil.example", "https://evil.example", "hxxps://evil[.]example"},
	{"h[tt]ps://evil.example", "https://evil.example", "hxxps://evil[.]example"},
	{"meow://evil.example", "http://evil.example", "hxxp://evil[.]example"},
	{"fxp://evil.example", "ftp://evil.example", "fxp://evil[.]example"},
	{"sfxp://evil.example", "sftp://evil.example", "sfxp://evil[.]example"},
	{"wxs://evil.example", "wss://evil.example", "wxs://evil[.]example"},
	{"file://evil[.]example@SSL/a", "file://evil.example@SSL/a", "file://evil[.]example@SSL/a"},
	{"tcp://192.0.2.1:80", "tcp://192.0.2.1:80", "tcp://192[.]0[.]2[.]1:80"},
	{"hxxps[://]evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps[:]//evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps[:]evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps[:]\\/\\/evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps：//evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps：／／evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps ://evil[.]example/a", "https://evil.example/a", "hxxps://evil[.]example/a"},
	{"hxxps:// evil[.]example/a", "https://evil.example/a", "hxxps://evil[.]example/a"},
	{"hxxps : // evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps(:)//evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps:\\\\evil[.]example\\a", "https://evil.example\\a", "hxxps://evil[.]example\\a"},
	{"hxxps:/evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxps:///evil[.]example", "https://evil.example", "hxxps://evil[.]example"},
	{"hxxp://evil[.]example[:]8080/a", "http://evil.example:8080/a", "hxxp://evil[.]example:8080/a"},
	{"hxxp://user[@]evil[.]example", "http://user@evil.example", "hxxp://user@evil[.]example"},
	{"hxxp://[2001[:]db8[::]1]:80/", "http://[2001:db8::1]:80/", "hxxp://[2001[:]db8[:][:]1]:80/"},
	{"hxxp://evil[.]example/a[.]b?c[.]d#e[.]f", "http://evil.example/a.b?c.d#e.f", "hxxp://evil[.]example/a.b?c.d#e.f"},
	{"hxxp://evil[.]example/(dot)", "http://evil.example/(dot)", "hxxp://evil[.]example/(dot)"},
	{"hxxp://evil[.]example/[[.]]", "http://evil.example/.", "hxxp://evil[.]example/."},
	/* all dots there are */
	{"evil[.]example", "evil.example", "evil[.]example"},
	{"evil[dot]example(.)a{.}b", "evil.example.a.b", "evil[.]example[.]a[.]b"},
	{"evil(DOT)example{Dot}a", "evil.example.a", "evil[.]example[.]a"},
	{"evil[ . ]example[ dot ]a", "evil.example.a", "evil[.]example[.]a"},
	{"evil[.example.]a", "evil.example.a", "evil[.]example[.]a"},
	{"evil\\.example", "evil.example", "evil[.]example"},
	{"evil［．］example［.］a[。]b", "evil.example.a.b", "evil[.]example[.]a[.]b"},
	{"evil（dot）example", "evil.example", "evil[.]example"},
	{"evil[[.]]example[.]]a", "evil.example.a", "evil[.]example[.]a"},
	{"evil[.)example(.]a{.]b", "evil.example.a.b", "evil[.]example[.]a[.]b"},
	{"evil [.] example [.]a", "evil.example.a", "evil[.]example[.]a"},
	{"evil [dot] example (.) com/a", "evil.example.com/a", "evil[.]example[.]com/a"},
	{"a.evil[.]example", "a.evil.example", "a[.]evil[.]example"},
	/* hosts, with ports and paths */
	{"evil.com", "evil.com", "evil[.]com"},
	{"evil.com:443", "evil.com:443", "evil[.]com:443"},
	{"evil[.]com/a.b/c?d=e.f", "evil.com/a.b/c?d=e.f", "evil[.]com/a.b/c?d=e.f"},
	{"192.0.2[.]1", "192.0.2.1", "192[.]0[.]2[.]1"},
	{"192.0.2.0/24", "192.0.2.0/24", "192[.]0[.]2[.]0/24"},
	{"192[.]0xA1[.]0xFB[.]58", "192.0xA1.0xFB.58", "192[.]0xA1[.]0xFB[.]58"},
	{"192[.]0[.]2[.]X", "192.0.2.X", "192[.]0[.]2[.]X"},
	{"evil[.]com@SSL\\a\\b.txt", "evil.com@SSL\\a\\b.txt", "evil[.]com@SSL\\a\\b.txt"},
	{"\\\\evil.com\\a", "\\\\evil.com\\a", "\\\\evil[.]com\\a"},
	{"booking[.]comんdetail[.]evil[.]com", "booking.comんdetail.evil.com", "booking[.]comんdetail[.]evil[.]com"},
	/* addresses of version 6 */
	{"2001:db8::1", "2001:db8::1", "2001[:]db8[:][:]1"},
	{"2001[:]db8[::]1", "2001:db8::1", "2001[:]db8[:][:]1"},
	{"2001(:)db8(:)(:)1", "2001:db8::1", "2001[:]db8[:][:]1"},
	{"2001:db8::/32", "2001:db8::/32", "2001[:]db8[:][:]/32"},
	{"::ffff:192.0.2.1", "::ffff:192.0.2.1", "[:][:]ffff[:]192[.]0[.]2[.]1"},
	{"[2001:db8::1]:443", "[2001:db8::1]:443", "[2001[:]db8[:][:]1]:443"},
	/* e-mail */
	{"a.b@evil.com", "a.b@evil.com", "a.b[@]evil[.]com"},
	{"a[at]evil[dot]com", "a@evil.com", "a[@]evil[.]com"},
	{"a(at)evil.com", "a@evil.com", "a[@]evil[.]com"},
	{"a{AT}evil[.]com", "a@evil.com", "a[@]evil[.]com"},
	{"a(@)evil[.]com", "a@evil.com", "a[@]evil[.]com"},
	{"a＠evil[.]com", "a@evil.com", "a[@]evil[.]com"},
	{"a[＠]evil[.]com", "a@evil.com", "a[@]evil[.]com"},
	{"a [at] evil [dot] com", "a@evil.com", "a[@]evil[.]com"},
	{"a[.]b[@]evil[.]com", "a.b@evil.com", "a.b[@]evil[.]com"},
	/* defanged twice: nobody knows what was there */
	{"hxxp://hxxp[.]kali[.]org/kali", "http://hxxp.kali.org/kali", "hxxp://hxxp[.]kali[.]org/kali"},
	/* no addresses */
	{"", "", ""},
	{".", ".", "."},
	{"hxxp", "hxxp", "hxxp"},
	{"hxxps://", "hxxps://", "hxxps://"},
	{"非hxxpリンク", "非hxxpリンク", "非hxxpリンク"},
	{"hxxpリンクを開く", "hxxpリンクを開く", "hxxpリンクを開く"},
	{"name.exe", "name.exe", "name.exe"},
	{"10.0.19045.1", "10.0.19045.1", "10.0.19045.1"},
	{"1.2.3", "1.2.3", "1.2.3"},
	{"12:30:45", "12:30:45", "12:30:45"},
	{"pat[at]word", "pat[at]word", "pat[at]word"},
	{"package@1.2.3", "package@1.2.3", "package@1.2.3"},
	{"HKLM:\\Software\\a[.]b", "HKLM:\\Software\\a[.]b", "HKLM:\\Software\\a[.]b"},
	{"hxxp: evil[.]com", "hxxp: evil[.]com", "hxxp: evil[.]com"},
	{"evil[.] example", "evil[.] example", "evil[.] example"},
	{"evil [.]", "evil [.]", "evil [.]"},
	{"連絡先＠evil", "連絡先＠evil", "連絡先＠evil"},
	{"evil[.]com and more", "evil[.]com and more", "evil[.]com and more"},
	{"evil[.]com、evil[.]net", "evil[.]com、evil[.]net", "evil[.]com、evil[.]net"},
	{"C:\\Windows\\a[.]exe", "C:\\Windows\\a[.]exe", "C:\\Windows\\a[.]exe"},
	{"meow", "meow", "meow"},
	{"d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"},
};

static void test_spellings(void **state)
{
	struct model *m = *state;
	struct arena *a = &m->arena;
	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++) {
		struct str written = str_of(spellings[i].written);
		assert_str_equal(refang(a, written), spellings[i].live);
		assert_str_equal(defang(a, written), spellings[i].canonical);
		assert_str_equal(defang(a, defang(a, written)), spellings[i].canonical);
		assert_str_equal(refang(a, defang(a, refang(a, written))), spellings[i].live);
	}
}

static void test_unchanged_is_the_same(void **state)
{
	struct model *m = *state;
	struct str live = STR("https://evil.example/a"), safe = STR("hxxps://evil[.]example/a");
	assert_ptr_equal(refang(&m->arena, live).p, live.p);
	assert_ptr_equal(defang(&m->arena, safe).p, safe.p);
}

/* What spelling_read tells, in letters. */
static const char *told(struct model *m, const char *written)
{
	struct spelling s = spelling_read(str_of(written));
	return arena_printf(&m->arena, "%s%s%s%u/%u%s%s%s%s%s <%.*s>%s", s.scheme ? "scheme " : "",
	                    s.scheme_defanged ? "defanged " : "", s.separator_exotic ? "separator " : "", s.live_dots,
	                    s.dots, s.dots_exotic ? " exotic" : "", s.at ? " at" : "", s.at_defanged ? " defanged" : "",
	                    s.colons ? " colons" : "", s.colons_defanged ? " defanged" : "",
	                    STR_ARG(str_at(str_of(written), s.host)),
	                    spelling_is_live(&s) ? " live"
	                    : s.over             ? " over"
	                                         : "")
	    .p;
}

static void test_told(void **state)
{
	static const struct {
		const char *written, *told;
	} cases[] = {
		{"https://a.evil.example/b.c", "scheme 2/2 <a.evil.example> live"},
		{"https://evil[.]example", "scheme 0/1 <evil[.]example>"},
		{"hxxps://evil.example", "scheme defanged 1/1 <evil.example>"},
		{"hxxps[://]evil[dot]example:80", "scheme defanged separator 0/1 exotic <evil[dot]example>"},
		{"https[:]//evil.example", "scheme separator 1/1 <evil.example>"},
		{"http://me@evil.example:80/", "scheme 1/1 <evil.example> live"},
		{"http://[2001:db8::1]/", "scheme 0/0 colons <[2001:db8::1]> live"},
		{"192.0.2[.]1", "2/3 <192.0.2[.]1>"},
		{"evil.com", "1/1 <evil.com> live"},
		{"a.b@evil[.]com", "0/1 at <evil[.]com>"},
		{"a.b[at]evil.com", "1/1 at defanged <evil.com>"},
		{"2001[:]db8[:][:]1", "0/0 colons defanged <2001[:]db8[:][:]1>"},
		{"2001[:]db8::1", "0/0 colons <2001[:]db8::1> live"},
		{"hxxp://hxxp[.]kali[.]org/kali", "scheme defanged 0/2 <hxxp[.]kali[.]org> over"},
		{"hxxp.kali[.]org", "1/2 <hxxp.kali[.]org> over"},
		{"evil[[.]]example", "0/1 exotic <evil[[.]]example>"},
		{"name.exe", "0/0 <>"},
		{"a b[.]com", "0/0 <>"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(told(*state, cases[i].written), cases[i].told);
}

static void test_split(void **state)
{
	static const struct {
		const char *url, *parts;
	} cases[] = {
		{"https://evil.example", "https,,evil.example,,,,"},
		{"https://me:pw@evil.example:80/a?b=c?d#e#f", "https,me:pw,evil.example,80,/a,b=c?d,e#f"},
		{"hxxps[://]me[@]evil[.]example[:]80/a", "hxxps,me,evil[.]example,80,/a,,"},
		{"http://[2001:db8::1]:80", "http,,[2001:db8::1],80,,,"},
		{"http://evil.example?b", "http,,evil.example,,,b,"},
		{"http://evil.example#c?d", "http,,evil.example,,,,c?d"},
		{"http://evil.example@80/share", "http,,evil.example,80,/share,,"},
		{"file://evil.example@SSL/DavWWWRoot", "file,,evil.example,,/DavWWWRoot,,"},
		{"http://evil.example:/", "http,,evil.example,,/,,"},
		{"evil.example/a", "none"},
		{"http:evil.example", "none"},
	};
	struct model *m = *state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct url_parts p;
		struct str url = str_of(cases[i].url), got = STR("none");
		if (url_split(url, &p))
			got = arena_printf(&m->arena, "%.*s,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s", STR_ARG(str_at(url, p.scheme)),
			                   STR_ARG(str_at(url, p.user)), STR_ARG(str_at(url, p.host)), STR_ARG(str_at(url, p.port)),
			                   STR_ARG(str_at(url, p.path)), STR_ARG(str_at(url, p.query)),
			                   STR_ARG(str_at(url, p.fragment)));
		assert_str_equal(got, cases[i].parts);
	}
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A megabyte of what is hard to read; sanitizers are slow. */
static void test_hostile(void **state)
{
	static const char *const pieces[] = {"[",     "[.",     "[.]",  "hxxp://a[.]", "[ ",   "a.",   "[:]",  "a@",
	                                     "[at]",  "\\.",    "[[.]", "［．",        "［",   "a:b:", "::",   "hxxps[://]",
	                                     "(dot)", "1[.]2.", "[::",  "http://[a",   "。ん", "a/[[", "[.].]"};
	enum { SIZE = 1 << 20 };
	struct model *m = *state;
	char *text = xmalloc(SIZE);
	double begin = seconds();
	for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
		size_t n = strlen(pieces[i]);
		for (size_t k = 0; k < SIZE; k++)
			text[k] = pieces[i][k % n];
		struct str value = {text, SIZE};
		struct spelling s = spelling_read(value);
		assert_true(span_end(s.host) <= SIZE);
		struct str live = refang(&m->arena, value);
		assert_true(str_eq(refang(&m->arena, defang(&m->arena, live)), live));
		arena_reset(&m->arena);
	}
	free(text);
	assert_true(seconds() - begin < 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spellings), cmocka_unit_test(test_unchanged_is_the_same),
		cmocka_unit_test(test_told),      cmocka_unit_test(test_split),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, model_setup, model_teardown);
}
