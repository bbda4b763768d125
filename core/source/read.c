#include "core/source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/message.h"

/* Of a path in a message, so that the reason behind it still fits. */
enum { SHOWN_PATH = 800 };
enum { FIRST_CHUNK = 65536, LARGEST_TEXT = INT32_MAX - 1 };

static int fail(struct err *err, const char *path, const char *why)
{
	return err_set(err, "%.*s: %s", SHOWN_PATH, path, _(why));
}

static const char *kind_of(mode_t mode)
{
	static const struct {
		mode_t type;
		const char *what;
	} kinds[] = {
		{S_IFDIR, N_("is a folder")},
		{S_IFIFO, N_("is a FIFO, not a file")},
		{S_IFSOCK, N_("is a socket, not a file")},
		{S_IFCHR, N_("is a device, not a file")},
		{S_IFBLK, N_("is a device, not a file")},
	};
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if ((mode & S_IFMT) == kinds[i].type)
			return kinds[i].what;
	return N_("is not a regular file");
}

/* Room for `bytes` more and a NUL. */
static void reserve(struct buf *b, size_t bytes)
{
	if (b->cap - b->n > bytes)
		return;
	size_t cap = b->cap * 2 > b->n + bytes + 1 ? b->cap * 2 : b->n + bytes + 1;
	b->p = xrealloc(b->p, cap);
	b->cap = cap;
}

/* Only a stream is waited for: whoever shares standard input may have made it non-blocking. */
static bool again(int fd, enum source_origin origin)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	if (errno == EINTR)
		return true;
	if (errno != EAGAIN || origin != SOURCE_STDIN)
		return false;
	return poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

static ssize_t read_some(int fd, enum source_origin origin, char *to, size_t bytes)
{
	ssize_t got;
	do
		got = read(fd, to, bytes);
	while (got < 0 && again(fd, origin));
	return got;
}

/* All bytes up to the end, but no more than one above the limit: that one tells that there is more. */
static int read_all(int fd, enum source_origin origin, size_t expected, size_t limit, struct buf *b)
{
	reserve(b, expected + 1);
	while (b->n <= limit) {
		size_t room = b->cap - b->n - 1;
		if (room > limit + 1 - b->n)
			room = limit + 1 - b->n;
		ssize_t got = read_some(fd, origin, b->p + b->n, room);
		if (got <= 0)
			return (int)got;
		b->n += (size_t)got;
		if (b->cap - b->n < 2)
			reserve(b, FIRST_CHUNK);
	}
	return 0;
}

static void fill(struct arena *a, struct source *out, struct str text, uint64_t size, enum source_origin origin)
{
	out->text = text;
	out->size = size;
	out->lines = lines_of(a, text);
	out->origin = origin;
}

static size_t sane_limit(uint64_t limit)
{
	return limit < LARGEST_TEXT ? (size_t)limit : LARGEST_TEXT;
}

/* The size is what was found, when it turns out to be more than the limit. */
static int read_text(struct arena *a, int fd, size_t expected, size_t limit, enum source_origin origin,
                     struct source *out)
{
	struct buf b = {0};
	int rc = read_all(fd, origin, expected, limit, &b);
	int why = errno;
	if (rc == 0)
		fill(a, out, b.n > limit ? STR("") : arena_str(a, buf_str(&b)), b.n, origin);
	buf_release(&b);
	errno = why;
	return rc;
}

/* A file that is as long as it says is read to where it stays. */
static int read_exact(struct arena *a, int fd, size_t expected, size_t limit, struct source *out)
{
	char *text = arena_raw(a, expected + 1);
	size_t n = 0;
	ssize_t got;
	while ((got = read_some(fd, SOURCE_WORKTREE, text + n, expected + 1 - n)) > 0 && (n += (size_t)got) <= expected)
		;
	if (got < 0)
		return -1;
	if (n > expected)
		return lseek(fd, 0, SEEK_SET) < 0 ? -1 : read_text(a, fd, 2 * n, limit, SOURCE_WORKTREE, out);
	text[n] = 0;
	fill(a, out, (struct str){text, n}, n, SOURCE_WORKTREE);
	return 0;
}

static int read_open_file(struct arena *a, int fd, const char *path, size_t limit, struct source *out, struct err *err)
{
	struct stat st;
	if (fstat(fd, &st) < 0)
		return fail(err, path, err_reason(errno));
	if (!S_ISREG(st.st_mode))
		return fail(err, path, kind_of(st.st_mode));
	if ((uint64_t)st.st_size > limit) {
		fill(a, out, STR(""), (uint64_t)st.st_size, SOURCE_WORKTREE);
		return 0;
	}
	if (read_exact(a, fd, (size_t)st.st_size, limit, out) < 0)
		return fail(err, path, err_reason(errno));
	return 0;
}

int source_read_file(struct arena *a, const char *path, uint64_t limit, struct source *out, struct err *err)
{
	/* O_NONBLOCK: opening a FIFO must not wait for a writer. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail(err, path, err_reason(errno));
	int rc = read_open_file(a, fd, path, sane_limit(limit), out, err);
	close(fd);
	return rc;
}

void source_take(struct arena *a, struct str text, uint64_t limit, struct source *out)
{
	fill(a, out, text.n > sane_limit(limit) ? STR("") : text, text.n, SOURCE_STDIN);
}

int source_read_stream(struct arena *a, int fd, uint64_t limit, struct source *out, struct err *err)
{
	if (read_text(a, fd, FIRST_CHUNK, sane_limit(limit), SOURCE_STDIN, out) < 0)
		return err_set(err, "cannot read the input: %s", err_reason(errno));
	return 0;
}
