/* What kind of page redirects led to, as far as its URL says. Pure; a suspicion, no more. */
#pragma once

#include "lint/links/outcome.h"
#include "lint/links/target.h"

/*
 * LANDING_LOGIN, LANDING_ERROR, or LANDING_FRONT (of the same site: a shortened link may well lead to a front page) where
 * `asked` itself is no such page; LANDING_PAGE otherwise. Never LANDING_SHARED: that needs the other links.
 */
enum link_landing link_landing_of(const struct link_target *asked, const struct link_target *landed);
