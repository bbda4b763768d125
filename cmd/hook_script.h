/* The text of our pre-commit hook: a file of git's hooks folder, or the command of a hook in its config. */
#pragma once

#include "core/base/arena.h"

/* hooks/pre-commit, built in. */
struct hook_script {
	const char *name, *bytes;
	size_t size;
};

extern const struct hook_script hook_scripts[];
extern const size_t hook_scripts_nr;

enum hook_author {
	HOOK_NOBODY, /* there is none */
	HOOK_OTHERS,
	HOOK_OURS,
	HOOK_EDITED, /* ours once */
};

/* The script that runs this sdi (an absolute path). As a command it has no `#!` line. */
struct str hook_script_file(struct arena *a, const char *sdi);
struct str hook_script_command(struct arena *a, const char *sdi);
/* Who wrote it; for both forms, and never HOOK_NOBODY. */
enum hook_author hook_script_author(struct str text);
/* The sdi that a script of ours runs first; NULL where that cannot be read. */
const char *hook_script_sdi(struct arena *a, struct str text);
/* Is there a line, no comment, that has these words? */
bool hook_script_mentions(struct str text, const char *words);
/* Does somebody else's script run `sdi hook run`? */
bool hook_script_runs_sdi(struct str text);
