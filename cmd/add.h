/* The parts of `sdi add`: what the archive has, and what pages are called. */
#pragma once

#include "cmd/judge.h"
#include "lint/links/ioc_host.h"
#include "lint/links/policy.h"

/* An article somewhere in the archive. */
struct add_article {
	struct str name;  /* by which it is the same as others */
	const char *path; /* as shown */
	uint32_t line;    /* from 0 */
};

/* Zeroed, it is empty. */
struct add_archive {
	struct arena arena;
	struct add_article *v; /* in the order of paths and lines */
	size_t nr, cap;
	struct ioc_hosts ioc; /* settled */
	size_t unread;        /* digests of which nothing is known */
};

/* Reads all digests but the one at `except` (absolute). The caller releases `out->arena`. */
void add_archive_read(struct judgement *j, const char *except, struct add_archive *out);
/* The same for that one. */
void add_archive_take(struct add_archive *all, const struct digest *d, const char *shown);
/* The first digest that has an article of this name; NULL for none. */
const struct add_article *add_archive_find(const struct add_archive *all, struct str name);

/* A page whose title is asked for. */
struct add_page {
	struct str url;
	struct str title;   /* as the page says; "" when it could not be had */
	const char *reason; /* why not: a machine's word as `sdi links` has it; static */
};

/* Asks for all of them, as `sdi links` asks. -1 with an error: nobody can be asked. */
int add_fetch(struct arena *a, struct add_page *pages, size_t nr, const struct link_policy *policy, struct err *err);
