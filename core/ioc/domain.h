/* Names of domains: the door to the Public Suffix List. */
#pragma once

#include "core/ioc/indicator.h"

/*
 * What is wrong with a live name (labels with dots between them): FLAW_NONE, FLAW_LABEL or FLAW_TLD; `*part` is the label.
 * A `*` as the first label, and a dot at the end, are none.
 */
enum indicator_flaw domain_flaw(struct str host, struct str *part);
/* Which list it is: another text for another list. */
struct str domain_list(struct arena *a);
/* Does the last label look like a top-level domain: letters, or an internationalised one? */
bool domain_shaped(struct str host);
