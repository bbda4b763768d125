#include "lint/focus.h"

#include <stdlib.h>

#include "core/source/diff.h"
#include "lint/lint.h"

/* One old text beside the new one. */
struct beside {
	struct line_changes changes;
	struct job old;
	bool moved;
	bool *used;     /* beside the old findings: it is one that is still there */
	uint32_t *line; /* the same: where they are */
};

/* Lines as git counts them: a lone CR ends none. */
static uint32_t count_lines(struct str text, size_t from, size_t to)
{
	uint32_t lines = 0;
	for (size_t i = from; i < to; i++)
		lines += text.p[i] == '\n';
	return lines;
}

/* The lines of findings that stand in the order of their places. */
static uint32_t *lines_of_findings(struct arena *a, const struct job *job)
{
	const struct findings *f = &job->findings;
	uint32_t *line = arena_array(a, uint32_t, f->nr), now = 0;
	size_t at = 0;
	for (size_t i = 0; i < f->nr; i++) {
		size_t off = f->v[i].at.off;
		now = off < at ? count_lines(job->source.text, 0, off) : now + count_lines(job->source.text, at, off);
		at = off;
		line[i] = now;
	}
	return line;
}

/* The line in the old text; false where it was changed. */
static bool line_before(const struct line_changes *changes, uint32_t line, uint32_t *old)
{
	*old = line;
	for (size_t i = 0; i < changes->nr && changes->v[i].new <= line; i++) {
		const struct line_change *c = &changes->v[i];
		if (line < c->new + c->news)
			return false;
		*old = line - (c->new + c->news) + c->old + c->olds;
	}
	return true;
}

static struct str after_digits(struct str s)
{
	while (s.n && *s.p >= '0' && *s.p <= '9')
		s = str_from(s, 1);
	return s;
}

/* Numbers do not count: they are those of lines, which move. */
static bool says_the_same(struct str x, struct str y)
{
	for (;;) {
		x = after_digits(x);
		y = after_digits(y);
		if (!x.n || !y.n || *x.p != *y.p)
			return x.n == y.n && !x.n;
		x = str_from(x, 1);
		y = str_from(y, 1);
	}
}

static bool was_there(struct beside *b, const struct finding *f, uint32_t line)
{
	uint32_t old;
	if (!line_before(&b->changes, line, &old) || (b->moved && strcmp(f->rule->group, "date") == 0))
		return false;
	for (size_t i = 0; i < b->old.findings.nr; i++) {
		const struct finding *before = &b->old.findings.v[i];
		if (b->used[i] || b->line[i] != old || before->rule != f->rule || !says_the_same(before->message, f->message))
			continue;
		b->used[i] = true;
		return true;
	}
	return false;
}

static int by_key(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

/* What was in the old text, wherever, is old; not in one of another day, where it is said anew. */
static void mark_old(const struct sightings *old, struct sightings *now, struct arena *scratch)
{
	uint64_t *key = arena_array(scratch, uint64_t, old->nr);
	for (size_t i = 0; i < old->nr; i++)
		key[i] = old->v[i].key;
	if (old->nr)
		qsort(key, old->nr, sizeof(*key), by_key);
	for (size_t i = 0; old->nr && i < now->nr; i++)
		now->v[i].old |= bsearch(&now->v[i].key, key, old->nr, sizeof(*key), by_key) != NULL;
}

int focus_read(struct job *job, const struct object_id *id, struct job *old)
{
	*old = (struct job){.kind = job->kind,
	                    .source = job->source,
	                    .facts = job->focus->facts,
	                    .plan = job->plan,
	                    .archive = job->archive};
	struct source *s = &old->source;
	struct err err;
	if (history_read(job->focus->history, &old->arena, id, job->plan->max_bytes, &s->text, &s->size, &err))
		return job_fail(job, "%s", err.text);
	s->lines = lines_of(&old->arena, s->text);
	return 0;
}

static void lint_old(struct job *job, struct beside *b, struct block_parser *parser, struct arena *scratch)
{
	lint_text(&b->old, parser, scratch);
	b->changes = diff_lines(scratch, b->old.source.text, job->source.text);
	b->used = arena_array(scratch, bool, b->old.findings.nr);
	b->line = lines_of_findings(scratch, &b->old);
}

static int mark(struct job *job, const struct object_id *id, bool *before, struct block_parser *parser,
                struct arena *scratch)
{
	struct beside b;
	int bad = focus_read(job, id, &b.old);
	if (!bad) {
		const uint32_t *line = lines_of_findings(scratch, job);
		b.moved = job->focus->moved;
		lint_old(job, &b, parser, scratch);
		for (size_t i = 0; i < job->findings.nr; i++)
			before[i] |= was_there(&b, &job->findings.v[i], line[i]);
		if (!b.moved)
			mark_old(&b.old.sightings, &job->sightings, scratch);
	}
	job_release(&b.old);
	return bad;
}

static void take_out(struct findings *f, const bool *before)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->nr; i++)
		if (!before[i])
			f->v[kept++] = f->v[i];
	f->before += f->nr - kept;
	f->nr = kept;
}

int focus_apply(struct job *job, struct block_parser *parser, struct arena *scratch)
{
	bool *before = arena_array(scratch, bool, job->findings.nr);
	bool any = job->findings.nr || job->sightings.nr;
	for (size_t i = 0; any && i < job->focus->nr; i++) {
		const struct object_id *old = &job->focus->old[i];
		if (old->hex[0] && mark(job, old, before, parser, scratch))
			return -1;
	}
	take_out(&job->findings, before);
	return 0;
}
