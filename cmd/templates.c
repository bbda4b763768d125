#include "cmd/templates.h"

#include <stdlib.h>

#include "core/base/utf8.h"
#include "core/digest/builtin.h"
#include "core/source/files.h"
#include "core/source/paths.h"

enum { MAX_TEMPLATE = 1 << 20 };

static bool is_template_name(const char *name)
{
	return name[0] != '.' && str_ends(str_of(name), STR(".md"));
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* No folder is no template, but for one that the config names. */
static int no_folder(const struct project *p, struct err *err)
{
	struct config usual;
	config_default(&usual);
	if (strcmp(p->config.templates, usual.templates) == 0)
		return 0;
	return err_set(err, "the templates folder `%s` is not there", p->templates_folder);
}

static int list_names(struct arena *a, const struct project *p, struct file_names *out, struct err *err)
{
	enum file_kind kind;
	size_t kept = 0;
	if (file_names_in(a, p->snapshot, p->templates_folder, out, &kind, err))
		return -1;
	if (kind == FILE_NONE)
		return no_folder(p, err);
	if (project_holds(a, p, p->templates_folder, p->config.templates, err))
		return -1;
	for (size_t i = 0; i < out->nr; i++)
		if (is_template_name(out->v[i]))
			out->v[kept++] = out->v[i];
	out->nr = kept;
	if (out->nr)
		qsort(out->v, out->nr, sizeof(*out->v), compare_names);
	return 0;
}

static void use_builtin(struct arena *a, struct block_parser *parser, struct project *p)
{
	struct template *v = arena_array(a, struct template, builtin_templates_nr);
	for (size_t i = 0; i < builtin_templates_nr; i++) {
		const struct builtin_template *b = &builtin_templates[i];
		struct source *source = arena_new(a, struct source);
		source->path = source->relative = b->name;
		source->text = (struct str){b->text, b->size};
		source->size = b->size;
		source->lines = lines_of(a, source->text);
		template_parse(a, parser, source, true, &v[i]);
		if (v[i].mistakes)
			BUG("the built-in template %s: %.*s", b->name, STR_ARG(v[i].mistake[0].message));
	}
	p->templates = (struct template_set){v, builtin_templates_nr, false};
}

static int read_file(struct arena *a, const char *here, const struct project *p, const char *name,
                     struct template_file *out, struct err *err)
{
	out->absolute = path_join(a, p->templates_folder, name);
	const char *shown = path_shown(a, here, out->absolute);
	if (project_holds(a, p, out->absolute, shown, err) ||
	    file_read(a, p->snapshot, out->absolute, MAX_TEMPLATE, &out->source, err))
		return -1;
	out->source.path = shown;
	out->source.relative = path_below(p->root, out->absolute);
	return 0;
}

static bool is_parsable(const struct source *s)
{
	return s->size == s->text.n && utf8_check(s->text) == s->text.n;
}

static const char *real_or_clean(struct arena *a, const struct project *p, const char *path)
{
	const char *clean = path_clean(a, path), *real = file_real(a, p->snapshot, p->snapshot ? clean : path);
	return real ? real : clean;
}

int templates_load(struct arena *a, struct block_parser *parser, const char *here, struct project *p, struct err *err)
{
	struct file_names names = {0};
	p->templates_folder = real_or_clean(a, p, path_join(a, p->root, p->config.templates));
	if (list_names(a, p, &names, err))
		return -1;
	if (!names.nr) {
		use_builtin(a, parser, p);
		return 0;
	}
	struct template *v = arena_array(a, struct template, names.nr);
	p->file = arena_array(a, struct template_file, names.nr);
	p->templates = (struct template_set){v, 0, true};
	for (size_t i = 0; i < names.nr; i++) {
		struct template_file *file = &p->file[i];
		if (read_file(a, here, p, names.v[i], file, err))
			return -1;
		p->files++;
		if (!is_parsable(&file->source))
			continue;
		struct template *t = &v[p->templates.nr++];
		template_parse(a, parser, &file->source, false, t);
		file->template = t;
	}
	return 0;
}
