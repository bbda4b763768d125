/* The parts of `sdi links`: from digests to links, from those to answers, and what is printed. */
#pragma once

#include "cmd/judge.h"
#include "cmd/links_learn.h"
#include "lint/links/check.h"
#include "lint/links/ioc_host.h"

/* A link where it stands. Texts live in the arena of the links. */
struct linked {
	const char *path; /* as shown */
	struct position at;
	struct date date; /* of the digest */
	struct str url, key;
	bool known;                /* nobody is asked: the answer is there */
	struct link_answer answer; /* once it is told */
	struct str archived;       /* where an archive has a copy of what is gone; empty: nobody knows */
};

struct linked_list {
	struct arena arena;
	struct linked *v; /* in the order of paths and lines */
	size_t nr, cap;
	struct ioc_hosts ioc;   /* of the whole archive, settled */
	size_t digests, unread; /* looked at; that could not be read, of the whole archive */
};

/* Reads the digests, and those beside them for their indicators. Of a change, only the links that it added. */
void links_collect(struct judgement *j, struct linked_list *out);
void links_release(struct linked_list *list);

/* What is said of a link that nobody is asked for. */
struct link_answer links_known(enum link_outcome outcome, const char *reason);
/* Of a digest that was read: those to files and headings that are not there, as `sdi lint` finds them. In the arena. */
struct linked *links_local(struct arena *a, const struct job *job, struct block_parser *parser, size_t *nr);

struct links_wish {
	struct link_policy policy;
	struct link_pace pace;
	int64_t until;               /* of links_clock() */
	const char *archive;         /* the address of an archive of pages, as LINKS_ARCHIVE; NULL: none is asked */
	const char *ca_file;         /* NULL: the system's */
	bool quiet;                  /* no talk while it works */
	struct links_memory *memory; /* NULL: nothing is remembered */
	struct buf *contacted;       /* a line for each request that went out; NULL: nobody wants them */
};

/* In ms. */
int64_t links_clock(void);

/*
 * Asks for all of them and fills in the answers; those never asked for first, of them the newest days', then the oldest answers'. An interrupt ends it early, and what is known then is
 * there. -1 with an error.
 */
int links_ask(struct linked_list *list, const struct links_wish *wish, struct link_sum *sum, struct err *err);

#define LINKS_ARCHIVE "https://web.archive.org/web"

struct links_found {
	size_t gone, asked, copies;
	bool stopped; /* by an interrupt */
};

/* Looks for copies of the pages that are gone, each nearest to its digest's day. -1 with an error. */
int links_archived(struct linked_list *list, const struct links_wish *wish, struct links_found *found, struct err *err);

/* Does it say that the link is dead? `added`: all of them are new, and a host that is not there is the author's own slip. */
bool links_is_finding(const struct linked *l, bool added);
void links_print_text(const struct linked_list *list, bool colour, struct buf *out);
void links_print_json(const struct linked_list *list, const struct link_sum *sum, struct buf *out);
/* "ok 12, broken 1": of outcomes that there are. */
void links_add_counts(const struct link_sum *sum, struct buf *out);
