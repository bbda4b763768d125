#include "cmd/export/export.h"

#include "core/base/utf8.h"

/*
 * What makes a formula of a cell in a spreadsheet, in either width (OWASP, "CSV Injection"); also behind apostrophes, so that
 * the one that is put before it can be told from those.
 */
static bool is_formula(struct str cell)
{
	static const char ascii[] = "=+-@\t\r\n";
	static const uint32_t wide[] = {0xff1d, 0xff0b, 0xff0d, 0xff20};
	size_t i = 0;
	while (i < cell.n && cell.p[i] == '\'')
		i++;
	uint32_t first = i < cell.n ? utf8_next(cell, &i) : 0;
	for (size_t k = 0; k < ARRAY_SIZE(wide); k++)
		if (first == wide[k])
			return true;
	return first && first < 0x80 && strchr(ascii, (int)first);
}

/* Also what ends in blanks, and what a runner of GitHub would take for a command at the beginning of a line. */
static bool wants_quotes(struct str cell)
{
	if (!cell.n)
		return false;
	for (size_t i = 0; i < cell.n; i++)
		if (strchr("\",\r\n", cell.p[i]))
			return true;
	return *cell.p == ':' || *cell.p == ' ' || cell.p[cell.n - 1] == ' ';
}

static void add_cell(struct buf *out, struct str cell)
{
	bool formula = is_formula(cell), quotes = formula || wants_quotes(cell);
	buf_addz(out, quotes ? formula ? "\"'" : "\"" : "");
	for (size_t from = 0; from < cell.n;) {
		size_t quote = str_find_byte(cell, from, '"');
		export_add(out, str_slice(cell, from, quote));
		buf_addz(out, quote < cell.n ? "\"\"" : "");
		from = quote + 1;
	}
	buf_addz(out, quotes ? "\"" : "");
}

static void add_row(struct arena *a, struct buf *out, const struct exported *r)
{
	const char *known = r->known ? "well-known" : r->known_not ? "not-well-known" : "";
	const struct str cells[] = {
		r->shown,         str_of(export_type_name(r->type)),
		str_of(known),    r->context,
		str_of(r->scope), date_is_set(r->date) ? arena_printf(a, "%s", date_text(r->date).z) : STR(""),
		str_of(r->path),  arena_printf(a, "%u", r->line),
		r->title,         r->url,
	};
	for (size_t i = 0; i < ARRAY_SIZE(cells); i++) {
		if (i)
			buf_addc(out, ',');
		add_cell(out, cells[i]);
	}
	buf_addz(out, "\r\n");
}

size_t export_csv(struct arena *a, const struct exports *e, struct buf *out)
{
	buf_addz(out, "value,type,known,context,scope,date,path,line,title,url\r\n");
	for (size_t i = 0; i < e->nr; i++)
		add_row(a, out, &e->v[i]);
	return 0;
}
