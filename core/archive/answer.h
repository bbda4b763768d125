/* What many looks at one link say together. Pure: the time is handed in, as seconds since 1970. */
#pragma once

#include <stdint.h>

#include "core/base/str.h"

/* How one look counts. */
enum answer_kind {
	ANSWER_NOTHING, /* nobody looked: not remembered */
	ANSWER_FINE,    /* the page is there */
	ANSWER_GONE,    /* who has it says that it is not there: 404, 410 */
	ANSWER_TROUBLE, /* no answer, or trouble of the server's: may pass */
	ANSWER_UNSURE,  /* a guard's answer, or perhaps that of another page: says nothing, however often */
};

/* What one look gave. Texts are not copied. */
struct answer_look {
	enum answer_kind kind;
	bool sure;           /* of ANSWER_GONE: this run has looked twice */
	struct str outcome;  /* a machine's words: what it is called ("broken"), and why ("gone") */
	struct str reason;   /*   a word of a-z, 0-9 and '-' */
	long status;         /* of HTTP; 0: none */
	struct str moved_to; /* ANSWER_FINE: where it has moved for good; "": it has not */
};

/* What is remembered of a link. Times are 0 where there was none. */
struct answer {
	struct str url; /* the key of lint/links/target.h */
	int64_t first;  /* it was looked at for the first time */
	int64_t looked; /* the last time, whatever came of it */
	int64_t fine;   /* the last time that it was there */
	int64_t since;  /* the first look of the streak of failures that lasts; nothing but a page that is there ends it */
	int64_t failed; /* the last look of it */
	unsigned looks; /* how many looks found it failing since; 0: no streak */
	unsigned gone;  /* how many of them were told that it is not there */
	struct str outcome, reason; /* of the last look that was not unsure; of the last one where all were */
	long status;
	struct str moved_to; /* "": it has not moved, as far as is known */
};

/*
 * Adds a look at `now`. Texts become those of the look; the URL stays. `a` with a zero in `first` is of a link never looked at.
 * A clock that went back makes no streak longer.
 */
void answer_learn(struct answer *a, const struct answer_look *look, int64_t now);

/* What a reader should hear. */
enum answer_verdict {
	VERDICT_NONE,   /* nothing: it is there, or it is not known, or not for long enough */
	VERDICT_BROKEN, /* seen twice that it is gone; or 3 looks failed, the last one 7 days or more after the first */
	VERDICT_MOVED,
};

enum { ANSWER_LEAST_LOOKS = 3, ANSWER_LEAST_SECONDS = 7 * 86400, ANSWER_LEAST_GONE = 2 };

enum answer_verdict answer_verdict(const struct answer *a);
