/* sdi fix, for others that fix on the way. */
#pragma once

#include "cmd/judge.h"

struct fix_settings {
	struct judge_settings judge;
	bool diff, unsafe, recover;
	const char *add_ignore;
	bool fail_on_change; /* a file that was fixed is a finding */
};

/* Fixes what was collected, and reports. `document`: it is a text on standard input. The exit code. */
int fix_judged(struct judgement *j, const struct fix_settings *s, bool document);
