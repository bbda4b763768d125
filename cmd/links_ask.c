#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cmd/links.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "lint/links/shown.h"

enum {
	THREADS = 16,    /* that look up names */
	DRAW_MS = 100,   /* from one drawing of the bar to the next */
	TALK_MS = 15000, /* from one line to the next, where nobody watches */
	MOST_FILES = 4096,
};

struct asking {
	struct linked_list *list;
	const struct links_wish *wish;
	size_t *order; /* of what is asked for: numbers in the list */
	size_t told, broken;
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

static int64_t now_ms(void *context)
{
	struct timespec t;
	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static uint64_t draw_seed(void)
{
	uint64_t seed;
	return getrandom(&seed, sizeof(seed), GRND_NONBLOCK) == sizeof(seed) ? seed : (uint64_t)now_ms(NULL);
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

static void draw_bar(const struct asking *a)
{
	enum { WIDTH = 30 };
	struct buf line = {0};
	size_t full = a->list->nr ? a->told * WIDTH / a->list->nr : WIDTH;
	buf_addz(&line, "\r\x1b[K[");
	buf_pad(&line, '#', full);
	buf_pad(&line, '.', WIDTH - full);
	buf_printf(&line, _("] %zu of %zu links, %zu broken"), a->told, a->list->nr, a->broken);
	term_err(buf_str(&line));
	buf_release(&line);
}

static void show_progress(struct asking *a)
{
	int64_t now = now_ms(NULL);
	if (a->wish->quiet || now - a->drawn < (a->watched ? DRAW_MS : TALK_MS))
		return;
	a->drawn = now;
	if (a->watched)
		draw_bar(a);
	else
		term_say("%zu of %zu links", a->told, a->list->nr);
}

static void clear_bar(const struct asking *a)
{
	if (a->watched && !a->wish->quiet)
		term_err(STR("\r\x1b[K"));
}

/* ---- what the engine asks and tells ---- */

static bool stop(void *context)
{
	show_progress(context);
	return interrupted;
}

static void told(void *context, size_t which, const struct link_answer *answer)
{
	struct asking *a = context;
	struct arena *arena = &a->list->arena;
	struct linked *l = &a->list->v[a->order[which]];
	l->answer = *answer;
	l->answer.final_url = arena_str(arena, answer->final_url);
	l->answer.moved = arena_str(arena, answer->moved);
	l->answer.address = arena_str(arena, answer->address);
	if (a->wish->memory)
		links_memory_note(a->wish->memory, l->key, answer);
	a->told++;
	a->broken += links_is_finding(l, false);
}

static void contacted(void *context, const struct link_contact *c)
{
	const struct asking *a = context;
	struct arena scratch = {0};
	if (a->wish->contacted)
		buf_printf(a->wish->contacted, "%.*s\t%.*s\t%u\t%.*s\n", STR_ARG(c->host), STR_ARG(c->address), c->port,
		           STR_ARG(link_shown(&scratch, c->url)));
	arena_release(&scratch);
}

/* ---- the order ---- */

struct turn {
	size_t which; /* in the list */
	int64_t last; /* it was asked for; 0: never */
	struct date date;
};

/* What was asked for longest ago comes first; of the new ones those of the newest day, which readers follow. */
static int by_turn(const void *x, const void *y)
{
	const struct turn *a = x, *b = y;
	int order = (a->last > b->last) - (a->last < b->last);
	if (!order)
		order = date_cmp(b->date, a->date);
	return order ? order : (a->which > b->which) - (a->which < b->which);
}

static struct str *choose(struct asking *a)
{
	struct linked_list *list = a->list;
	struct str *url = arena_array(&list->arena, struct str, list->nr);
	struct turn *turn = arena_array(&list->arena, struct turn, list->nr);
	a->order = arena_array(&list->arena, size_t, list->nr);
	for (size_t i = 0; i < list->nr; i++) {
		const struct linked *l = &list->v[i];
		turn[i] = (struct turn){i, a->wish->memory ? links_memory_last(a->wish->memory, l->key) : 0, l->date};
	}
	if (list->nr)
		qsort(turn, list->nr, sizeof(*turn), by_turn);
	for (size_t i = 0; i < list->nr; i++) {
		a->order[i] = turn[i].which;
		url[i] = list->v[turn[i].which].url;
	}
	return url;
}

int links_ask(struct linked_list *list, const struct links_wish *wish, struct link_sum *sum, struct err *err)
{
	struct asking a = {.list = list, .wish = wish, .watched = isatty(STDERR_FILENO), .drawn = now_ms(NULL)};
	struct link_check_wish check = {
		.policy = &wish->policy,
		.pace = &wish->pace,
		.limits = fetch_usual,
		.deadline = wish->deadline,
		.seed = draw_seed(),
		.threads = THREADS,
		.canary = "example.com",
		.now = now_ms,
		.stop = stop,
		.told = told,
		.contacted = contacted,
		.context = &a,
	};
	check.limits.user_agent = "sdi/" SDI_VERSION " (link checker)";
	allow_files();
	catch_interrupts();
	int bad = link_check(choose(&a), list->nr, &check, sum, err);
	clear_bar(&a);
	return bad;
}
