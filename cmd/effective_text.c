/* What is in force, for people. */
#include "cmd/effective.h"
#include "cmd/term.h"
#include "core/base/message.h"

/* Columns of names, values and who said so. */
enum { NAME = 24, VALUE = 24, SHOWN_WORDS = 6 };

static void add_place(const struct effective *e, const struct origin *o, struct buf *out)
{
	const struct config *c = &e->project->config;
	term_escape(out, str_of(c->path ? c->path : "config"));
	buf_printf(out, ":%u:%u", o->line, o->column);
}

static void add_origin(const struct effective *e, const struct origin *o, struct buf *out)
{
	switch (o->kind) {
	case ORIGIN_DEFAULT:
		buf_addz(out, _("default"));
		break;
	case ORIGIN_PRESET:
		buf_addz(out, _("preset"));
		break;
	case ORIGIN_COMMAND_LINE:
		buf_addz(out, _("command line"));
		break;
	case ORIGIN_OVERRIDE:
		buf_printf(out, _("override %u, "), o->override + 1);
		add_place(e, o, out);
		break;
	case ORIGIN_CONFIG:
		add_place(e, o, out);
		break;
	}
}

static void add_value(const struct effective_value *v, struct buf *out)
{
	if (!v->nr)
		buf_addz(out, "-");
	for (size_t i = 0; i < v->nr && i < SHOWN_WORDS; i++) {
		buf_addz(out, i ? ", " : "");
		term_escape(out, v->v[i]);
	}
	if (v->nr > SHOWN_WORDS)
		buf_printf(out, ", … (%zu)", v->nr);
}

/* A column of at least two blanks behind what was added since `from`. */
static void fill(struct buf *out, size_t from, size_t width)
{
	size_t used = out->n - from;
	buf_pad(out, ' ', used + 2 > width ? 2 : width - used);
}

static void add_line(const struct effective *e, const char *indent, const char *name, const struct effective_value *v,
                     struct buf *out)
{
	size_t from = out->n;
	buf_addz(out, indent);
	term_escape(out, str_of(name));
	fill(out, from, NAME);
	from = out->n;
	add_value(v, out);
	fill(out, from, VALUE);
	add_origin(e, &v->origin, out);
	buf_addc(out, '\n');
}

static void add_keys(struct arena *a, const struct effective *e, struct buf *out)
{
	struct effective_key *key;
	size_t nr = effective_keys(a, e, &key);
	for (size_t i = 0; i < nr; i++)
		if ((key[i].kind != KEY_LAYERS && key[i].kind != KEY_HOST_MAP) || key[i].value.nr)
			add_line(e, "", key[i].name, &key[i].value, out);
}

static void add_template(const struct template *t, struct buf *out)
{
	size_t from = out->n;
	buf_addz(out, "  ");
	term_escape(out, str_of(t->name));
	fill(out, from, NAME);
	term_escape(out, t->path.text);
	if (date_is_set(t->from))
		buf_printf(out, _("  from %s"), date_text(t->from).z);
	if (date_is_set(t->until))
		buf_printf(out, _("  until %s"), date_text(t->until).z);
	if (t->mistakes)
		buf_addz(out, _("  (has mistakes: checks nothing)"));
	buf_addc(out, '\n');
}

static void add_templates(const struct effective *e, struct buf *out)
{
	const struct template_set *set = &e->project->templates;
	buf_printf(out, "\n%s\n", e->file ? _("Template:") : _("Templates:"));
	if (e->file && e->template)
		add_template(e->template, out);
	else if (e->file)
		buf_printf(out, "  %s\n", _("none"));
	for (size_t i = 0; !e->file && i < set->nr; i++)
		add_template(&set->v[i], out);
}

static void add_rule(struct arena *a, const struct effective *e, size_t which, struct buf *out)
{
	const struct rule *r = rules_table[which];
	const struct rule_state *s = &e->plan->state[which];
	struct str severity = str_of(severity_name(s->severity));
	struct effective_value v = {.v = &severity, .nr = 1, .origin = s->origin};
	add_line(e, "  ", r->name, &v, out);
	for (size_t i = 0; r->options && r->options[i].name; i++) {
		struct effective_value o = effective_option(a, &r->options[i], &s->option[i]);
		if (e->all || o.origin.kind != ORIGIN_DEFAULT)
			add_line(e, "    ", r->options[i].name, &o, out);
	}
}

static void add_rules(struct arena *a, const struct effective *e, struct buf *out)
{
	size_t shown = 0;
	buf_printf(out, "\n%s\n", e->all ? _("Rules:") : _("Rules that are not as they are by themselves:"));
	for (size_t i = 0; i < rules_table_nr; i++) {
		if (!e->all && !effective_differs(rules_table[i], &e->plan->state[i]))
			continue;
		add_rule(a, e, i, out);
		shown++;
	}
	if (!shown)
		buf_printf(out, "  %s\n", _("none"));
}

static void add_file(const struct effective *e, struct buf *out)
{
	struct buf path = {0};
	term_escape(&path, str_of(e->file));
	buf_printf(out, _("For %s"), path.p);
	buf_release(&path);
	const char *between = _(", with override ");
	for (unsigned i = 0; i < e->project->config.overrides; i++) {
		if (!(e->overrides >> i & 1))
			continue;
		buf_printf(out, "%s%u", between, i + 1);
		between = ", ";
	}
	buf_printf(out, "%s\n\n", e->excluded ? _("; excluded unless it is named") : "");
}

void effective_text(struct arena *a, const struct effective *e, struct buf *out)
{
	const struct config *c = &e->project->config;
	buf_addz(out, _("Config: "));
	term_escape(out, str_of(c->path ? c->path : _("none")));
	buf_addz(out, "\n\n");
	if (e->file)
		add_file(e, out);
	add_keys(a, e, out);
	add_templates(e, out);
	add_rules(a, e, out);
}
