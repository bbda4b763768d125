#include "fix/run.h"

#include "core/base/pool.h"
#include "core/source/diff.h"
#include "lint/keep.h"

struct run {
	struct fix_task *task;
	const struct fix_wish *wish;
};

/* Nobody hears of rules that are only watched. */
static void hush(struct job *job)
{
	struct findings *f = &job->findings;
	size_t kept = 0;
	for (size_t i = 0; i < f->nr; i++)
		if (!job->plan->state[rule_index(f->v[i].rule)].watched)
			f->v[kept++] = f->v[i];
	f->nr = kept;
}

static void put(struct fix_task *t, const struct fix_wish *wish)
{
	struct swap swap = {
		.path = t->path,
		.root = t->root,
		.shown = t->job->source.path,
		.before = t->result.before.source.text,
		.after = t->job->source.text,
	};
	t->kept_out = t->path && wish->mode == FIX_WRITE && swap_text(&swap, &t->err) != SWAP_DONE;
	if (t->kept_out)
		fix_revert(t->job, &t->result);
	else if (wish->mode == FIX_SHOW)
		t->diff = diff_text(&t->result.arena, swap.shown, swap.before, swap.after);
}

/* Nothing is left but what is to be shown. */
static void settle(struct fix_task *t)
{
	struct arena all = t->job->arena;
	fix_result_forget(&t->result);
	if (!t->job->path)
		return;
	t->job->arena = (struct arena){0};
	job_keep(t->job);
	arena_release(&all);
}

static void piece(void *own, void *context, size_t i)
{
	struct worker *w = own;
	struct run *r = context;
	struct fix_task *t = &r->task[i];
	t->skipped = r->wish->stop && r->wish->stop();
	if (t->skipped)
		return;
	t->job->failed = job_read(t->job) < 0;
	if (t->job->failed)
		return;
	fix_text(t->job, w->parser, &r->wish->text, &t->result);
	if (t->result.changed)
		put(t, r->wish);
	hush(t->job);
	if (t->job->focus)
		t->job->failed = focus_apply(t->job, w->parser, &w->scratch) < 0;
	arena_reset(&w->scratch);
	if (r->wish->mode != FIX_KEEP)
		settle(t);
}

void fix_run(struct fix_task *tasks, size_t nr, const struct fix_wish *wish, unsigned threads)
{
	static const struct pool_work fix = {worker_begin, worker_end, piece};
	struct run r = {tasks, wish};
	pool_run(&fix, &r, nr, threads);
}

void fix_tasks_release(struct fix_task *tasks, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		fix_result_release(&tasks[i].result);
}
