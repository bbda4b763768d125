#include "core/digest/scan.h"
#include "lint/blank.h"
#include "lint/check.h"
#include "lint/list_item.h"
#include "lint/newline.h"

static bool has_text(const struct field *f)
{
	FOR_EACH_ITEM (f, i)
		if (i->text.len)
			return true;
	return f->value.len > 0;
}

/* Behind the bullet that is there already. */
static void fill_item(struct check *c, const struct digest *d, struct finding *found, uint32_t line, struct str form)
{
	uint32_t from = d->line[line].bullet + list_item_marker(d, line), end = span_end(d->line[line].at);
	struct str rest = digest_str(d, span_make(from, end));
	size_t blanks = blank_prefix(rest);
	edit_replace(c, found, span_make(from, from + blanks),
	             arena_printf(check_arena(c), " %.*s%s", STR_ARG(form), blanks < rest.n ? " " : ""));
}

static void offer(struct check *c, const struct digest *d, const struct field *f, struct finding *found)
{
	const struct template *t = d->template;
	struct str form = f->def->empty_form, newline = newline_of(d);
	/* A line of its own would stand outside of the quote. */
	if (!form.n || scan_in_quote(d->blocks, d->line[f->line].block) ||
	    (f->nr && d->line[f->item->line].kind != LINE_ITEM))
		return;
	suggest(c, found, "write `%.*s`", STR_ARG(form));
	if (f->nr)
		fill_item(c, d, found, f->item->line, form);
	else
		edit_insert(c, found, span_end(d->line[f->line].at),
		            arena_printf(check_arena(c), "%.*s%*s%c %.*s", STR_ARG(newline), (int)t->indent, "", t->bullet,
		                         STR_ARG(form)));
}

static void check(struct check *c, const struct digest *d)
{
	FOR_EACH_ENTRY (d, e) {
		FOR_EACH_FIELD (e, f) {
			if (!f->def || has_text(f))
				continue;
			struct finding *found = report(c, f->label, "the field `%.*s` is empty", STR_ARG(f->def->label));
			offer(c, d, f, found);
		}
	}
}

const struct rule rule_empty_field = {
	.name = "empty-field",
	.group = "structure",
	.severity = SEVERITY_ERROR,
	.fix = FIX_UNSAFE,
	.changes = FACT_WORDS | FACT_ITEM | FACT_BULLET,
	.summary = "A field has nothing in it, not even its empty form",
	.why =
		"An empty field may have been forgotten, or there may be nothing to say. Its empty form says which, and programs "
		"know it.",
	.bad = {.text = EXAMPLE_IOC EXAMPLE_END},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END},
	.check = check,
};
