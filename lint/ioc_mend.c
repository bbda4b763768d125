#include "lint/ioc_mend.h"

enum { VALUE, TYPE, KNOWN, CONTEXT, SCOPE, COLUMNS, MOST_PIECES = 16 };

struct pieces {
	struct str s, v[MOST_PIECES];
	size_t nr;
};

static bool split(struct str s, struct pieces *out)
{
	*out = (struct pieces){.s = s};
	for (size_t from = 0; from <= s.n;) {
		size_t to = str_find_byte(s, from, ',');
		if (out->nr == MOST_PIECES)
			return false;
		out->v[out->nr++] = str_trim(str_slice(s, from, to));
		from = to + 1;
	}
	return true;
}

static bool reads_as(struct str s, enum ioc_word first, enum ioc_word last)
{
	enum ioc_word word = ioc_word_read(s);
	return word >= first && word <= last;
}

static bool is_type(struct str s)
{
	return reads_as(s, IOC_TYPE_ADDRESS, IOC_TYPE_ASN);
}

static bool is_known(struct str s)
{
	return reads_as(s, IOC_KNOWN_WELL, IOC_KNOWN_NOT);
}

static bool is_scope(struct str s)
{
	return reads_as(s, IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE);
}

static bool is_value(struct arena *a, struct str s, struct indicator *is)
{
	if (!s.n)
		return false;
	indicator_read(a, s, is);
	return is->kind != INDICATOR_UNKNOWN && !is->flaw;
}

static bool has_usual_columns(const struct template_field *def)
{
	static const char *const names[COLUMNS] = {"value", "type", "known", "context", "scope"};
	for (size_t i = 0; i < COLUMNS; i++)
		if (def->columns.nr != COLUMNS || !str_eqz(def->columns.v[i], names[i]))
			return false;
	return true;
}

/* ---- all are there, but not in their places ---- */

/* The only piece that reads so; false: none, or several. */
static bool find_only(const struct pieces *p, bool (*is)(struct str), size_t *at)
{
	size_t nr = 0;
	for (size_t i = 0; i < p->nr; i++) {
		if (!is(p->v[i]))
			continue;
		*at = i;
		nr++;
	}
	return nr == 1;
}

/* What is neither a type nor a word of the others: the value, and behind it the context. */
static bool find_rest(struct arena *a, const struct pieces *p, const size_t *word, struct str *column)
{
	size_t rest[2], nr = 0;
	struct indicator is;
	for (size_t i = 0; i < p->nr; i++) {
		if (i == word[TYPE] || i == word[KNOWN] || i == word[SCOPE])
			continue;
		if (nr == ARRAY_SIZE(rest))
			return false;
		rest[nr++] = i;
	}
	if (nr < ARRAY_SIZE(rest) || !p->v[rest[1]].n || !is_value(a, p->v[rest[0]], &is) ||
	    is_value(a, p->v[rest[1]], &is))
		return false;
	column[VALUE] = p->v[rest[0]];
	column[CONTEXT] = p->v[rest[1]];
	return true;
}

static bool mend_order(struct arena *a, const struct pieces *p, struct str *column)
{
	size_t word[COLUMNS] = {0};
	if (p->nr != COLUMNS || (is_type(p->v[TYPE]) && is_known(p->v[KNOWN]) && is_scope(p->v[SCOPE])))
		return false;
	if (!find_only(p, is_type, &word[TYPE]) || !find_only(p, is_known, &word[KNOWN]) ||
	    !find_only(p, is_scope, &word[SCOPE]))
		return false;
	if (!find_rest(a, p, word, column))
		return false;
	column[TYPE] = p->v[word[TYPE]];
	column[KNOWN] = p->v[word[KNOWN]];
	column[SCOPE] = p->v[word[SCOPE]];
	return true;
}

/* ---- two are not parted ---- */

/* Without a dot or blanks at its end, which stand there for a comma. */
static struct str without_sign(struct str s)
{
	struct str inner = str_trim(s);
	if (str_ends(inner, STR(".")) && !str_ends(inner, STR("..")))
		inner.n--;
	return str_trim(inner);
}

static struct str beginning(const struct name_set *words, struct str s)
{
	for (size_t i = 0; i < words->nr; i++)
		if (str_starts(s, words->v[i]))
			return words->v[i];
	return STR("");
}

static struct str ending(const struct name_set *words, struct str s)
{
	for (size_t i = 0; i < words->nr; i++)
		if (str_ends(s, words->v[i]))
			return words->v[i];
	return STR("");
}

static void set(struct str *column, const struct pieces *p, size_t glued, struct str first, struct str second)
{
	for (size_t i = 0, to = 0; i < COLUMNS - 1; i++) {
		column[to++] = i == glued ? first : p->v[i];
		if (i == glued)
			column[to++] = second;
	}
}

static bool are_columns(struct arena *a, const struct str *column, struct indicator *is)
{
	return is_value(a, column[VALUE], is) && is_type(column[TYPE]) && is_known(column[KNOWN]) && column[CONTEXT].n &&
	       !is_scope(column[CONTEXT]) && is_scope(column[SCOPE]);
}

/* `配布元グローバル`: the end of a sentence, perhaps, where it is not what the value says. */
static bool agrees(const struct indicator *is, struct str scope)
{
	bool address = is->kind == INDICATOR_IPV4 || is->kind == INDICATOR_IPV6;
	enum ioc_word right = !address                     ? IOC_SCOPE_NONE
	                      : is->range == RANGE_GLOBAL  ? IOC_SCOPE_GLOBAL
	                      : is->range == RANGE_PRIVATE ? IOC_SCOPE_PRIVATE
	                                                   : IOC_WORD_UNKNOWN;
	return ioc_word_read(scope) == right;
}

static bool mend_comma(struct arena *a, const struct template_field *def, const struct pieces *p, struct str *column)
{
	struct indicator is;
	if (p->nr != COLUMNS - 1)
		return false;
	struct str type = beginning(&def->types, p->v[TYPE]);
	set(column, p, TYPE, type, str_trim(str_from(p->v[TYPE], type.n)));
	if (str_starts(column[KNOWN], STR(".")))
		column[KNOWN] = str_trim(str_from(column[KNOWN], 1));
	if (type.n && are_columns(a, column, &is))
		return true;
	type = ending(&def->types, p->v[VALUE]);
	set(column, p, VALUE, without_sign(str_slice(p->v[VALUE], 0, p->v[VALUE].n - type.n)), type);
	if (type.n && are_columns(a, column, &is))
		return true;
	/* Without a sign between them the words may be one sentence: `知られていない攻撃者の配布元`. */
	struct str known = beginning(&def->known, p->v[KNOWN]), behind = str_from(p->v[KNOWN], known.n);
	set(column, p, KNOWN, known, str_trim(str_from(behind, behind.n > 0)));
	if (known.n && behind.n && strchr(" .", *behind.p) && are_columns(a, column, &is))
		return true;
	struct str scope = ending(&def->scopes, p->v[CONTEXT]);
	set(column, p, CONTEXT, without_sign(str_slice(p->v[CONTEXT], 0, p->v[CONTEXT].n - scope.n)), scope);
	return scope.n && !str_ends(column[CONTEXT], STR("。")) && are_columns(a, column, &is) && agrees(&is, scope);
}

/* ---- a word is missing ---- */

static bool mend_word(const struct ioc_cell *cell, const struct pieces *p, struct str *column)
{
	const struct template_field *def = cell->def;
	bool empty = p->nr == COLUMNS && !p->v[SCOPE].n;
	if (p->nr != COLUMNS - 1 && !empty)
		return false;
	if (!empty && is_known(p->v[TYPE]) && is_scope(p->v[CONTEXT]) && p->v[KNOWN].n && !is_scope(p->v[KNOWN])) {
		set(column, p, VALUE, p->v[VALUE], ioc_word_of(&def->types, ioc_type_of(cell)));
		return column[TYPE].n;
	}
	if (!is_type(p->v[TYPE]) || !is_known(p->v[KNOWN]) || !p->v[CONTEXT].n || ending(&def->scopes, p->v[CONTEXT]).n ||
	    is_scope(p->v[CONTEXT]) || cell->is.kind == INDICATOR_UNKNOWN || ioc_type_fit(cell) != IOC_FITS)
		return false;
	set(column, p, CONTEXT, p->v[CONTEXT], ioc_word_of(&def->scopes, ioc_scope_of(cell)));
	return column[SCOPE].n;
}

static struct str join(struct arena *a, const struct str *column)
{
	return arena_printf(a, "%.*s,%.*s,%.*s,%.*s,%.*s", STR_ARG(column[VALUE]), STR_ARG(column[TYPE]),
	                    STR_ARG(column[KNOWN]), STR_ARG(column[CONTEXT]), STR_ARG(column[SCOPE]));
}

enum ioc_mend ioc_mend(struct arena *a, const struct digest *d, const struct ioc_cell *cell, struct str *row)
{
	struct pieces p;
	struct str column[COLUMNS];
	enum ioc_mend how = IOC_MEND_NONE;
	if (!has_usual_columns(cell->def) || !split(digest_str(d, cell->row->item->text), &p))
		return how;
	if (mend_order(a, &p, column))
		how = IOC_MEND_ORDER;
	else if (mend_comma(a, cell->def, &p, column))
		how = IOC_MEND_COMMA;
	else if (mend_word(cell, &p, column))
		how = IOC_MEND_WORD;
	if (how)
		*row = join(a, column);
	return how;
}
