/* Whatever the text: it is linted, the same way twice, and findings and edits lie in it, in order. */
#include <stdint.h>

#include "core/base/utf8.h"
#include "lint/lint.h"

static struct {
	struct arena arena;
	struct block_parser *parser;
	struct template template;
	struct lint_plan plan;
} world;

static struct source source_of(struct arena *a, const char *path, struct str text)
{
	return (struct source){.path = path, .relative = path, .text = text, .size = text.n, .lines = lines_of(a, text)};
}

static void set_up(void)
{
	static struct source source;
	struct config config;
	struct err err;

	world.parser = block_parser_new();
	source = source_of(&world.arena, "template.md", str_of(example_template));
	template_parse(&world.arena, world.parser, &source, false, &world.template);
	config_default(&config);
	if (world.template.mistakes || lint_plan_make(&world.arena, &config, NULL, 0, &world.plan, &err) < 0)
		BUG("the example template is wrong");
}

static struct job lint(struct str text)
{
	struct job job = {.plan = &world.plan};

	job.source = source_of(&job.arena, "2026-11-22.md", text);
	job.facts.choice = (struct template_choice){.template = &world.template, .date = {2026, 11, 22}, .in_place = true};
	job.facts.today = (struct date){2026, 11, 22};
	lint_one(&job, world.parser);
	return job;
}

static void check_finding(const struct finding *f, struct str text, uint32_t after)
{
	if (span_end(f->at) > text.n || f->at.off < after)
		BUG("%s at bytes %u to %u, behind %u, of %zu", f->rule->name, f->at.off, span_end(f->at), after, text.n);
	for (size_t i = 0; i < f->fix.nr; i++) {
		const struct edit *e = &f->fix.edit[i];
		if (span_end(e->at) > text.n || (i > 0 && e->at.off < span_end(e[-1].at)))
			BUG("%s edits bytes %u to %u of %zu", f->rule->name, e->at.off, span_end(e->at), text.n);
		if (utf8_check(e->text) < e->text.n)
			BUG("%s writes what is no UTF-8", f->rule->name);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size ? (const char *)data : "", size};

	if (utf8_check(text) < text.n)
		return 0;
	if (!world.parser)
		set_up();

	struct job first = lint(text), second = lint(text);
	if (first.findings.nr != second.findings.nr)
		BUG("%zu findings, then %zu", first.findings.nr, second.findings.nr);
	for (size_t i = 0; i < first.findings.nr; i++) {
		const struct finding *a = &first.findings.v[i], *b = &second.findings.v[i];
		if (a->rule != b->rule || a->at.off != b->at.off || !str_eq(a->message, b->message))
			BUG("%s, then %s", a->rule->name, b->rule->name);
		check_finding(a, text, i ? a[-1].at.off : 0);
	}
	job_release(&first);
	job_release(&second);
	return 0;
}
