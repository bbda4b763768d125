#include <stdlib.h>

#include "cmd/search.h"
#include "core/digest/digest.h"

/* Of a line, for each query: more are not told. */
enum { MOST_PLACES = 64 };

struct searcher {
	struct worker *worker; /* NULL until a digest has to be read as one */
	struct folded quick;
	struct line_view view;
	struct arena scratch;
};

void *searcher_begin(void)
{
	return xcalloc(1, sizeof(struct searcher));
}

void searcher_end(void *own)
{
	struct searcher *s = own;
	if (s->worker)
		worker_end(s->worker);
	folded_release(&s->quick);
	line_view_release(&s->view);
	arena_release(&s->scratch);
	free(s);
}

/* Which of them may be in the text. */
static uint64_t may_hold(const struct search *s, struct searcher *own, struct str text)
{
	uint64_t bits = 0;
	fold_quick(&own->quick, text);
	for (size_t i = 0; i < s->nr; i++)
		bits |= (uint64_t)query_may_match(&s->query[i], folded_str(&own->quick)) << i;
	return bits;
}

static uint64_t all_of(const struct search *s)
{
	return s->nr == MOST_QUERIES ? UINT64_MAX : (UINT64_C(1) << s->nr) - 1;
}

/* ---- lines ---- */

static void add_hit(struct job *job, struct hits *out, struct hit hit, const struct span *at, size_t nr)
{
	hit.at = arena_array(&job->arena, struct span, nr);
	memcpy(hit.at, at, nr * sizeof(*at));
	for (size_t i = 0; i < nr; i++)
		hit.at[i].off += hit.text.off;
	hit.nr = places_settle(hit.at, nr);
	out->v = arena_grow(&job->arena, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = hit;
}

static void look_at_line(const struct search *s, struct searcher *own, struct job *job, uint32_t line, struct hits *out)
{
	struct span at[MOST_QUERIES + MOST_PLACES];
	struct hit hit = {
		.line = line, .text = lines_span(&job->source.lines, job->source.text, line), .entry = UINT32_MAX};
	struct str text = str_at(job->source.text, hit.text);
	uint64_t may = may_hold(s, own, text);
	size_t nr = 0;
	if (!may)
		return;
	line_view_set(&own->view, text);
	for (size_t i = 0; i < s->nr; i++) {
		/* Room is left for one of each of the others. */
		size_t room = ARRAY_SIZE(at) - nr - (s->nr - i - 1);
		size_t found = may >> i & 1 ? query_find(&s->query[i], &own->view, &own->scratch, at + nr, room) : 0;
		hit.queries |= (uint64_t)(found > 0) << i;
		nr += found;
	}
	if (nr)
		add_hit(job, out, hit, at, nr);
}

/* ---- entries ---- */

/* Entries are in the order of their lines, as hits are. */
static void place(const struct digest *d, struct hits *hits)
{
	size_t i = 0;
	FOR_EACH_ENTRY (d, e) {
		while (i < hits->nr && hits->v[i].line < e->line)
			i++;
		for (; i < hits->nr && hits->v[i].line < e->end; i++) {
			hits->v[i].entry = e->line;
			hits->v[i].title = digest_str(d, e->title);
			hits->v[i].url = digest_str(d, e->url);
		}
	}
}

/* What is no digest has no entries. */
static void find_entries(struct searcher *own, struct job *job, struct hits *hits)
{
	if (!own->worker)
		own->worker = worker_begin();
	const struct digest *d = job_digest(job, own->worker->parser, &own->worker->scratch);
	if (d)
		place(d, hits);
	arena_reset(&own->worker->scratch);
}

/* Only those whose entry has all of what is looked for; outside of entries, whose line has. */
static void keep_complete(const struct search *s, struct hits *hits)
{
	size_t kept = 0;
	for (size_t from = 0, to; from < hits->nr; from = to) {
		uint64_t queries = hits->v[from].queries;
		for (to = from + 1;
		     to < hits->nr && hits->v[from].entry != UINT32_MAX && hits->v[to].entry == hits->v[from].entry; to++)
			queries |= hits->v[to].queries;
		for (size_t i = from; i < to && queries == all_of(s); i++)
			hits->v[kept++] = hits->v[i];
	}
	hits->nr = kept;
}

/* ---- a digest ---- */

static void look(const struct search *s, struct searcher *own, struct job *job, struct hits *out)
{
	uint64_t found = 0;
	if (may_hold(s, own, job->source.text) != all_of(s))
		return;
	size_t most = s->nr > 1 ? SIZE_MAX : s->most;
	for (uint32_t i = 0; i < job->source.lines.nr && out->nr < most; i++)
		look_at_line(s, own, job, i, out);
	for (size_t i = 0; i < out->nr; i++)
		found |= out->v[i].queries;
	if (found != all_of(s))
		out->nr = 0;
	if (out->nr && (s->entries || s->nr > 1))
		find_entries(own, job, out);
	if (s->nr > 1)
		keep_complete(s, out);
}

int search_one(const struct search *s, void *searcher, struct job *job, struct hits *out)
{
	if (job_read(job))
		return -1;
	if (job->source.size > job->source.text.n)
		return job_fail(job, "`%s` is too large to be a digest", job->source.path);
	look(s, searcher, job, out);
	if (!out->nr)
		arena_release(&job->arena);
	return 0;
}
