#include "cmd/output.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/write.h"
#include "core/base/message.h"
#include "core/source/paths.h"

enum { NONE, FULL, CONCISE, JSON, SARIF, GITHUB, GITLAB, RDJSON, RDJSONL, JUNIT };

/* GitHub takes no larger summary of a step. */
enum { MAX_STEP_SUMMARY = 1 << 20 };

const struct choice output_formats[] = {
	{"full", FULL, false},
	{"concise", CONCISE, false},
	{"json", JSON, false},
	{"sarif", SARIF, false},
	{"github", GITHUB, false},
	{"gitlab", GITLAB, false},
	{"rdjson", RDJSON, false},
	{"rdjsonl", RDJSONL, false},
	{"junit", JUNIT, false},
	{"text", FULL, true},
	{0},
};

static const struct {
	report_writer *write;
	bool for_people; /* coloured, with a summary on stderr */
} formats[] = {
	[FULL] = {report_full, true},      [CONCISE] = {report_concise, true},  [JSON] = {report_json, false},
	[SARIF] = {report_sarif, false},   [GITHUB] = {report_github, false},   [GITLAB] = {report_gitlab, false},
	[RDJSON] = {report_rdjson, false}, [RDJSONL] = {report_rdjsonl, false}, [JUNIT] = {report_junit, false},
};

static int find_format(struct arena *a, const char *from, struct str name, int *out, struct err *err)
{
	const char *names[ARRAY_SIZE(output_formats)] = {0};
	size_t shown = 0;
	struct str all = STR("");
	for (const struct choice *c = output_formats; c->name; c++) {
		*out = c->value;
		if (str_eqz(name, c->name))
			return 0;
		if (c->hidden)
			continue;
		all = arena_printf(a, "%.*s%s%s", STR_ARG(all), shown ? _(", ") : "", c->name);
		names[shown++] = c->name;
	}
	const char *typed = arena_str(a, name).p;
	return err_set(err, "%s takes %s, not `%s`%s", from, all.p, typed, did_you_mean(a, typed, names, ""));
}

static int parse_file(struct arena *a, struct str value, struct output *out, struct err *err)
{
	size_t equals = str_find_byte(value, 0, '=');
	if (equals + 1 >= value.n)
		return err_set(err, "--output takes FORMAT=FILE, not `%s`", arena_str(a, value).p);
	const char *path = arena_str(a, str_from(value, equals + 1)).p;
	out->path = strcmp(path, "-") == 0 ? NULL : path;
	return find_format(a, "--output", str_slice(value, 0, equals), &out->format, err);
}

static bool has_path(const struct outputs *o, const char *path)
{
	for (size_t i = 0; i < o->nr; i++)
		if (o->v[i].path && path && strcmp(o->v[i].path, path) == 0)
			return true;
	return false;
}

/* One document is all that a program reads from a stream; lines may follow other lines. */
static bool is_document(int format)
{
	return format != NONE && format != FULL && format != CONCISE && format != GITHUB;
}

static int check_stdout(const struct outputs *o, struct err *err)
{
	size_t nr = 0, documents = 0;
	for (size_t i = 0; i < o->nr; i++) {
		nr += !o->v[i].path && o->v[i].format != NONE;
		documents += !o->v[i].path && is_document(o->v[i].format);
	}
	return documents && nr > 1 ? err_set(err, "--output: on standard output a document for programs stands alone") : 0;
}

/* Stdout's format when no option says it. */
static int usual_format(struct arena *a, const char *usual, int *out, struct err *err)
{
	const char *set = getenv("SDI_OUTPUT_FORMAT");
	if (!set || !*set)
		set = usual ? usual : "full";
	return find_format(a, "SDI_OUTPUT_FORMAT", str_of(set), out, err);
}

int outputs_parse(struct arena *a, const struct output_wish *wish, struct outputs *out, struct err *err)
{
	bool to_stdout = wish->format != NONE;
	*out = (struct outputs){.wish = wish, .v = arena_array(a, struct output, wish->files.nr + 1)};
	/* Stdout's own format comes first. */
	out->v[out->nr++].format = wish->format;
	for (size_t i = 0; i < wish->files.nr; i++) {
		struct output next = {0};
		if (parse_file(a, wish->files.v[i].value, &next, err))
			return -1;
		if (has_path(out, next.path))
			return err_set(err, "--output: `%s` is named twice", next.path);
		to_stdout |= !next.path;
		out->v[out->nr++] = next;
	}
	if (!to_stdout)
		return usual_format(a, wish->usual, &out->v[0].format, err);
	return check_stdout(out, err);
}

bool outputs_for_programs(const struct outputs *o)
{
	for (size_t i = 0; i < o->nr; i++)
		if (o->v[i].format != NONE && !formats[o->v[i].format].for_people)
			return true;
	return false;
}

bool outputs_to_files(const struct outputs *o)
{
	for (size_t i = 0; i < o->nr; i++)
		if (o->v[i].path)
			return true;
	return false;
}

bool outputs_for_people(const struct outputs *o)
{
	for (size_t i = 0; i < o->nr; i++)
		if (o->v[i].format && !o->v[i].path && formats[o->v[i].format].for_people)
			return true;
	return false;
}

static bool is_file(const char *path, const struct stat *file)
{
	struct stat other;
	return path && stat(path, &other) == 0 && other.st_dev == file->st_dev && other.st_ino == file->st_ino;
}

int outputs_spare(const struct outputs *o, const struct job *job, size_t nr, struct err *err)
{
	struct stat file;
	for (size_t i = 0; i < o->nr; i++) {
		if (!o->v[i].path || stat(o->v[i].path, &file) || !S_ISREG(file.st_mode))
			continue;
		for (size_t k = 0; k < nr; k++)
			if (is_file(job[k].path, &file) || is_file(job[k].source.path, &file))
				return err_set(err, "--output: `%s` is a file to be checked, and would be replaced", o->v[i].path);
	}
	return 0;
}

static bool is_link(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* Also by a link that leads nowhere yet, and by one that `..` would leave again. */
static bool passes_link(struct arena *a, const char *path)
{
	const char *folder = path_folder(a, path);
	char *real = realpath(folder, NULL);
	bool direct = real && strcmp(real, path_clean(a, folder)) == 0;
	free(real);
	return !direct || is_link(path);
}

static bool leads_out(struct arena *a, const char *path, const char *root)
{
	struct stat st;
	const char *real = path_real(a, path);
	return !real || !path_below(root, real) || (is_link(path) && stat(path, &st) != 0);
}

int outputs_stay(struct arena *a, const struct outputs *o, const char *here, const char *root, bool trusted,
                 struct err *err)
{
	for (size_t i = 0; i < o->nr; i++) {
		const char *path = o->v[i].path ? path_join(a, here, o->v[i].path) : NULL;
		if (!path || !path_below(root, path_clean(a, path)))
			continue;
		if (trusted ? leads_out(a, path, root) : passes_link(a, path))
			return err_set(err, "--output: `%s` is a link of the repository, or passes one", o->v[i].path);
	}
	return 0;
}

static const char *env_folder(const char *name)
{
	const char *value = getenv(name);
	return value && *value == '/' ? value : NULL;
}

/* The root of the repository; where git cannot tell, the folder that the CI says. */
static const char *find_root(struct arena *a, const struct project *p)
{
	static const char *const names[] = {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"};
	const char *root = project_work_tree(a, p);
	for (size_t i = 0; i < ARRAY_SIZE(names) && !root; i++) {
		const char *folder = env_folder(names[i]);
		const char *real = folder ? path_real(a, folder) : NULL;
		root = real && path_below(real, p->root) ? real : NULL;
	}
	return root ? root : p->root;
}

static const char *place_in_root(struct arena *a, const struct report *r, const struct job *job, const char *project,
                                 const char *root)
{
	const struct source *s = &job->source;
	/* What has no name, or a made-up one outside of the project. */
	if (!s->relative && s->origin == SOURCE_STDIN)
		return s->path;
	const char *absolute =
		path_clean(a, s->relative ? path_join(a, project, s->relative) : path_join(a, r->here, s->path));
	const char *below = path_below(root, absolute);
	return below ? below : absolute;
}

void output_places(struct arena *a, struct report *r, struct project *const *owner)
{
	const char **path = arena_array(a, const char *, r->nr), **root = arena_array(a, const char *, r->nr);
	for (size_t i = 0; i < r->nr; i++) {
		bool known = i && owner[i] == owner[i - 1];
		root[i] = known ? root[i - 1] : find_root(a, owner[i]);
		path[i] = place_in_root(a, r, r->job[i], owner[i]->root, root[i]);
	}
	r->path = path;
	r->root = root;
}

/* What a step's summary may still take. */
static size_t step_room(const char *path)
{
	struct stat st;
	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return MAX_STEP_SUMMARY;
	return st.st_size < MAX_STEP_SUMMARY ? MAX_STEP_SUMMARY - (size_t)st.st_size : 0;
}

static int write_step_summary(const struct report *r)
{
	const char *path = getenv("GITHUB_STEP_SUMMARY");
	struct buf text = {0};
	struct err err;
	if (!path || !*path)
		return 0;
	report_step_summary(r, step_room(path), &text);
	int bad = append_file(path, buf_str(&text), &err);
	if (bad)
		term_error("%s", err.text);
	buf_release(&text);
	return bad;
}

static int write_one(const struct outputs *o, const struct output *v, struct report *r)
{
	struct buf text = {0};
	struct err err;
	bool for_people = formats[v->format].for_people;
	int stream = o->stdout_use == STDOUT_DOCUMENT ? STDERR_FILENO : STDOUT_FILENO;
	r->colour = for_people && !v->path && term_colour((enum colour)o->wish->colour, stream);
	if (for_people && r->statistics)
		report_statistics(r, &text);
	else
		formats[v->format].write(r, &text);
	int bad = 0;
	if (!v->path) {
		if (for_people)
			term_disarm(&text);
		if (stream == STDERR_FILENO)
			term_err(buf_str(&text));
		else
			term_out(buf_str(&text));
	} else if (write_file(v->path, buf_str(&text), &err)) {
		term_error("%s", err.text);
		bad = -1;
	}
	buf_release(&text);
	return bad;
}

static void say_summary(const struct outputs *o, const struct report *r)
{
	struct buf text = {0};
	if (!r->nr) {
		if (!r->incomplete)
			term_say("0 files checked");
	} else if ((outputs_for_people(o) || o->wish->says_summary) && !o->wish->quiet && o->stdout_use != STDOUT_DIFF) {
		report_summary(r, &text);
		term_say("%s", text.p);
	}
	buf_release(&text);
}

int outputs_write(const struct outputs *o, struct report *r)
{
	int bad = 0;
	bool github = false;
	r->statistics = o->wish->statistics;
	for (size_t i = 0; i < o->nr; i++) {
		if (o->v[i].format == NONE || (!o->v[i].path && o->stdout_use == STDOUT_DIFF))
			continue;
		github |= o->v[i].format == GITHUB;
		bad |= write_one(o, &o->v[i], r);
	}
	if (github)
		bad |= write_step_summary(r);
	say_summary(o, r);
	return bad;
}
