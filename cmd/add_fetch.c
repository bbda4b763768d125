#include "cmd/add.h"
#include "cmd/links.h"
#include "lint/links/reply_page.h"

enum { DEADLINE = 60000, INTERVAL = 500, IN_FLIGHT = 2, IN_ALL = 16, JITTER = 20, THREADS = 4 };

struct fetching {
	struct arena *a;
	struct add_page *page;
	struct err err; /* of what keeps all pages from being read */
	bool blind;
};

static int64_t now(void *context)
{
	(void)context;
	return links_clock();
}

/* An interrupt ends all of it: nothing is half done. */
static bool stop(void *context)
{
	(void)context;
	return false;
}

static void contacted(void *context, const struct link_contact *contact)
{
	(void)context, (void)contact;
}

static void take_page(void *context, size_t which, struct str bytes, struct str type)
{
	struct fetching *f = context;
	struct arena scratch = {0};
	struct page page;
	f->page[which].title = STR("");
	if (reply_page(&scratch, bytes, type, &page, &f->err))
		f->blind = true;
	else
		f->page[which].title = arena_str(f->a, page.title);
	arena_release(&scratch);
}

/* What came may be another page than the one that was asked for. */
static void told(void *context, size_t which, const struct link_answer *answer)
{
	struct fetching *f = context;
	struct add_page *page = &f->page[which];
	enum link_outcome o = answer->verdict.outcome;
	bool there = o == LINK_OK || o == LINK_MOVED || o == LINK_NO_FRAGMENT;
	if (!there)
		page->title = STR("");
	page->reason = there ? "no-title" : answer->verdict.reason;
}

int add_fetch(struct arena *a, struct add_page *pages, size_t nr, const struct link_policy *policy, struct err *err)
{
	struct fetching f = {.a = a, .page = pages};
	struct str *url = arena_array(a, struct str, nr);
	struct link_pace pace = {
		.per_host = IN_FLIGHT, .in_all = IN_ALL, .interval = INTERVAL, .jitter = JITTER, .hosts = policy->hosts};
	struct link_sum sum;
	struct link_check_wish wish = {
		.policy = policy,
		.pace = &pace,
		.limits = fetch_usual,
		.deadline = DEADLINE,
		.seed = (uint64_t)links_clock(),
		.threads = THREADS,
		.now = now,
		.stop = stop,
		.told = told,
		.contacted = contacted,
		.page = take_page,
		.context = &f,
	};
	wish.limits.user_agent = "sdi/" SDI_VERSION " (titles of articles)";
	for (size_t i = 0; i < nr; i++) {
		pages[i].title = STR("");
		url[i] = pages[i].url;
	}
	if (link_check(url, nr, &wish, &sum, err))
		return -1;
	return f.blind ? err_set(err, "%s", f.err.text) : 0;
}
