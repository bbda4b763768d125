/* What `sdi hook` can do. */
#pragma once

#include "cmd/hook_site.h"
#include "cmd/judge.h"

struct hook_settings {
	struct judge_settings judge; /* as nothing is said */
	bool force;
	bool no_index, fix;
};

/* The exit code; EXIT_TROUBLE with an error. `force`: also what of ours was edited. */
typedef int hook_part(struct hook_site *s, bool force, struct err *err);
hook_part hook_install, hook_uninstall, hook_status;
/* The exit code. What is wrong is on stderr by then. */
int hook_run(const struct invocation *in);
