#include "core/source/files.h"

#include <dirent.h>
#include <errno.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "core/source/paths.h"

/* Not in <linux/magic.h>. */
#define ZFS_SUPER_MAGIC 0x2fc12fc1
#define BCACHEFS_SUPER_MAGIC 0xca451a4e

enum { MOST_LINKS = 40, LONGEST_LINK = 4096 };

struct snapshot {
	struct history *history;
	const char *root;
	struct tracked_list files;
};

const struct snapshot *snapshot_take(struct arena *a, struct history *h, const struct moment *at, struct err *err)
{
	struct snapshot *s = arena_new(a, struct snapshot);
	*s = (struct snapshot){.history = h, .root = arena_strdup(a, history_root(h))};
	return history_list(h, a, at, &s->files, err) ? NULL : s;
}

const char *snapshot_root(const struct snapshot *s)
{
	return s->root;
}

const struct tracked_list *snapshot_files(const struct snapshot *s)
{
	return &s->files;
}

/* ---- finding ---- */

/* The first entry whose path is not less. */
static size_t find_place(const struct snapshot *s, const char *path)
{
	size_t from = 0, to = s->files.nr;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (strcmp(s->files.v[middle].path, path) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static const struct tracked *find_entry(const struct snapshot *s, const char *relative)
{
	size_t i = find_place(s, relative);
	return i < s->files.nr && strcmp(s->files.v[i].path, relative) == 0 ? &s->files.v[i] : NULL;
}

/* The first entry below a folder; s->files.nr for none. */
static size_t find_below(const struct snapshot *s, const char *relative)
{
	struct arena scratch = {0};
	struct str prefix = strcmp(relative, ".") == 0 ? STR("") : arena_printf(&scratch, "%s/", relative);
	size_t i = find_place(s, prefix.p);
	bool any = i < s->files.nr && strncmp(s->files.v[i].path, prefix.p, prefix.n) == 0;
	arena_release(&scratch);
	return any ? i : s->files.nr;
}

static enum file_kind kind_of_mode(unsigned mode)
{
	return mode_is_regular(mode) ? FILE_REGULAR : mode == MODE_LINK ? FILE_LINK : FILE_OTHER;
}

static enum file_kind kind_in(const struct snapshot *s, const char *relative)
{
	const struct tracked *e = find_entry(s, relative);
	if (e)
		return kind_of_mode(e->mode);
	return strcmp(relative, ".") == 0 || find_below(s, relative) < s->files.nr ? FILE_FOLDER : FILE_NONE;
}

static enum file_kind kind_on_disk(const char *path)
{
	struct stat st;
	if (lstat(path, &st))
		return FILE_NONE;
	return S_ISREG(st.st_mode)   ? FILE_REGULAR
	       : S_ISDIR(st.st_mode) ? FILE_FOLDER
	       : S_ISLNK(st.st_mode) ? FILE_LINK
	                             : FILE_OTHER;
}

enum file_kind file_kind_of(const struct snapshot *s, const char *path)
{
	const char *relative = s ? path_below(s->root, path) : NULL;
	if (!s)
		return kind_on_disk(path);
	return relative ? kind_in(s, relative) : FILE_NONE;
}

/* ---- links ---- */

/* The first link on the way to `relative`, the last component included; its length in `*n`. */
static const struct tracked *find_link(const struct snapshot *s, struct arena *a, const char *relative, size_t *n)
{
	for (*n = strcspn(relative, "/");; *n += 1 + strcspn(relative + *n + 1, "/")) {
		const struct tracked *e = find_entry(s, arena_str(a, (struct str){relative, *n}).p);
		if (e)
			return e->mode == MODE_LINK ? e : NULL;
		if (!relative[*n])
			return NULL;
	}
}

static const char *follow(struct arena *a, const struct snapshot *s, const struct tracked *link, const char *rest)
{
	struct str target;
	uint64_t size;
	struct err ignored;
	if (history_read(s->history, a, &link->id, LONGEST_LINK, &target, &size, &ignored) || size != target.n)
		return NULL;
	const char *folder = path_folder(a, path_join(a, s->root, link->path));
	return path_clean(a, path_join(a, path_join(a, folder, target.p), *rest == '/' ? rest + 1 : "."));
}

const char *file_real(struct arena *a, const struct snapshot *s, const char *path)
{
	if (!s)
		return path_real(a, path);
	for (unsigned links = 0; path && links < MOST_LINKS; links++) {
		size_t n;
		const char *relative = path_below(s->root, path);
		const struct tracked *link = relative ? find_link(s, a, relative, &n) : NULL;
		if (!link)
			return path;
		path = follow(a, s, link, relative + n);
	}
	return NULL;
}

/* ---- reading ---- */

/* What keeps the texts of a repository elsewhere, and what then stands in their place. */
static const struct {
	struct str first;
	size_t most; /* bytes of such a text */
	const char *name;
} keepers[] = {
	{STR_INIT("version https://git-lfs.github.com/spec/"), 1024, "Git LFS"},
	{STR_INIT("\0GITCRYPT\0"), SIZE_MAX, "git-crypt"},
};

static int check_is_kept(const char *path, struct str text, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(keepers); i++)
		if (text.n <= keepers[i].most && str_starts(text, keepers[i].first))
			return err_set(err, "%.800s: its text is kept by %s, and is not in the repository", path, keepers[i].name);
	return 0;
}

static int read_entry(struct arena *a, const struct snapshot *s, const struct tracked *e, uint64_t limit,
                      struct source *out, struct err *err)
{
	struct err why;
	if (!mode_is_regular(e->mode))
		return err_set(err, "%.800s: is not a regular file", e->path);
	if (history_read(s->history, a, &e->id, limit, &out->text, &out->size, &why))
		return err_set(err, "%.400s: %.500s", e->path, why.text);
	out->lines = lines_of(a, out->text);
	out->origin = SOURCE_SNAPSHOT;
	return check_is_kept(e->path, out->text, err);
}

int file_read(struct arena *a, const struct snapshot *s, const char *path, uint64_t limit, struct source *out,
              struct err *err)
{
	if (!s)
		return source_read_file(a, path, limit, out, err);
	const char *real = file_real(a, s, path), *relative = real ? path_below(s->root, real) : NULL;
	const struct tracked *e = relative ? find_entry(s, relative) : NULL;
	if (e)
		return read_entry(a, s, e, limit, out, err);
	const char *below = path_below(s->root, path);
	return err_set(err, "%.800s: %s", below ? below : path, err_reason(ENOENT));
}

/* ---- folders ---- */

static void add_name(struct arena *a, struct file_names *out, struct str name)
{
	out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = arena_str(a, name).p;
}

static void names_in_snapshot(struct arena *a, const struct snapshot *s, const char *folder, struct file_names *out)
{
	size_t skip = strcmp(folder, ".") == 0 ? 0 : strlen(folder) + 1;
	struct str last = STR("");
	for (size_t i = find_below(s, folder); i < s->files.nr; i++) {
		const char *path = s->files.v[i].path;
		if (skip && (strncmp(path, folder, skip - 1) != 0 || path[skip - 1] != '/'))
			break;
		struct str name = {path + skip, strcspn(path + skip, "/")};
		if (!str_eq(name, last))
			add_name(a, out, name);
		last = name;
	}
}

static int names_on_disk(struct arena *a, const char *path, struct file_names *out, enum file_kind *kind,
                         struct err *err)
{
	DIR *folder = opendir(path);
	*kind = folder ? FILE_FOLDER : FILE_NONE;
	if (!folder)
		return errno == ENOENT ? 0 : err_set(err, "%.800s: %s", path, err_reason(errno));
	for (const struct dirent *e; (e = readdir(folder));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			add_name(a, out, str_of(e->d_name));
	closedir(folder);
	return 0;
}

int file_names_in(struct arena *a, const struct snapshot *s, const char *folder, struct file_names *out,
                  enum file_kind *kind, struct err *err)
{
	if (!s)
		return names_on_disk(a, folder, out, kind, err);
	const char *real = file_real(a, s, folder), *relative = real ? path_below(s->root, real) : NULL;
	*kind = relative ? kind_in(s, relative) : FILE_NONE;
	if (*kind == FILE_FOLDER)
		names_in_snapshot(a, s, relative, out);
	else if (*kind != FILE_NONE)
		return err_set(err, "%.800s: %s", folder, err_reason(ENOTDIR));
	return 0;
}

/* ---- identities ---- */

bool files_are_timed(const char *folder)
{
	static const unsigned long timed[] = {EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC,     XFS_SUPER_MAGIC,
	                                      TMPFS_MAGIC,      OVERLAYFS_SUPER_MAGIC, F2FS_SUPER_MAGIC,
	                                      ZFS_SUPER_MAGIC,  BCACHEFS_SUPER_MAGIC,  NFS_SUPER_MAGIC};
	struct statfs fs;
	if (statfs(folder, &fs))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(timed); i++)
		if ((unsigned long)fs.f_type == timed[i])
			return true;
	return false;
}

/* Coarser than the times of any file system. */
enum { SETTLED = 3 };

static bool identify_entry(const struct snapshot *s, const char *path, struct file_identity *out)
{
	const char *relative = path_below(s->root, path);
	const struct tracked *entry = relative ? find_entry(s, relative) : NULL;
	if (!entry || !mode_is_regular(entry->mode))
		return false;
	out->n = strlen(entry->id.hex);
	memcpy(out->text, entry->id.hex, out->n);
	return true;
}

static void add_value(struct file_identity *out, uint64_t value)
{
	memcpy(out->text + out->n, &value, sizeof(value));
	out->n += sizeof(value);
}

bool file_identify(const struct snapshot *s, const char *path, int64_t now, struct file_identity *out)
{
	struct stat st;
	*out = (struct file_identity){.n = 0};
	if (s)
		return identify_entry(s, path, out);
	if (stat(path, &st) || !S_ISREG(st.st_mode) || st.st_mtim.tv_sec > now - SETTLED ||
	    st.st_ctim.tv_sec > now - SETTLED || !st.st_ctim.tv_nsec)
		return false;
	const uint64_t value[] = {st.st_dev,
	                          st.st_ino,
	                          (uint64_t)st.st_size,
	                          st.st_mode,
	                          (uint64_t)st.st_mtim.tv_sec,
	                          (uint64_t)st.st_mtim.tv_nsec,
	                          (uint64_t)st.st_ctim.tv_sec,
	                          (uint64_t)st.st_ctim.tv_nsec};
	for (size_t i = 0; i < ARRAY_SIZE(value); i++)
		add_value(out, value[i]);
	return true;
}
