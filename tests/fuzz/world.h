/* What targets that lint digests stand on: the example template, all rules, and a day. */
#pragma once

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

static void world_open(void)
{
	static struct source source;
	struct config config;
	struct err err;

	if (world.parser)
		return;
	world.parser = block_parser_new();
	source = source_of(&world.arena, "template.md", str_of(example_template));
	template_parse(&world.arena, world.parser, &source, false, &world.template);
	config_default(&config);
	if (world.template.mistakes || lint_plan_make(&world.arena, &config, NULL, 0, &world.plan, &err) < 0)
		BUG("the example template is wrong");
}

static struct job world_job(struct str text)
{
	struct job job = {.plan = &world.plan};

	job.source = source_of(&job.arena, "2026-11-22.md", text);
	job.facts.choice = (struct template_choice){.template = &world.template, .date = {2026, 11, 22}, .in_place = true};
	job.facts.today = (struct date){2026, 11, 22};
	return job;
}
