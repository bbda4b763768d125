/* Other programs: run to their end, or asked again and again. */
#pragma once

#include <sys/types.h>

#include "core/base/buf.h"
#include "core/base/err.h"

struct spawn {
	const char *const *argv; /* [0] is looked for in the absolute folders of PATH in `env`; NULL ends it */
	const char *const *env;  /* all of the environment; NULL ends it */
	const char *folder;      /* where it runs */
	struct str input;        /* all that it can read */
};

struct spawned {
	struct buf out, err; /* what it printed; the caller releases both */
	int code;            /* its exit code; 128 + the number of the signal that ended it */
};

/* Waits for its end. -1, with nothing to release, when it cannot be started. */
int spawn_run(const struct spawn *s, struct spawned *out, struct err *err);
void spawned_release(struct spawned *s);

/*
 * Runs a program that has our own terminal, or whatever our standard streams are, and waits for its end: `input` is not used.
 * What is typed to interrupt it does not end us. Its exit code as above; -1 with an error when it cannot be started.
 */
int spawn_here(const struct spawn *s, struct err *err);

/* A program that answers piece by piece. Zeroed: none runs. */
struct talk {
	pid_t pid;
	int to, from;
	struct buf got; /* read, and not taken yet */
	size_t taken;
};

/* What it says on stderr is not heard. `input` is not used. */
int talk_begin(struct talk *t, const struct spawn *s, struct err *err);
/* -1: it has gone. */
int talk_ask(struct talk *t, struct str text);
/* What comes before the next `end`; valid until the next call. -1: it has gone. */
int talk_part(struct talk *t, char end, struct str *part);
/* The next `bytes` bytes; into `to`, or nowhere for NULL. -1: it has gone. */
int talk_bytes(struct talk *t, char *to, size_t bytes);
void talk_end(struct talk *t);
