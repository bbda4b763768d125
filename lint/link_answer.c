#include "lint/link_answer.h"

bool link_answer(struct arena *a, const struct digest *d, const struct link *l, struct link_target *asked,
                 struct link_known *out)
{
	if (!d->answers || !link_is_followed(d, l) || (l->kind == LINK_INLINE && !link_is_whole(d, l)))
		return false;
	return !link_target_read(a, digest_str(d, l->url), asked) && d->answers->find(d->answers, asked->key, out);
}
