#include "core/source/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "core/source/paths.h"
#include "core/source/stage_journal.h"
#include "core/source/swap.h"

struct stage {
	struct arena arena;
	const struct stage_place *place;
	struct stage_plans plans;
	struct stage_journal journal;
	const char *journal_path;
	size_t locked, swapped; /* of the indexes, of the plans */
	bool keeps_journal;
};

static const char *copy_of(struct stage *s, size_t index)
{
	return stage_copy_path(&s->arena, s->journal.indexes.v[index], (long)getpid());
}

/* ---- notes ---- */

static void note(struct stage *s, const struct stage_plan *plan, const struct stage_entries *kept)
{
	struct stage_journal *j = &s->journal;
	const struct stage_entry *entry = stage_entries_find(kept, plan->file->path);
	j->v = arena_grow(&s->arena, j->v, j->nr, &j->cap, sizeof(*j->v));
	j->v[j->nr++] = (struct stage_undo){
		.path = plan->file->path,
		.was = entry ? entry->id : (struct object_id){""},
		.old = plan->old_id,
		.new = plan->new_id,
	};
}

static int write_journal(struct stage *s, struct err *err)
{
	struct stage_entries kept;
	struct git git = stage_git(&s->arena, s->place, s->journal.indexes.kept);
	if (stage_entries_read(&s->arena, &git, &kept, err))
		return -1;
	for (size_t i = 0; i < s->plans.nr; i++)
		if (s->plans.v[i].writes)
			note(s, &s->plans.v[i], &kept);
	return stage_journal_write(&s->arena, s->journal_path, &s->journal, err);
}

/* ---- locks ---- */

static int lock(struct stage *s, struct err *err)
{
	/* Numbers of processes come again. */
	if (access(s->journal_path, F_OK) == 0) {
		s->keeps_journal = true;
		return err_set(err, "a run that was killed has left `%s`; `sdi fix --recover` cleans up", s->journal_path);
	}
	while (s->locked < s->journal.indexes.nr) {
		if (stage_lock(&s->arena, s->journal.indexes.v[s->locked], err))
			return -1;
		s->locked++;
	}
	return 0;
}

static void clean_up(struct stage *s)
{
	for (size_t i = 0; i < s->locked; i++) {
		unlinkat(AT_FDCWD, copy_of(s, i), 0);
		/* Left by a git that was killed. */
		unlinkat(AT_FDCWD, arena_printf(&s->arena, "%s.lock", copy_of(s, i)).p, 0);
		stage_unlock(&s->arena, s->journal.indexes.v[i]);
	}
	if (!s->keeps_journal)
		unlinkat(AT_FDCWD, s->journal_path, 0);
}

/* ---- the work tree ---- */

static struct swap swap_of(const struct stage *s, const struct stage_plan *plan, bool forward)
{
	return (struct swap){
		.path = plan->path,
		.root = s->place->root,
		.shown = plan->file->path,
		.before = forward ? plan->old : plan->new,
		.after = forward ? plan->new : plan->old,
	};
}

static int write_files(struct stage *s, struct err *err)
{
	for (; s->swapped < s->plans.nr; s->swapped++) {
		const struct stage_plan *plan = &s->plans.v[s->swapped];
		struct swap swap = swap_of(s, plan, true);
		if (plan->writes && swap_text(&swap, err) != SWAP_DONE)
			return -1;
	}
	return 0;
}

/* What somebody has saved since stays; but who only has it open hinders it, too. */
static void put_files_back(struct stage *s, struct err *err)
{
	while (s->swapped) {
		const struct stage_plan *plan = &s->plans.v[--s->swapped];
		struct swap swap = swap_of(s, plan, false);
		enum swap_outcome outcome = plan->writes ? swap_text(&swap, NULL) : SWAP_DONE;
		if (outcome == SWAP_DONE)
			continue;
		s->keeps_journal = true;
		err_set(err, "`%s` did not get its text back; `sdi fix --recover` tries again", plan->file->path);
	}
}

/* ---- the indexes ---- */

static int prepare_indexes(struct stage *s, struct err *err)
{
	for (size_t i = 0; i < s->journal.indexes.nr; i++)
		if (stage_index_copy(&s->arena, s->place, s->journal.indexes.v[i], copy_of(s, i), &s->plans, err))
			return -1;
	return 0;
}

/* So that nobody has to look into the files again; nothing depends on it. */
static void refresh_indexes(struct stage *s)
{
	for (size_t i = 0; i < s->journal.indexes.nr; i++)
		stage_index_refresh(&s->arena, s->place, copy_of(s, i));
}

/* When the second fails, git gives up its commit and throws the first away. */
static int put_indexes(struct stage *s, struct err *err)
{
	for (size_t i = 0; i < s->journal.indexes.nr; i++) {
		const char *index = s->journal.indexes.v[i];
		if (!stage_is_locked(&s->arena, index))
			return err_set(err, "somebody has taken away the lock of `%s`; it is left as it is", index);
		if (renameat(AT_FDCWD, copy_of(s, i), AT_FDCWD, index))
			return err_set(err, "cannot write `%s`: %s", index, err_reason(errno));
	}
	return 0;
}

/* ---- all together ---- */

/*
 * What may fail comes before what is seen. Files of the work tree come before the index: a kill between them leaves there what
 * is wanted and all that anybody wrote.
 */
static int write_locked(struct stage *s, struct err *err)
{
	if (write_journal(s, err) || prepare_indexes(s, err))
		return -1;
	if (write_files(s, err) == 0) {
		refresh_indexes(s);
		if (put_indexes(s, err) == 0)
			return 0;
	}
	put_files_back(s, err);
	return -1;
}

static int write_all_of_it(struct stage *s, struct err *err)
{
	int bad = lock(s, err) || write_locked(s, err) ? -1 : 0;
	clean_up(s);
	return bad;
}

int stage_write(const struct stage_place *p, struct stage_file *file, size_t nr, struct err *err)
{
	struct stage s = {.place = p};
	s.journal_path = stage_journal_path(&s.arena, p->git_dir, (long)getpid());
	int bad = stage_indexes_find(&s.arena, p, &s.journal.indexes, err);
	if (!bad) {
		struct git git = stage_git(&s.arena, p, s.journal.indexes.v[0]);
		bad = stage_plan(&s.arena, &git, p->root, file, nr, &s.plans, err);
	}
	if (!bad && s.plans.nr)
		bad = write_all_of_it(&s, err);
	arena_release(&s.arena);
	return bad;
}
