#include "lint/keep.h"

/* Goes over all that is kept: once to measure it, and once to copy it. */
struct keeper {
	struct arena *to; /* NULL: it is measured, and stays where it is */
	size_t bytes;
};

static void *keep_array(struct keeper *k, void *v, size_t bytes)
{
	k->bytes += arena_rounded(bytes);
	return k->to && bytes ? memcpy(arena_raw(k->to, bytes), v, bytes) : v;
}

static void keep_str(struct keeper *k, struct str *s)
{
	k->bytes += arena_rounded(s->n + 1);
	if (k->to)
		*s = arena_str(k->to, *s);
}

static void keep_finding(struct keeper *k, struct finding *f)
{
	keep_str(k, &f->message);
	keep_str(k, &f->fix.title);
	f->fix.edit = keep_array(k, f->fix.edit, f->fix.nr * sizeof(*f->fix.edit));
	for (size_t i = 0; i < f->fix.nr; i++)
		keep_str(k, &f->fix.edit[i].text);
	f->related = keep_array(k, f->related, f->nr_related * sizeof(*f->related));
	for (size_t i = 0; i < f->nr_related; i++) {
		struct str path = str_of(f->related[i].path);
		keep_str(k, &path);
		f->related[i].path = path.p;
		keep_str(k, &f->related[i].message);
	}
}

static void keep_source(struct keeper *k, struct source *s)
{
	size_t starts = s->lines.nr + 1;
	keep_str(k, &s->text);
	s->lines.start = keep_array(k, (uint32_t *)s->lines.start, starts * sizeof(*s->lines.start));
}

static size_t go_over(struct job *job, struct arena *to)
{
	struct keeper k = {.to = to};
	struct findings *f = &job->findings;
	if (job->path && f->nr)
		keep_source(&k, &job->source);
	f->v = keep_array(&k, f->v, f->nr * sizeof(*f->v));
	for (size_t i = 0; i < f->nr; i++)
		keep_finding(&k, &f->v[i]);
	f->cap = f->nr;
	return k.bytes;
}

void job_keep(struct job *job)
{
	job_rest(job);
	size_t bytes = go_over(job, NULL);
	if (bytes)
		arena_reserve(&job->arena, bytes);
	go_over(job, &job->arena);
}
