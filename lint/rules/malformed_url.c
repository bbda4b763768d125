#include "lint/check.h"
#include "lint/link_place.h"
#include "lint/url_flaw.h"

/* ---- addresses that are read as such ---- */

/* A link, or the article's own URL: it is there to be followed. `https://DEVICE/login` on a line of its own may be none. */
static bool is_meant(const struct digest *d, const struct link *l)
{
	return l->kind == LINK_INLINE || link_is_article(d, l);
}

/* Scheme and host, with the slash behind them; all of a URL without one. */
static struct str front_of(struct str url)
{
	return str_slice(url, 0, str_find_byte(url, 8, '/') + 1);
}

/* Most URLs begin as the one before: `*front` is what was found to be sound. */
static bool is_known(struct str url, const struct str *front)
{
	return front->n && str_starts(url, *front) && front->p[front->n - 1] == '/' && str_find_byte(url, 0, '%') == url.n;
}

static void check_url(struct check *c, const struct digest *d, const struct link *l, struct str *front)
{
	struct str url = digest_str(d, l->url);
	struct span part;
	if (is_known(url, front))
		return;
	/* `https://exаmple.com`: the host is longer than what was read of it. */
	unsigned char next = span_end(l->at) < d->source->text.n ? (unsigned char)d->source->text.p[span_end(l->at)] : ' ';
	enum url_flaw flaw = next < 0x80 ? url_flaw_of(url, true, &part) : URL_SOUND;
	if (flaw != URL_SOUND && !is_meant(d, l))
		flaw = url_flaw_of(url, false, &part);
	struct str text = str_at(url, part);
	struct span at = part.len ? (struct span){l->url.off + part.off, part.len} : l->url;
	switch (flaw) {
	case URL_SOUND:
		*front = next < 0x80 && is_meant(d, l) ? front_of(url) : *front;
		return;
	case URL_TWICE:
		report(c, l->url, "the address begins twice");
		return;
	case URL_NO_DOT:
		report(c, at, "the host `%.*s` has no dot: it is no name of the web", STR_ARG(text));
		return;
	case URL_TLD:
		report(c, at, "there is no top-level domain `.%.*s`", STR_ARG(text));
		return;
	case URL_OCTETS:
		report(c, at, "`%.*s` is no IP address", STR_ARG(text));
		return;
	case URL_LABEL:
		report(c, at, "the host holds what no name can: `%.*s`", STR_ARG(text));
		return;
	case URL_PORT:
		report(c, at, "`%.*s` is no port", STR_ARG(text));
		return;
	case URL_ESCAPE:
		weigh(c, report(c, at, "`%.*s` is no percent-escape", STR_ARG(text)), SEVERITY_WARNING);
		return;
	}
}

/* ---- links that Markdown does not see ---- */

/* Does the paragraph go on over the line's start or end? Then the rest of the link may stand there. */
static bool goes_on(const struct digest *d, uint32_t line, uint32_t next)
{
	return next < d->lines && d->line[next].block == d->line[line].block && d->line[line].block != BLOCK_NONE &&
	       d->line[next].kind == LINE_TEXT;
}

/* Is there a `[` for the `]` at `close`, which is the last byte of `s`? */
static bool is_opened(struct str s)
{
	size_t depth = 0;
	for (size_t i = s.n; i-- > 0;) {
		depth += s.p[i] == ']';
		depth -= s.p[i] == '[';
		if (!depth)
			return true;
	}
	return false;
}

static bool is_closed(struct str s)
{
	size_t depth = 1;
	for (size_t i = 0; i < s.n; i++) {
		depth += s.p[i] == '(';
		depth -= s.p[i] == ')';
		if (!depth)
			return true;
	}
	return false;
}

/* `[題][https://…]` is the whole line, and the brackets are all that is wrong. */
static void mend_brackets(struct check *c, const struct digest *d, const struct link *l, struct str text,
                          struct finding *f)
{
	const struct line *line = &d->line[l->line];
	struct span close = {span_end(l->at), 1}, seam = {l->at.off - 2, 2};
	struct str url = digest_str(d, l->url);
	bool plain = str_find_byte(url, 0, '(') == url.n && str_find_byte(url, 0, ')') == url.n;
	if (!plain || span_end(close) != span_end(line->text) || !str_eqz(digest_str(d, close), "]") ||
	    !str_starts(text, STR("[")) || !link_can_hold(str_from(text, 1)))
		return;
	suggest(c, f, "make it a link");
	edit_replace(c, f, seam, STR("]("));
	edit_replace(c, f, close, STR(")"));
}

/* What stands between text and address in place of `](`: `[題](<https://…)`, `[題]:(https://…)`, `\\[題\\](https://…)`. */
static bool check_seam(struct check *c, const struct digest *d, const struct link *l, struct str before)
{
	static const struct str seams[] = {STR_INIT("](<"), STR_INIT("](「"), STR_INIT("](\""), STR_INIT("](“"),
	                                   STR_INIT("]:("), STR_INIT("]：("), STR_INIT("\\]("), STR_INIT("][")};
	for (size_t i = 0; i < ARRAY_SIZE(seams); i++) {
		if (!str_ends(before, seams[i]))
			continue;
		struct str text = str_slice(before, 0, before.n - seams[i].n);
		if (memchr(text.p, '`', text.n) || str_find_byte(text, 0, '[') == text.n)
			return false;
		struct finding *f = report(c, (struct span){l->at.off - (uint32_t)seams[i].n, (uint32_t)seams[i].n},
		                           "`%.*s` stands where `](` should, so this is no link", STR_ARG(seams[i]));
		if (str_eqz(seams[i], "]["))
			mend_brackets(c, d, l, text, f);
		return true;
	}
	return false;
}

/* Nothing but the end of the line, or a full-width parenthesis before it, follows the address: there the link ends. */
static void mend_end(struct check *c, const struct digest *d, const struct link *l, struct finding *f)
{
	static const struct str wide = STR_INIT("）");
	uint32_t end = span_end(l->at);
	struct str url = digest_str(d, l->url), rest = str_slice(d->source->text, end, span_end(d->line[l->line].text));
	if (l->kind != LINK_BARE || str_find_byte(url, 0, '(') < url.n || str_find_byte(url, 0, ')') < url.n)
		return;
	if (rest.n && !str_eq(rest, wide))
		return;
	suggest(c, f, "close the link");
	edit_replace(c, f, (struct span){end, (uint32_t)rest.n}, STR(")"));
}

/* A bare URL right behind `](`: our scanner found no link around it. True: it has been told. */
static bool check_broken(struct check *c, const struct digest *d, const struct link *l)
{
	enum { LONGEST_PART = 1000 };
	const struct line *line = &d->line[l->line];
	struct str text = d->source->text;
	struct str before = str_slice(text, line->text.off, l->at.off),
			   behind = str_slice(text, l->at.off, span_end(line->text));
	if (before.n <= LONGEST_PART && check_seam(c, d, l, before))
		return true;
	if (!str_ends(before, STR("](")) || behind.n > LONGEST_PART || before.n > LONGEST_PART)
		return false;
	before.n--;
	/* Escapes and code are meant as they stand. */
	if (memchr(before.p, '\\', before.n) || memchr(before.p, '`', before.n))
		return true;
	if (!is_opened(before)) {
		bool above = line->kind == LINE_TEXT && l->line && goes_on(d, l->line, l->line) &&
		             d->line[l->line - 1].block == line->block;
		if (!above)
			report(c, (struct span){l->at.off - 2, 2}, "`](` has no `[` that belongs to it, so this is no link");
	} else if (!is_closed(behind) && !goes_on(d, l->line, l->line + 1)) {
		mend_end(c, d, l,
		         report(c, span_make(l->at.off - 1, span_end(l->at)), "the link is not closed: `)` is missing"));
	}
	return true;
}

/* `https://` and nothing behind it. */
static bool is_empty(struct str url)
{
	size_t n = str_eq_nocase(str_slice(url, 0, 8), STR("https://")) ? 8 : 7;
	bool web = n == 8 || str_eq_nocase(str_slice(url, 0, 7), STR("http://"));
	return web && (url.n == n || strchr("?#", url.p[n]));
}

/* `(「https://…」)`: what stands before the address and does not belong to it. */
static size_t quote_length(struct str url)
{
	static const struct str quotes[] = {STR_INIT("「"), STR_INIT("『"), STR_INIT("“"), STR_INIT("‘"),
	                                    STR_INIT("（"), STR_INIT("\""), STR_INIT("'")};
	for (size_t i = 0; i < ARRAY_SIZE(quotes); i++)
		if (str_starts(url, quotes[i]) && str_starts(str_from(url, quotes[i].n), STR("http")))
			return quotes[i].n;
	return 0;
}

/* `https://[2001:db8::1/a`: the length of what should be closed; 0 for anything else. */
static size_t open_bracket(struct str url)
{
	size_t scheme = str_starts(url, STR("https://[")) ? 8 : str_starts(url, STR("http://[")) ? 7 : 0;
	return scheme && str_find_byte(url, 0, ']') == url.n ? str_find_byte(url, scheme, '/') : 0;
}

/* `www.example.com/a` as a link's target is a file beside the digest. */
static bool lacks_scheme(struct str url)
{
	return str_eq_nocase(str_slice(url, 0, 4), STR("www.")) && str_find_byte(url, 4, '.') < url.n;
}

static void check_inline(struct check *c, const struct digest *d, const struct link *l, struct str *front)
{
	struct str url = digest_str(d, l->url);
	bool secure;
	struct str inside = digest_str(d, link_inside(d, l));
	size_t wrong = url_misbegun(inside, &secure);
	if (wrong)
		report(c, (struct span){link_inside(d, l).off, (uint32_t)wrong}, "`%.*s` should be `%s`", (int)wrong, inside.p,
		       secure ? "https://" : "http://");
	else if (str_starts(url, STR("(http")))
		report(c, link_inside(d, l), "the address stands in parentheses twice");
	else if (quote_length(inside))
		report(c, link_inside(d, l), "the address stands in quotes");
	else if (lacks_scheme(url))
		report(c, l->url, "the address has no scheme: `https://` is missing");
	else if (str_starts(inside, STR("<http")) && str_find_byte(inside, 0, '>') == inside.n)
		report(c, link_inside(d, l), "the address is not closed: `>` is missing");
	else if (open_bracket(inside))
		report(c, link_inside(d, l), "the host holds what no name can: `%.*s`", (int)open_bracket(inside), inside.p);
	else if (is_empty(url))
		report(c, l->url, "the address has no host");
	else if (!link_is_web(d, l))
		return;
	else if (!link_is_whole(d, l))
		report(c, link_inside(d, l), "the address holds a blank, so this is no link");
	else if (link_is_followed(d, l))
		check_url(c, d, l, front);
}

/* ---- addresses that are not even read as such ---- */

/* missing-url tells of what stands in the place of an article's URL. */
static bool is_for_others(const struct digest *d, uint32_t line)
{
	const struct entry *e = digest_entry_at(d, line);
	return e && e->url_line == line && !e->url.len;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("-_./%@+", c));
}

/* `slash` is the first of its kind: its scheme ends before it, or before a colon. */
static void check_scheme(struct check *c, const struct digest *d, const struct prose *p, size_t slash)
{
	static const struct str colons[] = {STR_INIT("："), STR_INIT(":"), STR_INIT(";")};
	struct str s = p->text;
	size_t from = slash;
	for (size_t i = 0; i < ARRAY_SIZE(colons); i++)
		while (str_ends(str_slice(s, 0, from), colons[i]))
			from -= colons[i].n;
	/* `http:s//` */
	if (str_ends(str_slice(s, 0, from), STR("http:s")))
		from -= 2;
	size_t end = from;
	while (from && (s.p[from - 1] | 0x20) >= 'a' && (s.p[from - 1] | 0x20) <= 'z')
		from--;
	bool secure;
	size_t wrong =
		end > from && (!from || !is_word(s.p[from - 1])) ? url_mistyped(str_from(s, from), false, &secure) : 0;
	if (!wrong || is_for_others(d, p->line))
		return;
	report(c, span_make(p->off + from, p->off + from + wrong), "`%.*s` should be `%s`", (int)wrong, s.p + from,
	       secure ? "https://" : "http://");
}

static void check_prose(struct check *c, const struct digest *d, const struct prose *p)
{
	static const struct str wide = STR_INIT("：／");
	struct str s = p->text;
	for (size_t i = str_find_byte(s, 0, '/'); i < s.n; i = str_find_byte(s, i, '/')) {
		check_scheme(c, d, p, i);
		while (i < s.n && s.p[i] == '/')
			i++;
	}
	if (prose_leads(p, (unsigned char)wide.p[0]))
		for (size_t i = str_find(s, 0, wide); i < s.n; i = str_find(s, i + 1, wide))
			check_scheme(c, d, p, i + 3);
}

static void check(struct check *c, const struct digest *d)
{
	struct str front = {"", 0};
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		if (l->defanged || line_is_ioc(d, l->line))
			continue;
		if (l->kind == LINK_INLINE)
			check_inline(c, d, l, &front);
		else if (!check_broken(c, d, l) && link_is_followed(d, l))
			check_url(c, d, l, &front);
	}
	FOR_EACH_PROSE (d, p)
		check_prose(c, d, p);
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_malformed_url = {
	.name = "malformed-url",
	.group = "link",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_LINK,
	.summary = "An address that no browser opens, or a link that is none",
	.why =
		"A slip of one character in a scheme, a host or a bracket, and the link leads nowhere. Nobody sees it but the reader "
		"who clicks it, and programs lose the address.",
	.bad = {.text = TOP "    - 詳細は[発表](https://example.com/a\n" END},
	.good = {.text = TOP "    - 詳細は[発表](https://example.com/a)\n" END},
	.check = check,
};
