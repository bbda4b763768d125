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

static bool is_name_byte(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '-';
}

/* What goes on the wire: no remark on how addresses are spelt. */
static bool names_traffic(struct str behind)
{
	static const struct str words[] = {
		STR_INIT("POST"), STR_INIT("GET"),    STR_INIT("PUT"),  STR_INIT("リクエスト"),   STR_INIT("レスポンス"),
		STR_INIT("通信"), STR_INIT("ヘッダ"), STR_INIT("接続"), STR_INIT("トラフィック"), STR_INIT("サーバ"),
		STR_INIT("経由"), STR_INIT("要求"),   STR_INIT("応答"), STR_INIT("プロキシ")};
	behind = str_trim(behind);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_starts(behind, words[i]))
			return true;
	return false;
}

/* `HXXP POST`, 「HXXPリクエスト」: nobody writes an address in capitals, and nobody the spelling itself. */
static void check_capitals(struct check *c, const struct prose *p)
{
	struct str s = p->text, word = STR("HXXP");
	for (size_t at = str_find(s, 0, word); at < s.n; at = str_find(s, at + word.n, word)) {
		size_t end = at + word.n + (at + word.n < s.n && s.p[at + word.n] == 'S');
		struct str behind = str_from(s, end), before = str_slice(s, 0, at);
		if (address_follows(behind) || !behind.n || strchr("/\"'`*.", *behind.p) || is_name_byte(*behind.p) ||
		    (at && (is_name_byte(before.p[at - 1]) || strchr("\"'`*/.\x1A", before.p[at - 1]))) ||
		    str_ends(before, STR("「")) || str_starts(behind, STR("」")))
			continue;
		struct span where = {p->off + (uint32_t)at, (uint32_t)(end - at)};
		struct finding *f =
			report(c, where, "`%.*s` is no address; there is nothing to defang", (int)(end - at), s.p + at);
		weigh(c, f, SEVERITY_WARNING);
		if (!names_traffic(behind))
			continue;
		suggest(c, f, "write `%s`", end - at > word.n ? "HTTPS" : "HTTP");
		edit_replace(c, f, where, end - at > word.n ? STR("HTTPS") : STR("HTTP"));
	}
}

static const struct str mark = STR_INIT("[.]");

/* Products that are called like a file or a host; the part behind the dot is no top-level domain. */
static bool is_product(struct str before, struct str behind)
{
	static const struct str scripts[] = {STR_INIT("Node"),  STR_INIT("Next"),  STR_INIT("Vue"),    STR_INIT("Nuxt"),
	                                     STR_INIT("React"), STR_INIT("Three"), STR_INIT("Express")};
	if (str_eq(before, STR("ASP")) && str_eq(behind, STR("NET")))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++)
		if (str_eq(before, scripts[i]) && str_eq(behind, STR("js")))
			return true;
	return false;
}

static bool is_number(struct str s)
{
	enum { LONGEST = 6 };
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n && s.n <= LONGEST;
}

/* Two or three numbers behind a word that says so; four are an address. */
static bool is_version(struct str before, struct str dotted)
{
	static const struct str words[] = {STR_INIT("版"),   STR_INIT("バージョン"), STR_INIT("ver."),
	                                   STR_INIT("Ver."), STR_INIT("version"),    STR_INIT("Version")};
	enum { MOST = 3 };
	size_t numbers = 0;
	bool word = false;
	before = str_trim(before);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		word = word || str_ends(before, words[i]);
	for (size_t from = 0; word && from <= dotted.n; numbers++) {
		size_t to = str_find(dotted, from, mark);
		if (!is_number(str_slice(dotted, from, to)))
			return false;
		from = to + (to < dotted.n ? mark.n : 1);
	}
	return numbers > 1 && numbers <= MOST;
}

/* A dotted name of which the mark at `at` is a part: from the first byte to the last; false where it goes on otherwise. */
static bool name_around(struct str s, size_t at, size_t *from, size_t *end)
{
	*from = at;
	while (*from && is_name_byte(s.p[*from - 1]))
		--*from;
	*end = at;
	while (str_starts(str_from(s, *end), mark)) {
		size_t name = *end + mark.n, to = name;
		while (to < s.n && is_name_byte(s.p[to]))
			to++;
		if (to == name)
			return false;
		*end = to;
	}
	return *from < at && (!*from || !strchr("./@]:\\[(\"'`", s.p[*from - 1])) &&
	       (*end == s.n || !strchr("./@[:\\`*", s.p[*end]));
}

/* `1[.]5[.]7`, `Node[.]js`: neither is an address. */
static void check_names(struct check *c, const struct prose *p)
{
	struct str s = p->raw;
	for (size_t at = str_find(s, 0, mark), from, end; at < s.n; at = str_find(s, end, mark)) {
		bool whole = name_around(s, at, &from, &end);
		end = end > at ? end : at + mark.n;
		struct str name = str_slice(s, from, end);
		size_t dot = at - from;
		if (!whole || !(is_product(str_slice(name, 0, dot), str_from(name, dot + mark.n)) ||
		                is_version(str_slice(s, 0, from), name)))
			continue;
		struct finding *f = report(c, span_make(p->off + from, p->off + end),
		                           "`%.*s` is no address; there is nothing to defang", STR_ARG(name));
		weigh(c, f, SEVERITY_WARNING);
		suggest(c, f, "write `.`");
		for (; dot < name.n; dot = str_find(name, dot + mark.n, mark))
			edit_replace(c, f, (struct span){p->off + (uint32_t)(from + dot), (uint32_t)mark.n}, STR("."));
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
	FOR_EACH_PROSE (d, p) {
		check_words(c, p);
		check_capitals(c, p);
		check_names(c, p);
	}
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
