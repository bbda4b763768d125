#include "core/source/stage_index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/source/draft.h"
#include "core/source/files.h"
#include "core/source/paths.h"

/* ---- which ---- */

/* `git commit PATH` commits a passing index, and has the one that stays waiting in the lock. */
static bool is_passing(const char *git_dir, const char *index)
{
	const char *name = path_below(git_dir, index);
	return name && strncmp(name, "next-index-", 11) == 0 && str_ends(str_of(name), STR(".lock"));
}

int stage_indexes_find(struct arena *a, const struct stage_place *p, struct stage_indexes *out, struct err *err)
{
	const char *git_dir = path_real(a, p->git_dir);
	const char *active = path_real(a, p->index ? p->index : path_join(a, p->git_dir, "index"));
	if (!git_dir || !active)
		return err_set(err, "cannot find git's folder `%s`: %s", p->git_dir, err_reason(errno));
	const char *usual = path_real(a, path_join(a, git_dir, "index")), *lock = path_join(a, git_dir, "index.lock");
	*out = (struct stage_indexes){.v = {active}, .nr = 1, .kept = active};
	bool passing = is_passing(git_dir, active);
	if (passing || strcmp(active, lock) == 0)
		out->kept = usual ? usual : active;
	if (passing && access(lock, F_OK) == 0)
		out->v[out->nr++] = lock;
	return 0;
}

struct git stage_git(struct arena *a, const struct stage_place *p, const char *index)
{
	static const char variable[] = "GIT_INDEX_FILE=";
	const char *const *old = p->git->env;
	size_t nr = 0, kept = 0;
	while (old[nr])
		nr++;
	const char **env = arena_array(a, const char *, nr + 2);
	for (size_t i = 0; i < nr; i++)
		if (strncmp(old[i], variable, sizeof(variable) - 1) != 0)
			env[kept++] = old[i];
	if (index)
		env[kept] = arena_printf(a, "%s%s", variable, index).p;
	return (struct git){.folder = p->root, .env = env};
}

/* ---- what is in it ---- */

/* `H 100644 ID STAGE\tPATH`; a small letter: assume-unchanged. */
static bool parse_entry(struct arena *a, struct str line, struct stage_entry *out)
{
	struct str rest = line, tag, mode, id, stage;
	if (!str_split(&rest, ' ', &tag) || !str_split(&rest, ' ', &mode) || !str_split(&rest, ' ', &id) ||
	    !str_split(&rest, '\t', &stage) || tag.n != 1 || id.n >= sizeof(out->id.hex))
		return false;
	*out = (struct stage_entry){
		.path = arena_str(a, rest).p,
		.mode = (unsigned)strtoul(arena_str(a, mode).p, NULL, 8),
		.unmerged = !str_eqz(stage, "0"),
		.assumed = tag.p[0] >= 'a' && tag.p[0] <= 'z',
		.skipped = tag.p[0] == 'S' || tag.p[0] == 's',
	};
	memcpy(out->id.hex, id.p, id.n);
	return true;
}

int stage_entries_read(struct arena *a, const struct git *g, struct stage_entries *out, struct err *err)
{
	struct str rest, line;
	*out = (struct stage_entries){0};
	if (git_run(g, a, GIT("ls-files", "-z", "-s", "-v"), STR(""), &rest, err))
		return -1;
	while (str_split(&rest, '\0', &line)) {
		struct stage_entry entry;
		if (!line.n)
			continue;
		if (!parse_entry(a, line, &entry))
			return err_set(err, "git %s: it says something unexpected", "ls-files");
		out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
		out->v[out->nr++] = entry;
	}
	return 0;
}

static int compare(const void *path, const void *entry)
{
	return strcmp(path, ((const struct stage_entry *)entry)->path);
}

const struct stage_entry *stage_entries_find(const struct stage_entries *e, const char *path)
{
	return e->nr ? bsearch(path, e->v, e->nr, sizeof(*e->v), compare) : NULL;
}

/* ---- a copy ---- */

/* With its time: git compares that with those of files to know which it must look into. */
static int copy_bytes(int from, int to)
{
	char chunk[65536];
	ssize_t n;
	struct stat st;
	while ((n = read(from, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || !write_all(to, (struct str){chunk, (size_t)n}))
			return -1;
	}
	return fstat(from, &st) ? -1 : futimens(to, (struct timespec[]){st.st_atim, st.st_mtim});
}

static int copy_file(const char *from, const char *to, struct err *err)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return err_set(err, "cannot read `%s`: %s", from, err_reason(errno));
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	int bad = out < 0 || copy_bytes(in, out), why = errno;
	if (out >= 0 && close(out) && !bad) {
		bad = 1;
		why = errno;
	}
	close(in);
	return bad ? err_set(err, "cannot write `%s`: %s", to, err_reason(why)) : 0;
}

static bool is_as_planned(const struct stage_entry *e, const struct stage_file *f)
{
	return e && !e->unmerged && e->mode == f->mode && object_id_is(&e->id, &f->id);
}

static int check(const struct stage_entries *entries, const struct stage_plans *plans, struct err *err)
{
	for (size_t i = 0; i < plans->nr; i++) {
		const struct stage_file *f = plans->v[i].file;
		if (!is_as_planned(stage_entries_find(entries, f->path), f))
			return err_set(err, "`%.800s` was staged anew meanwhile; nothing is changed", f->path);
	}
	return 0;
}

static int set_texts(const struct git *g, struct arena *a, const struct stage_plans *plans, struct err *err)
{
	struct buf lines = {0};
	struct str said;
	for (size_t i = 0; i < plans->nr; i++) {
		const struct stage_file *f = plans->v[i].file;
		buf_printf(&lines, "%o %s\t%s", f->mode, plans->v[i].id.hex, f->path);
		buf_addc(&lines, '\0');
	}
	int bad = git_run(g, a, GIT("update-index", "-z", "--index-info"), buf_str(&lines), &said, err);
	buf_release(&lines);
	return bad;
}

/* An entry that is set anew has lost its flags. */
static int set_flag(const struct git *g, struct arena *a, const char *option, const struct stage_entries *before,
                    const struct stage_plans *plans, bool (*has)(const struct stage_entry *e), struct err *err)
{
	struct buf paths = {0};
	struct str said;
	for (size_t i = 0; i < plans->nr; i++) {
		const char *path = plans->v[i].file->path;
		if (has(stage_entries_find(before, path)))
			buf_add(&paths, (struct str){path, strlen(path) + 1});
	}
	int bad = paths.n ? git_run(g, a, GIT("update-index", "-z", option, "--stdin"), buf_str(&paths), &said, err) : 0;
	buf_release(&paths);
	return bad;
}

static bool is_assumed(const struct stage_entry *e)
{
	return e->assumed;
}

static bool is_skipped(const struct stage_entry *e)
{
	return e->skipped;
}

static bool has_shared_index(struct arena *a, const char *git_dir)
{
	struct file_names names = {0};
	enum file_kind kind;
	file_names_in(a, NULL, git_dir, &names, &kind, NULL);
	for (size_t i = 0; i < names.nr; i++)
		if (str_starts(str_of(names.v[i]), STR("sharedindex.")))
			return true;
	return false;
}

void stage_index_refresh(struct arena *a, const struct stage_place *p, const char *copy)
{
	struct git g = stage_git(a, p, copy);
	struct str said;
	/* git would write such an index anew, in one piece. */
	if (!has_shared_index(a, p->git_dir))
		git_run(&g, a, GIT("update-index", "-q", "--refresh"), STR(""), &said, NULL);
}

int stage_index_copy(struct arena *a, const struct stage_place *p, const char *index, const char *copy,
                     const struct stage_plans *plans, struct err *err)
{
	struct git g = stage_git(a, p, copy);
	struct stage_entries entries;
	if (copy_file(index, copy, err) || stage_entries_read(a, &g, &entries, err) || check(&entries, plans, err) ||
	    set_texts(&g, a, plans, err) || set_flag(&g, a, "--assume-unchanged", &entries, plans, is_assumed, err) ||
	    set_flag(&g, a, "--skip-worktree", &entries, plans, is_skipped, err))
		return -1;
	return 0;
}
