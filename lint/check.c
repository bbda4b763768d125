#include "lint/check_run.h"

#include "core/base/alloc.h"
#include "core/base/message.h"

struct arena *check_arena(struct check *c)
{
	return c->arena;
}

struct arena *check_scratch(struct check *c)
{
	return c->scratch;
}

const struct source *check_text(const struct check *c)
{
	return c->source;
}

const struct ignore *check_suppressions(const struct check *c, size_t *nr)
{
	*nr = c->ignores;
	return c->ignore;
}

static const struct option_value *find_option(const struct check *c, const char *name)
{
	for (size_t i = 0; c->rule->options && c->rule->options[i].name; i++)
		if (!strcmp(c->rule->options[i].name, name))
			return &c->state->option[i];
	BUG("%s has no option %s", c->rule->name, name);
}

long option(const struct check *c, const char *name)
{
	return find_option(c, name)->number;
}

struct word_list option_words(const struct check *c, const char *name)
{
	return find_option(c, name)->words;
}

static struct finding *add(struct check *c, struct span at, struct str message)
{
	struct findings *f = c->out;
	if (span_end(at) > c->source->text.n || span_end(at) < at.off)
		BUG("%s reports bytes %u to %u of %zu", c->rule->name, at.off, span_end(at), c->source->text.n);
	f->v = arena_grow(c->arena, f->v, f->nr, &f->cap, sizeof(*f->v));
	f->v[f->nr] = (struct finding){
		.rule = c->rule, .severity = c->state->severity, .source = c->source, .at = at, .message = message};
	return &f->v[f->nr++];
}

struct finding *report(struct check *c, struct span at, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	struct str text = arena_vprintf(c->arena, message(fmt), ap);
	va_end(ap);
	return add(c, at, text);
}

struct finding *report_line(struct check *c, const struct digest *d, uint32_t line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	struct str text = arena_vprintf(c->arena, message(fmt), ap);
	va_end(ap);
	const struct line *l = &d->line[line < d->lines ? line : d->lines - 1];
	return add(c, l->text.len ? span_make(l->text.off, span_end(l->text)) : l->at, text);
}

void weigh(struct check *c, struct finding *f, enum severity severity)
{
	if (c->state->severity == c->rule->severity)
		f->severity = severity;
}

void suggest(struct check *c, struct finding *f, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	f->fix.title = arena_vprintf(c->arena, message(fmt), ap);
	va_end(ap);
	f->fix.safety = c->rule->fix;
	if (f->fix.safety == FIX_NONE)
		BUG("%s suggests a fix, but its descriptor has none", c->rule->name);
}

/* Kept in order; rules make them in order mostly. */
void edit_replace(struct check *c, struct finding *f, struct span at, struct str text)
{
	struct edit *v = f->fix.edit;
	size_t i = f->fix.nr;
	/* Its room is a power of two, and used up when their number is one. */
	if ((i & (i - 1)) == 0) {
		v = arena_array(c->arena, struct edit, i ? 2 * i : 1);
		if (i)
			memcpy(v, f->fix.edit, i * sizeof(*v));
	}
	for (; i && v[i - 1].at.off > at.off; i--)
		v[i] = v[i - 1];
	v[i] = (struct edit){at, text};
	f->fix.edit = v;
	f->fix.nr++;
}

void edit_insert(struct check *c, struct finding *f, uint32_t off, struct str text)
{
	edit_replace(c, f, (struct span){off, 0}, text);
}

void edit_delete(struct check *c, struct finding *f, struct span at)
{
	edit_replace(c, f, at, STR(""));
}

void edit_delete_line(struct check *c, struct finding *f, const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	edit_delete(c, f, (struct span){l->at.off, l->at.len + l->ending});
}

static void add_related(struct check *c, struct finding *f, struct related r)
{
	struct related *v = arena_array(c->arena, struct related, f->nr_related + 1);
	if (f->nr_related)
		memcpy(v, f->related, f->nr_related * sizeof(*v));
	v[f->nr_related++] = r;
	f->related = v;
}

void relate(struct check *c, struct finding *f, uint32_t line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add_related(c, f, (struct related){c->source->path, line + 1, arena_vprintf(c->arena, message(fmt), ap)});
	va_end(ap);
}

void relate_path(struct check *c, struct finding *f, const char *path, uint32_t line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add_related(c, f,
	            (struct related){arena_strdup(c->arena, path), line + 1, arena_vprintf(c->arena, message(fmt), ap)});
	va_end(ap);
}
