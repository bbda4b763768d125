/* The page of a GitHub job: all findings as tables, where annotations stop at a few. */
#include "cmd/report/place.h"
#include "cmd/report/report.h"
#include "cmd/term.h"
#include "core/base/message.h"

/* Room that is kept for the last line. */
enum { TAIL = 64 };

/*
 * What a digest says is shown and nothing else: no link of it may be clicked, no table cell or code may end, no HTML begin.
 * Every mark of Markdown becomes an entity.
 */
static void add_cell(struct buf *out, struct str text)
{
	struct buf plain = {0};
	term_escape(&plain, text);
	for (size_t i = 0; i < plain.n; i++) {
		unsigned char c = (unsigned char)plain.p[i];
		if (strchr("!\"#$&'*.:<>@[\\]^_`{|}~", c))
			buf_printf(out, "&#%d;", c);
		else
			buf_addc(out, (char)c);
	}
	buf_release(&plain);
}

static void add_row(struct buf *out, struct place *place, const struct finding *f)
{
	buf_printf(out, "| %u | %s | %s | ", place_of(place, f->source, f->at.off).line, severity_name(f->severity),
	           f->rule->name);
	add_cell(out, f->message);
	buf_addz(out, " |\n");
}

static void add_counts(const struct report *r, struct buf *out)
{
	struct buf line = {0};
	report_summary(r, &line);
	buf_addz(out, "### sdi\n\n");
	add_cell(out, buf_str(&line));
	buf_addz(out, "\n\n");
	if (r->files_with_findings)
		buf_printf(out,
		           _("| severity | findings |\n| --- | ---: |\n| error | %zu |\n| warning | %zu |\n| info | %zu |\n\n"),
		           r->count[SEVERITY_ERROR], r->count[SEVERITY_WARNING], r->count[SEVERITY_INFO]);
	buf_release(&line);
}

/* False when it did not fit: it is then as long as before. */
static bool fits(struct buf *out, size_t before, size_t room)
{
	if (out->n <= room)
		return true;
	out->n = before;
	out->p[before] = 0;
	return false;
}

/* How many of a file's findings found room. */
static size_t add_file(const struct report *r, size_t i, size_t room, struct buf *out)
{
	struct place place = {.unit = UNIT_CHARACTERS};
	const struct findings *f = &r->job[i]->findings;
	size_t before = out->n, shown = 0;
	buf_addz(out, "#### ");
	add_cell(out, str_of(r->path[i]));
	buf_printf(out, "\n\n%s", _("| line | severity | rule | message |\n| ---: | --- | --- | --- |\n"));
	size_t rows = out->n;
	for (; shown < f->nr; shown++) {
		size_t row = out->n;
		add_row(out, &place, &f->v[shown]);
		if (!fits(out, row, room))
			break;
	}
	if (out->n == rows)
		out->n = before;
	buf_addc(out, '\n');
	return shown;
}

void report_step_summary(const struct report *r, size_t room, struct buf *out)
{
	size_t left = r->count[SEVERITY_ERROR] + r->count[SEVERITY_WARNING] + r->count[SEVERITY_INFO];
	bool full = false;
	add_counts(r, out);
	room = room > TAIL ? room - TAIL : 0;
	if (!fits(out, 0, room))
		return;
	for (size_t i = 0; i < r->nr && !full; i++) {
		size_t nr = r->job[i]->findings.nr, shown = nr ? add_file(r, i, room, out) : 0;
		left -= shown;
		full = shown < nr;
	}
	if (full)
		buf_printf(out, _("… and %zu more\n"), left);
}
