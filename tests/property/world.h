/* What property tests of whole digests stand on: the templates of templates/, all rules, and texts. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/digest/builtin.h"
#include "lint/lint.h"
#include "tests/property/corpus.h"
#include "tests/property/mutate.h"

enum { TEMPLATES = 3 };

static struct {
	struct arena arena;
	struct block_parser *parser;
	struct template template[TEMPLATES];
	struct lint_plan plan;
	struct corpus digests, examples;
} world;

static inline struct job world_job(const struct template *t, struct str text)
{
	struct job job = {.plan = &world.plan, .source = {.path = "20261122.md", .relative = "20261122.md"}};
	job.source.text = text;
	job.source.size = text.n;
	job.source.lines = lines_of(&job.arena, text);
	job.facts.choice = (struct template_choice){.template = t, .date = {2026, 11, 22}, .in_place = true};
	job.facts.today = (struct date){2026, 11, 22};
	return job;
}

static inline struct str with_path(struct arena *a, struct str text, const char *path)
{
	size_t from = str_find(text, 0, STR("path: ")), end = str_find_byte(text, from, '\n');
	return replace(a, text, span_make(from, end), arena_printf(a, "path: \"%s\"", path));
}

static inline void add_template(size_t i, const char *name, struct str text)
{
	struct source *s = arena_new(&world.arena, struct source);
	struct str mine = with_path(&world.arena, text, "{yyyy}_{quarter-months}/{yyyyMMdd}.md");
	*s = (struct source){.path = name, .relative = name, .text = mine, .size = mine.n};
	s->lines = lines_of(&world.arena, mine);
	template_parse(&world.arena, world.parser, s, false, &world.template[i]);
	assert_int_equal(world.template[i].mistakes, 0);
}

static inline void add_example(const struct example *e)
{
	if (e->text)
		corpus_add(&world.examples, "example", e->size ? (struct str){e->text, e->size} : str_of(e->text));
}

static inline int world_set_up(void **state)
{
	static const char *const names[] = {"daily.md", "examples/numbered.md", "examples/sections.md"};
	struct config config;
	struct err err;
	(void)state;
	world.parser = block_parser_new();
	for (size_t i = 0; i < TEMPLATES; i++) {
		struct str text;
		struct str path = arena_printf(&world.arena, "%s/templates/%s", SDI_SOURCE_DIR, names[i]);
		if (!corpus_read(&world.digests, path.p, &text))
			return -1;
		add_template(i, names[i], text);
	}
	config_default(&config);
	if (lint_plan_make(&world.arena, &config, NULL, 0, &world.plan, &err) < 0)
		return -1;
	for (size_t i = 0; i < rules_table_nr; i++) {
		add_example(&rules_table[i]->bad);
		add_example(&rules_table[i]->good);
	}
	corpus_folder(&world.digests, SDI_SHARED_DIR "/digests");
	return 0;
}

static inline int world_tear_down(void **state)
{
	(void)state;
	block_parser_free(world.parser);
	arena_release(&world.arena);
	arena_release(&world.digests.arena);
	arena_release(&world.examples.arena);
	return 0;
}
