/* Which template holds for a path or a day, and what it makes of a new day. */
#include "core/base/buf.h"
#include "core/digest/template.h"

static bool usable(const struct template *t)
{
	return t->mistakes == 0;
}

static bool in_force(const struct template *t, struct date day)
{
	if (date_is_set(t->from) && date_cmp(day, t->from) < 0)
		return false;
	return !date_is_set(t->until) || date_cmp(day, t->until) <= 0;
}

/* The later beginning is the closer description; without a beginning comes last. */
static bool begins_later(const struct template *a, const struct template *b)
{
	if (!date_is_set(a->from) || !date_is_set(b->from))
		return date_is_set(a->from) && !date_is_set(b->from);
	return date_cmp(a->from, b->from) > 0;
}

static bool ends_later(const struct template *a, const struct template *b)
{
	if (!date_is_set(a->until) || !date_is_set(b->until))
		return !date_is_set(a->until) && date_is_set(b->until);
	return date_cmp(a->until, b->until) > 0;
}

/* Of two that hold for a day: the one that begins later, or else the one that ends sooner. */
static bool is_closer(const struct template *a, const struct template *b)
{
	if (begins_later(a, b) || begins_later(b, a))
		return begins_later(a, b);
	return ends_later(b, a);
}

const struct template *template_of_day(const struct template_set *set, struct date day)
{
	const struct template *found = NULL;
	for (size_t i = 0; i < set->nr; i++) {
		const struct template *t = &set->v[i];
		if (usable(t) && in_force(t, day) && (!found || is_closer(t, found)))
			found = t;
	}
	return found;
}

static const struct template *newest(const struct template_set *set)
{
	const struct template *found = NULL;
	for (size_t i = 0; i < set->nr; i++) {
		const struct template *t = &set->v[i];
		if (usable(t) && (!found || ends_later(t, found) || (!ends_later(found, t) && begins_later(t, found))))
			found = t;
	}
	return found;
}

static struct str name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_of(slash ? slash + 1 : path);
}

static bool read_number(struct str s, int *out)
{
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (s.p[i] - '0');
	}
	return s.n > 0;
}

/* "2026-11-22.md", "20261122.md": what any reader takes for a day. */
static bool plain_date_name(struct str name, struct date *out)
{
	if (!str_ends(name, STR(".md")))
		return false;
	struct str stem = str_slice(name, 0, name.n - 3);
	size_t dash = stem.n == 10 && stem.p[4] == '-' && stem.p[7] == '-' ? 1 : 0;
	if (stem.n != 8 + 2 * dash)
		return false;
	return read_number(str_slice(stem, 0, 4), &out->year) &&
	       read_number(str_slice(stem, 4 + dash, 6 + dash), &out->month) &&
	       read_number(str_slice(stem, 6 + 2 * dash, stem.n), &out->day);
}

static int clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

/* A day that the calendar has, near one that it has not: of the same format, most likely. */
static struct date nearest_day(struct date d)
{
	return (struct date){clamp(d.year, 1, 9999), clamp(d.month, 1, 12), clamp(d.day, 1, 28)};
}

/* The day that a file's name tells, by the templates' forms first. */
static bool date_of_name(struct arena *a, const struct template_set *set, struct str name, struct date *date,
                         bool *impossible)
{
	for (size_t i = 0; i < set->nr; i++)
		if (usable(&set->v[i]) && pattern_match_name(a, &set->v[i].path, name, date, impossible) &&
		    (*impossible || date_is_set(*date)))
			return true;
	*impossible = false;
	if (!plain_date_name(name, date))
		return false;
	*impossible = !date_valid(*date);
	return true;
}

static bool choose_by_path(struct arena *a, const struct template_set *set, const char *relative,
                           struct template_choice *c)
{
	for (size_t i = 0; i < set->nr; i++) {
		const struct template *t = &set->v[i];
		struct date date = {0};
		bool impossible = false;
		if (!usable(t) || !pattern_match(a, &t->path, str_of(relative), &date, &impossible) || impossible)
			continue;
		if (!in_force(t, date) || (c->template && !is_closer(t, c->template)))
			continue;
		*c = (struct template_choice){t, date, false, true};
	}
	return c->template != NULL;
}

struct template_choice template_choose(struct arena *a, const struct template_set *set, const char *relative)
{
	struct template_choice c = {0};
	if (choose_by_path(a, set, relative, &c))
		return c;
	if (date_of_name(a, set, name_of(relative), &c.date, &c.impossible) && !c.impossible)
		c.template = template_of_day(set, c.date);
	else if (c.impossible && plain_date_name(name_of(relative), &c.date))
		c.template = template_of_day(set, nearest_day(c.date));
	if (c.impossible)
		c.date = (struct date){0};
	if (!c.template)
		c.template = newest(set);
	return c;
}

bool template_names_digest(struct arena *a, const struct template_set *set, const char *name)
{
	struct date date;
	bool impossible;
	for (size_t i = 0; i < set->nr; i++)
		if (usable(&set->v[i]) && pattern_match_name(a, &set->v[i].path, name_of(name), &date, &impossible))
			return true;
	return !set->own && plain_date_name(name_of(name), &date);
}

static struct str folder_of(struct str path)
{
	size_t end = path.n;
	while (end > 0 && path.p[end - 1] != '/')
		end--;
	return str_slice(path, 0, end);
}

bool template_misnames_digest(struct arena *a, const struct template_set *set, const char *relative)
{
	struct date date;
	if (!plain_date_name(name_of(relative), &date))
		return false;
	if (!date_valid(date))
		date = nearest_day(date);
	const struct template *t = template_of_day(set, date);
	return t && str_eq(folder_of(pattern_fill(a, &t->path, date)), folder_of(str_of(relative)));
}

static bool is_hole(struct str hole)
{
	return str_eqz(hole, "{title}") || str_eqz(hole, "{url}") || str_eqz(hole, "{text}");
}

/* Dates in braces become the day; everything else stays as it is. */
struct str template_fill(struct arena *a, const struct template *t, struct date day)
{
	struct buf out = {0};
	struct str body = t->body;
	size_t i = 0;
	while (i < body.n) {
		size_t open = str_find_byte(body, i, '{');
		size_t close = str_find_byte(body, open, '}');
		struct str hole = str_slice(body, open, close + 1);
		struct pattern date;
		size_t at;
		buf_add(&out, str_slice(body, i, open));
		bool filled = close < body.n && !is_hole(hole) && str_find_byte(hole, 0, '\n') == hole.n &&
		              pattern_parse(a, hole, &date, &at, NULL) == 0;
		buf_add(&out, filled ? pattern_fill(a, &date, day) : str_slice(hole, 0, 1));
		i = filled ? close + 1 : open + 1;
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}
