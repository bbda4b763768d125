/* The hosts of indicators, which nobody contacts. Pure. */
#pragma once

#include "core/digest/digest.h"

/* Zeroed, it is empty. Its texts and itself are the arena's. */
struct ioc_hosts {
	struct str *v; /* as they are looked up; ranges of addresses as cidr_text() has them */
	size_t nr, cap;
};

/*
 * Adds the hosts of all that stands defanged in a text (core/ioc/harvest.h), wherever and however broken the text is: nothing is
 * known of digests here, so nothing of it can be in the way.
 */
void ioc_hosts_of_text(struct arena *a, struct str text, struct ioc_hosts *out);
/*
 * The same for a text that is a digest, with what its rows of indicators hold besides. The address of an article that somebody
 * defanged by mistake is none: a rule tells of it, and its host may have half of all articles.
 */
void ioc_hosts_of_digest(struct arena *a, const struct digest *d, struct ioc_hosts *out);
/* In the order of str_cmp(), each once. */
void ioc_hosts_settle(struct ioc_hosts *hosts);
