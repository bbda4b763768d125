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

/* What /proc says of a process: its state, and since when it runs. */
struct process {
	char state; /* 0: nothing is said */
	unsigned long long start;
};

/* "PID (name) STATE …", where the name may hold anything; the start is the 22nd word. */
static struct process look_at(long process)
{
	enum { WORDS_BEFORE_START = 18 };
	char path[64], text[1024];
	struct process p = {0};
	snprintf(path, sizeof(path), "/proc/%ld/stat", process);
	read_start(path, text, sizeof(text));
	const char *at = strrchr(text, ')');
	if (!at || sscanf(at, ") %c", &p.state) != 1)
		return p;
	at += 3;
	for (size_t i = 0; at && i < WORDS_BEFORE_START; i++)
		at = strchr(at + 1, ' ');
	if (at)
		sscanf(at, " %llu", &p.start);
	return p;
}

struct str stage_mark(struct arena *a)
{
	char id[MOST_MARK];
	long process = (long)getpid();
	return arena_printf(a, "sdi %ld %.*s %llu\n", process, STR_ARG(boot_id(id, sizeof(id))), look_at(process).start);
}

/* One that has ended and was not asked for yet runs no more. */
bool stage_process_runs(long process)
{
	char state = look_at(process).state;
	return state != 'Z' && state != 'X' && (kill((pid_t)process, 0) == 0 || errno != ESRCH);
}

/* Numbers of processes come again. */
static bool is_same_process(long process, unsigned long long start)
{
	struct process now = look_at(process);
	return stage_process_runs(process) && (!start || !now.state || now.start == start);
}

enum stage_owner stage_owner_of(struct str text)
{
	char line[MOST_MARK], boot[MOST_MARK], id[MOST_MARK];
	long process;
	unsigned long long start;
	int end = 0;
	text = str_slice(text, 0, str_find_byte(text, 0, '\n'));
	snprintf(line, sizeof(line), "%.*s", (int)(text.n < sizeof(line) ? text.n : sizeof(line) - 1), text.p);
	if (sscanf(line, "sdi %ld %127s %llu%n", &process, boot, &start, &end) != 3 || (size_t)end != text.n ||
	    process <= 0)
		return OWNER_OTHER;
	bool same_boot = str_eqz(boot_id(id, sizeof(id)), boot);
	return same_boot && is_same_process(process, start) ? OWNER_RUNS : OWNER_GONE;
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

bool stage_is_locked(struct arena *a, const char *file)
{
	char start[MOST_MARK];
	return str_eq(read_start(arena_printf(a, "%s.lock", file).p, start, sizeof(start)), stage_mark(a));
}

void stage_unlock(struct arena *a, const char *file)
{
	if (stage_is_locked(a, file))
		unlinkat(AT_FDCWD, arena_printf(a, "%s.lock", file).p, 0);
}
