#include "lint/links/fragment.h"

#include "core/base/percent.h"
#include "core/base/utf8.h"
#include "core/html/ids.h"
#include "lint/links/reply_page.h"

static size_t digits_at_end(struct str s)
{
	size_t n = 0;
	while (n < s.n && s.p[s.n - 1 - n] >= '0' && s.p[s.n - 1 - n] <= '9')
		n++;
	return n;
}

/* `L12`, `L12-L15`, `L12C3` */
static bool names_lines(struct str s)
{
	return s.n > 1 && (*s.p == 'L' || *s.p == 'l') && s.p[1] >= '0' && s.p[1] <= '9';
}

bool fragment_is_judged(struct str fragment)
{
	enum { NUMBER_OF_COMMENT = 5 };
	if (!fragment.n || strchr("!/", *fragment.p) || str_find(fragment, 0, STR(":~:")) < fragment.n)
		return false;
	if (str_find_byte(fragment, 0, '=') < fragment.n || str_find_byte(fragment, 0, '&') < fragment.n)
		return false;
	return !str_eq_nocase(fragment, STR("top")) && !names_lines(fragment) &&
	       digits_at_end(fragment) < NUMBER_OF_COMMENT;
}

/* Such a page is written by its scripts, in the browser. */
static bool is_scripted(const struct html_ids *ids)
{
	static const struct str marks[] = {STR_INIT("root"), STR_INIT("app"), STR_INIT("__next"), STR_INIT("__nuxt")};
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (html_ids_have(ids, marks[i]))
			return true;
	return false;
}

static bool is_there(struct arena *a, const struct html_ids *ids, struct str written)
{
	struct str decoded = percent_decode(a, written);
	/* GitHub's names of headings; a script takes readers there. */
	struct str prefixed = arena_printf(a, "user-content-%.*s", STR_ARG(decoded));
	return html_ids_have(ids, written) || html_ids_have(ids, decoded) || html_ids_have(ids, prefixed);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* Names in character references would have to be read as browsers do. */
static bool has_reference(const struct html_ids *ids)
{
	for (size_t i = 0; i < ids->nr; i++)
		if (str_find_byte(ids->v[i], 0, '&') < ids->v[i].n)
			return true;
	return false;
}

void fragment_look(const struct fragment_page *from, const struct str *fragment, size_t nr, enum fragment_state *out)
{
	struct arena scratch = {0};
	struct html_ids ids = reply_is_html(from->type) ? html_ids(&scratch, from->bytes) : (struct html_ids){0};
	bool sure = ids.nr && from->whole && !is_scripted(&ids) && !has_reference(&ids);
	/* ISO-2022-JP is ASCII to the eye. */
	bool unicode =
		sure && utf8_check(from->bytes) == from->bytes.n && str_find_byte(from->bytes, 0, '\x1b') == from->bytes.n;
	for (size_t i = 0; i < nr; i++) {
		out[i] = FRAGMENT_UNKNOWN;
		if (is_there(&scratch, &ids, fragment[i]))
			out[i] = FRAGMENT_THERE;
		else if (sure && (unicode || is_ascii(percent_decode(&scratch, fragment[i]))))
			out[i] = FRAGMENT_MISSING;
	}
	arena_release(&scratch);
}
