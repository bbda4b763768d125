#include "core/source/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/message.h"
#include "core/source/paths.h"
#include "core/source/repo.h"

enum { MAX_DEPTH = 64, SHOWN_PATH = 800 };

struct walk {
	struct arena *a;
	const struct repo *repo;
	const char *top; /* links may not lead out of it */
	walk_wanted *wanted;
	void *context;
	struct walk_paths *out;
	struct buf path; /* of what is looked at; `real` is the same place as git knows it */
	struct buf real;
	struct err *err;
	bool failed;
};

static void report(struct walk *w, const char *why)
{
	if (!w->failed)
		err_set(w->err, "%.*s: %s", SHOWN_PATH, w->path.p, _(why));
	w->failed = true;
}

static void append(struct buf *path, const char *name)
{
	if (path->n > 0 && path->p[path->n - 1] != '/')
		buf_addc(path, '/');
	buf_addz(path, name);
}

static void cut(struct buf *path, size_t n)
{
	if (!path->p)
		return;
	path->n = n;
	path->p[n] = 0;
}

static bool is_ignored(const struct walk *w, bool is_folder)
{
	return w->repo && repo_ignores(w->repo, w->real.p, is_folder);
}

/* Not every file system tells the type of a name. */
static bool is_folder(int dir, const struct dirent *d)
{
	struct stat st;
	if (d->d_type != DT_UNKNOWN)
		return d->d_type == DT_DIR;
	return fstatat(dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static bool leads_to_folder(int dir, const struct dirent *d)
{
	struct stat st;
	if (d->d_type != DT_UNKNOWN && d->d_type != DT_LNK)
		return false;
	return fstatat(dir, d->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

static void keep(struct walk *w)
{
	struct walk_paths *out = w->out;
	out->path = arena_grow(w->a, out->path, out->nr, &out->cap, sizeof(*out->path));
	out->path[out->nr++] = arena_str(w->a, buf_str(&w->path)).p;
}

static bool is_link(int dir, const struct dirent *d)
{
	struct stat st;
	if (d->d_type != DT_UNKNOWN)
		return d->d_type == DT_LNK;
	return fstatat(dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode);
}

static bool leads_out(const struct walk *w, int dir, const struct dirent *d)
{
	const char *real = w->top && is_link(dir, d) ? path_real(w->a, w->path.p) : NULL;
	return real && !path_below(w->top, real);
}

/* The costly questions come last. */
static void visit_file(struct walk *w, int dir, const struct dirent *d)
{
	if (!w->wanted(w->context, w->path.p, d->d_name) || leads_to_folder(dir, d) || is_ignored(w, false))
		return;
	if (leads_out(w, dir, d))
		report(w, N_("a link that leads out of the work tree"));
	else
		keep(w);
}

static bool is_skipped(const char *name)
{
	static const char *const names[] = {".", "..", ".git", "node_modules"};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void visit_folder(struct walk *w, int parent, const char *name, int depth);

static void visit(struct walk *w, int dir, const struct dirent *d, int depth)
{
	size_t path_n = w->path.n, real_n = w->real.n;
	bool folder = is_folder(dir, d);
	if (folder && is_skipped(d->d_name))
		return;
	append(&w->path, d->d_name);
	if (w->repo)
		append(&w->real, d->d_name);
	if (!folder)
		visit_file(w, dir, d);
	else if (!is_ignored(w, true))
		visit_folder(w, dir, d->d_name, depth);
	cut(&w->path, path_n);
	cut(&w->real, real_n);
}

static void visit_names(struct walk *w, DIR *dir, int depth)
{
	for (;;) {
		errno = 0;
		const struct dirent *d = readdir(dir);
		if (!d)
			break;
		visit(w, dirfd(dir), d, depth);
	}
	if (errno != 0)
		report(w, err_reason(errno));
}

/* O_NOFOLLOW: what was a folder a moment ago may be a link now. At the root, a link is what was asked for. */
static void visit_folder(struct walk *w, int parent, const char *name, int depth)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC | (depth > 0 ? O_NOFOLLOW : 0);
	if (depth > MAX_DEPTH) {
		report(w, N_("folders are nested too deep"));
		return;
	}
	int fd = openat(parent, name, flags);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		report(w, err_reason(errno));
		if (fd >= 0)
			close(fd);
		return;
	}
	visit_names(w, dir, depth + 1);
	closedir(dir);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Who names an ignored folder wants what is in it. */
static void apply_ignores(struct walk *w, const char *root, const struct repo *repo)
{
	const char *real = path_real(w->a, root);
	bool inside = real && repo && path_below(repo_root(repo), real);
	w->top = inside ? repo_root(repo) : real;
	if (!inside || repo_ignores(repo, real, true))
		return;
	w->repo = repo;
	buf_addz(&w->real, real);
}

int walk_folder(struct arena *a, const char *root, const struct repo *repo, walk_wanted *wanted, void *context,
                struct walk_paths *out, struct err *err)
{
	struct walk w = {.a = a, .wanted = wanted, .context = context, .out = out, .err = err};
	size_t before = out->nr;
	buf_addz(&w.path, root);
	apply_ignores(&w, root, repo);
	visit_folder(&w, AT_FDCWD, root, 0);
	if (out->nr > before)
		qsort(out->path + before, out->nr - before, sizeof(*out->path), by_bytes);
	buf_release(&w.path);
	buf_release(&w.real);
	return w.failed ? -1 : 0;
}
