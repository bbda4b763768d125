/* How a verdict on a link counts among all looks at it. Pure. */
#pragma once

#include "core/archive/answer.h"
#include "lint/links/outcome.h"

/* `moved_to`: where permanent redirects alone lead; it counts where the verdict says so. Texts are not copied. */
struct answer_look link_lesson(const struct link_verdict *v, long status, struct str moved_to);
