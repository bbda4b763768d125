/* A document that is open in the editor, and what is found in it. */
#pragma once

#include "cmd/lsp/spot.h"
#include "cmd/lsp/world.h"

struct document {
	struct str uri;   /* as the editor writes it; from malloc */
	const char *path; /* from malloc; NULL: it is in no file */
	double version;
	struct buf text;
	bool changed; /* since it was judged */
	bool unsent;  /* the editor has not been told what is found in it */
	struct world world;
};

struct document *document_new(struct str uri, const char *path);
void document_free(struct document *d);
/* To be called after its text, or what it is judged by, has changed. */
void document_touch(struct document *d);
/* What it is judged by is read anew. */
void document_forget_world(struct document *d);
/*
 * Judges the text if anything has changed. From there to the next change the findings are in world.job, which is NULL for what is
 * no digest and no template.
 */
void document_judge(struct document *d);
/* Of its text as it is now. */
struct spotter document_spotter(const struct document *d, struct arena *a, enum encoding e);
