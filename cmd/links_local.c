#include "cmd/links.h"

#define RULE "missing-target"

struct link_answer links_known(enum link_outcome outcome, const char *reason)
{
	return (struct link_answer){
		.verdict = {outcome, reason, false},
		.final_url = STR(""),
		.moved = STR(""),
		.address = STR(""),
	};
}

/* All that the plan says of this rule, and nothing of others. */
static struct lint_plan plan_of(struct arena *a, const struct lint_plan *plan, size_t rule)
{
	struct lint_plan out = {.state = arena_array(a, struct rule_state, rules_table_nr), .max_bytes = plan->max_bytes};
	out.state[rule] = plan->state[rule];
	return out;
}

static struct linked broken(struct arena *a, const struct finding *f)
{
	const struct source *s = f->source;
	struct str written = arena_str(a, str_at(s->text, f->at));
	return (struct linked){
		.path = arena_strdup(a, s->path),
		.at = source_position(s, f->at.off),
		.url = written,
		.key = written,
		.known = true,
		.answer = links_known(LINK_BROKEN, RULE),
	};
}

struct linked *links_local(struct arena *a, const struct job *job, struct block_parser *parser, size_t *nr)
{
	const struct rule *rule = rule_find(STR(RULE));
	struct lint_plan plan = plan_of(a, job->plan, rule_index(rule));
	struct job own = {
		.kind = job->kind,
		.snapshot = job->snapshot,
		.focus = job->focus,
		.source = job->source,
		.facts = job->facts,
		.plan = &plan,
	};
	lint_one(&own, parser);
	struct linked *v = arena_array(a, struct linked, own.findings.nr);
	*nr = 0;
	for (size_t i = 0; i < own.findings.nr; i++)
		if (own.findings.v[i].rule == rule && own.findings.v[i].severity == SEVERITY_ERROR)
			v[(*nr)++] = broken(a, &own.findings.v[i]);
	job_release(&own);
	return v;
}
