#include "lint/local_target.h"

#include "core/base/percent.h"
#include "core/source/paths.h"

/* Without percent-escapes, and without the backslashes with which Markdown protects punctuation. */
static struct str decode(struct arena *a, struct str s)
{
	char *out = arena_array(a, char, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\\' || i + 1 == s.n)
			out[n++] = s.p[i];
	return percent_decode(a, (struct str){out, n});
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool has_scheme(struct str s)
{
	size_t i = 0;
	while (i < s.n && (is_letter(s.p[i]) || (i && ((s.p[i] >= '0' && s.p[i] <= '9') || strchr("+.-", s.p[i])))))
		i++;
	return i && i < s.n && s.p[i] == ':';
}

/* An address of the web, perhaps mistyped or defanged, and what is still to be filled in. */
static bool is_foreign(struct str s)
{
	static const struct str starts[] = {STR_INIT("//"), STR_INIT("www."), STR_INIT("http"), STR_INIT("{"),
	                                    STR_INIT("<")};
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (str_eq_nocase(str_slice(s, 0, starts[i].n), starts[i]))
			return true;
	return has_scheme(s) || str_find(s, 0, STR("[.]")) < s.n || str_find(s, 0, STR("//")) < s.n;
}

bool local_target_read(struct arena *a, const struct digest *d, struct str written, struct local_target *out)
{
	size_t hash = str_find_byte(written, 0, '#');
	struct str path = str_slice(written, 0, hash), fragment = str_from(written, hash + 1);
	*out = (struct local_target){0};
	if (!written.n || is_foreign(written))
		return false;
	fragment = str_slice(fragment, 0, str_find(fragment, 0, STR(":~:")));
	out->fragment = decode(a, fragment);
	if (!path.n)
		return true;
	size_t question = str_find_byte(path, 0, '?');
	/* `?plain=1#L10`: lines of the text as it is. */
	if (question < path.n)
		out->fragment = STR("");
	path = decode(a, str_slice(path, 0, question));
	const char *relative = d->source->relative;
	if (!path.n || !relative || str_find_byte(path, 0, '\0') < path.n)
		return false;
	out->rooted = *path.p == '/';
	const char *text = arena_str(a, path).p;
	out->path = path_clean(a, out->rooted ? text : path_join(a, path_folder(a, relative), text));
	if (strcmp(out->path, relative) == 0)
		out->path = NULL;
	return true;
}
