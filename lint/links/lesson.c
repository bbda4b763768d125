#include "lint/links/lesson.h"

static const enum answer_kind kinds[LINK_OUTCOMES] = {
	[LINK_OK] = ANSWER_FINE,          [LINK_MOVED] = ANSWER_FINE,          [LINK_BROKEN] = ANSWER_GONE,
	[LINK_NO_HOST] = ANSWER_TROUBLE,  [LINK_BLOCKED] = ANSWER_UNSURE,      [LINK_SERVER] = ANSWER_TROUBLE,
	[LINK_TIMEOUT] = ANSWER_TROUBLE,  [LINK_UNREACHABLE] = ANSWER_TROUBLE, [LINK_TLS] = ANSWER_TROUBLE,
	[LINK_SOFT_404] = ANSWER_UNSURE,  [LINK_NO_FRAGMENT] = ANSWER_FINE,    [LINK_UNSAFE] = ANSWER_NOTHING,
	[LINK_LEFT_OUT] = ANSWER_NOTHING,
};

/* Browsers find the certificate that is missing, and nobody mends what works for them. */
static bool is_fine_for_browsers(const struct link_verdict *v)
{
	return v->outcome == LINK_TLS && str_eqz(str_of(v->reason), "incomplete-chain");
}

struct answer_look link_lesson(const struct link_verdict *v, long status, struct str moved_to)
{
	return (struct answer_look){
		.kind = is_fine_for_browsers(v) ? ANSWER_UNSURE : kinds[v->outcome],
		.sure = !v->again,
		.outcome = str_of(link_outcome_name(v->outcome)),
		.reason = str_of(v->reason),
		.status = status,
		.moved_to = v->outcome == LINK_MOVED ? moved_to : STR(""),
	};
}
