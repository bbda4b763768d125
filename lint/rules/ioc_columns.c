#include "core/base/buf.h"
#include "lint/check.h"
#include "lint/ioc_cell.h"

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

/* The bytes of a comma at the start, an ASCII one or one of Japanese; 0: none. */
static size_t comma_length(struct str s)
{
	static const struct str commas[] = {STR_INIT(","), STR_INIT("、"), STR_INIT("，")};
	for (size_t i = 0; i < ARRAY_SIZE(commas); i++)
		if (str_starts(s, commas[i]))
			return commas[i].n;
	return 0;
}

/* With each comma for one: as many columns as it should have, and the words where they belong? */
static bool has_other_commas(const struct digest *d, const struct ioc_row *row)
{
	struct str s = digest_str(d, row->item->text), part[8] = {0};
	size_t nr = 0, from = 0, columns = row->field->def ? row->field->def->columns.nr : 0;
	if (row->kind == IOC_ROW_EMPTY || columns < 3 || row->columns >= columns)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		size_t comma = comma_length(str_from(s, i));
		if (!comma)
			continue;
		if (nr + 1 >= ARRAY_SIZE(part))
			return false;
		part[nr++] = str_trim(str_slice(s, from, i));
		from = i + comma;
		i = from - 1;
	}
	part[nr++] = str_trim(str_from(s, from));
	return nr == columns && ioc_word_read(part[1]) != IOC_WORD_UNKNOWN && ioc_word_read(part[2]) != IOC_WORD_UNKNOWN;
}

static void replace_commas(struct check *c, const struct ioc_row *row, const struct digest *d)
{
	struct span at = row->item->text;
	struct str s = digest_str(d, at);
	struct finding *f = report(c, at, "columns are parted by `,`; programs see no columns here");
	suggest(c, f, "part them by `,`");
	for (size_t i = 0; i < s.n; i++) {
		size_t comma = comma_length(str_from(s, i));
		if (comma > 1)
			edit_replace(c, f, (struct span){at.off + (uint32_t)i, (uint32_t)comma}, STR(","));
	}
}

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

static void check(struct check *c, const struct digest *d)
{
	size_t rows, cells;
	struct arena *a = check_arena(c);
	const struct ioc_row *row = ioc_rows(a, d, &rows);
	const struct ioc_cell *cell = ioc_cells(c, d, &cells);
	for (size_t i = 0; i < rows; i++) {
		if (has_other_commas(d, &row[i]))
			replace_commas(c, &row[i], d);
		else if (is_header(d, &row[i]))
			report(c, row[i].item->text, "the names of the columns, and no indicator");
		else if (has_no_value(d, &row[i]))
			report(c, row[i].item->text, "the column `%s` is empty", "value");
		else
			check_prose(c, d, &row[i]);
	}
	for (size_t i = 0; i < cells; i++) {
		if (!ioc_has_columns(&cell[i]) || has_other_commas(d, cell[i].row) || is_header(d, cell[i].row))
			continue;
		check_count(c, &cell[i]);
		check_quotes(c, d, &cell[i]);
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
