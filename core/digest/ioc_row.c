#include "core/digest/ioc_row.h"

#include "core/base/utf8.h"
#include "core/digest/entry.h"
#include "core/ioc/fang.h"
#include "core/ioc/indicator.h"

enum column { COLUMN_VALUE, COLUMN_TYPE, COLUMN_KNOWN, COLUMN_CONTEXT, COLUMN_SCOPE, COLUMN_OTHER };

/* Which columns a row has, in their order. */
struct layout {
	enum column v[16];
	size_t nr;
	size_t context; /* which one takes what is too much: the context, or the last */
};

static const char *const names[] = {"value", "type", "known", "context", "scope"};

static enum column column_of(struct str name)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return (enum column)i;
	return COLUMN_OTHER;
}

static struct layout layout_of(const struct name_set *columns)
{
	struct layout l = {.nr = columns->nr < ARRAY_SIZE(l.v) ? columns->nr : ARRAY_SIZE(l.v)};
	if (!l.nr)
		l.nr = ARRAY_SIZE(names);
	l.context = l.nr - 1;
	for (size_t i = 0; i < l.nr; i++) {
		l.v[i] = columns->nr ? column_of(columns->v[i]) : (enum column)i;
		if (l.v[i] == COLUMN_CONTEXT)
			l.context = i;
	}
	return l;
}

static struct span trimmed(struct str text, struct span at)
{
	struct str s = str_at(text, at), inner = str_trim(s);
	size_t before = s.n && inner.n ? (size_t)(inner.p - s.p) : 0;
	return (struct span){at.off + (uint32_t)before, (uint32_t)inner.n};
}

struct reading {
	struct arena *arena;
	struct str text; /* of the digest */
	struct ioc_row *row;
	struct layout layout;
	struct span *cell; /* between commas */
	size_t cells;
};

static void split_cells(struct reading *r)
{
	struct span at = r->row->item->text;
	struct str s = str_at(r->text, at);
	size_t nr = 1;
	for (size_t i = str_find_byte(s, 0, ','); i < s.n; i = str_find_byte(s, i + 1, ','))
		nr++;
	r->cell = arena_array(r->arena, struct span, nr);
	r->cells = 0;
	for (size_t from = 0; r->cells < nr;) {
		size_t to = str_find_byte(s, from, ',');
		r->cell[r->cells++] = trimmed(r->text, span_make(at.off + from, at.off + to));
		from = to + 1;
	}
}

static enum ioc_word word_at(const struct reading *r, size_t cell)
{
	return cell < r->cells ? ioc_word_read(str_at(r->text, r->cell[cell])) : IOC_WORD_UNKNOWN;
}

static bool is_type(enum ioc_word word)
{
	return word >= IOC_TYPE_ADDRESS && word <= IOC_TYPE_ASN;
}

/* Does the value stand before its type and what is known of it, as in the built-in columns? */
static bool has_value_first(const struct layout *l)
{
	return l->nr > 2 && l->v[0] == COLUMN_VALUE && l->v[1] == COLUMN_TYPE && l->v[2] == COLUMN_KNOWN;
}

/* Commas may be a part of the value: it ends where a type and what is known of it follow. */
static void join_value(struct reading *r)
{
	enum { FARTHEST = 16 };
	size_t type = 1;
	if (r->cells <= r->layout.nr || !has_value_first(&r->layout) || is_type(word_at(r, 1)))
		return;
	while (type < r->cells && type < FARTHEST) {
		enum ioc_word known = word_at(r, type + 1);
		if (is_type(word_at(r, type)) && (known == IOC_KNOWN_WELL || known == IOC_KNOWN_NOT))
			break;
		type++;
	}
	if (type >= r->cells || type >= FARTHEST)
		return;
	r->cell[0] = span_make(r->cell[0].off, span_end(r->cell[type - 1]));
	memmove(r->cell + 1, r->cell + type, (r->cells - type) * sizeof(*r->cell));
	r->cells -= type - 1;
}

/* The cell of a column: those before the context from the left, those behind it from the right; it takes the rest. */
static struct span cell_of(const struct reading *r, size_t column)
{
	const struct layout *l = &r->layout;
	size_t surplus = r->cells > l->nr ? r->cells - l->nr : 0;
	size_t first = column + (column > l->context ? surplus : 0);
	size_t last = first + (column == l->context ? surplus : 0);
	if (first >= r->cells)
		return (struct span){0};
	return span_make(r->cell[first].off, span_end(r->cell[last]));
}

static void assign(struct reading *r)
{
	struct ioc_row *row = r->row;
	struct span none, *const target[] = {&row->value, &row->type, &row->known, &row->context, &row->scope, &none};
	for (size_t i = 0; i < r->layout.nr; i++)
		*target[r->layout.v[i]] = cell_of(r, i);
}

static struct str value_of(const struct reading *r)
{
	size_t value = 0;
	for (size_t i = 0; i < r->layout.nr; i++)
		if (r->layout.v[i] == COLUMN_VALUE)
			value = i;
	return str_at(r->text, r->cells > 1 ? cell_of(r, value) : r->cell[0]);
}

static struct str without_quotes(struct str s)
{
	static const struct str pairs[][2] = {{STR_INIT("\""), STR_INIT("\"")}, {STR_INIT("'"), STR_INIT("'")},
	                                      {STR_INIT("`"), STR_INIT("`")},   {STR_INIT("<"), STR_INIT(">")},
	                                      {STR_INIT("「"), STR_INIT("」")}, {STR_INIT("“"), STR_INIT("”")}};
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (s.n > pairs[i][0].n + pairs[i][1].n && str_starts(s, pairs[i][0]) && str_ends(s, pairs[i][1]))
			return str_slice(s, pairs[i][0].n, s.n - pairs[i][1].n);
	return s;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static bool is_indicator(struct reading *r, struct str value)
{
	struct indicator is;
	value = without_quotes(value);
	indicator_read(r->arena, value, &is);
	if (is.kind == INDICATOR_UNKNOWN)
		return false;
	/* A wrong one is a word, or the beginning of a sentence, unless somebody defanged it. */
	return !is.flaw || (is_ascii(is.part) && !str_eq(is.live, value));
}

/* "IOC情報なし", "該当情報なし", "N/A": short, and says so. */
static bool says_nothing(const struct reading *r)
{
	enum { LONGEST = 16 };
	static const struct str endings[] = {STR_INIT("なし"),        STR_INIT("無し"), STR_INIT("なし。"),
	                                     STR_INIT("無し。"),      STR_INIT("不明"), STR_INIT("ありません"),
	                                     STR_INIT("ありません。")};
	struct str s = str_at(r->text, r->row->item->text);
	const struct template_field *def = r->row->field->def;
	if (!s.n || (def && str_eq(s, def->empty_form)))
		return true;
	if (r->cells > 1 || ioc_word_read(s) == IOC_SCOPE_NONE)
		return r->cells == 1;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (str_ends(s, endings[i]) && utf8_count(s) <= LONGEST)
			return true;
	return false;
}

/* Does the row hold a live URL that is not all of it? */
static bool has_pointer(const struct digest *d, const struct ioc_row *row)
{
	struct span text = row->item->text;
	const struct link *l = digest_link_on(d, row->line);
	for (; l && l < d->link + d->links && l->line == row->line; l++)
		if (l->at.off >= text.off && !l->defanged && (l->at.len < text.len || l->kind == LINK_INLINE))
			return true;
	return false;
}

/* `evil[.]example、FQDN名、…`: the commas of Japanese between columns. */
static size_t foreign_comma(struct str s)
{
	size_t a = str_find(s, 0, STR("、")), b = str_find(s, 0, STR("，"));
	return a < b ? a : b;
}

/* Does a column hold one of the words that belong there? */
static bool has_words(const struct reading *r)
{
	enum { ENOUGH = 16 };
	for (size_t i = r->layout.v[0] == COLUMN_VALUE; i < r->cells && i < ENOUGH; i++)
		if (word_at(r, i) != IOC_WORD_UNKNOWN)
			return true;
	return false;
}

static enum ioc_row_kind kind_of(struct reading *r, const struct digest *d)
{
	struct str first = str_at(r->text, r->cell[0]);
	if (says_nothing(r))
		return IOC_ROW_EMPTY;
	if ((r->cells > 1 && has_words(r)) || is_indicator(r, value_of(r)))
		return IOC_ROW_VALUES;
	size_t comma = foreign_comma(first);
	if (comma < first.n && is_indicator(r, str_slice(first, 0, comma))) {
		r->cell[0].len = (uint32_t)comma;
		return IOC_ROW_VALUES;
	}
	return has_pointer(d, r->row) ? IOC_ROW_POINTER : IOC_ROW_PROSE;
}

static void read_row(struct arena *a, const struct digest *d, struct ioc_row *row)
{
	struct reading r = {.arena = a, .text = d->source->text, .row = row};
	r.layout = layout_of(&row->field->def->columns);
	split_cells(&r);
	join_value(&r);
	row->columns = r.cells;
	row->kind = kind_of(&r, d);
	if (row->kind == IOC_ROW_VALUES)
		assign(&r);
}

struct rows {
	struct ioc_row *v;
	size_t nr, cap;
};

static void add(struct arena *a, struct rows *rows, struct ioc_row row)
{
	rows->v = arena_grow(a, rows->v, rows->nr, &rows->cap, sizeof(*rows->v));
	rows->v[rows->nr++] = row;
}

static void add_field(struct arena *a, const struct entry *e, const struct field *f, struct rows *rows)
{
	struct ioc_row row = {.entry = e, .field = f, .line = f->line};
	if (f->value.len) {
		struct item *item = arena_new(a, struct item);
		*item = (struct item){.text = f->value, .line = f->line, .end = f->line + 1, .bullet = true};
		row.item = item;
		add(a, rows, row);
	}
	FOR_EACH_ITEM (f, i) {
		row.item = i;
		row.line = i->line;
		add(a, rows, row);
	}
}

const struct ioc_row *ioc_rows(struct arena *a, const struct digest *d, size_t *nr)
{
	struct rows rows = {0};
	FOR_EACH_ENTRY (d, e) {
		FOR_EACH_FIELD (e, f)
			if (f->def && f->def->ioc)
				add_field(a, e, f, &rows);
	}
	for (size_t i = 0; i < rows.nr; i++)
		read_row(a, d, &rows.v[i]);
	*nr = rows.nr;
	return rows.v;
}
