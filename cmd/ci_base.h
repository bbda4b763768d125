/*
 * What a change is compared with in CI. Decided from what the environment says and from what HEAD is; nothing here asks
 * anybody.
 */
#pragma once

#include "core/source/history.h"

/* What is said of the change; NULL: nothing, or nothing that is empty. */
struct ci_env {
	bool ci;                     /* CI: some machine, if no known one */
	const char *base;            /* --base */
	const char *sdi_base;        /* SDI_BASE */
	const char *pre_commit_from; /* PRE_COMMIT_FROM_REF */

	bool github;           /* or what behaves like it: Gitea, Forgejo */
	const char *event;     /* GITHUB_EVENT_NAME */
	const char *ref, *sha; /* GITHUB_REF, GITHUB_SHA */
	const char *base_ref;  /* GITHUB_BASE_REF */
	/* From the file of the event. */
	const char *before;      /* the commit that a push found */
	const char *group_base;  /* of a merge group */
	const char *pull_head;   /* the commit that is proposed */
	const char *event_error; /* why the file tells nothing */

	bool gitlab;
	const char *merge_request; /* CI_MERGE_REQUEST_IID */
	const char *diff_base;     /* CI_MERGE_REQUEST_DIFF_BASE_SHA */
	const char *target_sha;    /* CI_MERGE_REQUEST_TARGET_BRANCH_SHA: in pipelines of merged results */
	const char *source_sha;    /* CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: the same */
	const char *commit_before; /* CI_COMMIT_BEFORE_SHA */
};

/* The commit that is looked at, and its parents as it names them. */
struct ci_head {
	struct object_id id;
	const struct object_id *parent;
	size_t parents;
};

enum ci_way {
	CI_ALL,      /* there is nothing to compare with: all files */
	CI_COMMIT,   /* with the commit `rev` */
	CI_PARTED,   /* with the commit at which HEAD and `rev` went their own ways */
	CI_UPSTREAM, /* the same with the first of ci_upstreams that is there */
};

struct ci_base {
	enum ci_way way;
	const char *rev;    /* CI_COMMIT: an id; NULL: `branch` */
	const char *branch; /* of origin, where `rev` is one; or NULL */
	const char *how;    /* where it was found; to be translated */
	const char *setup;  /* what makes the CI bring it; to be translated; NULL: nobody knows */
	bool or_all;        /* where it is missing all files are looked at */
};

/* NULL ends them. */
extern const char *const ci_upstreams[];

/* -1 with an error when nothing can be said, or nothing should. */
int ci_base_decide(const struct ci_env *env, const struct ci_head *head, struct ci_base *out, struct err *err);
