#include "core/digest/label.h"

#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "core/digest/dress.h"
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

/* A name with its other accepted spellings. */
struct named {
	struct str name;
	const struct name_set *alias;
};

/* The i-th name of a list of fields or of sections. */
typedef struct named name_at(const void *list, size_t i);

static struct named field_name(const void *list, size_t i)
{
	const struct template_field *f = (const struct template_field *)list + i;
	return (struct named){f->label, &f->alias};
}

static struct named section_name(const void *list, size_t i)
{
	const struct template_section *s = (const struct template_section *)list + i;
	return (struct named){s->name, &s->alias};
}

static bool is_named(struct named n, struct str text)
{
	if (str_eq(n.name, text))
		return true;
	for (size_t i = 0; i < n.alias->nr; i++)
		if (str_eq(n.alias->v[i], text))
			return true;
	return false;
}

/* The index of the name that is written so; nr for none. */
static size_t find_exact(name_at *name, const void *list, size_t nr, struct str text)
{
	size_t i = 0;
	while (i < nr && !is_named(name(list, i), text))
		i++;
	return i;
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
 * How far a text, given as its key, is from a name: 0 for another spelling of the same, small numbers for slips, SIZE_MAX for
 * something else.
 * Two names of one template may be near each other, so the nearest wins.
 */
static size_t distance(struct arena *a, struct str x, struct str name)
{
	struct str y = unicode_key(a, name);
	if (str_eq(x, y))
		return 0;
	size_t length = utf8_count(y), all = utf8_count(x);
	size_t apart = all > length ? all - length : length - all;
	if (length > 1 && apart <= length / 2) {
		size_t limit = most_slips(x, y, length), d = unicode_distance(x, y, limit);
		if (d <= limit)
			return d;
	}
	/* "推奨事項を記載", "要約文": the name with a few characters around it. */
	size_t more = all > length ? apart : SIZE_MAX;
	if (length >= 2 && more <= 3 && more <= length && (str_starts(x, y) || str_ends(x, y)))
		return more + 1;
	return SIZE_MAX;
}

static size_t nearest_distance(struct arena *a, struct str key, struct named n)
{
	size_t best = distance(a, key, n.name);
	for (size_t i = 0; i < n.alias->nr; i++) {
		size_t d = distance(a, key, n.alias->v[i]);
		if (d < best)
			best = d;
	}
	return best;
}

/* A name with slips and a few words around it is not much longer than the name: the rest is not worth a comparison. */
static bool could_mean(struct str s, struct named n)
{
	size_t longest = n.name.n;
	for (size_t i = 0; i < n.alias->nr; i++)
		if (n.alias->v[i].n > longest)
			longest = n.alias->v[i].n;
	/* Full-width letters take three times the bytes. */
	return s.n > 0 && s.n <= 3 * longest + 12 && s.n <= 240;
}

/* "推奨事項推奨事項": one of the two. */
static struct str without_double(struct str key)
{
	struct str half = str_slice(key, 0, key.n / 2);
	return key.n % 2 == 0 && utf8_count(half) > 1 && str_eq(half, str_from(key, key.n / 2)) ? half : key;
}

/* The index of the name that is most likely meant; nr for none. */
static size_t find_near(name_at *name, const void *list, size_t nr, struct str text)
{
	struct arena scratch = {0};
	struct str bare = dress_name(text), key = {0}, whole = {0};
	size_t found = nr, best = SIZE_MAX;
	for (size_t i = 0; i < nr; i++) {
		struct named n = name(list, i);
		if (!could_mean(bare, n))
			continue;
		if (!key.n) {
			key = without_double(unicode_key(&scratch, bare));
			whole = bare.n != text.n ? unicode_key(&scratch, text) : key;
		}
		size_t d = nearest_distance(&scratch, key, n);
		if (d == SIZE_MAX && bare.n != text.n)
			d = nearest_distance(&scratch, whole, n);
		if (d < best) {
			best = d;
			found = i;
		}
	}
	arena_release(&scratch);
	return found;
}

static size_t find(name_at *name, const void *list, size_t nr, struct str text, enum label_match *match)
{
	size_t i = find_exact(name, list, nr, text);
	*match = LABEL_EXACT;
	if (i < nr)
		return i;
	i = find_near(name, list, nr, text);
	*match = i < nr ? LABEL_NEAR : LABEL_UNKNOWN;
	return i;
}

const struct template_field *label_field_exact(const struct template_entry *t, struct str label)
{
	size_t i = find_exact(field_name, t->field, t->nr, label);
	return i < t->nr ? &t->field[i] : NULL;
}

const struct template_section *label_section_exact(const struct template *t, struct str title)
{
	size_t i = find_exact(section_name, t->section, t->nr, title);
	return i < t->nr ? &t->section[i] : NULL;
}

const struct template_field *label_field(const struct template_entry *t, struct str label, enum label_match *match)
{
	size_t i = find(field_name, t->field, t->nr, label, match);
	return i < t->nr ? &t->field[i] : NULL;
}

const struct template_section *label_section(const struct template *t, struct str title, enum label_match *match)
{
	size_t i = find(section_name, t->section, t->nr, title, match);
	return i < t->nr ? &t->section[i] : NULL;
}

const struct template_section *label_entries(const struct template *t)
{
	for (size_t i = 0; i < t->nr; i++)
		if (t->section[i].kind == SECTION_ENTRIES)
			return &t->section[i];
	return NULL;
}

/* All of it hiragana: how a word is read that was not converted. */
static bool is_reading(struct str s)
{
	size_t i = 0;
	while (i < s.n)
		if (!unicode_is_hiragana(utf8_next(s, &i)))
			return false;
	return s.n > 0;
}

/* Is it more like the name than like anything else, given that it stands in its place? */
static bool is_like(struct arena *a, struct str x, struct str name)
{
	struct str y = unicode_key(a, name);
	size_t length = utf8_count(y), most = length / 2, same = 0, bytes = 0;
	if (length >= 4 && unicode_distance(x, y, most) <= most)
		return true;
	for (size_t i = 0, k = 0; i < x.n && k < y.n && utf8_next(x, &i) == utf8_next(y, &k); bytes = i)
		same++;
	return 2 * same > length && is_reading(str_from(x, bytes));
}

bool label_is_like(const struct template_field *f, struct str label)
{
	struct arena scratch = {0};
	struct named n = {f->label, &f->alias};
	struct str bare = dress_name(label);
	bool like = could_mean(bare, n) && is_like(&scratch, unicode_key(&scratch, bare), f->label);
	arena_release(&scratch);
	return like;
}

size_t label_mark(const struct template_entry *t, struct str text)
{
	uint32_t n = (uint32_t)dress_symbols(text);
	struct span value, label = label_split(text, span_make(n, (uint32_t)text.n), &value);
	return !value.len && label_field_exact(t, str_at(text, label)) ? n : 0;
}

bool label_has_heading(const struct digest *d, const struct template_section *def)
{
	for (uint32_t i = 0; i < d->lines; i++)
		if (d->line[i].kind == LINE_HEADING && label_section_exact(d->template, digest_str(d, d->line[i].text)) == def)
			return true;
	return false;
}
