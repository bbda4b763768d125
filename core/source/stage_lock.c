#include "core/source/stage_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "core/source/draft.h"
#include "core/source/paths.h"

/* ---- whose ---- */

enum { MOST_MARK = 128 };

/* The beginning of a file, with a NUL; "" where it cannot be read. */
static struct str read_start(const char *path, char *to, size_t most)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, to, most - 1);
	if (fd >= 0)
		close(fd);
	to[n < 0 ? 0 : n] = '\0';
	return (struct str){to, n < 0 ? 0 : (size_t)n};
}

/* Another value after each start of the machine. */
static struct str boot_id(char *to, size_t most)
{
	struct str id = str_trim(read_start("/proc/sys/kernel/random/boot_id", to, most));
	return id.n ? id : STR("-");
}

struct str stage_mark(struct arena *a)
{
	char id[MOST_MARK];
	return arena_printf(a, "sdi %ld %.*s\n", (long)getpid(), STR_ARG(boot_id(id, sizeof(id))));
}

bool stage_process_runs(long process)
{
	return kill((pid_t)process, 0) == 0 || errno != ESRCH;
}

enum stage_owner stage_owner_of(struct str text)
{
	char line[MOST_MARK], boot[MOST_MARK], id[MOST_MARK];
	long process;
	int end = 0;
	text = str_slice(text, 0, str_find_byte(text, 0, '\n'));
	snprintf(line, sizeof(line), "%.*s", (int)(text.n < sizeof(line) ? text.n : sizeof(line) - 1), text.p);
	if (sscanf(line, "sdi %ld %127s%n", &process, boot, &end) != 2 || (size_t)end != text.n || process <= 0)
		return OWNER_OTHER;
	bool same_boot = str_eqz(boot_id(id, sizeof(id)), boot);
	return same_boot && stage_process_runs(process) ? OWNER_RUNS : OWNER_GONE;
}

enum stage_owner stage_owner_at(const char *path)
{
	char start[MOST_MARK];
	return stage_owner_of(read_start(path, start, sizeof(start)));
}

long stage_draft_process(const char *name)
{
	long process;
	unsigned turn;
	int end = 0;
	bool is_draft = sscanf(name, ".sdi-%ld-%u.tmp%n", &process, &turn, &end) == 2 && end && !name[end];
	return is_draft && process > 0 ? process : 0;
}

/* ---- locking ---- */

static int say_locked(const char *lock, struct err *err)
{
	if (stage_owner_at(lock) == OWNER_GONE)
		return err_set(err, "a run that was killed has left `%s`; `sdi fix --recover` takes it away", lock);
	return err_set(err, "another program is at work on the index: `%s` is there; nothing is changed", lock);
}

int stage_lock(struct arena *a, const char *file, struct err *err)
{
	struct draft draft;
	const char *lock = arena_printf(a, "%s.lock", file).p;
	int folder = open(path_folder(a, lock), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* It is there with what it says, or not at all. */
	int bad = folder < 0 || draft_write(&draft, folder, -1, stage_mark(a)) || draft_rename_new(&draft, path_name(lock));
	int why = errno;
	if (folder >= 0)
		close(folder);
	if (!bad)
		return 0;
	return why == EEXIST ? say_locked(lock, err) : err_set(err, "cannot write `%s`: %s", lock, err_reason(why));
}

void stage_unlock(struct arena *a, const char *file)
{
	unlinkat(AT_FDCWD, arena_printf(a, "%s.lock", file).p, 0);
}
