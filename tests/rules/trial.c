#include "tests/rules/trial.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "fix/fix.h"
#include "lint/elsewhere.h"

#define TODAY "2026-11-22"

unsigned trial_failures;
static struct block_parser *parser;

void trial_open(void)
{
	parser = block_parser_new();
}

void trial_close(void)
{
	block_parser_free(parser);
}

/* ---- setting up ---- */

static struct source source_of(struct arena *a, const char *path, struct str text)
{
	return (struct source){.path = path, .relative = path, .text = text, .size = text.n, .lines = lines_of(a, text)};
}

static const char *belongs(struct arena *a, const struct template_choice *c)
{
	if (!c->template || c->in_place || !date_is_set(c->date))
		return NULL;
	return pattern_fill(a, &c->template->path, c->date).p;
}

static struct lint_plan plan_of(struct arena *a, const struct setup *s)
{
	struct lint_plan plan;
	struct config config;
	struct err err;
	struct setting set = {.option = str_of(s->option), .value = s->value};
	struct setting names[2] = {0};
	struct name_list select = {.v = names};
	if (config_parse(a, "config", s->config, &config, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	if (s->only)
		names[select.nr++].value = str_of(s->only->name);
	if (s->with)
		names[select.nr++].value = str_of(s->with->name);
	if (s->option) {
		set.rule = str_of(s->only ? s->only->name : s->with->name);
		config.base.set = &set;
		config.base.nr = 1;
	}
	/* An example is linted by all rules; what is off by itself is on when all is strict. */
	struct plan_wish wish = {.select = s->only ? &select : NULL};
	if (!s->only && s->with && s->with->severity == SEVERITY_OFF)
		wish.has_preset = true, wish.preset = PRESET_STRICT;
	if (lint_plan_make(a, &config, &wish, config_overrides_of(&config, s->path ? s->path : TODAY ".md"), &plan, &err) <
	    0) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	return plan;
}

/* ---- what local links lead to ---- */

struct trial_targets {
	struct targets targets; /* first: what rules see of it */
	struct str tracked, untracked, text;
};

/* Is it in the list, or a folder of what is? */
static bool is_listed(struct str list, struct str path)
{
	struct str one;
	while (str_split(&list, ',', &one))
		if (str_eq(one, path) || (str_starts(one, path) && one.p[path.n] == '/'))
			return true;
	return false;
}

static enum target_state look(const struct targets *t, const char *path)
{
	const struct trial_targets *own = (const struct trial_targets *)(const void *)t;
	struct str s = str_of(*path == '/' ? path + 1 : path);
	if (str_starts(s, STR("..")))
		return TARGET_UNKNOWN;
	if (is_listed(own->tracked, s))
		return TARGET_PRESENT;
	return is_listed(own->untracked, s) ? TARGET_UNTRACKED : TARGET_MISSING;
}

static struct str text_of(const struct targets *t, struct arena *a, const char *path)
{
	(void)a;
	(void)path;
	return ((const struct trial_targets *)(const void *)t)->text;
}

static const struct targets *targets_of(struct arena *a, const struct setup *s)
{
	struct trial_targets *own = arena_new(a, struct trial_targets);
	*own = (struct trial_targets){{look, text_of}, str_of(s->targets), str_of(s->untracked), s->target_text};
	return s->targets || s->untracked ? &own->targets : NULL;
}

/* ---- what was learnt of links ---- */

struct trial_answers {
	struct link_answers answers; /* first: what rules see of it */
	struct str lines;
};

static const struct trial_answers *learnt(const struct link_answers *v)
{
	return (const struct trial_answers *)(const void *)v;
}

static bool any_answer(const struct link_answers *v)
{
	return learnt(v)->lines.n > 0;
}

/* "broken DAY LOOKS REASON URL", "moved NEW-URL URL"; a day may be "-". */
static struct str read_answer(struct str line, struct link_known *out)
{
	struct str word[3] = {0};
	*out = (struct link_known){0};
	str_split(&line, ' ', &word[0]);
	out->broken = str_eqz(word[0], "broken");
	if (!out->broken) {
		str_split(&line, ' ', &out->moved);
		return line;
	}
	str_split(&line, ' ', &word[1]);
	str_split(&line, ' ', &word[2]);
	str_split(&line, ' ', &out->reason);
	date_parse(word[1], &out->since);
	out->looks = (unsigned)strtoul(word[2].p, NULL, 10);
	return line;
}

static bool find_answer(const struct link_answers *v, struct str url, struct link_known *out)
{
	struct str rest = learnt(v)->lines, line;
	while (str_split(&rest, '\n', &line))
		if (line.n && str_eq(read_answer(line, out), url))
			return true;
	return false;
}

static const struct link_answers *answers_of(struct arena *a, const struct setup *s)
{
	struct trial_answers *own = arena_new(a, struct trial_answers);
	*own = (struct trial_answers){{any_answer, find_answer, NULL}, s->answers};
	return &own->answers;
}

/* ---- linting ---- */

static void compare_with(struct arena *a, const struct setup *s, struct job *job)
{
	const char *path = s->before_path ? s->before_path : "2026-11-21.md";
	struct template_set set = {(struct template *)(uintptr_t)job->facts.choice.template, 1, true};
	struct job other = {.kind = JOB_DIGEST, .source = source_of(a, path, s->before), .plan = job->plan, .archive = s};
	other.facts.choice = template_choose(a, &set, path);
	elsewhere_look(&other, 1, 1);
	elsewhere_tell(job, 1, &other, 1);
	job_release(&other);
}

void trial_lint(struct arena *a, const struct setup *s, struct job *job)
{
	struct template *t = arena_new(a, struct template);
	struct source *example = arena_new(a, struct source);
	struct lint_plan *plan = arena_new(a, struct lint_plan);
	const char *path = s->path ? s->path : TODAY ".md";
	*plan = plan_of(a, s);
	*job = (struct job){.kind = JOB_DIGEST, .source = source_of(a, path, s->text), .plan = plan};
	if (s->is_template) {
		job->kind = JOB_TEMPLATE;
		job->template = t;
		template_parse(a, parser, &job->source, false, t);
	} else {
		*example = source_of(a, "template.md", s->template_text);
		template_parse(a, parser, example, false, t);
		struct template_set set = {t, 1, true};
		job->facts.choice = template_choose(a, &set, path);
		for (size_t i = 0; i < t->mistakes; i++, trial_failures++)
			printf("the template is wrong at byte %u: %.*s\n", t->mistake[i].at.off, STR_ARG(t->mistake[i].message));
	}
	job->facts.belongs = belongs(a, &job->facts.choice);
	job->facts.twin = s->twin;
	job->facts.is_new = s->is_new;
	job->facts.targets = targets_of(a, s);
	job->facts.answers = answers_of(a, s);
	job->facts.today = s->today;
	if (!date_is_set(s->today))
		date_parse(STR(TODAY), &job->facts.today);
	job->archive = s->before.n ? s : NULL;
	lint_one(job, parser);
	if (s->before.n)
		compare_with(a, s, job);
}

struct str trial_findings(struct arena *a, const struct job *job, const struct rule *only)
{
	struct buf out = {0};
	for (size_t i = 0; i < job->findings.nr; i++) {
		const struct finding *f = &job->findings.v[i];
		struct position at = source_position(&job->source, f->at.off);
		if (only && f->rule != only)
			continue;
		buf_printf(&out, "%u:%u %s %s: %.*s\n", at.line, at.column, severity_name(f->severity), f->rule->name,
		           STR_ARG(f->message));
		for (size_t k = 0; k < f->nr_related; k++)
			buf_printf(&out, "  %s:%u: %.*s\n", f->related[k].path, f->related[k].line, STR_ARG(f->related[k].message));
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

/* ---- fixing ---- */

static void check_order(const struct finding *f)
{
	for (size_t i = 1; i < f->fix.nr; i++) {
		if (f->fix.edit[i].at.off >= span_end(f->fix.edit[i - 1].at))
			continue;
		printf("%s: the edits of a fix overlap, or are not in order\n", f->rule->name);
		trial_failures++;
		return;
	}
}

struct wish {
	const struct rule *only;
	enum safety least;
};

static bool is_wanted(const void *context, const struct finding *f)
{
	const struct wish *w = context;
	return f->fix.safety >= w->least && (!w->only || f->rule == w->only);
}

struct str trial_apply(struct arena *a, const struct job *job, const struct rule *only, enum safety least)
{
	struct wish wish = {only, least};
	for (size_t i = 0; i < job->findings.nr; i++)
		check_order(&job->findings.v[i]);
	struct patch p = patch_choose(a, job->source.text, &job->findings, is_wanted, &wish);
	return patch_apply(a, job->source.text, &p);
}

bool trial_settles(struct arena *a, struct setup s, enum safety least)
{
	struct job job;
	struct fix_result r;
	trial_lint(a, &s, &job);
	fix_text(&job, parser, &(struct fix_text_wish){.least = least}, &r);
	for (size_t i = 0; i < r.nr_left_out; i++)
		printf("left out: %u:%u raises %s, or breaks %x `%.*s`\n", r.left_out[i].at.line, r.left_out[i].at.column,
		       r.left_out[i].raises ? r.left_out[i].raises->name : "nothing", (unsigned)r.left_out[i].breach.kind,
		       STR_ARG(r.left_out[i].breach.key));
	bool settles = !r.nr_fighting && !r.nr_left_out;
	fix_result_release(&r);
	job_release(&job);
	return settles;
}
