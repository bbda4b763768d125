#include "lint/ioc_quotes.h"

static const struct str pairs[][2] = {
	{STR_INIT("\""), STR_INIT("\"")},
	{STR_INIT("'"), STR_INIT("'")},
	{STR_INIT("“"), STR_INIT("”")},
};

enum { VALUE, TYPE, KNOWN, CONTEXT, SCOPE };

static size_t skip_blanks(struct str s, size_t i)
{
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	return i;
}

/* The index of the closing quote; one that is doubled is a sign of the text. The end where there is none. */
static size_t closing(struct str s, size_t i, struct str close)
{
	while ((i = str_find(s, i, close)) < s.n) {
		if (!str_starts(str_from(s, i + close.n), close))
			return i;
		i += 2 * close.n;
	}
	return s.n;
}

/* The end of a column at `i`, and what it holds; SIZE_MAX: it goes on behind its quotes. */
static size_t read_column(struct str s, size_t i, size_t off, struct ioc_quotes *out)
{
	for (size_t k = 0; k < ARRAY_SIZE(pairs); k++) {
		if (!str_starts(str_from(s, i), pairs[k][0]))
			continue;
		size_t from = i + pairs[k][0].n, to = closing(s, from, pairs[k][1]), behind = to + pairs[k][1].n;
		if (to == s.n)
			return SIZE_MAX;
		size_t end = skip_blanks(s, behind);
		out->inner[out->nr] = span_make(off + from, off + to);
		out->outer[out->nr++] = span_make(off + i, off + behind);
		return end == s.n || s.p[end] == ',' ? end : SIZE_MAX;
	}
	size_t end = str_find_byte(s, i, ',');
	struct str bare = str_trim(str_slice(s, i, end));
	out->inner[out->nr] = out->outer[out->nr] = span_make(off + i, off + i + bare.n);
	out->nr++;
	return end;
}

static bool split(struct str s, size_t off, struct ioc_quotes *out)
{
	out->nr = 0;
	for (size_t i = 0; out->nr < IOC_QUOTES_COLUMNS; i++) {
		i = read_column(s, skip_blanks(s, i), off, out);
		if (i == SIZE_MAX)
			return false;
		if (i >= s.n)
			return out->nr == IOC_QUOTES_COLUMNS;
	}
	return false;
}

static bool reads_as(const struct digest *d, struct span at, enum ioc_word first, enum ioc_word last)
{
	enum ioc_word word = ioc_word_read(digest_str(d, at));
	return word >= first && word <= last;
}

/* Quotes around a word of the template, or around a value and its context. */
static bool are_around_columns(const struct digest *d, const struct ioc_quotes *q)
{
	bool quoted[IOC_QUOTES_COLUMNS];
	for (size_t i = 0; i < IOC_QUOTES_COLUMNS; i++)
		quoted[i] = q->outer[i].len > q->inner[i].len;
	return (quoted[TYPE] || quoted[KNOWN] || quoted[SCOPE] || (quoted[VALUE] && quoted[CONTEXT])) &&
	       q->inner[VALUE].len && reads_as(d, q->inner[KNOWN], IOC_KNOWN_WELL, IOC_KNOWN_NOT) &&
	       (reads_as(d, q->inner[TYPE], IOC_TYPE_ADDRESS, IOC_TYPE_ASN) ||
	        reads_as(d, q->inner[SCOPE], IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE));
}

static bool has_usual_columns(const struct template_field *def)
{
	static const char *const names[IOC_QUOTES_COLUMNS] = {"value", "type", "known", "context", "scope"};
	for (size_t i = 0; def && i < IOC_QUOTES_COLUMNS; i++)
		if (def->columns.nr != IOC_QUOTES_COLUMNS || !str_eqz(def->columns.v[i], names[i]))
			return false;
	return def;
}

bool ioc_quotes_read(const struct digest *d, const struct ioc_row *row, struct ioc_quotes *out)
{
	const struct str border = STR("\",\"");
	struct str s = digest_str(d, row->item->text);
	*out = (struct ioc_quotes){0};
	if (!has_usual_columns(row->field->def) || row->kind == IOC_ROW_EMPTY)
		return false;
	if (split(s, row->item->text.off, out) && are_around_columns(d, out)) {
		/* Without its quotes, such a value is another. */
		struct str value = digest_str(d, out->inner[VALUE]);
		out->nr = str_find_byte(value, 0, ',') < value.n ? 0 : out->nr;
		return true;
	}
	out->nr = 0;
	size_t first = str_find(s, 0, border);
	return *s.p == '"' && first < s.n && str_find(s, first + 1, border) < s.n;
}
