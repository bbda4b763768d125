#include "lint/links/check_run.h"
#include "lint/links/fragment.h"

enum { SHORT_REST = 1000, REST = 2000, LONG_REST = 3000, LIMITED_REST = 10000 }; /* ms, before the next look */
/* So often a host that asks us to wait is obeyed in vain. */
enum { MOST_LIMITED = 3 };
/* Of a page in which a place is looked for. */
enum { PAGE_BYTES = 1 << 20 };

/* ---- asking ---- */

void look_begin(struct check_run *run, struct pursuit *p)
{
	const char *refusal = link_policy_host(run->wish->policy, &p->asked);
	p->at = p->asked;
	p->leading = true;
	p->seen[0] = p->at.request;
	if (refusal)
		settle(run, p, &(struct link_evidence){.refusal = refusal});
	else
		host_enter(run, p);
}

/* What no reader looks at in a browser: its first byte will do. */
static bool is_large(const struct link_target *t)
{
	static const char *const extensions[] = {".pdf", ".zip", ".gz",  ".tgz", ".xz",  ".7z",   ".rar",  ".exe",  ".msi",
	                                         ".dmg", ".iso", ".mp4", ".mp3", ".mov", ".png",  ".jpg",  ".gif",  ".jar",
	                                         ".apk", ".bin", ".doc", ".xls", ".ppt", ".docx", ".xlsx", ".pptx", ".csv"};
	struct str path = str_slice(t->request, 0, str_find_byte(t->request, 0, '?'));
	for (size_t i = 0; i < ARRAY_SIZE(extensions); i++) {
		size_t n = strlen(extensions[i]);
		if (path.n > n && str_eq_nocase(str_from(path, path.n - n), str_of(extensions[i])))
			return true;
	}
	return false;
}

/* Those that may be contacted; of none, why. */
static const char *judge_addresses(const struct check_run *run, const struct pursuit *p, struct sockaddr_storage *out,
                                   size_t *nr)
{
	const struct resolved *is = &p->host->is;
	const char *refusal = is->canonical ? link_policy_alias(run->wish->policy, str_of(is->canonical)) : NULL;
	*nr = 0;
	if (refusal)
		return refusal;
	refusal = "address-family";
	for (size_t i = 0; i < is->nr && *nr < MOST_ADDRESSES; i++) {
		const struct sockaddr *a = (const struct sockaddr *)&is->address[i];
		const char *slug = link_policy_address(run->wish->policy, a, p->at.port_number);
		if (!slug)
			out[(*nr)++] = is->address[i];
		else
			refusal = slug;
	}
	return *nr ? NULL : refusal;
}

void look_start(struct check_run *run, struct pursuit *p)
{
	struct sockaddr_storage address[MOST_ADDRESSES];
	struct check_host *h = p->host;
	struct link_evidence e = {.end = FETCH_OTHER};
	const char *credentials = link_host_header(run->wish->policy->hosts, &p->at);
	struct fetch_request r = {
		.url = p->at.request,
		.host = p->at.host,
		.port = p->at.port_number,
		.address = address,
		.header = &credentials,
		.headers = credentials != NULL,
		.tag = (size_t)(p - run->v),
		.range = !p->reads && is_large(&p->at),
		.body = p->reads ? PAGE_BYTES : 0,
		.fresh = p->afresh,
		.last = !h->first && !h->fed,
	};
	e.refusal = judge_addresses(run, p, address, &r.nr);
	if (!e.refusal && fetcher_start(run->fetcher, &r) == 0) {
		p->flying = true;
		p->looks++;
		p->requests++;
		run->sum->requests++;
		return;
	}
	link_queue_done(run->queue, h->name, run->now);
	e.second = true;
	settle(run, p, &e);
}

/* ---- redirects ---- */

static bool is_redirect(const struct fetch_answer *a)
{
	static const long statuses[] = {301, 302, 303, 307, 308};
	for (size_t i = 0; a->end == FETCH_DONE && !a->marker && a->location.n && i < ARRAY_SIZE(statuses); i++)
		if (statuses[i] == a->status)
			return true;
	return false;
}

static bool was_seen(const struct pursuit *p, struct str request)
{
	for (size_t i = 0; i < p->hops; i++)
		if (str_eq(p->seen[i], request))
			return true;
	return str_eq(p->at.request, request);
}

static void move_on(struct pursuit *p, const struct link_target *to, bool permanent)
{
	p->at = *to;
	p->leading &= permanent;
	if (p->leading) {
		p->moved = to->request;
		p->moved_key = to->key;
	}
	p->looks = 0;
	p->afresh = false;
}

/* A text from a server: read as strictly as any other link. */
static void follow(struct check_run *run, struct pursuit *p, const struct fetch_answer *a)
{
	struct link_target to;
	struct link_evidence e = {.status = a->status};
	struct str location = arena_str(&run->arena, a->location);
	e.refusal = link_target_read(&run->arena, location, &to);
	e.endless = !e.refusal && (p->hops == MOST_HOPS || was_seen(p, to.request));
	if (!e.refusal && !e.endless)
		e.refusal = link_policy_host(run->wish->policy, &to);
	if (p->hops < MOST_HOPS)
		p->seen[p->hops++] = p->at.request;
	if (e.refusal || e.endless) {
		settle(run, p, &e);
		return;
	}
	move_on(p, &to, a->status == 301 || a->status == 308);
	host_enter(run, p);
}

/* ---- what came ---- */

static struct link_evidence evidence_of(const struct check_run *run, const struct pursuit *p,
                                        const struct fetch_answer *a)
{
	struct link_evidence e = {
		.end = a->end,
		.phase = a->phase,
		.status = a->status,
		.os_error = a->os_error,
		.verify = a->verify,
		.marker = a->marker,
		.accepted = link_host_accepts(link_host_of(run->wish->policy->hosts, p->at.host), a->status),
		.retry_after = a->retry_after,
		.ratelimit_exhausted = a->ratelimit_exhausted,
		.ranged = !p->reads && is_large(&p->at),
		.redirected = p->hops > 0,
		.network_fails = run->network_fails,
	};
	for (size_t i = 0; i + 1 < p->looks; i++)
		e.second |= p->earlier[i].end == e.end && p->earlier[i].status == e.status;
	return e;
}

static bool is_limit(const struct link_evidence *e)
{
	bool says = e->retry_after > 0 || (e->status == 403 && e->ratelimit_exhausted);
	return e->status == 429 || ((e->status == 403 || e->status == 503) && says);
}

/* Until when the host, or this page alone, is left alone. */
static int64_t rest_of(const struct link_evidence *e)
{
	if (e->end != FETCH_DONE && e->end != FETCH_CUT)
		return SHORT_REST;
	if (is_limit(e))
		return e->retry_after > 0 ? e->retry_after * 1000 : LIMITED_REST;
	return e->status == 404 || e->status == 410 ? REST : LONG_REST;
}

static void obey_limit(struct check_run *run, struct check_host *h, const struct link_evidence *e)
{
	h->limited += e->second;
	if (e->retry_after > LINK_LONGEST_WAIT || h->limited >= MOST_LIMITED)
		host_give_up(run, h);
	else
		link_queue_wait(run->queue, h->name, run->now + rest_of(e));
}

static void weigh(struct check_run *run, struct pursuit *p, const struct link_evidence *e)
{
	struct check_host *h = p->host;
	if (is_limit(e))
		obey_limit(run, h, e);
	if (!link_judge(e).again || p->looks >= MOST_LOOKS || h->given_up) {
		settle(run, p, e);
		return;
	}
	p->earlier[p->looks - 1] = *e;
	p->afresh = e->end != FETCH_DONE && e->end != FETCH_CUT;
	link_timers_add(&run->timers, (struct link_timer){run->now + rest_of(e), TIMER_LOOK, p});
}

/* A redirect that names a place itself takes readers there. */
static void look_for_places(struct pursuit *p, const struct fetch_answer *a)
{
	struct fragment_page page = {a->body, a->type, a->end == FETCH_DONE};
	struct arena scratch = {0};
	size_t nr = 0;
	if (!p->reads || a->status != 200 || (p->hops && p->at.fragment.n))
		return;
	for (const struct pursuit *s = p; s; s = s->same)
		nr++;
	struct str *fragment = arena_array(&scratch, struct str, nr);
	enum fragment_state *state = arena_array(&scratch, enum fragment_state, nr);
	nr = 0;
	for (const struct pursuit *s = p; s; s = s->same)
		fragment[nr++] = s->asked.fragment;
	fragment_look(&page, fragment, nr, state);
	nr = 0;
	for (struct pursuit *s = p; s; s = s->same)
		s->lacks = state[nr++] == FRAGMENT_MISSING && fragment_is_judged(s->asked.fragment);
	arena_release(&scratch);
}

static void show_page(const struct check_run *run, const struct pursuit *p, const struct fetch_answer *a)
{
	if (!run->wish->page || a->status != 200 || a->marker)
		return;
	for (const struct pursuit *s = p; s; s = s->same)
		run->wish->page(run->wish->context, s->which, a->body, a->type);
}

void look_take(struct check_run *run, const struct fetch_answer *a)
{
	struct pursuit *p = &run->v[a->tag];
	struct link_evidence e = evidence_of(run, p, a);
	p->flying = false;
	p->address = arena_str(&run->arena, a->address);
	link_queue_done(run->queue, p->host->name, run->now);
	if (p->address.n)
		tell_contact(run, p, p->address);
	run->no_ca |= a->end == FETCH_NO_CA;
	look_for_places(p, a);
	show_page(run, p, a);
	if (is_redirect(a))
		follow(run, p, a);
	else
		weigh(run, p, &e);
}
