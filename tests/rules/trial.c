#include "tests/rules/trial.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/buf.h"

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

/* ---- linting ---- */

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
	struct name_list select = {names, 0};
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
	if (lint_plan_make(a, &config, s->only ? &select : NULL, NULL, &plan, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	return plan;
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
	job->facts.today = s->today;
	if (!date_is_set(s->today))
		date_parse(STR(TODAY), &job->facts.today);
	lint_one(job, parser);
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

/* ---- applying ---- */

static bool overlap(const struct edit *x, const struct edit *y)
{
	if (x->at.off == y->at.off)
		return (x->at.len && y->at.len) || (!x->at.len && !y->at.len);
	return x->at.off < span_end(y->at) && y->at.off < span_end(x->at);
}

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

static int by_place(const void *x, const void *y)
{
	const struct edit *a = x, *b = y;
	if (a->at.off != b->at.off)
		return a->at.off < b->at.off ? -1 : 1;
	return (a->at.len > b->at.len) - (a->at.len < b->at.len);
}

/* A fix goes in whole or, where it touches one that is in already, not at all. */
struct str trial_apply(struct arena *a, const struct job *job, const struct rule *only, enum safety least)
{
	struct edit *edit = NULL;
	size_t nr = 0, cap = 0, done = 0;
	struct buf out = {0};
	for (size_t i = 0; i < job->findings.nr; i++) {
		const struct finding *f = &job->findings.v[i];
		bool free = f->fix.safety != FIX_NONE && f->fix.safety >= least && (!only || f->rule == only);
		for (size_t k = 0; free && k < f->fix.nr; k++)
			for (size_t m = 0; free && m < nr; m++)
				free = !overlap(&edit[m], &f->fix.edit[k]);
		check_order(f);
		for (size_t k = 0; free && k < f->fix.nr; k++) {
			edit = arena_grow(a, edit, nr, &cap, sizeof(*edit));
			edit[nr++] = f->fix.edit[k];
		}
	}
	if (nr)
		qsort(edit, nr, sizeof(*edit), by_place);
	for (size_t i = 0; i < nr; i++) {
		buf_add(&out, str_slice(job->source.text, done, edit[i].at.off));
		buf_add(&out, edit[i].text);
		done = span_end(edit[i].at);
	}
	buf_add(&out, str_from(job->source.text, done));
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

/* Fixing comes to an end. */
bool trial_settles(struct arena *a, struct setup s, enum safety least)
{
	for (unsigned round = 0; round < 10; round++) {
		struct job job;
		trial_lint(a, &s, &job);
		struct str text = trial_apply(a, &job, s.only, least);
		job_release(&job);
		if (str_eq(text, s.text))
			return true;
		s.text = text;
	}
	return false;
}
