#include "lint/unread.h"

#include <stdlib.h>

#include "core/base/pool.h"
#include "lint/memory.h"
#include "lint/month.h"

struct unread {
	struct arena a;
	struct months months;
	struct archive_key *key; /* of each month */
	bool *sure;              /* all of its files have settled, and what they are has still to be remembered */
};

static bool identify(const struct month *m)
{
	bool sure = true;
	for (size_t i = 0; i < m->nr; i++) {
		struct job *job = m->job[i];
		sure &= job->text->settled = file_identify(job->snapshot, job->path, job->memory->now, &job->text->identity);
	}
	return sure;
}

static void *begin(void)
{
	return NULL;
}

static void end(void *own)
{
	(void)own;
}

static void recall(void *own, void *context, size_t i)
{
	struct unread *u = context;
	const struct month *m = &u->months.v[i];
	(void)own;
	u->sure[i] = identify(m);
	if (!u->sure[i])
		return;
	u->key[i] = memory_texts_key(m);
	u->sure[i] = !memory_recall_texts(m, &u->key[i]);
}

struct unread *unread_begin(struct job *jobs, size_t nr, unsigned threads)
{
	static const struct pool_work work = {begin, end, recall};
	struct unread *u = xcalloc(1, sizeof(*u));
	u->months = months_of(&u->a, jobs, nr);
	u->key = arena_array(&u->a, struct archive_key, u->months.nr);
	u->sure = arena_array(&u->a, bool, u->months.nr);
	for (size_t i = 0; i < u->months.nr; i++)
		for (size_t k = 0; k < u->months.v[i].nr; k++)
			u->months.v[i].job[k]->text = arena_new(&u->a, struct text_id);
	pool_run(&work, u, u->months.nr, threads);
	return u;
}

bool unread_still(const struct job *job)
{
	struct file_identity now;
	const struct file_identity *before = &job->text->identity;
	return file_identify(job->snapshot, job->path, job->memory->now, &now) && now.n == before->n &&
	       memcmp(now.text, before->text, now.n) == 0;
}

static bool is_complete(const struct month *m)
{
	for (size_t i = 0; i < m->nr; i++)
		if (m->job[i]->failed || !m->job[i]->text->known)
			return false;
	return true;
}

void unread_end(struct unread *u)
{
	for (size_t i = 0; i < u->months.nr; i++) {
		const struct month *m = &u->months.v[i];
		if (u->sure[i] && is_complete(m))
			memory_remember_texts(m, &u->key[i]);
		for (size_t k = 0; k < m->nr; k++)
			m->job[k]->text = NULL;
	}
	arena_release(&u->a);
	free(u);
}
