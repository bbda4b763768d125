#include <stdlib.h>

#include "lint/links/check_run.h"
#include "lint/links/landing.h"
#include "lint/links/shown.h"

void tell_contact(struct check_run *run, const struct pursuit *p, struct str address)
{
	const struct link_target *t = &p->at;
	run->wish->contacted(run->wish->context, &(struct link_contact){t->host, address, t->request, t->port_number});
}

void settle_as(struct check_run *run, struct pursuit *p, struct link_verdict v)
{
	static const struct link_verdict no_fragment = {LINK_NO_FRAGMENT, "no-such-place", false};
	struct link_answer answer = {
		.final_url = p->hops ? p->at.request : STR(""),
		.moved = p->moved.n ? p->moved : STR(""),
		.address = p->address.n ? p->address : STR(""),
		.status = p->last.status,
		.hops = p->hops,
		.looks = p->requests,
	};
	if (!p->settled)
		run->open--;
	p->settled = true;
	for (const struct pursuit *s = p; s; s = s->same) {
		bool lacks = s->lacks && v.outcome == LINK_OK && !p->last.accepted;
		answer.verdict = lacks ? no_fragment : (struct link_verdict){v.outcome, v.reason, false};
		run->sum->count[answer.verdict.outcome]++;
		run->wish->told(run->wish->context, s->which, &answer);
	}
}

void settle(struct check_run *run, struct pursuit *p, const struct link_evidence *e)
{
	p->last = *e;
	p->last.redirected = p->hops > 0;
	/* What is nobody's business is not written into a digest. */
	p->last.permanently = p->moved.n && !str_eq(p->moved_key, p->asked.key) && !link_has_secret(p->moved);
	if (!e->refusal && e->end == FETCH_DONE && p->hops)
		p->last.landing = link_landing_of(&p->asked, &p->at);
	struct link_verdict v = link_judge(&p->last);
	/* Something else was seen each time. */
	if (v.again && (v.outcome == LINK_BROKEN || v.outcome == LINK_NO_HOST))
		v = (struct link_verdict){LINK_SERVER, "unsteady", false};
	bool found = v.outcome == LINK_OK || v.outcome == LINK_MOVED;
	if (!found || !p->hops) {
		settle_as(run, p, v);
		return;
	}
	p->settled = true;
	run->open--;
	p->next = run->landed;
	run->landed = p;
}

static int by_landing(const void *x, const void *y)
{
	const struct pursuit *a = *(struct pursuit *const *)x, *b = *(struct pursuit *const *)y;
	int order = str_cmp(a->at.key, b->at.key);
	if (!order)
		order = str_cmp(a->asked.host, b->asked.host);
	return order ? order : (a->which > b->which) - (a->which < b->which);
}

static bool ended_together(const struct pursuit *a, const struct pursuit *b)
{
	return str_eq(a->at.key, b->at.key) && str_eq(a->asked.host, b->asked.host);
}

void settle_landed(struct check_run *run)
{
	enum { SEVERAL = 3 };
	size_t nr = 0;
	struct pursuit **v = arena_array(&run->arena, struct pursuit *, run->nr);
	for (struct pursuit *p = run->landed; p; p = p->next)
		v[nr++] = p;
	if (nr)
		qsort(v, nr, sizeof(struct pursuit *), by_landing);
	for (size_t from = 0, to; from < nr; from = to) {
		for (to = from + 1; to < nr && ended_together(v[from], v[to]);)
			to++;
		for (size_t i = from; i < to; i++) {
			if (to - from >= SEVERAL)
				v[i]->last.landing = LANDING_SHARED;
			settle_as(run, v[i], link_judge(&v[i]->last));
		}
	}
	run->landed = NULL;
}
