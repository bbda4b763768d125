#include "core/search/match.h"
#include "tests/unit/model.h"

/* The places in the line, each in `«»`. */
static const char *marked(struct model *m, const char *written, bool substring, const char *line)
{
	enum { ROOM = 16 };
	struct query q;
	struct err err;
	struct line_view view = {0};
	struct folded quick = {0};
	struct arena scratch = {0};
	struct span at[ROOM];
	struct buf out = {0};
	struct str text = str_of(line);
	assert_int_equal(query_read(&m->arena, str_of(written), substring, &q, &err), 0);
	line_view_set(&view, text);
	fold_quick(&quick, text);
	size_t nr = query_find(&q, &view, &scratch, at, ROOM), from = 0;
	if (nr && !query_may_match(&q, folded_str(&quick)))
		fail_msg("%s is in %s, but it may not", written, line);
	for (size_t i = 0; i < nr; i++) {
		assert_true(at[i].off >= from && span_end(at[i]) <= text.n);
		buf_add(&out, str_slice(text, from, at[i].off));
		buf_addz(&out, "«");
		buf_add(&out, str_at(text, at[i]));
		buf_addz(&out, "»");
		from = span_end(at[i]);
	}
	buf_add(&out, str_from(text, from));
	const char *result = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	folded_release(&quick);
	line_view_release(&view);
	arena_release(&scratch);
	return result;
}

static const struct {
	const char *query, *marked;
} cases[] = {
	/* words */
	{"vpn", "«ＶＰＮ»と«VPN»、Open«Vpn»Sとvp n"},
	{"ゼロデイ", "«ゼロデイ»脆弱性、ゼロ デイ"},
	{"攻撃", "«攻撃»を«攻撃»で"},
	{"ｾｷｭﾘﾃｨ", "«セキュリティ»と«ｾｷｭﾘﾃｨ»"},
	{"が", "«が»«か\u3099»か、«か\u3099\u0301»"},
	{"ガ", "«ガ»«ｶﾞ»ｶ"},
	{"a b", "«A \t　b»、ab"},
	{"ゼロ-デイ", "«ゼロ‐デイ»「«ゼロ–デイ»」ゼロデイ"},
	{"ab", "«a\u200Bb»c"},
	{"①", "«1»と«①»"},
	{"ss", "Stra«ß»e"},
	{".*", "a«.*»b [a-z]+"},
	{"[.]", "a.b a«[.]»b"},
	{"[a-z]+", "a.b «[A-Z]+»"},
	{"Node.js", "«node.js»と«Node[.]js»"},
	{"evil[.]", "«evil.»com «evil[.]»org not«evil(dot)»net"},
	{"192.168.", "«192.168.»0.1 «192[.]168[.]»0[.]2"},
	{"https://evil", "hxxps«://evil»[.]com http«[:]//evil»"},
	{"setup.exe", "C:\\a\\«setup.exe» vpn«setup[.]exe»"},
	/* hosts */
	{"evil.com", "«evil.com» notevil.com evil.com.au evil-com x-evil.com evil.community «evil.com»."},
	{"evil[.]com", "hxxps://a.«evil[.]com»/b «EVIL(dot)COM» «ｅｖｉｌ．ｃｏｍ» «evil\\[.\\]com» a[@]«evil[.]com»"},
	{"*.evil.com", "a.«evil.com»"},
	{"evil.com.", "a.«evil.com»が"},
	{"https://www.evil.com/", "«evil.com» www.«evil.com»/a"},
	{"evil.com:8080", "evil.com:80 «evil[.]com:8080»/a evil.com:80801"},
	{"日本語.jp", "«日本語.jp» «XN--WGV71A119E[.]jp» 英語.jp"},
	{"xn--wgv71a119e.jp", "«日本語[.]jp»"},
	/* addresses */
	{"1.2.3.4", "«1.2.3.4» 11.2.3.4 1.2.3.40 1.2.3.4.5 0.1.2.3.4 «1[.]2[.]3[.]4»:443 http://«1.2.3.4»/a"},
	{"1[.]2[.]3[.]4:443", "1.2.3.4 «1.2.3.4:443» 1.2.3.4:4430"},
	{"1.2.3.0/24", "1.2.3.0 «1[.]2[.]3[.]0/24»"},
	{"2001:db8::1", "«2001:0DB8:0::1» [«2001:db8::1»]:80 2001:db8::12 «2001[:]db8[:][:]1» x2001:db8::1"},
	{"a@evil.com", "«a[@]evil[.]com» x.a@evil.com «A[at]evil[dot]com» a@evil.com.au"},
	/* hashes and others */
	{"D41D8CD98F00B204E9800998ECF8427E", "«d41d8cd98f00b204e9800998ecf8427e»_x ad41d8cd98f00b204e9800998ecf8427e"},
	{"as1234", "«AS1234» AS12345 BAS1234"},
	/* CVE numbers */
	{"CVE-2024-3400", "«CVE-2024-3400» CVE-2024-34001 «cve‑2024–3400»、«ＣＶＥ－２０２４－３４００»"},
	{"ＣＶＥ－２０２４－３４００", "«CVE 2024 3400» «CVE_2024_3400» «CVEー2024ー3400»の XCVE-2024-3400"},
	{"cve 2024 3400", "«CVE-2024-3400»"},
	{"CVE-2024-340", "«CVE-2024-340»0 CVE 2024-340"},
	{"CVE-2024-", "«CVE-2024-»3400"},
	{"CVE", "«CVE»-2024-3400"},
	/* URLs */
	{"https://evil.com/a", "«evil.com/a» hxxp://www.«evil[.]com/a/?utm_source=x#y» evil.com/ab a.evil.com/a"},
	{"http://www.evil.com/a/", "「https://«EVIL.com:443/a»」、«evil.com/a/b»,URL,a"},
	{"hxxps://evil[.]com/a", "<https://u@«evil.com/./a»> [a](https://«evil.com/a»)"},
	{"evil.com/a?b=1", "evil.com/a «evil.com/a?b=1» «evil.com/a?utm_id=2&b=1&c=3» evil.com/a?b=12"},
	{"ftp://evil.com/a", "fxp://«evil[.]com/a»"},
	{"https://evil.com/日", "https://«evil.com/日» «evil.com/%e6%97%a5»を"},
	{"https://1.2.3.4/a", "«1[.]2[.]3[.]4/a» 1.2.3.4/b"},
	{"https://evil.com:8443/a", "evil.com/a «evil[.]com:8443/a»"},
};

static const char *unmarked(struct model *m, const char *text)
{
	struct buf out = {0};
	for (size_t i = 0; text[i]; i++) {
		if (strncmp(text + i, "«", 2) == 0 || strncmp(text + i, "»", 2) == 0)
			i++;
		else
			buf_addc(&out, text[i]);
	}
	const char *result = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return result;
}

static void test_find(void **state)
{
	struct model *m = *state;
	size_t wrong = 0;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *got = marked(m, cases[i].query, false, unmarked(m, cases[i].marked));
		if (strcmp(got, cases[i].marked) != 0) {
			print_error("%s:\n  %s\n  %s\n", cases[i].query, got, cases[i].marked);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_substring(void **state)
{
	struct model *m = *state;
	assert_string_equal(marked(m, "evil.com", true, "notevil[.]com.au"), "not«evil[.]com».au");
	assert_string_equal(marked(m, "CVE-2024-34", true, "CVE-2024-3400"), "«CVE-2024-34»00");
	assert_string_equal(marked(m, "d41d8cd98f00b204e9800998ecf8427e", true, "xd41d8cd98f00b204e9800998ecf8427ex"),
	                    "x«d41d8cd98f00b204e9800998ecf8427e»x");
}

static void test_refused(void **state)
{
	static const char *const wrong[] = {"", " ", "\t　", "\u200B", "\xFF", "a\nb", "a\rb"};
	struct model *m = *state;
	struct query q;
	struct err err;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(query_read(&m->arena, str_of(wrong[i]), false, &q, &err), -1);
}

static void test_many(void **state)
{
	enum { ROOM = 3 };
	struct model *m = *state;
	struct span at[ROOM];
	struct line_view view = {0};
	struct query q;
	struct err err;
	assert_int_equal(query_read(&m->arena, STR("a"), false, &q, &err), 0);
	line_view_set(&view, STR("aaaaaaaa"));
	assert_int_equal(query_find(&q, &view, &m->arena, at, ROOM), ROOM);
	assert_int_equal(query_find(&q, &view, &m->arena, at, 0), 0);
	line_view_release(&view);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_substring),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests_name("search", tests, model_setup, model_teardown);
}
