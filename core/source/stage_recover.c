#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/message.h"
#include "core/source/blob.h"
#include "core/source/files.h"
#include "core/source/paths.h"
#include "core/source/stage_journal.h"
#include "core/source/swap.h"

struct recovery {
	struct arena *a;
	const struct stage_place *place;
	struct git git;
	struct stage_report *out;
};

static void tell(struct recovery *r, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void tell(struct recovery *r, const char *fmt, ...)
{
	struct stage_report *out = r->out;
	va_list ap;
	va_start(ap, fmt);
	out->line = arena_grow(r->a, out->line, out->nr, &out->cap, sizeof(*out->line));
	out->line[out->nr++] = arena_vprintf(r->a, message(fmt), ap).p;
	va_end(ap);
}

/* None when it is not there. */
static struct file_names names_in(struct arena *a, const char *folder)
{
	struct file_names out = {0};
	enum file_kind kind;
	file_names_in(a, NULL, folder, &out, &kind, NULL);
	return out;
}

static bool remove_file(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0) == 0;
}

/* ---- drafts ---- */

/* What a draft begins to hold, or an object, is not lost with it. */
static bool is_safe(const struct recovery *r, const struct stage_journal *j, struct str text)
{
	struct str whole;
	for (size_t i = 0; i < j->nr; i++) {
		const struct object_id *ids[] = {&j->v[i].old, &j->v[i].new};
		for (size_t k = 0; k < ARRAY_SIZE(ids); k++)
			if (blob_read(&r->git, r->a, ids[k], &whole, NULL) == 0 && str_starts(whole, text))
				return true;
	}
	return blob_exists(&r->git, r->a, text);
}

static void recover_draft(struct recovery *r, const struct stage_journal *j, const char *path)
{
	struct source read;
	if (source_read_file(r->a, path, UINT64_MAX, &read, NULL))
		return;
	if (read.size == read.text.n && is_safe(r, j, read.text))
		remove_file(path);
	else
		tell(r, "`%s` holds a text that somebody saved at the moment of the kill; it is kept", path);
}

/* A draft of that run, or of a recovery that was killed, too. */
static bool is_over(const char *name, long process)
{
	long of = stage_draft_process(name);
	return of && (of == process || !stage_process_runs(of));
}

static void recover_drafts(struct recovery *r, const struct stage_journal *j, const char *folder, long process)
{
	struct file_names names = names_in(r->a, folder);
	for (size_t i = 0; i < names.nr; i++)
		if (is_over(names.v[i], process))
			recover_draft(r, j, path_join(r->a, folder, names.v[i]));
}

/* ---- files of the work tree ---- */

/* Where it is not what the run wrote, somebody has gone on. */
static int put_back(struct recovery *r, const struct stage_undo *u, struct err *err)
{
	struct swap swap = {.path = path_join(r->a, r->place->root, u->path), .root = r->place->root, .shown = u->path};
	struct str now;
	enum swap_outcome outcome = swap_read(r->a, &swap, &now, err);
	if (blob_read(&r->git, r->a, &u->new, &swap.before, err) || blob_read(&r->git, r->a, &u->old, &swap.after, err)) {
		tell(r, "`%s` stays as it is: git has thrown away the text that it had", u->path);
		return 0;
	}
	if (outcome == SWAP_DONE && str_eq(now, swap.after))
		return 0;
	if (outcome == SWAP_DONE)
		outcome = swap_text(&swap, err);
	if (outcome == SWAP_DONE)
		tell(r, "`%s` has the text again that it had", u->path);
	else if (outcome != SWAP_FAILED)
		tell(r, "%s", err->text);
	return outcome == SWAP_FAILED ? -1 : 0;
}

/* Only while the index is as it was: otherwise it was all done, or somebody has gone on. */
static bool is_undone(const struct stage_entries *kept, const struct stage_undo *u)
{
	const struct stage_entry *entry = stage_entries_find(kept, u->path);
	return strcmp(entry ? entry->id.hex : "", u->was.hex) == 0;
}

static bool is_there(const struct recovery *r, const struct stage_undo *u)
{
	return access(path_join(r->a, r->place->root, u->path), F_OK) == 0;
}

static int put_all_back(struct recovery *r, const struct stage_journal *j, struct err *err)
{
	struct stage_entries kept;
	struct git git = stage_git(r->a, r->place, j->indexes.kept);
	if (stage_entries_read(r->a, &git, &kept, err))
		return -1;
	int bad = 0;
	for (size_t i = 0; i < j->nr; i++)
		if (is_undone(&kept, &j->v[i]) && is_there(r, &j->v[i]))
			bad |= put_back(r, &j->v[i], err);
	return bad;
}

/* ---- notes ---- */

static bool is_first_in_folder(struct recovery *r, const struct stage_journal *j, size_t at)
{
	const char *folder = path_folder(r->a, j->v[at].path);
	for (size_t i = 0; i < at; i++)
		if (strcmp(path_folder(r->a, j->v[i].path), folder) == 0)
			return false;
	return true;
}

static void remove_lock(struct recovery *r, const char *path)
{
	enum stage_owner owner = stage_owner_at(path);
	if (owner == OWNER_RUNS)
		tell(r, "`%s` belongs to a run that is still at work", path);
	else if (owner == OWNER_GONE && remove_file(path))
		tell(r, "the lock `%s` is taken away", path);
}

static void clean_indexes(struct recovery *r, const struct stage_indexes *indexes, long process)
{
	for (size_t i = 0; i < indexes->nr; i++) {
		const char *copy = stage_copy_path(r->a, indexes->v[i], process);
		remove_file(copy);
		remove_file(arena_printf(r->a, "%s.lock", copy).p);
		remove_lock(r, arena_printf(r->a, "%s.lock", indexes->v[i]).p);
	}
}

static int recover_run(struct recovery *r, const char *path, long process, struct err *err)
{
	struct stage_journal j;
	if (stage_journal_read(r->a, path, &j) != OWNER_GONE)
		return 0;
	int bad = put_all_back(r, &j, err);
	for (size_t i = 0; i < j.nr; i++)
		if (is_first_in_folder(r, &j, i))
			recover_drafts(r, &j, path_folder(r->a, path_join(r->a, r->place->root, j.v[i].path)), process);
	clean_indexes(r, &j.indexes, process);
	if (!bad)
		remove_file(path);
	return bad;
}

/* In git's own folder drafts hold nothing but locks and notes. */
static void clean_name(struct recovery *r, const char *name)
{
	const char *path = path_join(r->a, r->place->git_dir, name);
	long process = stage_draft_process(name);
	if (str_ends(str_of(name), STR(".lock")))
		remove_lock(r, path);
	else if (process && !stage_process_runs(process))
		remove_file(path);
}

/* Locks come last: as long as they are there, nobody else begins. */
static int recover_all(struct recovery *r, struct err *err)
{
	struct file_names names = names_in(r->a, r->place->git_dir);
	int bad = 0;
	for (size_t i = 0; i < names.nr; i++) {
		long process = stage_journal_process(names.v[i]);
		if (process)
			bad |= recover_run(r, path_join(r->a, r->place->git_dir, names.v[i]), process, err);
	}
	for (size_t i = 0; i < names.nr; i++)
		clean_name(r, names.v[i]);
	if (r->place->index)
		remove_lock(r, arena_printf(r->a, "%s.lock", r->place->index).p);
	return bad;
}

int stage_recover(struct arena *a, const struct stage_place *p, struct stage_report *out, struct err *err)
{
	struct recovery r = {a, p, stage_git(a, p, p->index), out};
	*out = (struct stage_report){0};
	int fd = open(p->git_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, "cannot find git's folder `%s`: %s", p->git_dir, err_reason(errno));
	/* One at a time: what was a dead run's lock a moment ago may be a living one's. */
	flock(fd, LOCK_EX);
	int bad = recover_all(&r, err);
	close(fd);
	return bad ? -1 : 0;
}
