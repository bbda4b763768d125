/* Whatever the text: the model and what the rules say of it hold together, and say the same again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/digest/builtin.h"
#include "lint/lint.h"
#include "tests/property/corpus.h"

#if defined(__SANITIZE_ADDRESS__)
enum { MUTATIONS = 400 };
#else
enum { MUTATIONS = 3000 };
#endif
enum { TEMPLATES = 3 };

static struct {
	struct arena arena;
	struct block_parser *parser;
	struct template template[TEMPLATES];
	struct lint_plan plan;
	struct corpus digests, examples;
	size_t findings, edits, entries;
	bool is_utf8; /* the text that is being looked at */
} world;

/* ---- what must hold ---- */

static const char *where;

#define HOLDS(what)                                                \
	do {                                                           \
		if (!(what))                                               \
			fail_msg("%s: %s\n%.*s", where, #what, STR_ARG(text)); \
	} while (0)

/* Between two characters; in a text that is no UTF-8 there are none. */
static bool is_border(struct str text, size_t off)
{
	if (!world.is_utf8)
		return off <= text.n;
	return off == text.n || (off < text.n && ((unsigned char)text.p[off] & 0xC0) != 0x80);
}

static bool is_span(struct str text, struct span at)
{
	return span_end(at) >= at.off && span_end(at) <= text.n && is_border(text, at.off) && is_border(text, span_end(at));
}

static bool is_inside(struct span at, struct span outer)
{
	return at.off >= outer.off && span_end(at) <= span_end(outer);
}

static void check_field(const struct digest *d, const struct entry *e, const struct field *f)
{
	struct str text = d->source->text;
	uint32_t after = f->line + 1;
	HOLDS(f->line >= e->first_field && f->line < f->end && f->end <= e->end);
	HOLDS((f->match == LABEL_UNKNOWN) == (f->def == NULL));
	HOLDS(!f->def || (f->def >= e->shape->field && f->def < e->shape->field + e->shape->nr));
	HOLDS(is_span(text, f->label) && is_inside(f->label, d->line[f->line].at));
	HOLDS(is_span(text, f->value));
	HOLDS(f->nr == 0 || f->item);
	FOR_EACH_ITEM (f, i) {
		HOLDS(i->line >= after && i->line < i->end && i->end <= f->end);
		HOLDS(is_span(text, i->text) && is_inside(i->text, d->line[i->line].at));
		after = i->end > i->line + 1 ? i->end : i->line + 1;
	}
}

static void check_entry(const struct digest *d, const struct section *s, const struct entry *e)
{
	struct str text = d->source->text;
	uint32_t after = e->line + 1;
	HOLDS(e->line > s->line && e->line < e->end && e->end <= s->end && e->shape);
	HOLDS(is_span(text, e->title) && is_span(text, e->url));
	HOLDS(e->url_line >= e->line && e->url_line < e->end);
	HOLDS(!e->url.len || is_inside(e->url, d->line[e->url_line].at));
	HOLDS(e->nr ? e->first_field == e->field[0].line : e->first_field == e->end);
	FOR_EACH_FIELD (e, f) {
		HOLDS(f->line >= after);
		check_field(d, e, f);
		after = f->end;
	}
	for (size_t i = 0; i < e->strays; i++)
		HOLDS(e->stray[i] > (i ? e->stray[i - 1] : e->line) && e->stray[i] < e->end);
}

static void check_sections(const struct digest *d)
{
	struct str text = d->source->text;
	for (size_t i = 0; i < d->nr; i++) {
		const struct section *s = &d->section[i];
		HOLDS(s->line < s->end && s->end == (i + 1 < d->nr ? s[1].line : d->lines));
		HOLDS((s->match == LABEL_UNKNOWN) == (s->def == NULL));
		HOLDS(is_span(text, s->title) && is_inside(s->title, d->line[s->line].at));
		HOLDS(d->line[s->line].kind == LINE_HEADING && s->level == d->line[s->line].level);
		for (size_t k = 0; k < s->nr; k++) {
			HOLDS(k == 0 || s->entry[k].line >= s->entry[k - 1].end);
			check_entry(d, s, &s->entry[k]);
		}
		world.entries += s->nr;
	}
}

static void check_lines(const struct digest *d)
{
	struct str text = d->source->text;
	uint32_t off = 0;
	HOLDS(d->lines == d->source->lines.nr && d->lines > 0);
	for (uint32_t i = 0; i < d->lines; i++) {
		const struct line *l = &d->line[i];
		HOLDS(l->at.off == off + (i == 0 ? d->bom : 0) && l->ending <= 2);
		HOLDS(is_span(text, l->at) && is_span(text, l->text) && is_inside(l->text, l->at));
		HOLDS(l->kind != LINE_ITEM || (l->marker && l->bullet >= l->at.off && l->bullet < span_end(l->at)));
		HOLDS(l->kind == LINE_HEADING ? l->level >= 1 && l->level <= 6 : true);
		HOLDS(l->block == BLOCK_NONE || l->block < d->blocks->nr);
		off = span_end(l->at) + l->ending;
	}
	HOLDS(off == text.n);
}

static void check_links(const struct digest *d)
{
	struct str text = d->source->text;
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		HOLDS(l->line < d->lines && (i == 0 || l->at.off >= span_end(l[-1].at)));
		HOLDS(is_span(text, l->at) && is_inside(l->at, d->line[l->line].at) && l->at.len > 0);
		HOLDS(is_span(text, l->text) && is_inside(l->text, l->at) && is_span(text, l->url) && is_inside(l->url, l->at));
	}
}

static void check_model(const struct template *t, struct source *source)
{
	struct arena a = {0};
	struct blocks blocks;
	struct digest_facts facts = {.choice = {.template = t}};
	uint32_t line;
	if (block_parse(world.parser, &a, source, &blocks, &line) == BLOCK_FINE) {
		const struct digest *d = digest_build(&a, source, &facts, &blocks);
		check_lines(d);
		check_links(d);
		check_sections(d);
	}
	arena_release(&a);
}

static void check_finding(const struct finding *f, const struct finding *before, struct str text)
{
	HOLDS(is_span(text, f->at) && f->message.n > 0);
	HOLDS(str_find_byte(f->message, 0, '\n') == f->message.n && utf8_check(f->message) == f->message.n);
	HOLDS(!before || before->at.off < f->at.off ||
	      (before->at.off == f->at.off && strcmp(before->rule->name, f->rule->name) <= 0));
	HOLDS(f->fix.safety == FIX_NONE ? f->fix.nr == 0 : f->fix.nr > 0 && f->fix.title.n > 0);
	HOLDS(f->fix.safety == FIX_NONE || f->fix.safety == f->rule->fix);
	for (size_t i = 0; i < f->fix.nr; i++) {
		const struct edit *e = &f->fix.edit[i];
		HOLDS(is_span(text, e->at) && utf8_check(e->text) == e->text.n);
		HOLDS(i == 0 || e->at.off >= span_end(e[-1].at));
		HOLDS(e->at.len || e->text.n);
	}
	for (size_t i = 0; i < f->nr_related; i++)
		HOLDS(f->related[i].line >= 1 && f->related[i].message.n > 0);
	world.edits += f->fix.nr;
}

static bool same_findings(const struct findings *a, const struct findings *b)
{
	if (a->nr != b->nr || a->suppressed != b->suppressed)
		return false;
	for (size_t i = 0; i < a->nr; i++) {
		const struct finding *x = &a->v[i], *y = &b->v[i];
		if (x->rule != y->rule || x->at.off != y->at.off || x->at.len != y->at.len || !str_eq(x->message, y->message))
			return false;
		if (x->fix.nr != y->fix.nr || x->nr_related != y->nr_related)
			return false;
		for (size_t k = 0; k < x->fix.nr; k++)
			if (x->fix.edit[k].at.off != y->fix.edit[k].at.off || !str_eq(x->fix.edit[k].text, y->fix.edit[k].text))
				return false;
	}
	return true;
}

static struct job job_of(const struct template *t, struct str text)
{
	struct job job = {.plan = &world.plan, .source = {.path = "20261122.md", .relative = "20261122.md"}};
	job.source.text = text;
	job.source.size = text.n;
	job.source.lines = lines_of(&job.arena, text);
	job.facts.choice = (struct template_choice){.template = t, .date = {2026, 11, 22}, .in_place = true};
	job.facts.today = (struct date){2026, 11, 22};
	return job;
}

static void check_text(const struct template *t, struct str text)
{
	struct job first = job_of(t, text), second = job_of(t, text);
	world.is_utf8 = utf8_check(text) == text.n;
	lint_one(&first, world.parser);
	lint_one(&second, world.parser);
	HOLDS(!first.failed && same_findings(&first.findings, &second.findings));
	for (size_t i = 0; i < first.findings.nr; i++)
		check_finding(&first.findings.v[i], i ? &first.findings.v[i - 1] : NULL, text);
	world.findings += first.findings.nr;
	if (world.is_utf8)
		check_model(t, &first.source);
	job_release(&first);
	job_release(&second);
}

static void check_corpus(const struct corpus *c)
{
	for (size_t i = 0; i < c->nr; i++) {
		where = c->v[i].name;
		for (size_t t = 0; t < TEMPLATES; t++)
			check_text(&world.template[t], c -> v[i].text);
	}
}

/* ---- changing a text ---- */

/* Marsaglia's xorshift: the same texts everywhere. */
static size_t draw(uint64_t *seed, size_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return below ? (size_t)((*seed >> 16) % below) : 0;
}

static struct span draw_line(uint64_t *seed, struct str text)
{
	size_t from = draw(seed, text.n + 1);
	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	size_t end = str_find_byte(text, from, '\n');
	return span_make(from, end < text.n ? end + 1 : end);
}

static struct str replace(struct arena *a, struct str text, struct span at, struct str by)
{
	struct buf b = {0};
	buf_add(&b, str_slice(text, 0, at.off));
	buf_add(&b, by);
	buf_add(&b, str_from(text, span_end(at)));
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static struct str swap(struct arena *a, struct str text, struct span x, struct span y)
{
	struct str first = str_at(text, x), second = str_at(text, y);
	if (x.off > y.off)
		return swap(a, text, y, x);
	if (span_end(x) > y.off)
		return text;
	return replace(a, replace(a, text, y, first), x, second);
}

static struct str mutate(struct arena *a, uint64_t *seed, struct str text)
{
	static const struct str pieces[] = {
		STR_INIT(" "),
		STR_INIT("    "),
		STR_INIT("\t"),
		STR_INIT("　"),
		STR_INIT("- "),
		STR_INIT("#"),
		STR_INIT("`"),
		STR_INIT("```\n"),
		STR_INIT("> "),
		STR_INIT("\n"),
		STR_INIT("\r\n"),
		STR_INIT("\r"),
		STR_INIT("<!--"),
		STR_INIT("-->"),
		STR_INIT("---\n"),
		STR_INIT("："),
		STR_INIT(":"),
		STR_INIT("**"),
		STR_INIT("["),
		STR_INIT("]("),
		STR_INIT(")"),
		STR_INIT("\\"),
		STR_INIT("1. "),
		STR_INIT("\xEF\xBB\xBF"),
		STR_INIT("なし"),
		STR_INIT("xxxxx"),
		STR_INIT("{url}"),
		STR_INIT("https://"),
		STR_INIT("hxxps://a[.]b/"),
		STR_INIT("<!-- sdi-ignore all, trailing-space: x -->\n"),
		STR_INIT("\x80"),
		STR_INIT("###"),
		STR_INIT("・"),
	};
	struct span line = draw_line(seed, text), other = draw_line(seed, text);
	struct str piece = pieces[draw(seed, ARRAY_SIZE(pieces))];
	size_t byte = line.off + draw(seed, line.len);
	switch (draw(seed, 8)) {
	case 0:
		return replace(a, text, line, STR(""));
	case 1:
		return replace(a, text, (struct span){other.off, 0}, str_at(text, line));
	case 2:
		return swap(a, text, line, other);
	case 3:
		return replace(a, text, (struct span){line.off, 0}, str_slice(STR("      "), 0, 1 + draw(seed, 6)));
	case 4:
		return replace(a, text, (struct span){line.off, 0}, piece);
	case 5:
		return replace(a, text, span_make(byte, byte < text.n ? byte + 1 : byte), draw(seed, 2) ? piece : STR("x"));
	case 6:
		return replace(a, text, span_make(byte, byte), piece);
	default:
		return draw(seed, 4) ? replace(a, text, span_make(byte, span_end(line)), STR("\n")) : str_slice(text, 0, byte);
	}
}

static void test_mutations(void **state)
{
	uint64_t seed = 88172645463325252;
	struct arena a = {0};
	(void)state;
	where = "mutation";
	for (size_t i = 0; i < MUTATIONS; i++) {
		const struct corpus *c = world.digests.nr && draw(&seed, 3) == 0 ? &world.digests : &world.examples;
		struct str text = c->v[draw(&seed, c->nr)].text;
		for (size_t k = 1 + draw(&seed, 6); k > 0; k--)
			text = mutate(&a, &seed, text);
		check_text(&world.template[draw(&seed, TEMPLATES)], text);
		arena_reset(&a);
	}
	arena_release(&a);
	print_message("%d mutations, %zu findings with %zu edits, %zu entries\n", (int)MUTATIONS, world.findings,
	              world.edits, world.entries);
	assert_in_range(world.findings, MUTATIONS, SIZE_MAX);
	assert_in_range(world.edits, MUTATIONS, SIZE_MAX);
	assert_in_range(world.entries, MUTATIONS / 2, SIZE_MAX);
}

static void test_examples(void **state)
{
	(void)state;
	check_corpus(&world.examples);
}

static void test_digests(void **state)
{
	(void)state;
	if (!world.digests.nr)
		skip();
	check_corpus(&world.digests);
}

/* A new day is clean but for the holes that its author has to fill in. */
static void test_filled(void **state)
{
	static const struct date days[] = {{2023, 6, 1}, {2024, 2, 29}, {2026, 11, 22}, {2099, 12, 31}};
	(void)state;
	for (size_t t = 0; t < TEMPLATES; t++) {
		for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
			struct arena a = {0};
			struct str text = template_fill(&a, &world.template[t], days[i]);
			struct job job = job_of(&world.template[t], text);
			job.facts.choice.date = job.facts.today = days[i];
			/* Its days are not what is looked at. */
			job.facts.choice.in_place = true;
			lint_one(&job, world.parser);
			assert_in_range(job.findings.nr, 2, 5);
			for (size_t k = 0; k < job.findings.nr; k++)
				if (strcmp(job.findings.v[k].rule->name, "unfilled-hole") != 0)
					fail_msg("%s: %.*s", world.template[t].name, STR_ARG(job.findings.v[k].message));
			job_release(&job);
			arena_release(&a);
		}
	}
}

/* ---- the world ---- */

static struct str with_path(struct arena *a, struct str text, const char *path)
{
	size_t from = str_find(text, 0, STR("path: ")), end = str_find_byte(text, from, '\n');
	return replace(a, text, span_make(from, end), arena_printf(a, "path: \"%s\"", path));
}

static void add_template(size_t i, const char *name, struct str text)
{
	struct source *s = arena_new(&world.arena, struct source);
	struct str mine = with_path(&world.arena, text, "{yyyy}_{quarter-months}/{yyyyMMdd}.md");
	*s = (struct source){.path = name, .relative = name, .text = mine, .size = mine.n};
	s->lines = lines_of(&world.arena, mine);
	template_parse(&world.arena, world.parser, s, false, &world.template[i]);
	assert_int_equal(world.template[i].mistakes, 0);
}

static void add_example(const struct example *e)
{
	if (e->text)
		corpus_add(&world.examples, "example", e->size ? (struct str){e->text, e->size} : str_of(e->text));
}

static int set_up(void **state)
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

static int tear_down(void **state)
{
	(void)state;
	block_parser_free(world.parser);
	arena_release(&world.arena);
	arena_release(&world.digests.arena);
	arena_release(&world.examples.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filled),
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_mutations),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
