/* The parts of `sdi init`: what is proposed, asked and shown. */
#pragma once

#include "cmd/project.h"
#include "fix/derive.h"

/* What is settled before anything is written. Zeroed: nothing is proposed yet. */
struct init_plan {
	struct str path;      /* the pattern of the digests' paths */
	size_t files;         /* so many files of the project have it */
	const char *timezone; /* a zone that is known */
	bool hook;            /* git's hook is to be installed */
};

/* What files of the project suggest for the paths of digests; the built-in template's pattern where none has a day in its path. */
void init_propose_path(struct arena *a, const struct project *p, struct init_plan *plan, struct err *err);
/* Asks on the terminal, for what is proposed; `ask_path`, `ask_hook`: for these, too. -1 with an error: there is no answer. */
int init_ask(struct arena *a, struct init_plan *plan, bool ask_path, bool ask_hook, struct err *err);
/* The text of a `.sdi.yaml` with all keys. */
struct str init_config(struct arena *a, const struct init_plan *plan);
/* The built-in template with another pattern of paths. */
struct str init_template(struct arena *a, struct str path);
/* On stderr: what the template demands, and what it does not. */
void init_show(struct arena *a, const struct derived *d, const struct init_plan *plan);
