#include "lint/link_answer.h"

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Lower case, with dots only between labels, and none at the end that might be a number. */
static bool is_plain_host(struct str host)
{
	char before = '.';
	bool letter = false;
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];
		bool starts = before == '.';
		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '-' && (c != '.' || starts))
			return false;
		letter = starts ? is_letter(c) : letter;
		before = c;
	}
	/* Encoded names are read to see whether they can be. */
	return letter && before != '.' && str_find(host, 0, STR("xn--")) == host.n;
}

/* Nothing that is encoded, dropped or resolved. */
static bool is_plain_path(struct str path)
{
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];
		if (!is_letter((char)(c | 0x20)) && !(c >= '0' && c <= '9') && (!c || !strchr("/-_.~", c)))
			return false;
	}
	return path.n > 0 && str_find(path, 0, STR("/.")) == path.n;
}

bool link_is_plain(struct str url)
{
	size_t host = str_find(url, 0, STR("://")) + 3, path = str_find_byte(url, host, '/');
	enum { LONGEST_HOST = 200 };
	return (str_starts(url, STR("https:/")) || str_starts(url, STR("http:/"))) && path - host <= LONGEST_HOST &&
	       is_plain_host(str_slice(url, host, path)) && is_plain_path(str_from(url, path));
}

bool link_answer(struct arena *a, const struct digest *d, const struct link *l, struct link_target *asked,
                 struct link_known *out)
{
	struct str url = digest_str(d, l->url);
	if (!link_is_followed(d, l) || (l->kind == LINK_INLINE && !link_is_whole(d, l)))
		return false;
	/* To read it strictly takes longer than all rules together take for a line. */
	if (link_is_plain(url) && !d->answers->find(d->answers, url, out))
		return false;
	return !link_target_read(a, url, asked) && d->answers->find(d->answers, asked->key, out);
}
