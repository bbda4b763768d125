#include "core/source/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/arena.h"

enum { CHUNK = 65536 };

/* Ends of pipes: ours, and the child's. -1: not open. */
struct pipes {
	int in[2], out[2], err[2];
};

static const struct pipes closed = {{-1, -1}, {-1, -1}, {-1, -1}};

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void shut_all(struct pipes *p)
{
	for (size_t i = 0; i < 2; i++) {
		shut(&p->in[i]);
		shut(&p->out[i]);
		shut(&p->err[i]);
	}
}

/* A socket for its input: writing to who has gone is then an error and no signal. */
static int open_all(struct pipes *p, bool hear)
{
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, p->in) || pipe2(p->out, O_CLOEXEC) ||
	               (hear && pipe2(p->err, O_CLOEXEC))
	           ? -1
	           : 0;
}

static const char *path_of(const char *const *env)
{
	while (*env && strncmp(*env, "PATH=", 5) != 0)
		env++;
	return *env ? *env + 5 : "";
}

static bool is_program(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* Relative folders of the path are left out: what lies in them can be anybody's. NULL: there is none. */
static const char *find_program(struct arena *a, const struct spawn *s)
{
	struct str path = str_of(path_of(s->env)), folder;
	if (strchr(s->argv[0], '/'))
		return s->argv[0];
	while (str_split(&path, ':', &folder)) {
		const char *program = arena_printf(a, "%.*s/%s", STR_ARG(folder), s->argv[0]).p;
		if (*program == '/' && folder.n && is_program(program))
			return program;
	}
	return NULL;
}

/* An errno. */
static int start(const struct spawn *s, const char *program, const struct pipes *p, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	int why = posix_spawn_file_actions_init(&files);
	if (why)
		return why;
	why = posix_spawn_file_actions_addchdir_np(&files, s->folder);
	if (!why)
		why = posix_spawn_file_actions_adddup2(&files, p->in[0], STDIN_FILENO);
	if (!why)
		why = posix_spawn_file_actions_adddup2(&files, p->out[1], STDOUT_FILENO);
	if (!why && p->err[1] >= 0)
		why = posix_spawn_file_actions_adddup2(&files, p->err[1], STDERR_FILENO);
	else if (!why)
		why = posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	/* Neither list is written to; POSIX only has no way to say so. */
	if (!why)
		why = posix_spawn(pid, program, &files, NULL, (char *const *)(const void *)s->argv,
		                  (char *const *)(const void *)s->env);
	posix_spawn_file_actions_destroy(&files);
	return why;
}

static int begin(const struct spawn *s, struct pipes *p, bool hear, pid_t *pid, struct err *err)
{
	struct arena scratch = {0};
	const char *program = find_program(&scratch, s);
	*p = closed;
	int why = !program ? ENOENT : open_all(p, hear) ? errno : start(s, program, p, pid);
	arena_release(&scratch);
	if (why) {
		shut_all(p);
		return err_set(err, "cannot run `%s`: %s", s->argv[0], err_reason(why));
	}
	shut(&p->in[0]);
	shut(&p->out[1]);
	shut(&p->err[1]);
	return 0;
}

static int wait_for(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return 128;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Room for a chunk more, and a NUL. */
static void make_room(struct buf *b)
{
	if (b->cap - b->n > CHUNK)
		return;
	b->cap = b->cap * 2 + CHUNK + 1;
	b->p = xrealloc(b->p, b->cap);
}

/* False at its end. */
static bool take(int fd, struct buf *into)
{
	make_room(into);
	ssize_t n = read(fd, into->p + into->n, CHUNK);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n > 0)
		into->n += (size_t)n;
	into->p[into->n] = 0;
	return n > 0;
}

/* Sends what fits; false when there is no more to send, or nobody takes it. */
static bool give(int fd, struct str *rest)
{
	ssize_t n = rest->n ? send(fd, rest->p, rest->n, MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
	if (n > 0)
		*rest = str_from(*rest, (size_t)n);
	return n < 0 ? rest->n && (errno == EINTR || errno == EAGAIN) : rest->n > 0;
}

static void exchange(struct pipes *p, struct str input, struct spawned *out)
{
	while (p->out[0] >= 0 || p->err[0] >= 0) {
		struct pollfd fd[] = {{p->in[1], POLLOUT, 0}, {p->out[0], POLLIN, 0}, {p->err[0], POLLIN, 0}};
		if (poll(fd, ARRAY_SIZE(fd), -1) < 0)
			continue;
		if (fd[0].revents && !give(p->in[1], &input))
			shut(&p->in[1]);
		if (fd[1].revents && !take(p->out[0], &out->out))
			shut(&p->out[0]);
		if (fd[2].revents && !take(p->err[0], &out->err))
			shut(&p->err[0]);
	}
}

int spawn_run(const struct spawn *s, struct spawned *out, struct err *err)
{
	struct pipes p;
	pid_t pid;
	*out = (struct spawned){0};
	if (begin(s, &p, true, &pid, err))
		return -1;
	exchange(&p, s->input, out);
	shut_all(&p);
	out->code = wait_for(pid);
	return 0;
}

void spawned_release(struct spawned *s)
{
	buf_release(&s->out);
	buf_release(&s->err);
}

/* ---- one that has the terminal ---- */

/* An errno. It is interrupted as usual, although we are not. */
static int start_here(const struct spawn *s, const char *program, const sigset_t *usual, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	int why = posix_spawn_file_actions_init(&files);
	if (why)
		return why;
	why = posix_spawnattr_init(&how);
	if (!why) {
		posix_spawnattr_setsigdefault(&how, usual);
		posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
		why = posix_spawn_file_actions_addchdir_np(&files, s->folder);
		if (!why)
			why = posix_spawn(pid, program, &files, &how, (char *const *)(const void *)s->argv,
			                  (char *const *)(const void *)s->env);
		posix_spawnattr_destroy(&how);
	}
	posix_spawn_file_actions_destroy(&files);
	return why;
}

int spawn_here(const struct spawn *s, struct err *err)
{
	static const int keys[] = {SIGINT, SIGQUIT};
	struct arena scratch = {0};
	struct sigaction before[ARRAY_SIZE(keys)], ignore = {.sa_handler = SIG_IGN};
	const char *program = find_program(&scratch, s);
	sigset_t usual;
	pid_t pid;
	sigemptyset(&usual);
	/* We ignore it for good, so that writing to who has gone is an error; programs expect otherwise. */
	sigaddset(&usual, SIGPIPE);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		sigaction(keys[i], &ignore, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaddset(&usual, keys[i]);
	}
	int why = program ? start_here(s, program, &usual, &pid) : ENOENT;
	int code = why ? err_set(err, "cannot run `%s`: %s", s->argv[0], err_reason(why)) : wait_for(pid);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		sigaction(keys[i], &before[i], NULL);
	arena_release(&scratch);
	return code;
}

/* ---- one that answers ---- */

int talk_begin(struct talk *t, const struct spawn *s, struct err *err)
{
	struct pipes p;
	*t = (struct talk){0};
	if (begin(s, &p, false, &t->pid, err))
		return -1;
	t->to = p.in[1];
	t->from = p.out[0];
	return 0;
}

int talk_ask(struct talk *t, struct str text)
{
	while (text.n) {
		ssize_t n = send(t->to, text.p, text.n, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		text = str_from(text, (size_t)n);
	}
	return 0;
}

static struct str untaken(const struct talk *t)
{
	return str_from(buf_str(&t->got), t->taken);
}

/* Forgets what was taken, and reads on. False when it has gone. */
static bool hear_more(struct talk *t)
{
	struct str rest = untaken(t);
	if (t->taken)
		memmove(t->got.p, rest.p, rest.n);
	t->got.n = rest.n;
	t->taken = 0;
	return take(t->from, &t->got);
}

int talk_part(struct talk *t, char end, struct str *part)
{
	size_t n;
	while ((n = str_find_byte(untaken(t), 0, end)) == untaken(t).n)
		if (!hear_more(t))
			return -1;
	*part = str_slice(untaken(t), 0, n);
	t->taken += n + 1;
	return 0;
}

int talk_bytes(struct talk *t, char *to, size_t bytes)
{
	while (bytes) {
		struct str part = str_slice(untaken(t), 0, bytes);
		if (to && part.n) {
			memcpy(to, part.p, part.n);
			to += part.n;
		}
		t->taken += part.n;
		bytes -= part.n;
		if (bytes && !hear_more(t))
			return -1;
	}
	return 0;
}

void talk_end(struct talk *t)
{
	if (!t->pid)
		return;
	shut(&t->to);
	shut(&t->from);
	wait_for(t->pid);
	buf_release(&t->got);
	*t = (struct talk){0};
}
