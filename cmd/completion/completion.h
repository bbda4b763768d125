/*
 * What shells are told of sdi's command line, made from the tables of its commands. Around it stands the shell's own text, built
 * in from the folder completions/, which has a function for each way to complete.
 */
#pragma once

#include "cmd/command.h"

/* A file of completions/, built in. */
struct completion_script {
	const char *name, *bytes;
	size_t size;
};

extern const struct completion_script completion_scripts[];
extern const size_t completion_scripts_nr;

struct completion_word {
	const char *name, *text; /* text: NULL or what is said of it */
};

/* Words that complete something, under the name that the scripts know them by. */
struct completion_list {
	const char *name;
	const struct completion_word *v;
	size_t nr;
};

/* An argument of a command. */
struct completion_argument {
	const char *shown;               /* "PATH" */
	const char *way;                 /* how it is completed; NULL: by `words`, or not at all where there are none */
	const struct completion_word *v; /* of "install|uninstall" */
	size_t nr;
	bool repeated, optional;
};

enum { MOST_ARGUMENTS = 4 };

/* How a value that is shown like this is completed: "files" for PATH; NULL: not at all. */
const char *completion_way(const char *shown);
/* The words of an option's choices; none for another kind of option. */
const struct completion_word *completion_choices(struct arena *a, const struct option *o, size_t *nr);
/* In the order of the command line; how many there are. */
size_t completion_arguments(struct arena *a, const struct command *c, struct completion_argument out[MOST_ARGUMENTS]);
/* Every list; how many is in `*nr`. */
const struct completion_list *completion_lists(struct arena *a, size_t *nr);

/* What a shell's script begins with. */
void completion_bash(struct arena *a, struct buf *out);
void completion_zsh(struct arena *a, struct buf *out);
void completion_fish(struct arena *a, struct buf *out);
