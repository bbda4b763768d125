/* Whatever an editor sends: the server goes on or gives up, and what it answers are messages. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/lsp/frame.h"
#include "cmd/lsp/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void hear(struct server *s, int state, struct str body, const struct err *err)
{
	if (state == FRAME_TOO_LARGE)
		server_refuse(s, err->text);
	else
		server_hear(s, body);
}

static void check_answers(struct server *s)
{
	struct frames f = {0};
	struct str body;
	struct err err;
	frames_add(&f, buf_str(&s->out));
	while (frames_next(&f, &body, &err) == FRAME_WHOLE) {
		struct arena a = {0};
		const struct json *message = json_read(&a, body, &err);
		must(message && json_text(message, "jsonrpc").n == 3);
		must(json_at(message, "method") || json_at(message, "result") || json_at(message, "error"));
		arena_release(&a);
	}
	must(!frames_pending(&f));
	frames_release(&f);
	s->out.n = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct frames f = {0};
	struct server s = {0};
	struct str body;
	struct err err;
	int state;
	frames_add(&f, (struct str){(const char *)data, size});
	while (!s.ended && (state = frames_next(&f, &body, &err)) > 0) {
		hear(&s, state, body, &err);
		if (server_is_behind(&s))
			server_catch_up(&s);
		must(!server_is_behind(&s));
		check_answers(&s);
	}
	server_release(&s);
	frames_release(&f);
	/* The editor's folder is not that of the next one. */
	must(fchdir(here) == 0);
	close(here);
	return 0;
}
