#include "cmd/report/report.h"

#include <stdio.h>

#include "cmd/report/place.h"
#include "cmd/term.h"
#include "core/base/message.h"

struct printer {
	struct buf *out;
	bool colour;
	struct place place;
};

static const char bold[] = "1", dim[] = "2";

static const char *severity_colour(enum severity s)
{
	static const char *const colours[] = {
		[SEVERITY_OFF] = "", [SEVERITY_INFO] = "1;34", [SEVERITY_WARNING] = "1;33", [SEVERITY_ERROR] = "1;31"};
	return colours[s];
}

static void colour_on(struct printer *p, const char *sgr)
{
	if (p->colour)
		buf_printf(p->out, "\x1b[%sm", sgr);
}

static void colour_off(struct printer *p)
{
	if (p->colour)
		buf_addz(p->out, "\x1b[0m");
}

static void add_coloured(struct printer *p, const char *sgr, struct str text)
{
	colour_on(p, sgr);
	term_escape(p->out, text);
	colour_off(p);
}

static void add_headline(struct printer *p, const struct finding *f)
{
	struct position at = place_of(&p->place, f->source, f->at.off);
	add_coloured(p, bold, str_of(f->source->path));
	buf_printf(p->out, ":%u:%u: ", at.line, at.column);
	add_coloured(p, severity_colour(f->severity), str_of(severity_name(f->severity)));
	buf_printf(p->out, " %s: ", f->rule->name);
	term_escape(p->out, f->message);
	if (f->fix.safety == FIX_SAFE)
		buf_addz(p->out, " [*]");
	buf_addc(p->out, '\n');
}

static void add_gutter(struct printer *p, size_t width, uint32_t line)
{
	colour_on(p, dim);
	if (line)
		buf_printf(p->out, " %*u | ", (int)width, line);
	else
		buf_printf(p->out, " %*s | ", (int)width, "");
	colour_off(p);
}

static void add_excerpt(struct printer *p, const struct finding *f)
{
	struct excerpt e;
	uint32_t line = p->place.at.line;
	size_t width = (size_t)snprintf(NULL, 0, "%u", line);
	excerpt_make(f->source, f->at, &e);
	add_gutter(p, width, line);
	buf_add(p->out, buf_str(&e.text));
	buf_addc(p->out, '\n');
	add_gutter(p, width, 0);
	buf_pad(p->out, ' ', e.column);
	colour_on(p, severity_colour(f->severity));
	buf_pad(p->out, '^', e.width);
	colour_off(p);
	buf_addc(p->out, '\n');
	buf_release(&e.text);
}

static void add_remark(struct printer *p, const char *kind)
{
	buf_addz(p->out, "  = ");
	add_coloured(p, bold, str_of(kind));
	buf_addz(p->out, ": ");
}

static void add_remarks(struct printer *p, const struct finding *f)
{
	if (f->fix.safety != FIX_NONE) {
		add_remark(p, _("help"));
		term_escape(p->out, f->fix.title);
		buf_addz(p->out, f->fix.safety == FIX_UNSAFE ? _(" (may change the meaning)") : "");
		buf_addc(p->out, '\n');
	}
	for (size_t i = 0; i < f->nr_related; i++) {
		add_remark(p, _("note"));
		term_escape(p->out, str_of(f->related[i].path));
		buf_printf(p->out, ":%u: ", f->related[i].line);
		term_escape(p->out, f->related[i].message);
		buf_addc(p->out, '\n');
	}
}

static void add_full(struct printer *p, const struct finding *f)
{
	add_headline(p, f);
	add_excerpt(p, f);
	add_remarks(p, f);
	buf_addc(p->out, '\n');
}

static void each(const struct report *r, struct buf *out, void (*show)(struct printer *, const struct finding *))
{
	struct printer p = {.out = out, .colour = r->colour};
	for (size_t i = 0; i < r->nr; i++)
		for (size_t j = 0; j < r->job[i]->findings.nr; j++)
			show(&p, &r->job[i]->findings.v[j]);
}

void report_concise(const struct report *r, struct buf *out)
{
	each(r, out, add_headline);
}

void report_full(const struct report *r, struct buf *out)
{
	each(r, out, add_full);
}

static void add_count(struct buf *out, enum severity severity, size_t nr)
{
	static const struct {
		const char *one, *many;
	} formats[] = {
		[SEVERITY_OFF] = {"", ""},
		[SEVERITY_INFO] = {N_("%zu info"), N_("%zu infos")},
		[SEVERITY_WARNING] = {N_("%zu warning"), N_("%zu warnings")},
		[SEVERITY_ERROR] = {N_("%zu error"), N_("%zu errors")},
	};
	if (!nr)
		return;
	buf_addz(out, out->n ? _(", ") : "");
	buf_printf(out, _(nr == 1 ? formats[severity].one : formats[severity].many), nr);
}

void report_summary(const struct report *r, struct buf *out)
{
	struct buf counts = {0};
	for (enum severity s = SEVERITY_ERROR; s > SEVERITY_OFF; s--)
		add_count(&counts, s, r->count[s]);
	if (r->files_with_findings)
		buf_printf(out, r->nr == 1 ? _("Found %s in %zu of %zu file") : _("Found %s in %zu of %zu files"), counts.p,
		           r->files_with_findings, r->nr);
	else
		buf_printf(out, r->nr == 1 ? _("No findings in %zu file") : _("No findings in %zu files"), r->nr);
	if (r->fixable)
		buf_printf(out, _("; %zu fixable"), r->fixable);
	if (r->suppressed)
		buf_printf(out, _("; %zu suppressed"), r->suppressed);
	if (r->known)
		buf_printf(out, _("; %zu in the baseline"), r->known);
	if (r->before)
		buf_printf(out, _("; %zu not of this change"), r->before);
	buf_release(&counts);
}
