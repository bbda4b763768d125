#include "core/digest/label.h"

#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "core/digest/scan.h"

static const struct str wide_colon = STR_INIT("\xEF\xBC\x9A");

static struct span without_emphasis(struct str text, struct span at)
{
	struct str s = str_at(text, at);
	if (s.n > 4 && str_starts(s, STR("**")) && str_ends(s, STR("**")))
		return (struct span){at.off + 2, at.len - 4};
	return at;
}

struct span label_split(struct str text, struct span at, struct span *value)
{
	at = without_emphasis(text, at);
	struct str s = str_at(text, at);
	size_t narrow = str_find_byte(s, 0, ':'), wide = str_find(s, 0, wide_colon);
	size_t colon = narrow < wide ? narrow : wide;
	*value = span_make(span_end(at), span_end(at));
	if (colon == s.n)
		return at;
	size_t after = colon + (colon == narrow ? 1 : wide_colon.n), before = 0;
	/* "**要約：** 一" */
	if (str_starts(s, STR("**")) && str_starts(str_from(s, after), STR("**"))) {
		before = 2;
		after += 2;
	}
	*value = scan_trim(text, span_make(at.off + after, span_end(at)));
	return without_emphasis(text, scan_trim(text, span_make(at.off + before, at.off + colon)));
}

static bool in_names(struct str name, const struct name_set *alias, struct str text)
{
	if (str_eq(name, text))
		return true;
	for (size_t i = 0; i < alias->nr; i++)
		if (str_eq(alias->v[i], text))
			return true;
	return false;
}

/* Code points that both begin with. */
static size_t common_start(struct str x, struct str y)
{
	size_t i = 0, k = 0, n = 0;
	while (i < x.n && k < y.n && utf8_next(x, &i) == utf8_next(y, &k))
		n++;
	return n;
}

/* A slip leaves most of a name alone; more is forgiven to one that begins right. */
static size_t most_slips(struct str x, struct str y, size_t length)
{
	size_t slips = length <= 4 ? 1 : length / 3;
	return length >= 4 && 2 * common_start(x, y) > length && slips < length / 2 ? length / 2 : slips;
}

/*
 * How far a text, given as its key, is from a name: 0 for another spelling of the same, small numbers for slips, SIZE_MAX for something else.
 * Two names of one template may be near each other, so the nearest wins.
 */
static size_t distance(struct arena *a, struct str x, struct str name)
{
	struct str y = unicode_key(a, name);
	if (str_eq(x, y))
		return 0;
	size_t length = utf8_count(y);
	size_t limit = most_slips(x, y, length);
	size_t d = length > 1 ? unicode_distance(x, y, limit) : limit + 1;
	if (d <= limit)
		return d;
	/* "推奨事項を記載", "要約文": the name with a few characters around it. */
	size_t more = utf8_count(x) > length ? utf8_count(x) - length : SIZE_MAX;
	if (length >= 2 && more <= 3 && more <= length && (str_starts(x, y) || str_ends(x, y)))
		return more + 1;
	return SIZE_MAX;
}

static size_t nearest_distance(struct arena *a, struct str key, struct str name, const struct name_set *alias)
{
	size_t best = distance(a, key, name);
	for (size_t i = 0; i < alias->nr; i++) {
		size_t d = distance(a, key, alias->v[i]);
		if (d < best)
			best = d;
	}
	return best;
}

const struct template_field *label_field_exact(const struct template_entry *t, struct str label)
{
	for (size_t i = 0; i < t->nr; i++)
		if (in_names(t->field[i].label, &t->field[i].alias, label))
			return &t->field[i];
	return NULL;
}

const struct template_section *label_section_exact(const struct template *t, struct str title)
{
	for (size_t i = 0; i < t->nr; i++)
		if (in_names(t->section[i].name, &t->section[i].alias, title))
			return &t->section[i];
	return NULL;
}

/* A name with slips and a few words around it is not much longer than the name: the rest is not worth a comparison. */
static bool could_mean(struct str s, struct str name, const struct name_set *alias)
{
	size_t longest = name.n;
	for (size_t i = 0; i < alias->nr; i++)
		if (alias->v[i].n > longest)
			longest = alias->v[i].n;
	return s.n > 0 && s.n <= 2 * longest + 12 && s.n <= 240;
}

const struct template_field *label_field(const struct template_entry *t, struct str label, enum label_match *match)
{
	const struct template_field *found = label_field_exact(t, label);
	size_t best = SIZE_MAX;
	*match = LABEL_EXACT;
	if (found)
		return found;
	struct arena scratch = {0};
	struct str key = {0};
	for (size_t i = 0; i < t->nr; i++) {
		if (!could_mean(label, t->field[i].label, &t->field[i].alias))
			continue;
		if (!key.n)
			key = unicode_key(&scratch, label);
		size_t d = nearest_distance(&scratch, key, t->field[i].label, &t->field[i].alias);
		if (d < best) {
			best = d;
			found = &t->field[i];
		}
	}
	arena_release(&scratch);
	*match = found ? LABEL_NEAR : LABEL_UNKNOWN;
	return found;
}

const struct template_section *label_section(const struct template *t, struct str title, enum label_match *match)
{
	const struct template_section *found = label_section_exact(t, title);
	size_t best = SIZE_MAX;
	*match = LABEL_EXACT;
	if (found)
		return found;
	struct arena scratch = {0};
	struct str key = {0};
	for (size_t i = 0; i < t->nr; i++) {
		if (!could_mean(title, t->section[i].name, &t->section[i].alias))
			continue;
		if (!key.n)
			key = unicode_key(&scratch, title);
		size_t d = nearest_distance(&scratch, key, t->section[i].name, &t->section[i].alias);
		if (d < best) {
			best = d;
			found = &t->section[i];
		}
	}
	arena_release(&scratch);
	*match = found ? LABEL_NEAR : LABEL_UNKNOWN;
	return found;
}

const struct template_section *label_entries(const struct template *t)
{
	for (size_t i = 0; i < t->nr; i++)
		if (t->section[i].kind == SECTION_ENTRIES)
			return &t->section[i];
	return NULL;
}
