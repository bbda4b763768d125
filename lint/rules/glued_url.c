#include "core/base/utf8.h"
#include "core/ioc/indicator.h"
#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/link_place.h"

/* What follows a URL without a blank between. */
enum follower {
	OTHER,    /* nothing, a blank, what ends a URL for everybody */
	STOP,     /* 、。 and the like */
	PARTICLE, /* a word of the sentence that no name in an address begins with */
	LETTER,   /* Japanese that may be a part of the address: /wiki/日本 */
};

static enum follower follower_of(struct str s)
{
	static const struct str stops[] = {STR_INIT("、"), STR_INIT("。"), STR_INIT("，"), STR_INIT("．"), STR_INIT("！"),
	                                   STR_INIT("？"), STR_INIT("；"), STR_INIT("："), STR_INIT("（"), STR_INIT("・"),
	                                   STR_INIT("～"), STR_INIT("〜"), STR_INIT("“"),  STR_INIT("→"),  STR_INIT("⇒")};
	static const struct str particles[] = {STR_INIT("を"), STR_INIT("に"), STR_INIT("で"),   STR_INIT("は"),
	                                       STR_INIT("が"), STR_INIT("へ"), STR_INIT("から"), STR_INIT("まで")};
	size_t i = 0;
	if (!s.n || (unsigned char)*s.p < 0x80)
		return OTHER;
	for (size_t k = 0; k < ARRAY_SIZE(stops); k++)
		if (str_starts(s, stops[k]))
			return STOP;
	for (size_t k = 0; k < ARRAY_SIZE(particles); k++)
		if (str_starts(s, particles[k]))
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
	if (goes_on(behind))
		return false;
	if (host_only || (parts.path.len == 1 && span_end(parts.path) == url.n))
		return true;
	bool open = strchr("/=-_", url.p[url.n - 1]) != NULL;
	return follower == PARTICLE && (!open || str_starts(behind, STR("を")) || pauses(behind));
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
