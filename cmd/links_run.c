#include "cmd/links_run.h"

#include <signal.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cmd/term.h"
#include "core/base/message.h"
#include "lint/links/shown.h"

enum {
	THREADS = 16,    /* that look up names */
	DRAW_MS = 100,   /* from one drawing of the bar to the next */
	TALK_MS = 15000, /* from one line to the next, where nobody watches */
	MOST_FILES = 4096,
};

struct run {
	const struct links_errand *errand;
	size_t told, dead;
	bool watched; /* somebody sits at a terminal */
	int64_t drawn;
};

/* ---- the world ---- */

static volatile sig_atomic_t interrupted;

/* The second one ends the program. */
static void interrupt(int number)
{
	interrupted = 1;
	signal(number, SIG_DFL);
}

/* One that is ignored, as under nohup, stays so. */
static void catch_interrupts(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		if (signal(signals[i], interrupt) == SIG_IGN)
			signal(signals[i], SIG_IGN);
}

int64_t links_clock(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t now(void *context)
{
	(void)context;
	return links_clock();
}

static uint64_t draw_seed(void)
{
	uint64_t seed;
	return getrandom(&seed, sizeof(seed), GRND_NONBLOCK) == sizeof(seed) ? seed : (uint64_t)links_clock();
}

/* Each request is a file. */
static void allow_files(void)
{
	struct rlimit l;
	if (getrlimit(RLIMIT_NOFILE, &l) || l.rlim_cur >= MOST_FILES)
		return;
	l.rlim_cur = l.rlim_max < MOST_FILES ? l.rlim_max : MOST_FILES;
	setrlimit(RLIMIT_NOFILE, &l);
}

/* ---- talk ---- */

static void draw_bar(const struct run *r)
{
	enum { WIDTH = 30 };
	struct buf line = {0};
	size_t full = r->errand->nr ? r->told * WIDTH / r->errand->nr : WIDTH;
	buf_addz(&line, "\r\x1b[K[");
	buf_pad(&line, '#', full);
	buf_pad(&line, '.', WIDTH - full);
	buf_printf(&line, _("] %zu of %zu links, %zu broken"), r->told, r->errand->nr, r->dead);
	term_err(buf_str(&line));
	buf_release(&line);
}

static void show_progress(struct run *r)
{
	int64_t clock = links_clock();
	if (r->errand->wish->quiet || clock - r->drawn < (r->watched ? DRAW_MS : TALK_MS))
		return;
	r->drawn = clock;
	if (r->watched)
		draw_bar(r);
	else
		term_say("%zu of %zu links", r->told, r->errand->nr);
}

static void clear_bar(const struct run *r)
{
	if (r->watched && !r->errand->wish->quiet)
		term_err(STR("\r\x1b[K"));
}

/* ---- what the engine asks and tells ---- */

static bool stop(void *context)
{
	const struct run *r = context;
	show_progress(context);
	if (r->errand->wish->memory)
		links_memory_keep(r->errand->wish->memory);
	return interrupted;
}

static void told(void *context, size_t which, const struct link_answer *answer)
{
	struct run *r = context;
	r->told++;
	r->dead += r->errand->told(r->errand->context, which, answer);
}

static void contacted(void *context, const struct link_contact *c)
{
	const struct run *r = context;
	struct arena scratch = {0};
	if (r->errand->wish->contacted)
		buf_printf(r->errand->wish->contacted, "%.*s\t%.*s\t%u\t%.*s\n", STR_ARG(c->host), STR_ARG(c->address), c->port,
		           STR_ARG(link_shown(&scratch, c->url)));
	arena_release(&scratch);
}

int links_run(const struct links_errand *errand, struct link_sum *sum, struct err *err)
{
	const struct links_wish *wish = errand->wish;
	struct run r = {.errand = errand, .watched = isatty(STDERR_FILENO), .drawn = links_clock()};
	int64_t left = wish->until - links_clock();
	struct link_check_wish check = {
		.policy = &wish->policy,
		.pace = &wish->pace,
		.limits = fetch_usual,
		.deadline = left > 0 ? left : 1,
		.seed = draw_seed(),
		.threads = THREADS,
		.canary = LINKS_CANARY,
		.now = now,
		.stop = stop,
		.told = told,
		.contacted = contacted,
		.context = &r,
	};
	check.limits.ca_file = wish->ca_file;
	check.limits.user_agent = "sdi/" SDI_VERSION " (link checker)";
	allow_files();
	catch_interrupts();
	int bad = link_check(errand->url, errand->nr, &check, sum, err);
	clear_bar(&r);
	return bad;
}
