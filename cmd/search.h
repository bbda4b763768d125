/* The parts of `sdi search`: from a digest to the lines that have what is looked for, from those to what is printed. */
#pragma once

#include "core/search/match.h"
#include "lint/lint.h"

enum { MOST_QUERIES = 64 };

/* What is looked for, in each digest. */
struct search {
	const struct query *query; /* a line, or an entry, has all of them */
	size_t nr;                 /* at most MOST_QUERIES */
	bool entries;              /* the titles of entries are asked for */
	size_t most;               /* lines: there may be more, nobody asks for them */
};

/* A line that has something of it. Texts are parts of the source's. */
struct hit {
	uint32_t line;         /* from 0 */
	struct span text;      /* of the line, without its end */
	struct span *at;       /* in order, apart from each other; in the source */
	size_t nr;             /* at least 1; a limit is set to it */
	uint64_t queries;      /* which it has; bits */
	uint32_t entry;        /* line of its entry's heading; UINT32_MAX: it is in none, or not known */
	struct str title, url; /* of the entry; the URL as written */
};

struct hits {
	struct hit *v; /* in the job's arena */
	size_t nr, cap;
};

/* What a thread has to itself; for a pool. */
void *searcher_begin(void);
void searcher_end(void *own);
/* Reads the digest and looks. -1 with job->err. */
int search_one(const struct search *s, void *searcher, struct job *job, struct hits *out);

/* What is to be printed. */
struct printout {
	struct buf out;
	bool colour;
	size_t left;    /* lines or paths that may still be printed */
	size_t printed; /* and those that were */
};

/* Each for one digest with hits. */
void search_print_lines(struct printout *p, const struct job *job, const struct hits *hits);
/* `count`: with the number of lines. */
void search_print_path(struct printout *p, const struct job *job, const struct hits *hits, bool count);
void search_print_json(struct printout *p, const struct job *job, const struct hits *hits);
