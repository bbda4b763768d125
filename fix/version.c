#include "fix/version.h"

#include <stdlib.h>

#include "core/base/alloc.h"

static void look(struct version *v, struct block_parser *parser)
{
	v->digest = lint_text(&v->job, parser, &v->scratch);
	v->count = arena_array(&v->job.arena, uint32_t, rules_table_nr);
	for (size_t i = 0; i < v->job.findings.nr; i++)
		v->count[rule_index(v->job.findings.v[i].rule)]++;
}

struct version *version_first(const struct job *job, struct block_parser *parser)
{
	struct version *v = xcalloc(1, sizeof(*v));
	v->job = *job;
	v->job.findings = (struct findings){0};
	look(v, parser);
	return v;
}

struct version *version_again(struct version *v, struct block_parser *parser)
{
	version_rest(v);
	struct version *again = version_first(&v->job, parser);
	free(v);
	return again;
}

struct version *version_next(const struct version *v, const struct patch *p, struct block_parser *parser)
{
	struct version *next = xcalloc(1, sizeof(*next));
	struct source *s = &next->job.source;
	next->job = v->job;
	next->job.arena = (struct arena){0};
	next->job.findings = (struct findings){0};
	next->job.sightings = (struct sightings){0};
	s->text = patch_apply(&next->job.arena, v->job.source.text, p);
	s->size = s->text.n;
	s->lines = lines_of(&next->job.arena, s->text);
	look(next, parser);
	return next;
}

void version_rest(struct version *v)
{
	arena_release(&v->scratch);
	v->digest = NULL;
}

void version_give(struct version *v, struct job *to)
{
	version_rest(v);
	*to = v->job;
	for (size_t i = 0; i < to->findings.nr; i++)
		to->findings.v[i].source = &to->source;
	free(v);
}

void version_free(struct version *v)
{
	if (!v)
		return;
	version_rest(v);
	job_release(&v->job);
	free(v);
}
