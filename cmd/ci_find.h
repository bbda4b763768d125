/* Finding the base of a change in a history, and bringing what is missing there. */
#pragma once

#include "cmd/ci_base.h"

/* What is missing to look at the change. */
struct ci_lack {
	const char *what;         /* for people */
	const char *const *fetch; /* the arguments of git that bring it; NULL ends them */
	bool shallow;
};

enum ci_answer {
	CI_ERROR = -1, /* it was set */
	CI_FOUND,
	CI_LACKS,
};

/* `out` is the base; it is empty where all files are to be looked at. `base` learns how it was found. */
enum ci_answer ci_find(struct arena *a, struct history *h, const struct ci_head *head, struct ci_base *base,
                       struct moment *out, struct ci_lack *lack, struct err *err);
/* -1 with what git says of it. The history has to be opened anew then. */
int ci_fetch(struct history *h, const struct ci_lack *lack, struct err *err);
/* Tells on stderr what is missing, why, and what to do. */
void ci_say_lack(const struct ci_base *base, const struct ci_lack *lack);
