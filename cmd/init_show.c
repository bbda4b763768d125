#include "cmd/init.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/base/unicode.h"
#include "core/base/utf8.h"

enum { COLUMN = 36 };

static void add_form(struct buf *out, const struct derived_part *part)
{
	if (!part->empty_form.n)
		return;
	buf_addz(out, _("; empty: "));
	term_escape(out, part->empty_form);
	if (part->guessed)
		buf_addz(out, _(" (as in other sections)"));
}

static void add_what(struct buf *out, const struct derived_part *part)
{
	static const char *const sections[] = {[SECTION_FREE] = N_("section"),
	                                       [SECTION_ENTRIES] = N_("section of entries"),
	                                       [SECTION_LINKS] = N_("section of links")};
	if (part->kind == DERIVED_TITLE)
		buf_addz(out, _("title"));
	else if (part->kind == DERIVED_SECTION)
		buf_addz(out, _(sections[part->section]));
	else if (part->ioc)
		buf_addz(out, _("field of indicators"));
	else
		buf_addz(out, _("field"));
	if (part->optional)
		buf_printf(out, _(", optional: in %zu of %zu entries"), part->in, part->entries);
	add_form(out, part);
}

static void show_part(struct buf *out, const struct derived_part *part)
{
	size_t indent = part->kind == DERIVED_FIELD ? 6 : part->kind == DERIVED_SECTION ? 4 : 2;
	size_t used = indent + unicode_columns(part->name, 8);
	buf_pad(out, ' ', indent);
	term_escape(out, part->name);
	buf_pad(out, ' ', used < COLUMN ? COLUMN - used : 2);
	add_what(out, part);
	buf_addc(out, '\n');
}

static struct str beginning(struct str text)
{
	enum { BYTES = 60 };
	size_t end = 0, next = 0;
	while (next < text.n && next <= BYTES) {
		end = next;
		utf8_next(text, &next);
	}
	return str_slice(text, 0, next <= BYTES ? text.n : end);
}

static void show_rest(struct arena *a, struct buf *out, const struct derived_rest *rest)
{
	static const char *const why[] = {
		[DERIVED_TWICE] = N_("the section was there before"),
		[DERIVED_CONTENT] = N_("no field: it stands there once, and nothing below it"),
	};
	buf_printf(out, _("  line %u: "), rest->line + 1);
	term_escape(out, beginning(rest->text));
	buf_addz(out, " — ");
	if (rest->why == DERIVED_SLIP)
		term_escape(out, arena_printf(a, _("means the field `%.*s`"), STR_ARG(rest->name)));
	else
		buf_addz(out, _(why[rest->why]));
	buf_addc(out, '\n');
}

void init_show(struct arena *a, const struct derived *d, const struct init_plan *plan)
{
	struct buf out = {0};
	bool optional = false;
	buf_addz(&out, _("Every digest must have, in this order:\n"));
	for (size_t i = 0; i < d->parts; i++) {
		show_part(&out, &d->part[i]);
		optional |= d->part[i].optional;
	}
	if (optional)
		buf_addz(&out, _("What is optional is not in new digests; take the mark away where it should be.\n"));
	if (d->rests)
		buf_addz(&out, _("Left out, as the day's own:\n"));
	for (size_t i = 0; i < d->rests; i++)
		show_rest(a, &out, &d->rest[i]);
	buf_addz(&out, _("Path of a day: "));
	term_escape(&out, plan->path);
	buf_addc(&out, '\n');
	term_disarm(&out);
	term_err(buf_str(&out));
	buf_release(&out);
}
