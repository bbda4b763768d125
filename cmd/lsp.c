/* sdi lsp: tells editors about the digests that are open in them. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/lsp/frame.h"
#include "cmd/lsp/server.h"
#include "cmd/term.h"
#include "core/base/message.h"

struct settings {
	bool stdio;
};

static const struct option options[] = {
	{"stdio", 0, OPTION_FLAG, NULL, N_("Speak over standard input and output, as it does anyway"),
     offsetof(struct settings, stdio), NULL, 0, 0},
	{0},
};

/* Is there nothing to read, so that whoever waits may be served? */
static bool is_quiet(void)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	return poll(&in, 1, 0) == 0;
}

/* An editor that was killed may have left its end of the pipe to another process. */
static bool is_gone(pid_t editor)
{
	return editor > 0 && kill(editor, 0) && errno == ESRCH;
}

/* False: none will come. */
static bool wait_for_input(pid_t editor)
{
	enum { LOOK_AGAIN = 3000 };
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	int ready;
	while ((ready = poll(&in, 1, editor > 0 ? LOOK_AGAIN : -1)) == 0 || (ready < 0 && errno == EINTR))
		if (is_gone(editor))
			return false;
	return true;
}

/* 1, 0 at the end, -1 with an error. Waits also where somebody has made the stream non-blocking. */
static int read_more(struct frames *f, pid_t editor, struct err *err)
{
	static char bytes[1 << 16];
	ssize_t got;
	do {
		if (!wait_for_input(editor))
			return 0;
		got = read(STDIN_FILENO, bytes, sizeof(bytes));
	} while (got < 0 && (errno == EINTR || errno == EAGAIN));
	if (got < 0)
		return err_set(err, "cannot read the input: %s", err_reason(errno));
	frames_add(f, (struct str){bytes, (size_t)got});
	return got > 0;
}

struct loop {
	struct server server;
	struct frames in;
	int64_t since; /* when it was first put off to tell what is found, in milliseconds; 0: it was not */
};

static int64_t milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Of several changes only the last is judged; but who never stops typing wants to see something, too. */
static bool is_due(struct loop *l)
{
	enum { PATIENCE = 100 };
	if (!server_is_behind(&l->server))
		return false;
	if (!l->since)
		l->since = milliseconds();
	return is_quiet() || milliseconds() - l->since > PATIENCE;
}

/* -1 with an error. */
static int hear_all(struct server *s, struct frames *in, struct err *err)
{
	struct str body;
	int state = 0;
	while (!s->ended && (state = frames_next(in, &body, err)) > 0)
		if (state == FRAME_TOO_LARGE)
			server_refuse(s, err->text);
		else
			server_hear(s, body);
	return state;
}

/* All that has come whole; -1 with an error. */
static int hear(struct loop *l, struct err *err)
{
	struct server *s = &l->server;
	int state = hear_all(s, &l->in, err);
	if (!s->ended && is_due(l)) {
		server_catch_up(s);
		l->since = 0;
	}
	term_out(buf_str(&s->out));
	s->out.n = 0;
	return state;
}

static int serve(struct loop *l, struct err *err)
{
	int state = 1;
	while (!l->server.ended && state > 0 && !term_out_failed()) {
		state = read_more(&l->in, l->server.editor, err);
		if (hear(l, err) < 0)
			state = -1;
	}
	return state == 0 && frames_pending(&l->in) ? err_set(err, "the input ends in the middle of a message") : state;
}

/* Answers that nobody reads are no proper end. */
static bool has_left_properly(const struct server *s)
{
	return s->ended && s->state == SERVER_SHUT_DOWN && !term_out_failed();
}

static int run(const struct invocation *in)
{
	struct loop l = {0};
	struct err err;
	int code = EXIT_TROUBLE;
	if (in->nr)
		term_error("`sdi lsp` takes no arguments");
	else if (serve(&l, &err) < 0)
		term_error("%s", err.text);
	else
		code = has_left_properly(&l.server) ? EXIT_FINE : EXIT_FINDINGS;
	server_release(&l.server);
	frames_release(&l.in);
	return code;
}

const struct command command_lsp = {
	.name = "lsp",
	.summary = N_("Show findings in an editor while a digest is written"),
	.arguments = "",
	.about =
		N_("A language server: an editor starts it, and speaks with it over standard input and output. It says\n"
           "what `sdi lint` would say if the text were saved, offers fixes, explanations and names of the template,\n"
           "and changes no file. The language of messages is the editor's; --lang or the locale holds where it\n"
           "does not say.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
