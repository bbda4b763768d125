/*
 * What a text that is being written is judged by: the project that its file belongs to, and the other digests there, as they are
 * on disk. It is kept between keystrokes, and read anew when one of these files changes.
 */
#pragma once

#include "cmd/baseline.h"
#include "cmd/lsp/stamp.h"

struct world {
	struct arena arena;
	struct scope scope;
	struct projects *projects;
	struct collection c;
	struct job *job; /* the text's; NULL: it is no digest and no template, or `trouble` says why it cannot be judged */
	struct job pure; /* the same without its text */
	struct baselines *known;
	struct str trouble; /* "" without any */
	struct stamps stamps;
	struct block_parser *parser;
};

/* `path` is absolute. world_close in any case; it need not have been opened. */
void world_open(struct world *w, const char *path, struct str text);
void world_close(struct world *w);
/* Is all that was read for it still as it was? */
bool world_holds(struct world *w);
/* Judges another text of the file, which must outlive the findings in w->job. A template needs a world of its own for that. */
void world_judge(struct world *w, struct str text);
/* A job for some text of the file, which must outlive it: without findings, for job_release. Not where w->job is NULL. */
struct job world_job(const struct world *w, struct str text);
/* What some text of the file says, in the arena; NULL where it is no digest, or cannot be read as one. */
const struct digest *world_digest(const struct world *w, struct arena *a, struct str text);
