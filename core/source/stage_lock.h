/* Locks as git has them: a file that only one can make. Ours say whose they are. A part of stage.c. */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

/* What our locks and notes begin with: `sdi`, our process, which start of the machine and of the process it is; a line. */
struct str stage_mark(struct arena *a);

enum stage_owner { OWNER_OTHER, OWNER_RUNS, OWNER_GONE };

/* Whose is what begins with this text? */
enum stage_owner stage_owner_of(struct str text);
/* Of the file at a path; also OWNER_OTHER where it cannot be read. */
enum stage_owner stage_owner_at(const char *path);
/* The process in the name of a draft (core/source/draft.h); 0: it is no draft. */
long stage_draft_process(const char *name);
bool stage_process_runs(long process);

/* Takes the lock of a file: `file`.lock. -1, with nothing taken, when somebody has it. */
int stage_lock(struct arena *a, const char *file, struct err *err);
/* Is it still ours? Somebody may have taken it away by hand. */
bool stage_is_locked(struct arena *a, const char *file);
/* Only when it is ours. */
void stage_unlock(struct arena *a, const char *file);
