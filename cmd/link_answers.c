#include "cmd/link_answers.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/archive/answers.h"
#include "core/base/hash.h"
#include "core/base/pack.h"
#include "core/base/unicode.h"
#include "core/source/git.h"
#include "core/source/paths.h"

struct project_answers {
	struct link_answers answers; /* first: what others see of it */
	const struct project *project;
	struct arena *arena;
	const char *git_dir;
	struct answer_list list;
	unsigned char sum[32];
	bool loaded;
};

/* Of all; they are asked once or twice in a run. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

const char *link_answers_path(struct arena *a, const char *git_dir)
{
	return path_join(a, path_clean(a, git_common_dir(a, git_dir)), "sdi/links.db");
}

/* ---- loading ---- */

static void add_answer(struct buf *b, const struct answer *x)
{
	pack_text(b, x->url);
	pack_number(b, answer_verdict(x));
	pack_number(b, (uint64_t)x->since);
	pack_number(b, x->looks);
	pack_number(b, (uint64_t)x->status);
	pack_text(b, x->reason);
	pack_text(b, x->moved_to);
}

static void sum_up(struct project_answers *v)
{
	struct buf b = {0};
	pack_text(&b, str_of(v->project->config.timezone));
	for (size_t i = 0; i < v->list.nr; i++)
		add_answer(&b, &v->list.v[i]);
	hash_sha256(buf_str(&b), v->sum);
	buf_release(&b);
}

/* Who cannot look into it knows nothing; it is no reason to complain about a digest, or not to look at it. */
static void load(struct project_answers *v)
{
	struct err ignored;
	const char *path = link_answers_path(v->arena, v->git_dir);
	struct answers *file = answers_open(path, ANSWERS_READ, &ignored);
	if (file)
		v->list = answers_load(file, v->arena);
	answers_close(file, &ignored);
	if (v->list.nr)
		sum_up(v);
}

static const struct project_answers *loaded(const struct link_answers *answers)
{
	struct project_answers *v = (struct project_answers *)(uintptr_t)answers;
	pthread_mutex_lock(&lock);
	if (!v->loaded)
		load(v);
	v->loaded = true;
	pthread_mutex_unlock(&lock);
	return v;
}

/* ---- asking ---- */

static bool any(const struct link_answers *answers)
{
	return loaded(answers)->list.nr > 0;
}

static int compare(const void *key, const void *element)
{
	return str_cmp(*(const struct str *)key, ((const struct answer *)element)->url);
}

static struct date day_of(const struct project *p, int64_t seconds)
{
	struct err ignored;
	struct date day = {0};
	if (seconds && unicode_day(p->config.timezone, seconds, &day, &ignored))
		return (struct date){0};
	return day;
}

static bool find(const struct link_answers *answers, struct str url, struct link_known *out)
{
	const struct project_answers *v = loaded(answers);
	const struct answer *x = v->list.nr ? bsearch(&url, v->list.v, v->list.nr, sizeof(*x), compare) : NULL;
	if (!x)
		return false;
	*out = (struct link_known){
		.broken = answer_verdict(x) == VERDICT_BROKEN,
		.since = day_of(v->project, x->since),
		.looks = x->looks,
		.reason = x->reason.n ? x->reason : x->outcome,
		.moved = x->moved_to,
	};
	return true;
}

static void sum(const struct link_answers *answers, unsigned char out[32])
{
	memcpy(out, loaded(answers)->sum, sizeof(loaded(answers)->sum));
}

const struct link_answers *link_answers_of(struct arena *a, const struct project *p, const char *git_dir)
{
	struct project_answers *v = arena_new(a, struct project_answers);
	if (!git_dir)
		return NULL;
	*v = (struct project_answers){.answers = {any, find, sum}, .project = p, .arena = a, .git_dir = git_dir};
	return &v->answers;
}
