#include "core/ioc/url.h"

#include "core/ioc/fang.h"

static size_t host_end(struct str s, size_t from, bool *defanged)
{
	struct tokens t = {.s = s, .i = from};
	struct token k;
	while (token_next(&t, &k))
		*defanged |= k.defanged;
	return t.i;
}

struct brackets {
	size_t round_open, round_close, square_open, square_close;
};

static struct brackets count_brackets(struct str s, size_t start, size_t end)
{
	struct brackets b = {0};
	for (size_t i = start; i < end; i++) {
		b.round_open += s.p[i] == '(';
		b.round_close += s.p[i] == ')';
		b.square_open += s.p[i] == '[';
		b.square_close += s.p[i] == ']';
	}
	return b;
}

static bool is_punctuation(char c)
{
	return c && strchr(".,:;!?'*_~", c);
}

/* Punctuation that belongs to the sentence, and brackets that the URL did not open (as GitHub's autolinks). */
static size_t without_tail(struct str s, size_t start, size_t end)
{
	if (end > start && !is_punctuation(s.p[end - 1]) && !strchr("()[]", s.p[end - 1]))
		return end;
	struct brackets b = count_brackets(s, start, end);
	for (; end > start; end--) {
		char last = s.p[end - 1];
		if (is_punctuation(last))
			continue;
		if (last == '(')
			b.round_open--;
		else if (last == '[')
			b.square_open--;
		else if (last == ')' && b.round_close > b.round_open)
			b.round_close--;
		else if (last == ']' && b.square_close > b.square_open)
			b.square_close--;
		else
			break;
	}
	return end;
}

size_t url_end(struct str s, size_t host)
{
	size_t end = host;
	while (end < s.n && !ends_url(s.p[end]))
		end++;
	if (host < s.n && s.p[host] != '/' && s.p[host] != '?' && s.p[host] != '#')
		end = host;
	return without_tail(s, host, end);
}

size_t url_length(struct str s, bool *defanged)
{
	struct opening o = opening_read(s, false);
	*defanged = o.defanged;
	if (!o.length)
		return 0;
	size_t host = host_end(s, o.length, defanged);
	size_t end = host > o.length ? url_end(s, host) : host;
	if (end == host)
		end = without_tail(s, o.length, host);
	return end > o.length ? end : 0;
}

/*
 * Parameters that only say which campaign, mail or page a reader came from; a star at the end stands for any rest. Others that
 * sites use for both (`source`, `cid`, `gi`) are left alone.
 */
static const char *const trackers[] = {
	"srsltid",
	"gad_source",
	"gad_campaignid",
	"mibextid",
	"_ga",
	"_gl",
	"guccounter",
	"guce_referrer",
	"guce_referrer_sig",
	"__twitter_impression",
	"utm_*",
	"fbclid",
	"gclid",
	"gclsrc",
	"dclid",
	"gbraid",
	"wbraid",
	"msclkid",
	"yclid",
	"twclid",
	"ttclid",
	"li_fat_id",
	"igshid",
	"igsh",
	"mc_cid",
	"mc_eid",
	"mkt_tok",
	"_hsenc",
	"_hsmi",
	"__hstc",
	"__hssc",
	"__hsfp",
	"hsctatracking",
	"vero_id",
	"vero_conv",
	"vgo_ee",
	"oly_enc_id",
	"oly_anon_id",
	"_openstat",
	"ck_subscriber_id",
	"sc_cid",
	"ref_src",
};

static bool has_name(struct str parameter, struct str name)
{
	bool open = name.n && name.p[name.n - 1] == '*';
	size_t end = open ? name.n - 1 : str_find_byte(parameter, 0, '=');
	return str_eq_nocase(str_slice(parameter, 0, end), str_slice(name, 0, name.n - open));
}

/*
 * `ref=` names a branch on one site and the page before on another: a host (`ref=blog.example`), or one of the words that feeds
 * and buttons put there.
 */
static bool is_referrer(struct str parameter)
{
	static const char *const words[] = {"rss", "twitter", "facebook", "linkedin", "newsletter", "email", "hackernews"};
	struct str value = str_from(parameter, 4);
	if (!str_starts(parameter, STR("ref=")))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_eq_nocase(value, str_of(words[i])))
			return true;
	size_t dot = value.n, letters = 0;
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (!letter && c != '.' && c != '-' && !(c >= '0' && c <= '9'))
			return false;
		dot = c == '.' ? i : dot;
		letters = c == '.' ? 0 : letters + letter;
	}
	return dot && dot < value.n && letters >= 2 && letters == value.n - dot - 1;
}

bool url_is_tracker(struct str parameter)
{
	for (size_t i = 0; i < ARRAY_SIZE(trackers); i++)
		if (has_name(parameter, str_of(trackers[i])))
			return true;
	return is_referrer(parameter);
}

/* strchr takes longer to begin than these few take to end. */
static bool is_one_of(const char *few, char c)
{
	while (*few && *few != c)
		few++;
	return *few;
}

static struct span until(struct str s, size_t *i, const char *stops)
{
	size_t from = *i;
	while (*i < s.n && !is_one_of(stops, s.p[*i]))
		++*i;
	return span_make(from, *i);
}

bool url_split(struct str s, struct url_parts *out)
{
	struct opening o = opening_read(s, true);
	*out = (struct url_parts){0};
	if (!o.length)
		return false;
	struct tokens t = {.s = s, .i = o.length, .whole = true};
	struct token k;
	while (token_next(&t, &k))
		;
	size_t i = t.i;
	struct authority part = authority_split(s, o.length, i);
	out->scheme = span_make(0, o.scheme);
	out->user = part.user;
	out->host = part.host;
	out->port = part.port;
	out->path = until(s, &i, "?#");
	if (i < s.n && s.p[i] == '?') {
		i++;
		out->query = until(s, &i, "#");
	}
	out->fragment = span_make(i < s.n ? i + 1 : i, s.n);
	return true;
}
