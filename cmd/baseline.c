#include "cmd/baseline.h"

#include <errno.h>
#include <sys/stat.h>

#include "cmd/term.h"
#include "core/source/create.h"
#include "core/source/paths.h"

enum { MAX_BASELINE = 16 << 20 };

/* One file, and the jobs that it holds for. */
struct known_file {
	const char *absolute, *shown;
	const struct snapshot *snapshot; /* that it is in; NULL: on disk */
	bool there;
	struct baseline baseline;
	struct baseline_jobs jobs;
};

struct baselines {
	struct arena *a;
	struct baseline_wish wish;
	const char *here;
	const char *target; /* absolute; NULL: nothing is to be written */
	struct collection *c;
	struct known_file *file;
	size_t nr;
	struct known_file **of_job; /* NULL: none */
};

static bool is_there(const struct known_file *f)
{
	struct stat st;
	if (f->snapshot)
		return file_kind_of(f->snapshot, f->absolute) != FILE_NONE;
	return lstat(f->absolute, &st) == 0 || errno != ENOENT;
}

static int load(struct arena *a, struct known_file *f, struct err *err)
{
	struct source source = {0};
	if (file_read(a, f->snapshot, f->absolute, MAX_BASELINE, &source, err) < 0)
		return -1;
	if (source.size > source.text.n)
		return err_set(err, "%s: too large for a baseline: more than %d MiB", f->shown, MAX_BASELINE >> 20);
	f->there = true;
	return baseline_parse(a, f->shown, source.text, &f->baseline, err);
}

/* Links in its folders resolved, its own name kept. */
static const char *absolute_path(struct arena *a, const struct snapshot *snapshot, const char *path)
{
	if (snapshot)
		return path_clean(a, path);
	const char *folder = path_real(a, path_folder(a, path));
	return folder ? path_join(a, folder, path_name(path)) : path_clean(a, path);
}

/* The one that is to be written need not be there yet. */
static struct known_file *open_file(struct baselines *b, const struct snapshot *snapshot, const char *path,
                                    struct err *err)
{
	struct known_file f = {.absolute = absolute_path(b->a, snapshot, path), .snapshot = snapshot};
	for (size_t i = 0; i < b->nr; i++)
		if (strcmp(b->file[i].absolute, f.absolute) == 0)
			return &b->file[i];
	f.shown = path_shown(b->a, b->here, f.absolute);
	bool is_target = b->target && strcmp(b->target, f.absolute) == 0;
	if (!is_there(&f) && !is_target && snapshot && file_kind_of(NULL, f.absolute) != FILE_NONE) {
		err_set(err, "the baseline `%s` is on disk, but not among what is looked at; `git add` it", f.shown);
		return NULL;
	}
	if (!is_there(&f) && !is_target) {
		err_set(err, "cannot read the baseline `%s`: it is not there; `sdi lint --write-baseline %s` makes one",
		        f.shown, f.shown);
		return NULL;
	}
	if (is_there(&f) && load(b->a, &f, err) < 0)
		return NULL;
	b->file[b->nr] = f;
	return &b->file[b->nr++];
}

static const char *wanted_by(const struct baselines *b, const struct project *p)
{
	if (b->wish.use)
		return b->wish.use;
	return p->config.baseline ? path_join(b->a, p->root, p->config.baseline) : NULL;
}

static int open_all(struct baselines *b, struct err *err)
{
	for (size_t i = 0; i < b->c->nr; i++) {
		const struct project *p = b->c->owner[i];
		const char *path = wanted_by(b, p);
		bool same = i && p == b->c->owner[i - 1];
		if (!same && path && !b->wish.use && project_holds(b->a, p, path, path_shown(b->a, b->here, path), err))
			return -1;
		b->c->job[i].keyed = path || b->target;
		if (same)
			b->of_job[i] = b->of_job[i - 1];
		else if (path && !(b->of_job[i] = open_file(b, b->wish.use ? NULL : p->snapshot, path, err)))
			return -1;
	}
	return 0;
}

struct baselines *baselines_open(struct arena *a, struct projects *projects, const struct baseline_wish *wish,
                                 struct collection *c, struct err *err)
{
	struct baselines *b = arena_new(a, struct baselines);
	*b = (struct baselines){.a = a, .wish = *wish, .c = c, .here = projects_here(projects, err)};
	b->target = wish->write ? absolute_path(a, NULL, wish->write) : NULL;
	b->of_job = arena_array(a, struct known_file *, c->nr);
	/* One for each job and one on the command line, at most. */
	b->file = arena_array(a, struct known_file, c->nr + 1);
	return b->here && open_all(b, err) == 0 ? b : NULL;
}

static const struct lint_plan *whole_plan(const struct baselines *b)
{
	return b->wish.whole && b->c->nr ? &b->c->owner[0]->plan : NULL;
}

static void know(struct arena *a, const struct known_file *f)
{
	uint32_t *found = arena_array(a, uint32_t, f->baseline.nr);
	for (size_t i = 0; i < f->jobs.nr; i++)
		baseline_know(&f->baseline, found, &f->jobs, i);
}

static bool all_were_read(const struct collection *c)
{
	for (size_t i = 0; i < c->nr; i++)
		if (c->job[i].failed)
			return false;
	return !c->trouble;
}

/* What is written: what is found, as far as the baselines in force and the one that is there already have it. */
static int write_target(struct baselines *b, bool quiet, struct err *err)
{
	struct known_file target = {.absolute = b->target, .shown = path_shown(b->a, b->here, b->target)};
	bool *only_known = arena_array(b->a, bool, b->c->nr);
	struct buf text = {0};
	if (!all_were_read(b->c))
		return err_set(err, "the baseline `%s` is not written: not everything could be read", target.shown);
	target.jobs.whole = whole_plan(b);
	for (size_t i = 0; i < b->c->nr; i++) {
		baseline_jobs_add(b->a, &target.jobs, &b->c->job[i]);
		only_known[i] = b->of_job[i] && b->of_job[i]->there;
	}
	struct baseline now = baseline_of(b->a, &target.jobs, only_known);
	if (is_there(&target) && load(b->a, &target, err) < 0)
		return -1;
	target.baseline = target.there ? baseline_shrink(b->a, &target.baseline, &now, &target.jobs) : now;
	baseline_print(&target.baseline, &text);
	int bad = replace_file(b->a, target.absolute, target.shown, buf_str(&text), err);
	buf_release(&text);
	if (bad)
		return -1;
	know(b->a, &target);
	if (!quiet)
		term_say("%s: %zu in the baseline", target.shown, baseline_total(&target.baseline));
	return 0;
}

/* What a baseline has, and these jobs would have found. */
static void say_stale(const struct baselines *b, const struct known_file *f)
{
	bool *all = arena_array(b->a, bool, f->jobs.nr);
	for (size_t i = 0; i < f->jobs.nr; i++)
		all[i] = true;
	struct baseline now = baseline_of(b->a, &f->jobs, all);
	struct baseline left = baseline_shrink(b->a, &f->baseline, &now, &f->jobs);
	size_t stale = baseline_total(&f->baseline) - baseline_total(&left);
	if (stale)
		term_say("%s: %zu found no more; `sdi lint --write-baseline %s` takes them out", f->shown, stale, f->shown);
}

static void drop_known(const struct baselines *b)
{
	for (size_t i = 0; i < b->c->nr; i++)
		baseline_drop_known(&b->c->job[i].findings);
}

void baselines_hide_known(const struct baselines *b, struct arena *scratch)
{
	for (size_t k = 0; k < b->nr; k++) {
		struct known_file f = b->file[k];
		for (size_t i = 0; i < b->c->nr; i++)
			if (b->of_job[i] == &b->file[k])
				baseline_jobs_add(scratch, &f.jobs, &b->c->job[i]);
		know(scratch, &f);
	}
	drop_known(b);
}

int baselines_settle(struct baselines *b, bool quiet, struct err *err)
{
	for (size_t i = 0; i < b->c->nr; i++)
		if (b->of_job[i])
			baseline_jobs_add(b->a, &b->of_job[i]->jobs, &b->c->job[i]);
	for (size_t i = 0; i < b->nr; i++) {
		b->file[i].jobs.whole = whole_plan(b);
		know(b->a, &b->file[i]);
	}
	int bad = b->target ? write_target(b, quiet, err) : 0;
	for (size_t i = 0; !b->target && !quiet && i < b->nr; i++)
		say_stale(b, &b->file[i]);
	drop_known(b);
	return bad;
}
