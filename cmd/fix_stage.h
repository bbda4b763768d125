/* sdi fix --staged: what came out goes into the index and the work tree. */
#pragma once

#include "cmd/judge.h"
#include "fix/run.h"

/*
 * Writes what tasks that were run with FIX_KEEP have changed. Files that are left alone, and all of them when nothing can be
 * written (-1, and it is said), are as they were before. Signals that end the program should wait.
 */
int fix_stage(struct judgement *j, struct fix_task *task, size_t nr);
/* Cleans up after runs that were killed. The exit code. */
int fix_recover(struct arena *a);
