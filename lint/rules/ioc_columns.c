#include "core/base/buf.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"
#include "lint/ioc_mend.h"
#include "lint/ioc_quotes.h"

/* "value,type,known,context,scope" */
static struct str column_names(struct arena *a, const struct name_set *columns)
{
	struct buf names = {0};
	for (size_t i = 0; i < columns->nr; i++) {
		if (i)
			buf_addc(&names, ',');
		buf_add(&names, columns->v[i]);
	}
	struct str out = arena_str(a, buf_str(&names));
	buf_release(&names);
	return out;
}

/* The built-in order: value, type, known, …, scope. */
static bool has_usual_columns(const struct ioc_row *row)
{
	static const char *const names[] = {"value", "type", "known", "context", "scope"};
	const struct template_field *def = row->field->def;
	for (size_t i = 0; def && i < ARRAY_SIZE(names); i++)
		if (def->columns.nr != ARRAY_SIZE(names) || !str_eqz(def->columns.v[i], names[i]))
			return false;
	return def;
}

/* ---- rows that are parted by something else ---- */

static const struct str separators[] = {STR_INIT(","),  STR_INIT("、"), STR_INIT("，"), STR_INIT("､"),  STR_INIT(";"),
                                        STR_INIT("；"), STR_INIT("|"),  STR_INIT("｜"), STR_INIT("\t"), STR_INIT("："),
                                        STR_INIT("／"), STR_INIT(" "),  STR_INIT("　")};
/* Blanks part columns where nothing else does. */
enum { BLANKS = 2, ALL = (1 << (ARRAY_SIZE(separators) - BLANKS)) - 1, COMMA = 1, OF_JAPANESE = 14, BAR = 1 << 6 };

/* A row between separators: piece `i` goes from `from[i]` to `end[i]`, without blanks around it. */
struct pieces {
	struct str s;
	size_t from[48], end[48], nr;
};

static size_t separator_length(struct str s, unsigned which)
{
	for (size_t i = 0; which >> i; i++)
		if (which >> i & 1 && str_starts(s, separators[i]))
			return separators[i].n;
	return 0;
}

/* False: there are too many, or it is too long to be a row. */
static bool split(struct str s, unsigned which, struct pieces *out)
{
	enum { LONGEST_ROW = 8192 };
	size_t from = 0;
	*out = (struct pieces){.s = s};
	if (s.n > LONGEST_ROW)
		return false;
	for (size_t i = 0; i <= s.n; i++) {
		size_t n = i < s.n ? separator_length(str_from(s, i), which) : 0;
		if (i < s.n && !n)
			continue;
		if (out->nr == ARRAY_SIZE(out->from))
			return false;
		struct str piece = str_trim(str_slice(s, from, i));
		out->from[out->nr] = piece.n ? (size_t)(piece.p - s.p) : from;
		out->end[out->nr++] = piece.n ? (size_t)(piece.p - s.p) + piece.n : from;
		from = i + n;
		i = n ? from - 1 : i;
	}
	return true;
}

static struct str piece(const struct pieces *p, size_t i)
{
	return i < p->nr ? str_slice(p->s, p->from[i], p->end[i]) : STR("");
}

static bool reads_as(const struct pieces *p, size_t i, enum ioc_word first, enum ioc_word last)
{
	enum ioc_word word = ioc_word_read(piece(p, i));
	return word >= first && word <= last;
}

static bool is_known(const struct pieces *p, size_t i)
{
	return reads_as(p, i, IOC_KNOWN_WELL, IOC_KNOWN_NOT);
}

static bool is_scope(const struct pieces *p, size_t i)
{
	return reads_as(p, i, IOC_SCOPE_GLOBAL, IOC_SCOPE_NONE);
}

/* Are these the columns of the row, with words where they belong? More pieces than columns: the context holds separators. */
static bool are_columns(const struct pieces *p, const struct ioc_row *row)
{
	size_t columns = row->field->def->columns.nr;
	bool words = piece(p, 0).n && piece(p, 1).n && is_known(p, 2);
	if (p->nr == columns && words && reads_as(p, 1, IOC_TYPE_ADDRESS, IOC_TYPE_ASN))
		return true;
	return p->nr >= columns && has_usual_columns(row) && words && is_scope(p, p->nr - 1);
}

/* With another separator than a comma, or with several: as many columns as it should have? */
static bool has_other_separators(const struct digest *d, const struct ioc_row *row, struct pieces *out)
{
	struct str s = digest_str(d, row->item->text);
	const struct template_field *def = row->field->def;
	if (row->kind == IOC_ROW_EMPTY || !def || def->columns.nr < 3)
		return false;
	/* A row of a table. */
	if (s.n > 2 && *s.p == '|' && str_ends(s, STR("|")))
		return split(str_slice(s, 1, s.n - 1), BAR, out) && are_columns(out, row);
	if (split(s, COMMA, out) && out->nr >= def->columns.nr &&
	    (are_columns(out, row) || ioc_word_read(piece(out, 1)) || is_known(out, 2)))
		return false;
	for (size_t i = 1; i < ARRAY_SIZE(separators); i++)
		if (split(s, 1U << i, out) && are_columns(out, row))
			return true;
	return (split(s, OF_JAPANESE | COMMA, out) && are_columns(out, row)) ||
	       (split(s, ALL, out) && are_columns(out, row));
}

/* The bars around a row of a table go with the blanks beside them. */
static void edit_outside(struct check *c, struct finding *f, struct span at, size_t before, const struct pieces *p)
{
	if (!before)
		return;
	edit_delete(c, f, span_make(at.off, at.off + before + p->from[0]));
	edit_delete(c, f, span_make(at.off + before + p->end[p->nr - 1], span_end(at)));
}

static void replace_separators(struct check *c, const struct digest *d, const struct ioc_row *row,
                               const struct pieces *p)
{
	struct span at = row->item->text;
	struct finding *f = report(c, at, "columns are parted by `,`; programs see no columns here");
	suggest(c, f, "part them by `,`");
	size_t columns = row->field->def->columns.nr, before = (size_t)(p->s.p - digest_str(d, at).p);
	edit_outside(c, f, at, before, p);
	at.off += (uint32_t)before;
	for (size_t i = 1; i < columns; i++) {
		size_t k = i + 1 == columns ? p->nr - 1 : i;
		if (!str_eq(str_slice(p->s, p->end[k - 1], p->from[k]), STR(",")))
			edit_replace(c, f, span_make(at.off + p->end[k - 1], at.off + p->from[k]), STR(","));
	}
}

/* ---- commas that are too many ---- */

static void forget(struct pieces *p, size_t i)
{
	memmove(p->from + i, p->from + i + 1, (p->nr - i - 1) * sizeof(*p->from));
	memmove(p->end + i, p->end + i + 1, (p->nr - i - 1) * sizeof(*p->end));
	p->nr--;
}

/* Without the empty pieces at the borders of columns, as long as there are more than columns. */
static bool close_up(struct pieces *p, size_t columns)
{
	size_t before = p->nr;
	for (size_t i = 0; i < columns - 1; i++)
		while (p->nr > columns && !piece(p, i).n)
			forget(p, i);
	while (p->nr > columns && !piece(p, p->nr - 1).n)
		forget(p, p->nr - 1);
	while (p->nr > columns && !piece(p, p->nr - 2).n)
		forget(p, p->nr - 2);
	return p->nr < before;
}

/* `evil[.]example,,FQDN名,…`, `…,NA(IP以外),`: with a comma less it is a row. */
static bool check_surplus(struct check *c, const struct digest *d, const struct ioc_row *row)
{
	struct pieces p;
	struct span at = row->item->text;
	if (row->kind == IOC_ROW_EMPTY || !has_usual_columns(row) || !split(digest_str(d, at), COMMA, &p) ||
	    !close_up(&p, row->field->def->columns.nr) || !piece(&p, 0).n || !piece(&p, 1).n || !is_known(&p, 2) ||
	    !is_scope(&p, p.nr - 1))
		return false;
	struct finding *f = report(c, at, "there is a `,` too many; programs count one column more");
	suggest(c, f, "remove it");
	if (p.from[0])
		edit_delete(c, f, span_make(at.off, at.off + p.from[0]));
	for (size_t i = 1; i < p.nr; i++)
		if (memchr(p.s.p + p.end[i - 1], ',', p.from[i] - p.end[i - 1]) !=
		    memrchr(p.s.p + p.end[i - 1], ',', p.from[i] - p.end[i - 1]))
			edit_replace(c, f, span_make(at.off + p.end[i - 1], at.off + p.from[i]), STR(","));
	if (p.end[p.nr - 1] < p.s.n)
		edit_delete(c, f, span_make(at.off + p.end[p.nr - 1], span_end(at)));
	return true;
}

/* ---- blanks beside commas ---- */

static struct span without_wide_blanks(const struct digest *d, struct span at)
{
	const struct str blank = STR("　");
	struct str s = digest_str(d, at), inner = s;
	while (str_starts(inner, blank))
		inner = str_from(inner, blank.n);
	while (str_ends(inner, blank))
		inner = str_slice(inner, 0, inner.n - blank.n);
	return inner.n ? span_make(at.off + (size_t)(inner.p - s.p), at.off + (size_t)(inner.p - s.p) + inner.n) : at;
}

static bool has_blank_before(struct str gap)
{
	return *gap.p != ',';
}

static bool has_blank_behind(struct str gap)
{
	return gap.p[gap.n - 1] != ',';
}

/* One that stands alone: where more of the row's commas have a blank behind them, that is how it is written. */
static void check_blanks(struct check *c, const struct digest *d, const struct ioc_cell *cell)
{
	const struct ioc_row *row = cell->row;
	struct span column[] = {row->value, row->type, row->known, row->context, row->scope};
	enum { GAPS = ARRAY_SIZE(column) - 1 };
	struct span gap[GAPS];
	size_t wide = 0;
	if (!has_usual_columns(row))
		return;
	for (size_t i = 0; i <= GAPS; i++)
		column[i] = without_wide_blanks(d, column[i]);
	for (size_t i = 0; i < GAPS; i++) {
		if (!column[i].len || !column[i + 1].len)
			return;
		gap[i] = span_make(span_end(column[i]), column[i + 1].off);
		struct str s = digest_str(d, gap[i]);
		wide += !has_blank_before(s) && str_ends(s, STR(", "));
	}
	for (size_t i = 0; i < GAPS; i++) {
		struct str s = digest_str(d, gap[i]), right = wide > 1 && has_blank_behind(s) ? STR(", ") : STR(",");
		if (str_eq(s, right))
			continue;
		struct finding *f = report(c, gap[i], "a blank beside the `,`; programs take it for a part of the column");
		weigh(c, f, SEVERITY_WARNING);
		suggest(c, f, "remove it");
		edit_replace(c, f, gap[i], right);
	}
}

/* ---- columns that are missing ---- */

/* `evil[.]example,,知られていない,…`: the columns are there, and one says nothing. */
static void check_empty(struct check *c, const struct ioc_cell *cell)
{
	static const struct {
		const char *column;
		size_t at;
	} places[] = {
		{"type", offsetof(struct ioc_row, type)},
		{"known", offsetof(struct ioc_row, known)},
		{"scope", offsetof(struct ioc_row, scope)},
	};
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		const struct span *at = (const struct span *)(const void *)((const char *)cell->row + places[i].at);
		for (size_t k = 0; !at->len && k < cell->def->columns.nr; k++)
			if (str_eqz(cell->def->columns.v[k], places[i].column))
				report(c, cell->row->item->text, "the column `%s` is empty", places[i].column);
	}
}

/* What can be put right in one way only. */
static bool check_places(struct check *c, const struct digest *d, const struct ioc_cell *cell)
{
	struct str right;
	struct span at = cell->row->item->text;
	enum ioc_mend how = ioc_mend(check_arena(c), d, cell, &right);
	if (how == IOC_MEND_NONE)
		return false;
	struct str names = column_names(check_arena(c), &cell->def->columns);
	struct finding *f =
		how == IOC_MEND_ORDER ? report(c, at, "the columns are in another order: a row has `%.*s`", STR_ARG(names))
		: how == IOC_MEND_COMMA
			? report(c, at, "a `,` is missing between two columns: a row has `%.*s`", STR_ARG(names))
			: report(c, at, "a column is missing that the value tells: a row has `%.*s`", STR_ARG(names));
	suggest(c, f, "write `%.*s`", STR_ARG(right));
	edit_replace(c, f, at, right);
	return true;
}

static void check_count(struct check *c, const struct ioc_cell *cell)
{
	const struct name_set *columns = &cell->def->columns;
	const struct ioc_row *row = cell->row;
	if (row->columns >= columns->nr) {
		check_empty(c, cell);
		return;
	}
	struct str names = column_names(check_arena(c), columns);
	if (row->columns == 1)
		report(c, row->item->text, "only the value is there; a row has `%.*s`", STR_ARG(names));
	else
		report(c, row->item->text, "%zu columns instead of %zu: a row has `%.*s`", row->columns, columns->nr,
		       STR_ARG(names));
}

/* Code is markup, but quotes are bytes of the value to programs. A name of other things may have its own. */
static void check_quotes(struct check *c, const struct digest *d, const struct ioc_cell *cell)
{
	struct span value = cell->row->value, at = cell->at;
	if (at.len == value.len || cell->is.kind == INDICATOR_UNKNOWN || strchr("`*", digest_str(d, value).p[0]))
		return;
	struct finding *f = report(c, value, "the value stands in quotes; programs take them for a part of it");
	weigh(c, f, SEVERITY_WARNING);
	suggest(c, f, "remove the quotes");
	edit_delete(c, f, span_make(value.off, at.off));
	edit_delete(c, f, span_make(span_end(at), span_end(value)));
}

/* `"evil[.]example","FQDN名",…`: a table's. In a column, a quote that is doubled stands for one. */
static bool check_quoted_columns(struct check *c, const struct digest *d, const struct ioc_row *row)
{
	struct ioc_quotes q;
	if (!ioc_quotes_read(d, row, &q))
		return false;
	struct finding *f =
		report(c, row->item->text, "the columns stand in quotes; programs take them for a part of the columns");
	weigh(c, f, SEVERITY_WARNING);
	if (q.nr)
		suggest(c, f, "remove the quotes");
	for (size_t i = 0; i < q.nr; i++) {
		struct str s = digest_str(d, q.inner[i]);
		if (q.outer[i].len == q.inner[i].len)
			continue;
		edit_delete(c, f, span_make(q.outer[i].off, q.inner[i].off));
		edit_delete(c, f, span_make(span_end(q.inner[i]), span_end(q.outer[i])));
		for (size_t at = str_find(s, 0, STR("\"\"")); at < s.n; at = str_find(s, at + 2, STR("\"\"")))
			edit_delete(c, f, (struct span){q.inner[i].off + (uint32_t)at, 1});
	}
	return true;
}

static bool is_one_of(struct str s, const struct str *words, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eq_nocase(s, words[i]))
			return true;
	return false;
}

/* "IOC,種別,既知性,…": the names of the columns, as a table has them. */
static bool is_header(const struct digest *d, const struct ioc_row *row)
{
	static const struct str values[] = {STR_INIT("value"),        STR_INIT("ioc"), STR_INIT("indicator"),
	                                    STR_INIT("インジケータ"), STR_INIT("値"),  STR_INIT("インジケーター")};
	static const struct str types[] = {STR_INIT("type"), STR_INIT("種別"), STR_INIT("種類"), STR_INIT("タイプ")};
	struct str s = digest_str(d, row->item->text);
	size_t first = str_find_byte(s, 0, ','), second = first < s.n ? str_find_byte(s, first + 1, ',') : s.n;
	return second < s.n && is_one_of(str_trim(str_slice(s, 0, first)), values, ARRAY_SIZE(values)) &&
	       is_one_of(str_trim(str_slice(s, first + 1, second)), types, ARRAY_SIZE(types));
}

/* `,FQDN名,知られていない,…`: all is said, but of what? */
static bool has_no_value(const struct digest *d, const struct ioc_row *row)
{
	struct str s = digest_str(d, row->item->text);
	return row->kind == IOC_ROW_VALUES && !row->value.len && s.n && *s.p == ',';
}

/* `evil[.]example; FQDN名; …`, `evil[.]example → C2`: what was to be a row. */
static bool holds_indicator(struct str s)
{
	return str_find(s, 0, STR("[.]")) < s.n || str_find(s, 0, STR("hxxp")) < s.n;
}

/* A sentence that neither is an indicator nor says where some are. */
static void check_prose(struct check *c, const struct digest *d, const struct ioc_row *row)
{
	static const struct str signs[] = {STR_INIT("IOC"),  STR_INIT("IoC"),  STR_INIT("ioc"),  STR_INIT("記載"),
	                                   STR_INIT("掲載"), STR_INIT("公開"), STR_INIT("参照"), STR_INIT("一覧"),
	                                   STR_INIT("資料"), STR_INIT("同上"), STR_INIT("記事")};
	struct str s = digest_str(d, row->item->text);
	if (row->kind != IOC_ROW_PROSE || !row->field->def || row->field->def->columns.nr < 2 || row->item->depth)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (str_find(s, 0, signs[i]) < s.n)
			return;
	if (holds_indicator(s))
		report(c, row->item->text, "columns are parted by `,`; programs see no columns here");
	else if (str_find(s, 0, STR("://")) == s.n)
		weigh(c, report(c, row->item->text, "a sentence, and no indicator"), SEVERITY_WARNING);
}

/* What is wrong with the row as a whole; then nothing is told about its columns. */
static bool check_row(struct check *c, const struct digest *d, const struct ioc_row *row)
{
	struct pieces pieces;
	if (check_quoted_columns(c, d, row))
		return true;
	if (has_other_separators(d, row, &pieces))
		replace_separators(c, d, row, &pieces);
	else if (is_header(d, row))
		report(c, row->item->text, "the names of the columns, and no indicator");
	else if (!check_surplus(c, d, row))
		return false;
	return true;
}

static void check(struct check *c, const struct digest *d)
{
	size_t rows, cells;
	struct arena *a = check_arena(c);
	const struct ioc_row *row = ioc_rows(a, d, &rows);
	const struct ioc_cell *cell = ioc_cells(c, d, &cells), *last = cells ? cell + cells : cell;
	for (size_t i = 0; i < rows; i++) {
		const struct ioc_cell *of = cell < last && cell->row->item->text.off == row[i].item->text.off ? cell++ : NULL;
		if (check_row(c, d, &row[i]))
			continue;
		if (has_no_value(d, &row[i]))
			report(c, row[i].item->text, "the column `%s` is empty", "value");
		else
			check_prose(c, d, &row[i]);
		if (!of || !ioc_has_columns(of))
			continue;
		if (check_places(c, d, of))
			continue;
		check_count(c, of);
		check_quotes(c, d, of);
		check_blanks(c, d, of);
	}
}

const struct rule rule_ioc_columns = {
	.name = "ioc-columns",
	.group = "ioc",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS | FACT_IOC,
	.summary = "A row of indicators has not the columns that the template wants",
	.why =
		"Programs read the type and the scope of an indicator from its columns. Where one is missing they take the wrong "
		"one, or pass over the row.",
	.bad = {.text =
                EXAMPLE_IOC "    - evil[.]example[.]com、FQDN名、知られていない、C2サーバー、NA(IP以外)\n" EXAMPLE_END},
	.good = {.text =
                 EXAMPLE_IOC "    - evil[.]example[.]com,FQDN名,知られていない,C2サーバー,NA(IP以外)\n" EXAMPLE_END},
	.check = check,
};
