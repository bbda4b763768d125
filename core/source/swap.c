#include "core/source/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/base/alloc.h"
#include "core/base/message.h"
#include "core/source/draft.h"
#include "core/source/paths.h"
#include "core/source/source.h"

/* What a swap has open. */
struct place {
	const struct swap *swap;
	const char *name;
	int folder, file; /* -1: not open */
	bool leased;      /* we shall know of writers */
	struct draft draft;
	char shown[800]; /* of the path in a message, so that the reason behind it still fits */
	struct err *err;
};

/* ---- opening ---- */

static enum swap_outcome refuse(const struct place *p, const char *why)
{
	err_set(p->err, "cannot write `%s`: %s", p->shown, _(why));
	return SWAP_REFUSED;
}

static enum swap_outcome fail(const struct place *p)
{
	err_set(p->err, "cannot write `%s`: %s", p->shown, err_reason(errno));
	return SWAP_FAILED;
}

static enum swap_outcome changed(const struct place *p)
{
	err_set(p->err, "`%s` was changed meanwhile; it is left as it is", p->shown);
	return SWAP_CHANGED;
}

/* Way down from the root without following a link: nobody can put one there after the path was resolved. -1 with errno. */
static int open_folder(const char *path)
{
	char *way = xstrdup(path), *name = way + 1, *slash;
	int fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	while (fd >= 0 && (slash = strchr(name, '/'))) {
		*slash = '\0';
		int next = openat(fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), why = errno;
		close(fd);
		errno = why;
		fd = next;
		name = slash + 1;
	}
	free(way);
	/* Only a folder that can be read can be synced. */
	int readable = fd < 0 ? -1 : openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (readable < 0)
		return fd;
	close(fd);
	return readable;
}

static enum swap_outcome open_place(struct place *p)
{
	struct stat st;
	const struct swap *s = p->swap;
	p->name = path_name(s->path);
	const char *below = path_below(s->root, s->path);
	if (!below)
		return refuse(p, N_("it lies outside of the repository"));
	if (strncmp(below, ".git/", 5) == 0 || strstr(below, "/.git/"))
		return refuse(p, N_("it is git's own"));
	p->folder = open_folder(s->path);
	if (p->folder < 0)
		return fail(p);
	if (fstatat(p->folder, p->name, &st, AT_SYMLINK_NOFOLLOW))
		return fail(p);
	if (S_ISLNK(st.st_mode))
		return refuse(p, N_("it is a symbolic link"));
	if (!S_ISREG(st.st_mode))
		return refuse(p, N_("it is no regular file"));
	if (st.st_nlink > 1)
		return refuse(p, N_("it has other names (hard links), which would keep the old text"));
	if (st.st_uid != geteuid() && geteuid() != 0)
		return refuse(p, N_("it belongs to somebody else, and would become yours"));
	/* Who may not write a file may not replace it either. */
	if (faccessat(p->folder, p->name, W_OK, AT_EACCESS) || faccessat(p->folder, ".", W_OK, AT_EACCESS)) {
		fail(p);
		return SWAP_REFUSED;
	}
	p->file = openat(p->folder, p->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	return p->file < 0 ? fail(p) : SWAP_DONE;
}

static void close_place(struct place *p)
{
	if (p->file >= 0)
		close(p->file);
	if (p->folder >= 0)
		close(p->folder);
}

/* ---- comparing ---- */

/* Does the file hold exactly this text? Also no where it cannot be read. */
static bool holds(int fd, struct str text)
{
	char chunk[16384];
	size_t at = 0;
	for (;;) {
		ssize_t n = pread(fd, chunk, sizeof(chunk), (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 && at == text.n;
		if ((size_t)n > text.n - at || memcmp(text.p + at, chunk, (size_t)n) != 0)
			return false;
		at += (size_t)n;
	}
}

static bool name_holds(const struct place *p, const char *name, struct str text)
{
	int fd = openat(p->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool yes = fd >= 0 && holds(fd, text);
	if (fd >= 0)
		close(fd);
	return yes;
}

/* ---- writers that have the file open ---- */

/* There EAGAIN may only say that the server has not lent the file out, or never does; who else writes it cannot be told. */
static bool is_on_server(int fd)
{
	static const uint32_t kinds[] = {NFS_SUPER_MAGIC, CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC, SMB_SUPER_MAGIC};
	struct statfs fs;
	if (fstatfs(fd, &fs))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if ((uint32_t)fs.f_type == kinds[i])
			return true;
	return false;
}

/*
 * A read lease can be had while nobody has the file open for writing; who opens it then waits, and we can see that.
 * False: somebody is writing now. Where there are no leases, we go without.
 */
static bool take_lease(struct place *p)
{
	/* A lease that is broken sends SIGIO, which kills; SIGURG does nothing. */
	p->leased = fcntl(p->file, F_SETSIG, SIGURG) == 0 && fcntl(p->file, F_SETLEASE, F_RDLCK) == 0;
	return p->leased || errno != EAGAIN || is_on_server(p->file);
}

/* Is somebody waiting to write? */
static bool lease_is_broken(const struct place *p)
{
	return p->leased && fcntl(p->file, F_GETLEASE) != F_RDLCK;
}

/* ---- swapping ---- */

/*
 * What was at the place is not what was compared: it goes back. Who saves in this very moment has replaced our text, and then
 * that save stays. False: the draft's name holds a text of somebody else.
 */
static bool put_back(const struct place *p)
{
	if (draft_exchange(&p->draft, p->name))
		return false;
	if (name_holds(p, p->draft.name, p->swap->after))
		return true;
	draft_exchange(&p->draft, p->name);
	return false;
}

static enum swap_outcome give_back(const struct place *p)
{
	if (put_back(p)) {
		draft_drop(&p->draft);
		return changed(p);
	}
	err_set(p->err, "`%s` was changed meanwhile; a text that was there is in `%s` beside it", p->shown, p->draft.name);
	return SWAP_CHANGED;
}

static enum swap_outcome fail_and_drop(const struct place *p)
{
	int why = errno;
	draft_drop(&p->draft);
	errno = why;
	return fail(p);
}

static bool is_unchanged(const struct place *p)
{
	return !lease_is_broken(p) && name_holds(p, p->name, p->swap->before);
}

/* Where the file system cannot exchange: a moment is left in which somebody could save. */
static enum swap_outcome rename_over(const struct place *p)
{
	if (is_unchanged(p))
		return draft_rename(&p->draft, p->name) ? fail(p) : SWAP_DONE;
	draft_drop(&p->draft);
	return changed(p);
}

static enum swap_outcome exchange(const struct place *p)
{
	if (!is_unchanged(p)) {
		draft_drop(&p->draft);
		return changed(p);
	}
	if (draft_exchange(&p->draft, p->name)) {
		if (errno != EINVAL && errno != ENOSYS)
			return fail_and_drop(p);
		return rename_over(p);
	}
	if (lease_is_broken(p) || !name_holds(p, p->draft.name, p->swap->before))
		return give_back(p);
	draft_drop(&p->draft);
	fsync(p->folder);
	return SWAP_DONE;
}

static enum swap_outcome swap_in(struct place *p)
{
	if (holds(p->file, p->swap->after))
		return SWAP_DONE;
	if (!take_lease(p) || !holds(p->file, p->swap->before))
		return changed(p);
	if (draft_write(&p->draft, p->folder, p->file, p->swap->after))
		return fail(p);
	enum swap_outcome outcome = exchange(p);
	/* Another run did the same. */
	if (outcome == SWAP_CHANGED && name_holds(p, p->name, p->swap->after))
		return SWAP_DONE;
	return outcome;
}

static enum swap_outcome begin(struct place *p, const struct swap *s, struct err *err)
{
	*p = (struct place){.swap = s, .folder = -1, .file = -1, .err = err};
	snprintf(p->shown, sizeof(p->shown), "%s", s->shown);
	return open_place(p);
}

enum swap_outcome swap_text(const struct swap *s, struct err *err)
{
	struct place p;
	enum swap_outcome outcome = begin(&p, s, err);
	if (outcome == SWAP_DONE)
		outcome = swap_in(&p);
	close_place(&p);
	return outcome;
}

enum swap_outcome swap_read(struct arena *a, const struct swap *s, struct str *text, struct err *err)
{
	struct place p;
	struct source read;
	enum swap_outcome outcome = begin(&p, s, err);
	if (outcome == SWAP_DONE && source_read_stream(a, p.file, UINT64_MAX, &read, NULL))
		outcome = fail(&p);
	else if (outcome == SWAP_DONE && read.size > read.text.n)
		outcome = refuse(&p, N_("it is too large"));
	else if (outcome == SWAP_DONE)
		*text = read.text;
	close_place(&p);
	return outcome;
}
