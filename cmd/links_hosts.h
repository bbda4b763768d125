/* What configs say of hosts that links lead to, with the credentials that the environment holds for them. */
#pragma once

#include "cmd/judge.h"
#include "lint/links/hosts.h"

/* Of all projects that are looked at; where several name a host, the first holds. -1 with an error, which tells no secret. */
int links_hosts_gather(const struct judgement *j, struct link_hosts *out, struct err *err);
/* Says on stderr for which of them the environment has nothing. */
void links_hosts_say_missing(const struct link_hosts *hosts);
