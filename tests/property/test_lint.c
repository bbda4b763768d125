/* Whatever the text: the model and what the rules say of it hold together, and say the same again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/utf8.h"
#include "tests/property/mutate.h"
#include "tests/property/world.h"

enum { MUTATIONS = IS_SANITIZED ? 400 : 3000 };
static struct {
	size_t findings, edits, entries;
	bool is_utf8; /* the text that is being looked at */
} seen;

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
	if (!seen.is_utf8)
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
		seen.entries += s->nr;
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
	seen.edits += f->fix.nr;
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

static void check_text(const struct template *t, struct str text)
{
	struct job first = world_job(t, text), second = world_job(t, text);
	seen.is_utf8 = utf8_check(text) == text.n;
	lint_one(&first, world.parser);
	lint_one(&second, world.parser);
	HOLDS(!first.failed && same_findings(&first.findings, &second.findings));
	for (size_t i = 0; i < first.findings.nr; i++)
		check_finding(&first.findings.v[i], i ? &first.findings.v[i - 1] : NULL, text);
	seen.findings += first.findings.nr;
	if (seen.is_utf8)
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
	print_message("%d mutations, %zu findings with %zu edits, %zu entries\n", (int)MUTATIONS, seen.findings, seen.edits,
	              seen.entries);
	assert_in_range(seen.findings, MUTATIONS, SIZE_MAX);
	assert_in_range(seen.edits, MUTATIONS, SIZE_MAX);
	assert_in_range(seen.entries, MUTATIONS / 2, SIZE_MAX);
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
			struct job job = world_job(&world.template[t], text);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filled),
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_mutations),
	};
	return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
