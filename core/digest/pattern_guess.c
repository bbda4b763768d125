/* From a path to the pattern that it was made of. */
#include "core/base/buf.h"
#include "core/digest/pattern.h"

enum { MOST_RUNS = 32 };

/* Digits that stand together. */
struct run {
	size_t at, n;
	int value;
};

static bool is_digit(struct str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* The last ones of a text. */
static size_t find_runs(struct str s, struct run *out)
{
	size_t nr = 0;
	for (size_t i = 0; i < s.n; i++) {
		struct run r = {.at = i};
		while (is_digit(s, i) && r.n < 9) {
			r.value = r.value * 10 + (s.p[i++] - '0');
			r.n++;
		}
		if (nr == MOST_RUNS)
			memmove(out, out + 1, --nr * sizeof(*out));
		if (r.n)
			out[nr++] = r;
	}
	return nr;
}

/* How many digits the numbers of a date have, one behind the other; with four the month is there twice. */
static const struct shape {
	size_t digits[4];
} shapes[] = {{{8}}, {{4, 2, 2, 2}}, {{4, 2, 2}}, {{6, 2}}, {{4, 4}}, {{4, 1, 1}}, {{4, 1, 2}}, {{4, 2, 1}}};

static bool read_shape(const struct run *r, size_t nr, const struct shape *shape, struct date *out)
{
	long number = 0;
	for (size_t i = 0; i < ARRAY_SIZE(shape->digits) && shape->digits[i]; i++) {
		if (i == nr || r[i].n != shape->digits[i] || (i == 3 && r[1].value != r[2].value))
			return false;
		if (i == 3)
			number /= 100;
		number = number * (r[i].n == 8 ? 1 : r[i].n == 4 && i ? 10000 : 100) + r[i].value;
	}
	*out = (struct date){(int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100)};
	return out->year >= 1900 && out->year < 2200 && date_valid(*out);
}

/* The one that ends last: the file's name knows better than its folders. */
static bool find_day(struct str path, struct date *out)
{
	struct run run[MOST_RUNS];
	for (size_t i = find_runs(path, run), nr = i; i-- > 0;)
		for (size_t k = 0; k < ARRAY_SIZE(shapes); k++)
			if (read_shape(&run[i], nr - i, &shapes[k], out))
				return true;
	return false;
}

/* Longer ones first; of month and day the one that is still to come. */
static const char *const forms[] = {"{yyyy-MM-dd}",
                                    "{yyyy_MM_dd}",
                                    "{yyyy.MM.dd}",
                                    "{yyyyMMdd}",
                                    "{yyyy}-{quarter-months}",
                                    "{yyyy}_{quarter-months}",
                                    "{yyyy-MM}",
                                    "{quarter-months}",
                                    "{yyyy_MM}",
                                    "{yyyyMM}",
                                    "{MM-dd}",
                                    "{MM_dd}",
                                    "{MMdd}",
                                    "{yyyy}",
                                    "{MM}",
                                    "{dd}",
                                    "{M}",
                                    "{d}"};

static bool has(const struct buf *out, const char *one, const char *other)
{
	return str_find(buf_str(out), 0, str_of(one)) < out->n || str_find(buf_str(out), 0, str_of(other)) < out->n;
}

static bool is_taken(const struct buf *out, const char *form)
{
	bool month = strcmp(form, "{MM}") == 0 || strcmp(form, "{M}") == 0;
	return month && has(out, "MM", "{M}") && !has(out, "dd}", "{d}");
}

/* What stands at `i`, as a form of the day; bytes of it, or 0. */
static size_t form_at(struct arena *a, struct str s, size_t i, struct date day, bool quarters, struct buf *out)
{
	for (size_t k = 0; k < ARRAY_SIZE(forms); k++) {
		struct pattern p;
		size_t at;
		bool quarter = strstr(forms[k], "quarter") != NULL;
		if ((quarter && !quarters) || is_taken(out, forms[k]) || pattern_parse(a, str_of(forms[k]), &p, &at, NULL))
			continue;
		struct str filled = pattern_fill(a, &p, day);
		if (!str_starts(str_from(s, i), filled) || is_digit(s, i + filled.n))
			continue;
		buf_addz(out, forms[k]);
		return filled.n;
	}
	return 0;
}

static struct str make(struct arena *a, struct str path, struct date day, bool quarters)
{
	struct buf out = {0};
	for (size_t i = 0; i < path.n;) {
		bool begins = is_digit(path, i) && (!i || !is_digit(path, i - 1));
		size_t n = begins ? form_at(a, path, i, day, quarters, &out) : 0;
		if (!n)
			buf_addc(&out, path.p[i]);
		i += n ? n : 1;
	}
	struct str pattern = arena_str(a, buf_str(&out));
	buf_release(&out);
	return pattern;
}

static bool is_right(struct arena *a, struct str pattern, struct str path, struct date day)
{
	struct pattern p;
	struct date told = {0};
	size_t at;
	bool impossible = false;
	return pattern_parse(a, pattern, &p, &at, NULL) == 0 && pattern_tells_date(&p) &&
	       pattern_match(a, &p, path, &told, &impossible) && !impossible && date_cmp(told, day) == 0;
}

bool pattern_guess(struct arena *a, struct str path, struct str *pattern, struct date *day)
{
	if (!str_ends(path, STR(".md")) || str_find_byte(path, 0, '{') < path.n || !find_day(path, day))
		return false;
	for (int quarters = 1; quarters >= 0; quarters--) {
		*pattern = make(a, path, *day, quarters);
		if (is_right(a, *pattern, path, *day))
			return true;
	}
	return false;
}
