#include "core/base/utf8.h"
#include "core/ioc/indicator.h"
#include "core/ioc/url.h"
#include "lint/blank.h"
#include "lint/check.h"
#include "lint/link_place.h"

/* What follows a URL without a blank between. */
enum follower {
	OTHER,    /* nothing, a blank, what ends a URL for everybody */
	STOP,     /* 、。 and the like */
	PARTICLE, /* a word of the sentence that no name in an address begins with */
	PHRASE,   /* words of the sentence that no address has, even where a name may begin: /a/に掲載 */
	LETTER,   /* Japanese that may be a part of the address: /wiki/日本 */
};

static bool starts_with_any(struct str s, const struct str *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (str_starts(s, v[i]))
			return true;
	return false;
}

static const struct str particles[] = {STR_INIT("を"), STR_INIT("に"), STR_INIT("で"),   STR_INIT("は"),
                                       STR_INIT("が"), STR_INIT("へ"), STR_INIT("から"), STR_INIT("まで")};

/* と, も and the like begin names, too; not where nothing else of one follows. */
static bool is_lone_particle(struct str s)
{
	static const struct str lone[] = {STR_INIT("と"), STR_INIT("も"), STR_INIT("や"),  STR_INIT("の"),
	                                  STR_INIT("か"), STR_INIT("等"), STR_INIT("など")};
	for (size_t i = 0; i < ARRAY_SIZE(lone); i++) {
		struct str rest = str_from(s, lone[i].n);
		if (str_starts(s, lone[i]) &&
		    (!rest.n || *rest.p == ' ' || str_starts(rest, STR("、")) || str_starts(rest, STR("。")) ||
		     str_starts(rest, STR("http")) || str_starts(rest, WIDE_SPACE)))
			return true;
	}
	return false;
}

static enum follower follower_of(struct str s)
{
	static const struct str phrases[] = {
		STR_INIT("を"),         STR_INIT("で公開"),   STR_INIT("で配布"),   STR_INIT("で確認"),     STR_INIT("で発表"),
		STR_INIT("に掲載"),     STR_INIT("に記載"),   STR_INIT("にて"),     STR_INIT("における"),   STR_INIT("によ"),
		STR_INIT("にアクセス"), STR_INIT("に接続"),   STR_INIT("へ接続"),   STR_INIT("へアクセス"), STR_INIT("へ誘導"),
		STR_INIT("に誘導"),     STR_INIT("から取得"), STR_INIT("から配布"), STR_INIT("からダウン"), STR_INIT("の記事"),
		STR_INIT("のページ"),   STR_INIT("の投稿"),   STR_INIT("のブログ"), STR_INIT("のレポート"), STR_INIT("の報告"),
		STR_INIT("の発表"),     STR_INIT("のサイト"), STR_INIT("の資料"),   STR_INIT("の情報"),     STR_INIT("経由"),
		STR_INIT("参照"),       STR_INIT("より引用"), STR_INIT("より取得"), STR_INIT("および"),     STR_INIT("及び"),
		STR_INIT("または"),     STR_INIT("という"),   STR_INIT("といった"), STR_INIT("として"),
	};
	static const struct str stops[] = {STR_INIT("、"), STR_INIT("。"), STR_INIT("，"), STR_INIT("．"), STR_INIT("！"),
	                                   STR_INIT("？"), STR_INIT("；"), STR_INIT("："), STR_INIT("（"), STR_INIT("・"),
	                                   STR_INIT("～"), STR_INIT("〜"), STR_INIT("“"),  STR_INIT("→"),  STR_INIT("⇒")};
	size_t i = 0;
	if (!s.n || (unsigned char)*s.p < 0x80)
		return OTHER;
	if (starts_with_any(s, stops, ARRAY_SIZE(stops)))
		return STOP;
	if (starts_with_any(s, phrases, ARRAY_SIZE(phrases)))
		return PHRASE;
	if (starts_with_any(s, particles, ARRAY_SIZE(particles)) || is_lone_particle(s))
		return PARTICLE;
	/* Hiragana, katakana, 々〆〇, kanji. */
	uint32_t c = utf8_next(s, &i);
	return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3400 && c <= 0x9FFF) ? LETTER
	                                                                                                    : OTHER;
}

/* Does what follows go on like an address: `comんdetailん.example/`, `/レポート.zip`? */
static bool goes_on(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		struct str rest = str_from(s, i);
		uint32_t c = utf8_next(s, &i);
		bool stop = c <= ' ' || (c >= 0x3000 && c <= 0x303F && c != 0x3005) || (c >= 0xFF01 && c <= 0xFF0F);
		if (stop || str_starts(rest, STR("http")) || str_starts(rest, STR("hxxp")))
			return false;
		if (c < 0x80 && strchr("./:", (int)c))
			return i < s.n && (unsigned char)s.p[i] > ' ';
	}
	return false;
}

/* `…/forever/e/で、`: a particle, and the sentence pauses. */
static bool pauses(struct str behind)
{
	size_t i = 0;
	utf8_next(behind, &i);
	return follower_of(str_from(behind, i)) == STOP;
}

/* `…/a.html`: a name goes on behind it no more. */
static bool ends_in_file(struct str url)
{
	static const struct str endings[] = {
		STR_INIT(".html"), STR_INIT(".htm"), STR_INIT(".shtml"), STR_INIT(".php"), STR_INIT(".asp"), STR_INIT(".aspx"),
		STR_INIT(".jsp"),  STR_INIT(".pdf"), STR_INIT(".txt"),   STR_INIT(".csv"), STR_INIT(".zip"), STR_INIT(".md"),
		STR_INIT(".json"), STR_INIT(".xml"), STR_INIT(".exe"),   STR_INIT(".sh"),  STR_INIT(".ps1"), STR_INIT(".yaml"),
		STR_INIT(".png"),  STR_INIT(".jpg"), STR_INIT(".docx"),  STR_INIT(".xlsx")};
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (str_ends(url, endings[i]))
			return true;
	return false;
}

/* A setting, not a link. */
static bool is_own_machine(struct str host)
{
	return str_eqz(host, "localhost") || address_range_of(host) == RANGE_LOOPBACK;
}

/* Is it certain that the URL ends where it is read to end? */
static bool ends_there(struct str url, enum follower follower, struct str behind)
{
	struct url_parts parts;
	if (follower == OTHER || !url_split(url, &parts))
		return false;
	bool host_only = span_end(parts.host) == url.n || span_end(parts.port) == url.n;
	if (is_own_machine(str_at(url, parts.host)) ||
	    (host_only && str_find_byte(str_at(url, parts.host), 0, '.') == parts.host.len))
		return false;
	if (follower == STOP)
		return true;
	if (!host_only && str_find_byte(url, 0, '?') == url.n && ends_in_file(url))
		return true;
	if (goes_on(behind))
		return false;
	if (host_only || (parts.path.len == 1 && span_end(parts.path) == url.n))
		return true;
	/* A wiki has an article on anything; a form is sent with it. */
	bool any = str_find(url, 0, STR("/wiki/")) < url.n || url.p[url.n - 1] == '=';
	if (follower == PHRASE && !any)
		return true;
	if (follower == PHRASE && !starts_with_any(behind, particles, ARRAY_SIZE(particles)))
		return false;
	bool open = strchr("/=-_", url.p[url.n - 1]) != NULL;
	return (follower == PHRASE || follower == PARTICLE) && (!open || str_starts(behind, STR("を")) || pauses(behind));
}

static void check_link(struct check *c, const struct digest *d, const struct link *l)
{
	struct str text = d->source->text, url = digest_str(d, l->url);
	uint32_t end = span_end(l->at), line_end = span_end(d->line[l->line].text);
	bool paren = end < line_end && text.p[end] == ')';
	struct str behind = str_slice(text, end + paren, line_end);
	enum follower follower = follower_of(behind);
	/* Everything goes on behind a parenthesis. */
	if (paren ? follower == OTHER : !ends_there(url, follower, behind))
		return;
	size_t i = 0;
	utf8_next(behind, &i);
	struct finding *f = report(c, l->at, "`%.*s` stands right behind the URL and is taken for a part of it",
	                           (int)(paren + i), text.p + end);
	suggest(c, f, "put a space between");
	if (paren && text.p[l->at.off - 1] == '(')
		edit_insert(c, f, l->at.off, STR(" "));
	edit_insert(c, f, end, STR(" "));
}

static void check(struct check *c, const struct digest *d)
{
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		uint32_t end = span_end(l->at);
		/* A defanged one is no link to anybody. */
		if (l->kind != LINK_BARE || l->defanged || end >= span_end(d->line[l->line].text))
			continue;
		unsigned char next = (unsigned char)d->source->text.p[end];
		/* misplaced-url tells of an article's URL that does not stand alone. */
		if ((next >= 0x80 || next == ')') && !line_is_ioc(d, l->line) && !link_is_article(d, l))
			check_link(c, d, l);
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_glued_url = {
	.name = "glued-url",
	.group = "link",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_LINK,
	.summary = "Japanese text stands right behind a URL",
	.why =
		"A URL ends at a blank. Many programs, and the pages that show the digest, take what is glued to it for a part of the "
		"address, and the link leads nowhere.",
	.bad = {.text = TOP "    - https://example.com/aを参照\n" END},
	.good = {.text = TOP "    - https://example.com/a を参照\n" END},
	.check = check,
};
