/* What is in force, and who said so: what `sdi config` shows. */
#pragma once

#include "cmd/project.h"
#include "core/base/buf.h"

struct effective {
	const struct project *project;
	const char *file;   /* relative to the project's root; NULL: for no file in particular */
	uint64_t overrides; /* those that fit the file */
	bool excluded;      /* a walk leaves the file out */
	const struct lint_plan *plan;
	const struct plan_wish *wish;
	const struct template *template; /* that the file is held against; NULL: no file, or none */
	bool all;                        /* also what is as it would be without a word */
};

/* A key's value: one text, or a list. */
struct effective_value {
	struct str *v;
	size_t nr;
	bool list;
	struct origin origin;
};

/* A key and its value; one of a map has the map's name in front: "hook.fix". */
struct effective_key {
	const char *name;
	enum key_kind kind;
	struct effective_value value;
};

/* All that have a value of their own; returns how many. */
size_t effective_keys(struct arena *a, const struct effective *e, struct effective_key **out);
/* An option's: the words of a list, the pairs of a map as "key: value". */
struct effective_value effective_option(struct arena *a, const struct rule_option *o, const struct option_value *v);
/* Is anything of the rule not as it would be without a word? */
bool effective_differs(const struct rule *r, const struct rule_state *s);

void effective_text(struct arena *a, const struct effective *e, struct buf *out);
void effective_json(struct arena *a, const struct effective *e, struct buf *out);
