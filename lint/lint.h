/*
 * The linter: texts in, settled findings out. Pure, but for the threads that it starts and joins.
 */
#pragma once

#include "core/archive/archive.h"
#include "core/config/config.h"
#include "core/digest/digest.h"
#include "core/source/files.h"
#include "lint/finding.h"
#include "lint/focus.h"
#include "lint/rule.h"
#include "lint/sighting.h"

/* Who said so. */
enum origin_kind { ORIGIN_DEFAULT, ORIGIN_PRESET, ORIGIN_CONFIG, ORIGIN_OVERRIDE, ORIGIN_COMMAND_LINE };

struct origin {
	enum origin_kind kind;
	unsigned override;     /* which, from 0 */
	uint32_t line, column; /* in the config */
};

struct option_value {
	long number;
	struct word_list words;
	struct origin origin;
};

/* What is in force for each rule of rules_table. */
struct rule_state {
	enum severity severity;            /* SEVERITY_OFF: not run */
	const struct option_value *option; /* beside the rule's option list */
	struct origin origin;              /* of the severity */
	bool watched;                      /* it runs only so that fixing others makes nothing worse: nobody hears of it */
};

struct lint_plan {
	struct rule_state *state; /* rules_table_nr of them */
	uint64_t max_bytes;       /* a text above this is not read (file-too-large's option) */
};

/* Of all that a plan says. */
struct plan_id {
	const struct lint_plan *plan;
	struct archive_key id;
};

/* What is remembered of other runs, and what keys of this one are made of. */
struct memory {
	struct archive *archive;
	struct archive_key salt;
	int64_t now; /* seconds since 1970, before anything was looked at; 0: no file's times are trusted */
	struct plan_id *plan;
	size_t plans, plans_cap;
};

/* What the command line says of rules. */
struct plan_wish {
	const struct name_list *select, *ignore; /* may be NULL */
	bool has_preset;
	enum preset preset;
	bool watch; /* what the command line leaves out runs all the same, watched */
};

/* What is in force where these overrides fit: bits as in config_overrides_of. `wish` may be NULL. */
int lint_plan_make(struct arena *a, const struct config *config, const struct plan_wish *wish, uint64_t overrides,
                   struct lint_plan *out, struct err *err);
/* Does it tell that a text could not be checked? Then it cannot be switched off: such a text would pass for a clean one. */
bool rule_tells_unchecked(const struct rule *rule);

/* What a text is, which need not have been read for that. */
struct text_id {
	unsigned char sum[32]; /* SHA-256 */
	uint64_t size;
	bool known;                    /* the two above are */
	struct file_identity identity; /* of its file, before it was read */
	bool settled;                  /* that is known */
};

/* What kind of text it is. */
enum job_kind { JOB_DIGEST, JOB_TEMPLATE };

/* One text to lint. The reader fills in what is needed; the linter the rest. */
struct job {
	enum job_kind kind;
	const char *path;                /* to open; NULL: `source` is filled already */
	const struct snapshot *snapshot; /* that holds `path`; NULL: it is on disk */
	const struct focus *focus;       /* only what a change made counts; NULL: everything does */
	struct source source;            /* path fields set by the caller */
	struct digest_facts facts;
	const struct lint_plan *plan;
	const struct template *template; /* JOB_TEMPLATE: already parsed, its source in `source` */
	bool keyed;                      /* its findings are to be held against a baseline */
	const struct memory *memory;     /* NULL: nothing is recalled or remembered */
	struct text_id *text;            /* NULL: it has to be read */
	const void *archive;             /* what it is held against has the same (lint/elsewhere.h); NULL: nothing */

	/* results; memory in `arena`, released by job_release */
	struct arena arena;
	struct findings findings;
	struct sightings sightings; /* of a digest with an archive */
	bool failed;                /* could not be read: `error` says why */
	char *error;                /* from malloc, released by job_release */
};

/* What a thread that looks at texts has to itself; for a pool. */
struct worker {
	struct block_parser *parser;
	struct arena scratch; /* for one text */
	struct arena draft;   /* the text, and what is found in it, until it is settled what of it stays */
};

void *worker_begin(void);
void worker_end(void *own);

/* Reads, parses and checks all jobs on `threads` threads (0: as many as there are cores). */
void lint_run(struct job *jobs, size_t nr, unsigned threads);
/* One, on this thread. */
void lint_one(struct job *job, struct block_parser *parser);
/* The two halves of it, for who goes on with the text: reads what `path` names, if anything; -1 with job->err. */
int job_read(struct job *job);
/* Checks the text in `source`. The digest lives in `scratch`; NULL where the text cannot be looked at as one. */
const struct digest *lint_text(struct job *job, struct block_parser *parser, struct arena *scratch);
/* The same without any rule, for who wants what the text says; NULL with job->err where it cannot be looked at as a digest. */
const struct digest *job_digest(struct job *job, struct block_parser *parser, struct arena *scratch);
/* Notes why it failed, in the reader's language; -1. */
int job_fail(struct job *job, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A text that was read is only needed to show where findings stand: forgets it when there are none. */
void job_rest(struct job *job);
void job_release(struct job *job);
