/*
 * One place where something was found, and how it may be put right.
 */
#pragma once

#include "core/config/config.h"
#include "core/source/source.h"

struct rule;

enum safety {
	FIX_NONE,
	FIX_UNSAFE, /* may change what the text says */
	FIX_SAFE,
};

/* Replaces a span of bytes. */
struct edit {
	struct span at;
	struct str text;
};

/* Edits that go in whole or not at all; in order, without overlap. */
struct fix {
	enum safety safety; /* FIX_NONE: there is no fix */
	struct str title;   /* what it does: "rename it to `推奨事項`" */
	struct edit *edit;
	size_t nr;
};

struct related {
	const char *path; /* as shown */
	uint32_t line;    /* from 1 */
	struct str message;
};

struct finding {
	const struct rule *rule;
	enum severity severity;
	const struct source *source;
	struct span at;
	struct str message;
	struct fix fix;
	struct related *related;
	size_t nr_related;
	uint64_t context; /* of a job that is `keyed`: what it stands on (baseline.h) */
	bool known;       /* it is in the baseline */
};

struct findings {
	struct finding *v;
	size_t nr, cap;
	size_t suppressed; /* by comments in the text */
	size_t known;      /* taken out: in the baseline */
	size_t before;     /* taken out: there before the change that is looked at */
};
