/*
 * Command lines, read by tables.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

enum option_kind {
	OPTION_FLAG, /* bool */
	OPTION_TEXT, /* const char * */
	OPTION_INT,  /* long */
	OPTION_ENUM, /* int: the choice's value */
	OPTION_LIST, /* struct name_list: "a,b", and given more than once */
	OPTION_MANY, /* struct name_list: given more than once, each value as it stands */
};

struct choice {
	const char *name; /* NULL ends a list */
	int value;
	bool hidden; /* accepted, but not shown */
};

/* Where nothing is said, a setting keeps its zero. */
struct option {
	const char *name; /* without dashes; NULL ends a table */
	char letter;      /* 0: none */
	enum option_kind kind;
	const char *value; /* what stands for the value in the help: "FILE" */
	const char *help;
	size_t offset; /* of the setting in the command's struct */
	const struct choice *choices;
	long least, most;
};

enum { MOST_TABLES = 3 };

/* What a command takes: its own options, and those that it shares with others; each may be NULL. */
struct option_set {
	const struct option *table[MOST_TABLES];
};

struct command_line {
	const char **arg; /* what is no option */
	size_t nr;
	bool help; /* -h was given: the rest was not read */
};

/*
 * Fills `settings`. `--name=value`, `--name value`, `-n value`, `-nvalue`; `--` ends the options and "-" is an argument.
 * Everything lives in the arena.
 */
int options_parse(struct arena *a, const struct option_set *set, char *const *argv, void *settings,
                  struct command_line *out, struct err *err);
/* The choice of this name: in `*value`. What else there is stands in the error. */
int option_choice(struct arena *a, const struct option *o, const char *name, int *value, struct err *err);
/* All that a command takes, also --lang and --help, in the order of the help; NULL ends it. */
const struct option *const *options_all(struct arena *a, const struct option_set *set);
/* The help's lines about the options. */
void options_describe(const struct option_set *set, struct buf *out);

/* "; did you mean `lint`?" for a mistyped name; "" when none is near. `prefix` stands before the name. */
const char *did_you_mean(struct arena *a, const char *typed, const char *const *names, const char *prefix);
