#include "core/base/unicode.h"
#include "lint/check.h"
#include "lint/forms.h"

/* An entry or a field beyond that is none that a person wrote, and would take long. */
enum { MOST_FIELDS = 32, MOST_ITEMS = 100 };

/* The only item of a field; NULL when it has none or several. */
static const struct item *only_item(const struct field *f)
{
	bool one = f->nr == 1 && !f->value.len && f->item->text.len && f->item->end <= f->item->line + 1;
	return one && !(f->def && f->def->ioc) ? f->item : NULL;
}

/* Could they be the same, but for blanks and width? Their keys cost more than a look at both ends. */
static bool may_be_same(struct str a, struct str b)
{
	enum { END = 9 };
	size_t more = a.n > b.n ? a.n : b.n, less = a.n > b.n ? b.n : a.n;
	if (!b.n || more - less > 16 + more / 8)
		return false;
	return str_eq(str_slice(a, 0, END), str_slice(b, 0, END)) ||
	       (less > END && str_eq(str_from(a, a.n - END), str_from(b, b.n - END)));
}

static bool says_nothing(const struct entry *e, struct str text)
{
	return form_says_nothing(e->shape, text) || form_is_hole(text) || str_eqz(text, "不明");
}

/* The item of `other` that says the same; NULL without one. */
static const struct item *find_same(struct check *c, const struct digest *d, struct str text, const struct field *other)
{
	struct arena *a = check_arena(c);
	struct str key = {0};
	FOR_EACH_ITEM (other, i) {
		struct str theirs = digest_str(d, i->text);
		if (!may_be_same(text, theirs))
			continue;
		key = key.p ? key : unicode_key(a, text);
		if (str_eq(key, unicode_key(a, theirs)))
			return i;
	}
	return NULL;
}

/* Of two fields with one item each, the later one is told. */
static bool is_other(const struct field *other, const struct field *f)
{
	return other != f && (other < f || other->nr != 1) && other->nr <= MOST_ITEMS;
}

static void check_field(struct check *c, const struct digest *d, const struct entry *e, const struct field *f)
{
	const struct item *only = only_item(f), *same = NULL;
	for (const struct field *other = e->field; only && !same && other < e->field + e->nr; other++) {
		if (!is_other(other, f) || !(same = find_same(c, d, digest_str(d, only->text), other)))
			continue;
		if (says_nothing(e, digest_str(d, only->text)))
			return;
		struct finding *found =
			report(c, only->text, "this is an item of `%.*s`, too", STR_ARG(digest_str(d, other->label)));
		relate(c, found, same->line, "the same there");
	}
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e)
		for (size_t i = 0; i < e->nr && e->nr <= MOST_FIELDS; i++)
			check_field(c, d, e, &e->field[i]);
}

#define TOP     \
	EXAMPLE_TOP \
	"#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n    - IOC情報なし\n- その他\n"

const struct rule rule_repeated_item = {
	.name = "repeated-item",
	.group = "text",
	.severity = SEVERITY_INFO,
	.summary = "The only item of a field says what another field's item says already",
	.why = "The field was to add something. A reader who goes from field to field reads the same sentence twice.",
	.bad = {.text = TOP "    - 一行の要約\n" EXAMPLE_END},
	.good = {.text = TOP "    - 別の一行\n" EXAMPLE_END},
	.check = check,
};
