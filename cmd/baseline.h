/* Baselines on disk: which one holds for what, and the one that is written. */
#pragma once

#include "cmd/collect.h"
#include "lint/baseline.h"

struct baseline_wish {
	const char *use, *write; /* --baseline, --write-baseline; may be NULL */
	bool whole;              /* no paths were named: whatever is not there is gone */
};

struct baselines;

/*
 * Before the jobs run: reads the baselines that hold for them, which is the wish's or each project's own. The collection
 * must outlive the result. NULL with an error.
 */
struct baselines *baselines_open(struct arena *a, struct projects *projects, const struct baseline_wish *wish,
                                 struct collection *c, struct err *err);
/* After: takes out what is known, writes what is to be written, says what could go. */
int baselines_settle(struct baselines *b, bool quiet, struct err *err);
/* Only takes out what is known; nothing is said or kept, so that the jobs may run again. */
void baselines_hide_known(const struct baselines *b, struct arena *scratch);
