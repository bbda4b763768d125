#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "core/config/reader.h"

const char *const severity_names[] = {"off", "info", "warning", "error", NULL};

const char *severity_name(enum severity s)
{
	return severity_names[s];
}

bool severity_parse(struct str name, enum severity *out)
{
	for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		if (!str_eqz(name, severity_names[i]))
			continue;
		*out = (enum severity)i;
		return true;
	}
	return false;
}

static const char *nearest_spelling(struct str typed, const char *const *names)
{
	size_t third = utf8_count(typed) / 3, best = (third ? third : 1) + 1;
	const char *nearest = NULL;
	for (; *names; names++) {
		size_t distance = unicode_distance(typed, str_of(*names), best - 1);
		if (distance >= best)
			continue;
		best = distance;
		nearest = *names;
		if (best == 0)
			break;
	}
	return nearest;
}

static const char *same_beginning(struct str typed, const char *const *names)
{
	enum { TELLING = 3 };
	for (; *names; names++) {
		struct str name = str_of(*names);
		if ((typed.n >= TELLING && str_starts(name, typed)) || (name.n >= TELLING && str_starts(typed, name)))
			return *names;
	}
	return NULL;
}

const char *nearest_name(struct str typed, const char *const *names)
{
	for (size_t i = 0; names[i]; i++)
		if (str_eq_nocase(typed, str_of(names[i])))
			return names[i];
	const char *nearest = nearest_spelling(typed, names);
	return nearest ? nearest : same_beginning(typed, names);
}
