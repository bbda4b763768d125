/*
 * What a command of `sdi` is. One file of cmd/ holds one; main.c lists them.
 */
#pragma once

#include "cmd/options.h"

/* What a command is run with. */
struct invocation {
	struct arena *arena;
	const void *settings; /* the command's own struct, filled from its options */
	const char *const *arg;
	size_t nr;
};

struct command {
	const char *name;
	const char *summary;   /* one line, no full stop */
	const char *arguments; /* "[PATH…]"; "" for none */
	const char *about;     /* paragraphs for its help; NULL: none */
	struct option_set options;
	size_t settings_size;
	/* The exit code: 0 fine, 1 findings, 2 could not do the job. What is wrong is on stderr by then. */
	int (*run)(const struct invocation *in);
};

enum { EXIT_FINE = 0, EXIT_FINDINGS = 1, EXIT_TROUBLE = 2 };

extern const struct command command_new, command_add, command_lint, command_fix, command_search, command_ioc,
	command_links, command_hook, command_ci, command_lsp, command_rules, command_explain, command_config, command_init,
	command_doctor, command_completions;

/* Every command, in the order of the help; NULL ends it. Of main.c. */
extern const struct command *const commands_table[];
/* `--version`, which stands in the place of a command; of main.c. */
extern const struct option general_options[];
