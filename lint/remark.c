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

bool remark_is_day(struct arena *a, struct str text, struct str name, struct date day)
{
	static const struct str signs = STR_INIT("年月日曜火水木金土号版分の");
	struct str all = unicode_nfkc(a, text), part = unicode_nfkc(a, name);
	size_t at = str_find(all, 0, part), n = 0;
	char digits[9];
	for (size_t i = 0; i < all.n;) {
		if (i == at) {
			i += part.n;
			continue;
		}
		size_t from = i;
		uint32_t c = utf8_next(all, &i);
		bool digit = c >= '0' && c <= '9';
		if (digit && n + 1 < sizeof(digits))
			digits[n++] = (char)c;
		else if (digit || (unicode_is_letter(c) && str_find(signs, 0, str_slice(all, from, i)) == signs.n))
			return false;
	}
	digits[n] = '\0';
	return strcmp(digits, arena_printf(a, "%04d%02d%02d", day.year, day.month, day.day).p) == 0 ||
	       strcmp(digits, arena_printf(a, "%d%d%d", day.year, day.month, day.day).p) == 0;
}
