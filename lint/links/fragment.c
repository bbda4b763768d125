#include "lint/links/fragment.h"

#include "core/base/percent.h"
#include "core/html/page.h"

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

static bool is_html(struct str type)
{
	struct str name = str_trim(str_slice(type, 0, str_find_byte(type, 0, ';')));
	return str_eq_nocase(name, STR("text/html")) || str_eq_nocase(name, STR("application/xhtml+xml"));
}

static struct str charset_of(struct str type)
{
	struct str rest = str_from(type, str_find_byte(type, 0, ';')), part;
	while (str_split(&rest, ';', &part)) {
		struct str name = str_trim(str_slice(part, 0, str_find_byte(part, 0, '=')));
		struct str value = str_trim(str_from(part, str_find_byte(part, 0, '=') + 1));
		if (!str_eq_nocase(name, STR("charset")))
			continue;
		bool quoted = value.n > 1 && *value.p == '"' && value.p[value.n - 1] == '"';
		return quoted ? str_slice(value, 1, value.n - 1) : value;
	}
	return STR("");
}

/* Such a page is written by its scripts, in the browser. */
static bool is_scripted(const struct page *page)
{
	static const struct str marks[] = {STR_INIT("root"), STR_INIT("app"), STR_INIT("__next"), STR_INIT("__nuxt")};
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (page_has(page, marks[i]))
			return true;
	return false;
}

static bool is_there(struct arena *a, const struct page *page, struct str written)
{
	struct str decoded = percent_decode(a, written);
	/* GitHub's names of headings; a script takes readers there. */
	struct str prefixed = arena_printf(a, "user-content-%.*s", STR_ARG(decoded));
	return page_has(page, written) || page_has(page, decoded) || page_has(page, prefixed);
}

int fragment_look(const struct fragment_page *from, const struct str *fragment, size_t nr, enum fragment_state *out,
                  struct err *err)
{
	struct arena scratch = {0};
	struct page page = {0};
	bool readable = is_html(from->type);
	int bad = readable ? page_read(&scratch, from->bytes, charset_of(from->type), &page, err) : 0;
	bool complete = from->whole && !is_scripted(&page);
	for (size_t i = 0; i < nr; i++) {
		out[i] = FRAGMENT_UNKNOWN;
		if (!page.ids)
			continue;
		if (is_there(&scratch, &page, fragment[i]))
			out[i] = FRAGMENT_THERE;
		else if (complete)
			out[i] = FRAGMENT_MISSING;
	}
	arena_release(&scratch);
	return bad;
}
