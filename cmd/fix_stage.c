#include "cmd/fix_stage.h"

#include <errno.h>
#include <stdlib.h>

#include "cmd/git_place.h"
#include "cmd/index_keeper.h"
#include "cmd/term.h"
#include "core/source/paths.h"
#include "core/source/stage.h"

static struct stage_place place_of(const struct history *h, const char *index)
{
	return (struct stage_place){history_git(h), history_root(h), history_git_dir(h), index};
}

static struct stage_file file_of(const struct judgement *j, const struct fix_task *t)
{
	const struct change *c = j->c.changed[t->job - j->c.job]->change;
	return (struct stage_file){
		.path = c->path,
		.mode = c->mode,
		.id = c->id,
		.before = t->result.before.source.text,
		.after = t->job->source.text,
	};
}

/* An index under another program's hands is not ours to write. */
static int check_index(const struct judgement *j, struct err *err)
{
	const char *manager = index_keeper(j->arena, j->scope.history);
	if (!manager)
		return 0;
	return err_set(
		err,
		"%s has put away what is not staged, and the index must stay as it is; use `sdi fix --force-exclude FILE…`",
		manager);
}

static int write_all_of(struct judgement *j, struct stage_file *file, size_t nr, struct err *err)
{
	struct stage_place place = place_of(j->scope.history, j->scope.index);
	return check_index(j, err) || stage_write(&place, file, nr, err) ? -1 : 0;
}

int fix_stage(struct judgement *j, struct fix_task *task, size_t nr)
{
	struct err err;
	struct stage_file *file = arena_array(j->arena, struct stage_file, nr);
	struct fix_task **of = arena_array(j->arena, struct fix_task *, nr);
	size_t changed = 0;
	for (size_t i = 0; i < nr; i++) {
		if (task[i].skipped)
			return 0;
		if (!task[i].result.changed)
			continue;
		of[changed] = &task[i];
		file[changed++] = file_of(j, &task[i]);
	}
	int bad = changed ? write_all_of(j, file, changed, &err) : 0;
	if (bad)
		term_error("%s", err.text);
	for (size_t i = 0; i < changed; i++) {
		of[i]->kept_out = !bad && file[i].outcome == STAGE_LEFT;
		of[i]->err = file[i].err;
		if (bad || of[i]->kept_out)
			fix_revert(of[i]->job, &of[i]->result);
	}
	return bad;
}

static int recover(struct arena *a, const struct git_place *git, struct err *err)
{
	struct stage_report report = {0};
	struct history *h = history_open(git, err);
	if (!h)
		return -1;
	struct stage_place place = place_of(h, git->index);
	int bad = stage_recover(a, &place, &report, err);
	for (size_t i = 0; i < report.nr; i++)
		term_say("%s", report.line[i]);
	if (!bad && !report.nr)
		term_say("nothing is left of a run that was killed");
	history_close(h);
	return bad;
}

int fix_recover(struct arena *a)
{
	struct err err = {{0}};
	struct git_place git;
	const char *here = path_real(a, ".");
	if (!here)
		err_set(&err, "cannot tell the current folder: %s", err_reason(errno));
	else if (!git_place_find(a, here, &git, &err) && !recover(a, &git, &err))
		return EXIT_FINE;
	term_error("%s", err.text);
	return EXIT_TROUBLE;
}
