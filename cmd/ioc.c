/* sdi ioc: the indicators of digests, for other programs. */
#include <unistd.h>

#include "cmd/export/export.h"
#include "cmd/judge.h"
#include "cmd/write.h"
#include "core/base/message.h"
#include "core/base/pool.h"

enum { CSV, JSON, STIX, MISP, TEXT };

static const struct choice format_choices[] = {{"csv", CSV, false},   {"json", JSON, false}, {"stix", STIX, false},
                                               {"misp", MISP, false}, {"text", TEXT, false}, {0}};

static const struct {
	export_writer *write;
	bool dated; /* a row without a date has no place in it */
	bool live;  /* it has no place for defanged values */
} formats[] = {
	[CSV] = {export_csv, false, false}, [JSON] = {export_json, false, false}, [STIX] = {export_stix, true, true},
	[MISP] = {export_misp, true, true}, [TEXT] = {export_text, false, false},
};

struct settings {
	struct judge_settings judge;
	int format;
	struct name_list types;
	const char *output;
	bool defang;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"format", 0, OPTION_ENUM, NULL, N_("How they are printed; csv without it"), AT(format), format_choices, 0, 0},
	{"type", 0, OPTION_LIST, "TYPES", N_("Only these types: ipv4, domain, …; also ip, hash (a,b; may be repeated)"),
     AT(types), NULL, 0, 0},
	{"defang", 0, OPTION_FLAG, NULL, N_("Print values so that they cannot be clicked; not in stix and misp"),
     AT(defang), NULL, 0, 0},
	{"output", 0, OPTION_TEXT, "FILE", N_("Write into a file instead of standard output"), AT(output), NULL, 0, 0},
	{0},
};

/* ---- reading ---- */

struct reading {
	const struct settings *settings;
	unsigned types;
	struct job *job;
	struct exports *of; /* of each job */
};

static bool is_dateless(const struct reading *r, const struct job *job, const struct exports *e)
{
	return e->nr && formats[r->settings->format].dated && !date_is_set(job->facts.choice.date);
}

static int read_digest(const struct reading *r, struct worker *w, struct job *job, struct exports *out)
{
	const struct digest *d = job_read(job) ? NULL : job_digest(job, w->parser, &w->scratch);
	if (!d)
		return -1;
	export_read(&job->arena, d, r->types, r->settings->defang, out);
	if (!is_dateless(r, job, out))
		return 0;
	*out = (struct exports){0};
	return job_fail(job, "`%s` has no date in its name, which %s needs", job->source.path,
	                format_choices[r->settings->format].name);
}

static void work(void *own, void *context, size_t i)
{
	struct worker *w = own;
	struct reading *r = context;
	struct job *job = &r->job[i];
	job->failed = (job->kind == JOB_TEMPLATE ? judge_read_template(job) : read_digest(r, w, job, &r->of[i])) < 0;
	arena_reset(&w->scratch);
}

static struct exports read_all(struct judgement *j, const struct settings *s, unsigned types)
{
	static const struct pool_work reader = {worker_begin, worker_end, work};
	struct reading r = {s, types, j->c.job, arena_array(j->arena, struct exports, j->c.nr)};
	struct exports all = {0};
	pool_run(&reader, &r, j->c.nr, (unsigned)s->judge.jobs);
	for (size_t i = 0; i < j->c.nr; i++) {
		for (size_t k = 0; k < r.of[i].nr; k++) {
			all.v = arena_grow(j->arena, all.v, all.nr, &all.cap, sizeof(*all.v));
			all.v[all.nr++] = r.of[i].v[k];
		}
		all.pointers += r.of[i].pointers;
	}
	return all;
}

/* ---- printing ---- */

static void say_counts(const struct judgement *j, const struct settings *s, const struct exports *all, size_t left_out)
{
	size_t digests = 0;
	for (size_t i = 0; i < j->c.nr; i++)
		digests += j->c.job[i].kind == JOB_DIGEST;
	if (!digests)
		term_say("there are no digests to look at");
	if (all->pointers)
		term_say("left out, because they only say where indicators are: %zu", all->pointers);
	if (left_out)
		term_say("left out, because %s has no place for them: %zu", format_choices[s->format].name, left_out);
}

static int print(struct judgement *j, const struct settings *s, struct buf *text)
{
	struct err err;
	if (!j->outputs.nr) {
		if (s->format == CSV || s->format == TEXT)
			term_disarm(text);
		term_out(buf_str(text));
		return 0;
	}
	if (!write_file(s->output, buf_str(text), &err))
		return 0;
	term_error("%s", err.text);
	return -1;
}

static int export(struct judgement *j, const struct settings *s, unsigned types)
{
	struct buf text = {0};
	struct exports all = read_all(j, s, types);
	bool trouble = judge_say_failures(j);
	size_t left_out = formats[s->format].write(j->arena, &all, &text);
	trouble |= print(j, s, &text) != 0;
	say_counts(j, s, &all, left_out);
	buf_release(&text);
	return trouble ? EXIT_TROUBLE : EXIT_FINE;
}

static int check_wish(struct arena *a, const struct settings *s, unsigned *types, struct err *err)
{
	if (s->defang && formats[s->format].live)
		return err_set(err, "--defang: in %s values are live", format_choices[s->format].name);
	return export_types_read(a, &s->types, types, err);
}

/* As a report's, the file must be nobody else's. */
static int open_output(struct judgement *j, const struct settings *s, struct err *err)
{
	if (!s->output || strcmp(s->output, "-") == 0)
		return 0;
	j->outputs.v = arena_new(j->arena, struct output);
	j->outputs.v->path = s->output;
	j->outputs.nr = 1;
	return judge_guard(j, err);
}

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	struct judgement j = {0};
	struct err err;
	unsigned types;
	int code = EXIT_TROUBLE;
	if (check_wish(in->arena, s, &types, &err)) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	if (judge_collect(&j, in) == 0) {
		if (open_output(&j, s, &err))
			term_error("%s", err.text);
		else
			code = export(&j, s, types);
	}
	judge_release(&j);
	return code;
}

const struct command command_ioc = {
	.name = "ioc",
	.summary = N_("Print the indicators of digests"),
	.arguments = "[PATH...]",
	.about = N_("Prints what the rows of indicators say in files, in the digests below folders, or on standard\n"
                "input (`-`). Without a PATH: in all digests of the project that the current folder belongs to.\n"
                "Values are refanged, unless --defang is given: do not click them.\n\n"
                "csv and json have a line for each row, the other formats each indicator once.\n\n"
                "Exit codes: 0 done, 2 could not do the job, or not all of it.\n"),
	.options = {{options, judge_reader_options, judge_source_options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
