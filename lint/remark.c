#include "lint/remark.h"

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"

static size_t count_letters(struct str s)
{
	size_t nr = 0;
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		nr += unicode_is_letter(c) || (c >= '0' && c <= '9');
	}
	return nr;
}

/* "Information" behind "Info" is another word, and a slip. */
static bool goes_on(struct str rest)
{
	size_t i = 0;
	return rest.n && unicode_is_letter(utf8_next(rest, &i));
}

bool remark_beside(struct arena *a, struct str text, struct str name)
{
	struct str all = unicode_nfkc(a, text), part = unicode_nfkc(a, name);
	size_t letters = 0, from = 0, at;
	if (!part.n || str_find(all, 0, part) == all.n)
		return false;
	for (; (at = str_find(all, from, part)) < all.n; from = at + part.n)
		letters += count_letters(str_slice(all, from, at));
	/* One more is a slip. */
	return !goes_on(str_from(all, from)) && letters + count_letters(str_from(all, from)) > 1;
}
