#include "core/ioc/url.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

static bool address_follows(struct str s)
{
	static const struct str separators[] = {STR_INIT("[:]//"), STR_INIT("[://]"), STR_INIT("://"), STR_INIT("[:]")};
	if (s.n && s.p[0] == PROSE_HOLE)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(separators); i++) {
		if (!str_starts(s, separators[i]))
			continue;
		unsigned char next = separators[i].n < s.n ? (unsigned char)s.p[separators[i].n] : ' ';
		return next > ' ' && next < 0x80 && next != '/';
	}
	return s.n && strchr(":[(", s.p[0]);
}

/* `hxxp` in a sentence that is no address: 「hxxpリンク」. */
static void check_words(struct check *c, const struct prose *p)
{
	struct str s = p->text;
	for (size_t at = str_find(s, 0, STR("hxxp")); at < s.n; at = str_find(s, at + 4, STR("hxxp"))) {
		size_t end = at + 4 + (at + 4 < s.n && s.p[at + 4] == 's');
		if (address_follows(str_from(s, end)))
			continue;
		struct finding *f = report(c, (struct span){p->off + (uint32_t)at, (uint32_t)(end - at)},
		                           "`%.*s` is no address; there is nothing to defang", (int)(end - at), s.p + at);
		weigh(c, f, SEVERITY_WARNING);
	}
}

/* https://news.example/a[.]html: leads to the article's host, and there to nothing. */
static void check_link(struct check *c, const struct digest *d, const struct link *link)
{
	struct url_parts parts;
	struct str url = digest_str(d, link->url);
	if (str_find(url, 0, STR("[.]")) == url.n || !url_split(url, &parts))
		return;
	struct str path = str_at(url, parts.path), host = str_at(url, parts.host);
	struct str scheme = str_at(url, parts.scheme);
	size_t dot = str_find(path, 0, STR("[.]"));
	if (dot == path.n || str_find_byte(host, 0, '[') < host.n ||
	    !(str_eq_nocase(scheme, STR("http")) || str_eq_nocase(scheme, STR("https"))))
		return;
	uint32_t off = link->url.off + parts.path.off;
	struct finding *f = report(c, (struct span){off + (uint32_t)dot, 3},
	                           "the link is live, but its path is defanged: it leads nowhere");
	suggest(c, f, "write `.`");
	for (; dot < path.n; dot = str_find(path, dot + 3, STR("[.]")))
		edit_replace(c, f, (struct span){off + (uint32_t)dot, 3}, STR("."));
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_CELL (c, d, cell)
		if (cell->spelling.over)
			report(c, cell->at, "defanged twice; refanged, this is `%.*s`", STR_ARG(cell->is.live));
	for (size_t i = 0; i < d->links; i++)
		check_link(c, d, &d->link[i]);
	FOR_EACH_PROSE (d, p)
		check_words(c, p);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1"
#define MIDDLE "\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n"

const struct rule rule_overdefanged = {
	.name = "overdefanged",
	.group = "ioc",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "More is defanged than an address",
	.why =
		"Whoever replaces each `http` and each dot defangs words, names and paths as well. What programs then make of it is "
		"another host than the attacker's, or a link that leads nowhere.",
	.bad = {.text = TOP "[.]html" MIDDLE EXAMPLE_END},
	.good = {.text = TOP ".html" MIDDLE EXAMPLE_END},
	.check = check,
};
