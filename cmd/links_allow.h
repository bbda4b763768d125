/* What the command line lets `sdi links` and `sdi add --fetch` ask, beside what they ask anyway. */
#pragma once

#include "core/base/err.h"
#include "core/config/config.h"
#include "lint/links/policy.h"

/* The values of --allow-address and --allow-host, into the policy. -1 with an error. */
int links_allow_read(struct arena *a, const struct name_list *addresses, const struct name_list *hosts,
                     struct link_policy *out, struct err *err);
