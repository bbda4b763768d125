/* One state of a text that is being fixed, with all that is known of it. */
#pragma once

#include "fix/proof.h"
#include "lint/lint.h"

struct version {
	struct job job;
	struct arena scratch; /* the digest, patches and proofs */
	const struct digest *digest;
	uint32_t *count; /* findings of each rule of rules_table */
};

/* Takes the job over, and lints its text. */
struct version *version_first(const struct job *job, struct block_parser *parser);
/* Another look at the same text; ends the version that there was. */
struct version *version_again(struct version *v, struct block_parser *parser);
/* What a patch makes of a version, linted. Its texts are its own. */
struct version *version_next(const struct version *v, const struct patch *p, struct block_parser *parser);
/* Ends the version; its job goes to `to`, with text and findings. */
void version_give(struct version *v, struct job *to);
void version_free(struct version *v);
/* The digest and what hangs on it is not needed any more; text and findings are. */
void version_rest(struct version *v);
