/* What the model holds, as text: one line for each of its parts, lines counted from 1, ends included. */
#pragma once

#include "tests/unit/model.h"

static inline void dump_lines(struct buf *out, char kind, uint32_t first, uint32_t end)
{
	buf_printf(out, "%c %u", kind, first + 1);
	if (end > first + 1)
		buf_printf(out, "-%u", end);
}

/* `=` as the template writes it, `~` something like it, `@` only by its place, `?` unknown; then what is meant, and what is written. */
static inline void dump_name(struct buf *out, enum label_match match, struct str meant, struct str written)
{
	buf_printf(out, " %c%.*s", "=~@?"[match], STR_ARG(match == LABEL_UNKNOWN ? written : meant));
	if (match != LABEL_UNKNOWN && !str_eq(meant, written))
		buf_printf(out, " (%.*s)", STR_ARG(written));
}

static inline void dump_field(struct buf *out, const struct digest *d, const struct field *f)
{
	buf_addz(out, "    ");
	dump_lines(out, 'F', f->line, f->end);
	dump_name(out, f->match, f->def ? f->def->label : STR(""), digest_str(d, f->label));
	if (f->value.len)
		buf_printf(out, ": %.*s", STR_ARG(digest_str(d, f->value)));
	buf_addz(out, f->bullet ? "" : ", no bullet");
	buf_addz(out, f->indented ? ", indented\n" : "\n");
	FOR_EACH_ITEM (f, i) {
		buf_pad(out, ' ', 6 + 2 * (size_t)i->depth);
		dump_lines(out, 'I', i->line, i->end);
		buf_printf(out, " %.*s%s\n", STR_ARG(digest_str(d, i->text)), i->bullet ? "" : ", no bullet");
	}
}

static inline void dump_entry(struct buf *out, const struct digest *d, const struct entry *e)
{
	buf_addz(out, "  ");
	dump_lines(out, 'E', e->line, e->end);
	buf_printf(out, " %.*s", STR_ARG(digest_str(d, e->title)));
	if (e->url.len)
		buf_printf(out, " <%.*s> %u%s", STR_ARG(digest_str(d, e->url)), e->url_line + 1,
		           e->url_alone ? "" : ", not alone");
	else if (e->url_line != e->line)
		buf_printf(out, " no URL: %u", e->url_line + 1);
	buf_addc(out, '\n');
	FOR_EACH_FIELD (e, f)
		dump_field(out, d, f);
	for (size_t i = 0; i < e->strays; i++)
		buf_printf(out, "    stray %u\n", e->stray[i] + 1);
}

static inline const char *digest_dump(struct model *m, const struct digest *d)
{
	struct buf out = {0};
	if (d->title_line < d->lines)
		buf_printf(&out, "T %u %.*s\n", d->title_line + 1, STR_ARG(digest_str(d, d->title)));
	for (const struct section *s = d->section; s && s < d->section + d->nr; s++) {
		dump_lines(&out, 'S', s->line, s->end);
		dump_name(&out, s->match, s->def ? s->def->name : STR(""), digest_str(d, s->title));
		buf_addc(&out, '\n');
		for (size_t i = 0; i < s->nr; i++)
			dump_entry(&out, d, &s->entry[i]);
	}
	const char *text = arena_str(&m->arena, buf_str(&out)).p;
	buf_release(&out);
	return text;
}
