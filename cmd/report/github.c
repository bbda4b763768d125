/* GitHub's workflow commands: annotations on the lines of a pull request. */
#include "cmd/report/place.h"
#include "cmd/report/report.h"
#include "cmd/term.h"
#include "core/base/message.h"

/* What a step may annotate; GitHub drops the rest (actions/toolkit#734). */
enum { MOST = 10 };

static const char *const commands[] = {
	[SEVERITY_OFF] = "notice", [SEVERITY_INFO] = "notice", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};

/* `special`: the bytes that would end the value. Percent signs stand for themselves no more, so they are first. */
static void add_escaped(struct buf *out, struct str text, const char *special)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] && strchr(special, text.p[i]))
			buf_printf(out, "%%%02X", (unsigned char)text.p[i]);
		else
			buf_addc(out, text.p[i]);
	}
}

static void add_property(struct buf *out, const char *name, struct str value)
{
	struct buf plain = {0};
	buf_addz(out, name);
	/* A newline is written as GitHub reads it back; what else is invisible is only shown. */
	for (struct str rest = value, part; str_split(&rest, '\n', &part);) {
		term_escape(&plain, part);
		if (rest.p)
			buf_addc(&plain, '\n');
	}
	add_escaped(out, buf_str(&plain), "%\r\n:,");
	buf_release(&plain);
}

static void add_message(struct buf *out, struct str message)
{
	struct buf plain = {0};
	term_escape(&plain, message);
	buf_addz(out, "::");
	add_escaped(out, buf_str(&plain), "%\r\n");
	buf_addc(out, '\n');
	buf_release(&plain);
}

static void add_annotation(struct buf *out, struct place *place, const char *path, const struct finding *f)
{
	struct region at = region_shown(place, f->source, f->at);
	buf_printf(out, "::%s ", commands[f->severity]);
	add_property(out, "file=", str_of(path));
	buf_printf(out, ",line=%u,endLine=%u", at.start.line, at.end.line);
	/* With columns GitHub forgets the place of what has several lines. */
	if (at.start.line == at.end.line)
		buf_printf(out, ",col=%u,endColumn=%u", at.start.column, at.end.column);
	add_property(out, ",title=", str_of(f->rule->name));
	add_message(out, f->message);
}

/* The first findings of one severity. */
static void add_level(const struct report *r, struct buf *out, enum severity severity, size_t most)
{
	struct place place = {.unit = UNIT_CHARACTERS};
	for (size_t i = 0; i < r->nr && most; i++) {
		const struct findings *f = &r->job[i]->findings;
		for (size_t j = 0; j < f->nr && most; j++) {
			if (f->v[j].severity != severity)
				continue;
			add_annotation(out, &place, r->path[i], &f->v[j]);
			most--;
		}
	}
}

static size_t at_most(size_t nr, size_t most)
{
	return nr < most ? nr : most;
}

void report_github(const struct report *r, struct buf *out)
{
	size_t errors = at_most(r->count[SEVERITY_ERROR], MOST), warnings = at_most(r->count[SEVERITY_WARNING], MOST);
	size_t notices = r->count[SEVERITY_INFO], all = 0;
	for (enum severity s = SEVERITY_INFO; s <= SEVERITY_ERROR; s++)
		all += r->count[s];
	/* The last notice says how many are left out. */
	bool full = errors + warnings + at_most(notices, MOST) < all;
	notices = at_most(notices, full ? MOST - 1 : MOST);
	add_level(r, out, SEVERITY_ERROR, errors);
	add_level(r, out, SEVERITY_WARNING, warnings);
	add_level(r, out, SEVERITY_INFO, notices);
	if (full)
		buf_printf(out, _("::notice title=sdi::and %zu more\n"), all - errors - warnings - notices);
}
