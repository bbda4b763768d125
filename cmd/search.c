/* sdi search: where digests speak of something. */
#include "cmd/search.h"

#include <stdlib.h>
#include <unistd.h>

#include "cmd/judge.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/base/pool.h"

enum { TEXT, JSON };
/* As grep. */
enum { EXIT_FOUND = 0, EXIT_NOT_FOUND = 1 };

static const struct choice format_choices[] = {{"text", TEXT, false}, {"json", JSON, false}, {0}};

struct settings {
	struct judge_settings judge;
	struct name_list in;
	int format;
	bool files, count, substring;
	long limit;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"in", 0, OPTION_MANY, "PATH", N_("Only in this file or folder; `-` is standard input (may be repeated)"), AT(in),
     NULL, 0, 0},
	{"substring", 0, OPTION_FLAG, NULL, N_("Find parts of domains, addresses, hashes and numbers, too"), AT(substring),
     NULL, 0, 0},
	{"files-with-matches", 'l', OPTION_FLAG, NULL, N_("Only the paths of digests that have such lines"), AT(files),
     NULL, 0, 0},
	{"count", 'c', OPTION_FLAG, NULL, N_("Only how many such lines digests have"), AT(count), NULL, 0, 0},
	{"limit", 'm', OPTION_INT, "N", N_("No more than so many lines, or paths; the newest come first"), AT(limit), NULL,
     1, 1000000000},
	{"format", 0, OPTION_ENUM, NULL, N_("How it is printed; text without it"), AT(format), format_choices, 0, 0},
	{"color", 0, OPTION_ENUM, NULL, N_("When to use colour"), AT(judge.output.colour), colour_choices, 0, 0},
	{0},
};

/* ---- looking ---- */

struct looking {
	struct search search;
	struct job **job;
	struct hits *of; /* of each job */
};

static void work(void *own, void *context, size_t i)
{
	struct looking *l = context;
	l->job[i]->failed = search_one(&l->search, own, l->job[i], &l->of[i]) < 0;
}

/* The newest day first; a day's, and those without one at the end, in the order of their paths. */
static int compare_days(const void *x, const void *y)
{
	const struct job *a = *(const struct job *const *)x, *b = *(const struct job *const *)y;
	int order = date_cmp(b->facts.choice.date, a->facts.choice.date);
	return order ? order : (a > b) - (a < b);
}

/* Tells apart what is a digest, and a template that cannot be used. */
static struct job **digests_of(struct judgement *j, size_t *nr)
{
	struct job **v = arena_array(j->arena, struct job *, j->c.nr);
	*nr = 0;
	for (size_t i = 0; i < j->c.nr; i++) {
		struct job *job = &j->c.job[i];
		if (job->kind == JOB_DIGEST)
			v[(*nr)++] = job;
		else
			job->failed = judge_read_template(job) < 0;
	}
	if (*nr)
		qsort(v, *nr, sizeof(*v), compare_days);
	return v;
}

static void print(const struct settings *s, struct printout *p)
{
	if (s->format == TEXT)
		term_disarm(&p->out);
	term_out(buf_str(&p->out));
	p->out.n = 0;
}

static void show(const struct settings *s, struct printout *p, const struct job *job, const struct hits *hits)
{
	if (!hits->nr || !p->left)
		return;
	if (s->format == JSON)
		search_print_json(p, job, hits);
	else if (s->files || s->count)
		search_print_path(p, job, hits, s->count);
	else
		search_print_lines(p, job, hits);
}

static void look_in(const struct settings *s, struct looking *l, size_t nr, struct printout *p)
{
	static const struct pool_work looker = {searcher_begin, searcher_end, work};
	l->of = xcalloc(nr, sizeof(*l->of));
	l->search.most = s->files ? 1 : s->count ? SIZE_MAX : p->left;
	pool_run(&looker, l, nr, (unsigned)s->judge.jobs);
	for (size_t i = 0; i < nr; i++) {
		show(s, p, l->job[i], &l->of[i]);
		arena_release(&l->job[i]->arena);
	}
	free(l->of);
	print(s, p);
}

/* In pieces, so that the first is there at once, and no more is read than is shown. */
static void look(struct judgement *j, const struct settings *s, const struct search *search, struct printout *p)
{
	enum { FIRST = 64, LARGEST = 1024 };
	size_t nr, some, batch = FIRST;
	struct job **all = digests_of(j, &nr);
	if (s->format == JSON)
		buf_printf(&p->out, "{\"version\": 1, \"files\": %zu, \"matches\": [", nr);
	for (size_t at = 0; at < nr && p->left; at += some) {
		struct looking l = {.search = *search, .job = all + at};
		some = nr - at < batch ? nr - at : batch;
		look_in(s, &l, some, p);
		batch = batch < LARGEST ? 2 * batch : LARGEST;
	}
	if (s->format == JSON)
		buf_addz(&p->out, "]}\n");
	print(s, p);
	if (!nr)
		term_say("there are no digests to look at");
}

/* ---- what is asked for ---- */

static int read_queries(struct arena *a, const struct invocation *in, struct search *out, struct err *err)
{
	const struct settings *s = in->settings;
	struct query *query = arena_array(a, struct query, in->nr);
	if (!in->nr)
		return err_set(err, "what is to be looked for? See `sdi search --help`");
	if (in->nr > MOST_QUERIES)
		return err_set(err, "no more than %d things can be looked for at once", MOST_QUERIES);
	for (size_t i = 0; i < in->nr; i++)
		if (query_read(a, str_of(in->arg[i]), s->substring, &query[i], err))
			return -1;
	*out = (struct search){.query = query, .nr = in->nr, .entries = s->format == JSON || !(s->files || s->count)};
	return 0;
}

static int check_wish(const struct settings *s, struct err *err)
{
	if (s->files && s->count)
		return err_set(err, "--count does not go with --files-with-matches");
	if (s->format == JSON && (s->files || s->count))
		return err_set(err, "--format json does not go with --count and --files-with-matches");
	return 0;
}

/* As if PATHs were what the command line names. */
static struct invocation places(struct arena *a, const struct invocation *in)
{
	const struct settings *s = in->settings;
	const char **path = arena_array(a, const char *, s->in.nr);
	for (size_t i = 0; i < s->in.nr; i++)
		path[i] = arena_str(a, s->in.v[i].value).p;
	return (struct invocation){a, s, path, s->in.nr};
}

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	struct printout p = {.colour = s->format == TEXT && term_colour((enum colour)s->judge.output.colour, STDOUT_FILENO),
	                     .left = s->limit ? (size_t)s->limit : SIZE_MAX};
	struct judgement j = {0};
	struct search search;
	struct err err;
	int code = EXIT_TROUBLE;
	if (check_wish(s, &err) || read_queries(in->arena, in, &search, &err)) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	struct invocation where = places(in->arena, in);
	if (judge_collect(&j, &where) == 0) {
		look(&j, s, &search, &p);
		code = judge_say_failures(&j) ? EXIT_TROUBLE : p.printed ? EXIT_FOUND : EXIT_NOT_FOUND;
	}
	buf_release(&p.out);
	judge_release(&j);
	return code;
}

const struct command command_search = {
	.name = "search",
	.summary = N_("Find where digests speak of something"),
	.arguments = "QUERY...",
	.about = N_("Prints the lines of digests that have a word, a URL, a CVE number or another indicator, with the\n"
                "title of their entry; those of the newest day first. Of several QUERYs, an entry has all.\n\n"
                "Words are found in other words, too, without regard to case and width. Domains, addresses, hashes\n"
                "and CVE numbers are found as a whole, defanged or not; domains and URLs also in what lies below\n"
                "them: `evil.example` finds `hxxps://a.evil[.]example/b`, but not `notevil.example`. Scheme, `www.`,\n"
                "trackers and fragment do not tell URLs apart. No character of a QUERY has a special meaning.\n\n"
                "Without --in: in all digests of the project that the current folder belongs to.\n\n"
                "Exit codes: 0 found, 1 not found, 2 could not do the job, or not all of it.\n"),
	.options = {{options, judge_reader_options, judge_source_options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
