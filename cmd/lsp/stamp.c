#include "cmd/lsp/stamp.h"

#include <sys/stat.h>
#include <time.h>

static const int64_t second = 1000000000;

static int64_t nanoseconds(struct timespec t)
{
	return t.tv_sec * second + t.tv_nsec;
}

static int64_t now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return nanoseconds(t);
}

/* Times of content can be set at will; those of inodes cannot. */
static struct stamp look(const char *path)
{
	struct stat st;
	if (stat(path, &st))
		return (struct stamp){.path = path};
	return (struct stamp){path, nanoseconds(st.st_ctim), st.st_size, st.st_ino};
}

void stamps_begin(struct stamps *s)
{
	*s = (struct stamps){.began = now()};
	s->looked = s->began;
}

void stamps_add(struct stamps *s, struct arena *a, const char *path)
{
	s->v = arena_grow(a, s->v, s->nr, &s->cap, sizeof(*s->v));
	s->v[s->nr++] = look(path);
}

/* What changed after the beginning may have been read before that. */
static bool holds(const struct stamps *s, const struct stamp *old)
{
	struct stamp is = look(old->path);
	return old->changed < s->began && is.changed == old->changed && is.size == old->size && is.inode == old->inode;
}

/* Wherever it is, a day begins with a quarter of an hour. */
static bool may_be_another_day(int64_t then, int64_t is)
{
	const int64_t quarter = 900 * second;
	return then / quarter != is / quarter;
}

bool stamps_hold(struct stamps *s)
{
	int64_t is = now();
	if (is >= s->looked && is - s->looked < second)
		return true;
	s->looked = is;
	if (may_be_another_day(s->began, is))
		return false;
	for (size_t i = 0; i < s->nr; i++)
		if (!holds(s, &s->v[i]))
			return false;
	return true;
}
