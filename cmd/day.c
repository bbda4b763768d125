#include "cmd/day.h"

#include "core/source/paths.h"

static bool has_form(const char *arg)
{
	static const char form[] = "dddd-dd-dd";
	size_t i = 0;
	while (form[i] && (form[i] == 'd' ? arg[i] >= '0' && arg[i] <= '9' : arg[i] == form[i]))
		i++;
	return !form[i] && !arg[i];
}

static int read_date(const char *arg, struct date today, struct date *out, struct err *err)
{
	static const struct {
		const char *name;
		long days;
	} words[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcmp(arg, words[i].name) != 0)
			continue;
		*out = date_from_number(date_number(today) + words[i].days);
		return 0;
	}
	if (date_parse(str_of(arg), out))
		return 0;
	if (has_form(arg))
		return err_set(err, "no calendar has `%s`", arg);
	return err_set(err, "`%s` is no day; write today, tomorrow, yesterday or YYYY-MM-DD", arg);
}

static bool is_in_force(const struct template *t, struct date day)
{
	return (!date_is_set(t->from) || date_cmp(t->from, day) <= 0) &&
	       (!date_is_set(t->until) || date_cmp(day, t->until) <= 0);
}

static int template_trouble(const struct template_file *f, struct err *err)
{
	const struct template_mistake *m = &f->template->mistake[0];
	struct position at = source_position(&f->source, m->at.off);
	return err_set(err, "%s:%u:%u: %.*s", f->source.path, at.line, at.column, STR_ARG(m->message));
}

/* A template with a mistake may be the one that was meant: it is not passed over for another. */
static int choose_template(const struct project *p, struct date day, const struct template **out, struct err *err)
{
	for (size_t i = 0; i < p->files; i++) {
		const struct template_file *f = &p->file[i];
		if (!f->template)
			return err_set(err, "the template `%s` is no UTF-8 text of at most 1 MiB", f->source.path);
		if (f->template->mistakes && is_in_force(f->template, day))
			return template_trouble(f, err);
	}
	*out = template_of_day(&p->templates, day);
	if (*out)
		return 0;
	return err_set(err, "no template is in force on %s: see `from` and `until` in %s", date_text(day).z,
	               p->templates_folder);
}

static bool leaves_root(struct str path)
{
	struct str rest = path, part;
	if (!path.n || path.p[0] == '/')
		return true;
	while (str_split(&rest, '/', &part))
		if (str_eqz(part, ".."))
			return true;
	return false;
}

static int digest_path(struct arena *a, const struct project *p, const struct template *t, struct date day,
                       const char **out, struct err *err)
{
	struct str path = pattern_fill(a, &t->path, day);
	if (leaves_root(path) || path.p[path.n - 1] == '/')
		return err_set(err, "the template %s puts the digest outside of the project, at `%.*s`", t->name,
		               STR_ARG(path));
	*out = path_join(a, p->root, path_clean(a, arena_str(a, path).p));
	return 0;
}

int day_find(struct arena *a, struct projects *projects, const struct project *p, const char *arg, struct day *out,
             struct err *err)
{
	const char *here = projects_here(projects, err);
	*out = (struct day){0};
	if (!here || read_date(arg, p->today, &out->date, err) || choose_template(p, out->date, &out->template, err) ||
	    digest_path(a, p, out->template, out->date, &out->path, err))
		return -1;
	out->shown = path_shown(a, here, out->path);
	return 0;
}
