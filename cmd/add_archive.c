#include <stdlib.h>

#include "cmd/add.h"
#include "core/base/pool.h"
#include "core/source/paths.h"

/* What one digest says; memory of its own, for each is read by any thread. */
struct readings {
	struct job *job;
	struct add_archive *of;
	const char *here, *except;
};

static void add_articles(struct add_archive *out, const struct digest *d, const char *shown)
{
	struct arena scratch = {0};
	FOR_EACH_ENTRY (d, e) {
		struct str name = e->url.len ? sighting_article(&scratch, digest_str(d, e->url)) : STR("");
		if (!name.n)
			continue;
		out->v = arena_grow(&out->arena, out->v, out->nr, &out->cap, sizeof(*out->v));
		out->v[out->nr++] =
			(struct add_article){arena_str(&out->arena, name), arena_strdup(&out->arena, shown), e->url_line};
	}
	arena_release(&scratch);
}

void add_archive_take(struct add_archive *all, const struct digest *d, const char *shown)
{
	add_articles(all, d, shown);
	ioc_hosts_of_digest(&all->arena, d, &all->ioc);
	ioc_hosts_settle(&all->ioc);
}

static bool is_excepted(const struct readings *all, const struct job *job, struct arena *scratch)
{
	return job->path && all->except && strcmp(path_join(scratch, all->here, job->path), all->except) == 0;
}

static void read_one(void *own, void *context, size_t i)
{
	struct worker *w = own;
	const struct readings *all = context;
	struct job *job = &all->job[i];
	struct add_archive *out = &all->of[i];
	if (job->kind != JOB_TEMPLATE && !is_excepted(all, job, &w->scratch)) {
		bool read = job_read(job) == 0 && job->source.size == job->source.text.n;
		const struct digest *d = read ? job_digest(job, w->parser, &w->scratch) : NULL;
		out->unread = !read;
		if (d)
			add_articles(out, d, job->source.path);
		if (d)
			ioc_hosts_of_digest(&out->arena, d, &out->ioc);
		else if (read)
			ioc_hosts_of_text(&out->arena, job->source.text, &out->ioc);
	}
	arena_release(&job->arena);
	arena_reset(&w->scratch);
}

static void join(struct add_archive *out, const struct add_archive *one)
{
	for (size_t i = 0; i < one->nr; i++) {
		out->v = arena_grow(&out->arena, out->v, out->nr, &out->cap, sizeof(*out->v));
		out->v[out->nr++] = (struct add_article){arena_str(&out->arena, one->v[i].name),
		                                         arena_strdup(&out->arena, one->v[i].path), one->v[i].line};
	}
	for (size_t i = 0; i < one->ioc.nr; i++) {
		struct ioc_hosts *all = &out->ioc;
		all->v = arena_grow(&out->arena, all->v, all->nr, &all->cap, sizeof(*all->v));
		all->v[all->nr++] = arena_str(&out->arena, one->ioc.v[i]);
	}
	out->unread += one->unread;
}

static void read_jobs(struct judgement *j, struct job *job, size_t nr, const char *except, struct add_archive *out)
{
	static const struct pool_work reader = {worker_begin, worker_end, read_one};
	struct readings all = {job, xcalloc(nr ? nr : 1, sizeof(struct add_archive)), j->here, except};
	pool_run(&reader, &all, nr, (unsigned)j->settings->jobs);
	for (size_t i = 0; i < nr; i++) {
		join(out, &all.of[i]);
		arena_release(&all.of[i].arena);
	}
	free(all.of);
}

void add_archive_read(struct judgement *j, const char *except, struct add_archive *out)
{
	*out = (struct add_archive){0};
	read_jobs(j, j->c.job, j->c.nr, except, out);
	read_jobs(j, j->c.other, j->c.others, except, out);
	ioc_hosts_settle(&out->ioc);
}

const struct add_article *add_archive_find(const struct add_archive *all, struct str name)
{
	for (size_t i = 0; name.n && i < all->nr; i++)
		if (str_eq(all->v[i].name, name))
			return &all->v[i];
	return NULL;
}
