#include <stdlib.h>

#include "cmd/links.h"
#include "core/base/pool.h"
#include "lint/links/position.h"

/* What one digest says. */
struct reading {
	struct arena arena;
	struct linked *v;
	size_t nr;
	struct str *old; /* keys of links in what stood there before the change */
	size_t olds, olds_cap;
	struct ioc_hosts ioc;
	bool unread; /* nothing is known of its indicators */
};

struct readings {
	struct job *job;
	struct reading *of;
	bool indicators_only;
};

/* Equal for links to the same page; of what is no link, the text. */
static struct str key_of(struct arena *a, struct str url)
{
	struct link_target t;
	return link_target_read(a, url, &t) ? arena_str(a, url) : t.key;
}

static int by_place(const void *x, const void *y)
{
	const struct position *a = &((const struct linked *)x)->at, *b = &((const struct linked *)y)->at;
	return a->line != b->line ? (a->line > b->line) - (a->line < b->line)
	                          : (a->column > b->column) - (a->column < b->column);
}

static struct linked linked_at(struct arena *a, const struct job *job, const struct link_position *at)
{
	struct linked l = {
		.path = arena_strdup(a, job->source.path),
		.at = source_position(&job->source, at->off),
		.date = job->facts.choice.date,
		.url = arena_str(a, at->url),
		.key = key_of(a, at->url),
		.known = at->glued,
	};
	if (at->glued)
		l.answer = links_known(LINK_UNSAFE, "glued");
	return l;
}

static void read_links(struct reading *r, const struct job *job, const struct digest *d, struct worker *w)
{
	size_t nr, locals;
	const struct link_position *at = link_positions(&w->scratch, d, &nr);
	const struct linked *local = links_local(&r->arena, job, w->parser, &locals);
	r->v = arena_array(&r->arena, struct linked, nr + locals);
	for (size_t i = 0; i < nr; i++)
		r->v[r->nr++] = linked_at(&r->arena, job, &at[i]);
	for (size_t i = 0; i < locals; i++)
		r->v[r->nr++] = local[i];
	if (locals)
		qsort(r->v, r->nr, sizeof(*r->v), by_place);
}

static void read_old_text(struct reading *r, struct job *old, struct worker *w)
{
	size_t nr;
	const struct digest *d = job_digest(old, w->parser, &w->scratch);
	const struct link_position *at = d ? link_positions(&w->scratch, d, &nr) : NULL;
	for (size_t i = 0; at && i < nr; i++) {
		r->old = arena_grow(&r->arena, r->old, r->olds, &r->olds_cap, sizeof(*r->old));
		r->old[r->olds++] = key_of(&r->arena, at[i].url);
	}
}

static int read_before(struct reading *r, struct job *job, struct worker *w)
{
	for (size_t i = 0; job->focus && i < job->focus->nr; i++) {
		struct job old = {0};
		int bad = job->focus->old[i].hex[0] ? focus_read(job, &job->focus->old[i], &old) : 0;
		if (!bad && job->focus->old[i].hex[0])
			read_old_text(r, &old, w);
		job_release(&old);
		if (bad)
			return -1;
	}
	return 0;
}

/* Indicators count also where the text cannot be looked at as a digest. */
static int read_digest(const struct readings *all, struct reading *r, struct job *job, struct worker *w)
{
	r->unread = job_read(job) || job->source.size > job->source.text.n;
	if (r->unread)
		return job->error ? -1 : job_fail(job, "`%s` is too large to be a digest", job->source.path);
	const struct digest *d = job_digest(job, w->parser, &w->scratch);
	if (!d) {
		/* In another encoding names may be there that nobody sees. */
		r->unread = job->source.valid < job->source.text.n;
		ioc_hosts_of_text(&r->arena, job->source.text, &r->ioc);
		return -1;
	}
	ioc_hosts_of_digest(&r->arena, d, &r->ioc);
	if (all->indicators_only)
		return 0;
	read_links(r, job, d, w);
	return read_before(r, job, w);
}

static void work(void *own, void *context, size_t i)
{
	struct worker *w = own;
	const struct readings *all = context;
	struct job *job = &all->job[i];
	job->failed = (job->kind == JOB_TEMPLATE ? judge_read_template(job) : read_digest(all, &all->of[i], job, w)) < 0;
	arena_release(&job->arena);
	arena_reset(&w->scratch);
}

static struct reading *read_all(struct job *job, size_t nr, bool indicators_only, unsigned threads)
{
	static const struct pool_work reader = {worker_begin, worker_end, work};
	struct readings all = {job, xcalloc(nr ? nr : 1, sizeof(struct reading)), indicators_only};
	pool_run(&reader, &all, nr, threads);
	return all.of;
}

/* ---- what a change added ---- */

static int by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* A link that another digest had is not new either. */
static struct str *old_keys(struct arena *a, const struct reading *of, size_t jobs, size_t *nr)
{
	size_t all = 0;
	for (size_t i = 0; i < jobs; i++)
		all += of[i].olds;
	struct str *v = arena_array(a, struct str, all);
	*nr = 0;
	for (size_t i = 0; i < jobs; i++)
		for (size_t k = 0; k < of[i].olds; k++)
			v[(*nr)++] = of[i].old[k];
	if (*nr)
		qsort(v, *nr, sizeof(*v), by_text);
	return v;
}

/* ---- all together ---- */

static void add_hosts(struct linked_list *out, const struct reading *r)
{
	for (size_t i = 0; i < r->ioc.nr; i++) {
		struct ioc_hosts *all = &out->ioc;
		all->v = arena_grow(&out->arena, all->v, all->nr, &all->cap, sizeof(*all->v));
		all->v[all->nr++] = arena_str(&out->arena, r->ioc.v[i]);
	}
	out->unread += r->unread;
}

static void add_link(struct linked_list *out, const struct linked *l)
{
	out->v = arena_grow(&out->arena, out->v, out->nr, &out->cap, sizeof(*out->v));
	struct linked *added = &out->v[out->nr++];
	*added = *l;
	added->path = arena_strdup(&out->arena, l->path);
	added->url = arena_str(&out->arena, l->url);
	added->key = arena_str(&out->arena, l->key);
}

static void add_links(struct judgement *j, struct linked_list *out, const struct reading *of)
{
	size_t olds;
	const struct str *old = old_keys(&out->arena, of, j->c.nr, &olds);
	for (size_t i = 0; i < j->c.nr; i++) {
		out->digests += j->c.job[i].kind == JOB_DIGEST;
		for (size_t k = 0; k < of[i].nr; k++)
			if (!olds || !bsearch(&of[i].v[k].key, old, olds, sizeof(*old), by_text))
				add_link(out, &of[i].v[k]);
	}
}

static void free_readings(struct reading *of, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		arena_release(&of[i].arena);
	free(of);
}

void links_collect(struct judgement *j, struct linked_list *out)
{
	unsigned threads = (unsigned)j->settings->jobs;
	struct reading *of = read_all(j->c.job, j->c.nr, false, threads);
	struct reading *others = read_all(j->c.other, j->c.others, true, threads);
	out->unread = (size_t)j->c.trouble + j->c.unseen;
	for (size_t i = 0; i < j->c.nr; i++)
		add_hosts(out, &of[i]);
	for (size_t i = 0; i < j->c.others; i++)
		add_hosts(out, &others[i]);
	add_links(j, out, of);
	ioc_hosts_settle(&out->ioc);
	free_readings(of, j->c.nr);
	free_readings(others, j->c.others);
}

void links_release(struct linked_list *list)
{
	arena_release(&list->arena);
}
