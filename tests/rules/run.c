/*
 * What every rule owes: its descriptor, its examples, and the cases of tests/rules/NAME.case. With names as arguments, only
 * theirs; UPDATE=1 rewrites what the cases expect.
 *
 *     == two spaces after an item ==
 *     -- in path=2026-11-22.md --
 *     - Foo␠␠
 *     -- lint --
 *     1:6 warning trailing-space: 2 trailing spaces
 *     -- fixed --
 *     - Foo
 *
 * A case is linted by its rule alone. Settings of `in`: path=P, option=NAME:VALUE, new, twin=P, today=DATE, template=FILE (below
 * the repository), with=RULE (runs, too, but is not shown). A part `template` replaces the example template; `fixed` is the text
 * after the safe edits, `unsafe` after all; where a part is missing nothing is expected: no finding, no change.
 * ␠ → ␍ ␛ ␀ are space, tab, CR, ESC, NUL; ∎ stands where the text ends without a newline; ⟨U+200B⟩ is a code point, ⟨EF⟩ a
 * byte, ⟨BOM⟩ a byte order mark. One blank line parts two cases.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "lint/lint.h"

#define TODAY "2026-11-22"
#define FOLDER SDI_SOURCE_DIR "/tests/rules/"

static struct block_parser *parser;
static unsigned failures;
static bool update;

/* One text to lint, and how. */
struct setup {
	const struct rule *only; /* NULL: all rules */
	const struct rule *with; /* beside `only` */
	const char *path, *twin, *option;
	struct str text, template_text;
	struct str value;
	struct date today;
	bool is_new, is_template;
};

static bool read_file(struct arena *a, const char *path, struct str *out)
{
	FILE *file = fopen(path, "rb");
	struct buf b = {0};
	char chunk[4096];
	size_t n;
	if (!file)
		return false;
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&b, (struct str){chunk, n});
	fclose(file);
	*out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return true;
}

/* ---- marks ---- */

static const struct {
	const char *shown;
	uint32_t codepoint;
} marks[] = {{"␠", ' '}, {"→", '\t'}, {"␍", '\r'}, {"␛", 0x1B}, {"␀", 0}, {"⟨BOM⟩", 0xFEFF}};

/* "⟨U+200B⟩", "⟨EF⟩"; 0 bytes for anything else. */
static size_t decode_number(struct buf *out, struct str s)
{
	size_t close = str_find(s, 0, STR("⟩"));
	if (!str_starts(s, STR("⟨")) || close == s.n)
		return 0;
	bool codepoint = str_starts(str_from(s, 3), STR("U+"));
	uint32_t value = (uint32_t)strtoul(s.p + (codepoint ? 5 : 3), NULL, 16);
	if (codepoint)
		buf_add_char(out, value);
	else
		buf_addc(out, (char)value);
	return close + 3;
}

static size_t decode_mark(struct buf *out, struct str s)
{
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		if (!str_starts(s, str_of(marks[i].shown)))
			continue;
		if (marks[i].codepoint)
			buf_add_char(out, marks[i].codepoint);
		else
			buf_addc(out, 0);
		return strlen(marks[i].shown);
	}
	if (str_starts(s, STR("∎\n")))
		return strlen("∎\n");
	return decode_number(out, s);
}

static struct str decode(struct arena *a, struct str s)
{
	struct buf out = {0};
	for (size_t i = 0; i < s.n;) {
		size_t taken = decode_mark(&out, str_from(s, i));
		if (!taken)
			buf_addc(&out, s.p[i]);
		i += taken ? taken : 1;
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

/* Is it a space that nobody sees at the end of its line? */
static bool ends_line(struct str s, size_t next)
{
	while (next < s.n && (s.p[next] == ' ' || s.p[next] == '\r'))
		next++;
	return next == s.n || s.p[next] == '\n';
}

static void encode_char(struct buf *out, struct str s, size_t from, size_t next, uint32_t cp)
{
	struct str bytes = str_slice(s, from, next);
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		if (cp == marks[i].codepoint && (cp != ' ' || ends_line(s, next))) {
			buf_addz(out, marks[i].shown);
			return;
		}
		if (str_eqz(bytes, marks[i].shown)) {
			buf_printf(out, "⟨U+%04X⟩", (unsigned)cp);
			return;
		}
	}
	bool invisible = cp >= 0x80 && unicode_width(cp) == 0;
	if (cp != '\n' && cp != ' ' && (unicode_is_control(cp) || unicode_is_space(cp)))
		invisible = true;
	if (cp == 0x3000)
		invisible = ends_line(s, next);
	if (cp == 0xFFFD && next == from + 1)
		buf_printf(out, "⟨%02X⟩", (unsigned)(unsigned char)s.p[from]);
	else if (invisible || cp == 0x220E || cp == 0x27E8)
		buf_printf(out, "⟨U+%04X⟩", (unsigned)cp);
	else
		buf_add(out, bytes);
}

static void encode(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		uint32_t cp = utf8_next(s, &i);
		encode_char(out, s, from, i, cp);
	}
	if (s.n && s.p[s.n - 1] != '\n')
		buf_addz(out, "∎\n");
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
	config_default(&config);
	if (s->only)
		names[select.nr++].value = str_of(s->only->name);
	if (s->with)
		names[select.nr++].value = str_of(s->with->name);
	if (s->option) {
		set.rule = str_of(s->only ? s->only->name : s->with->name);
		config.set = &set;
		config.nr = 1;
	}
	if (lint_plan_make(a, &config, s->only ? &select : NULL, NULL, &plan, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	return plan;
}

static void lint(struct arena *a, const struct setup *s, struct job *job)
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
		for (size_t i = 0; i < t->mistakes; i++, failures++)
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

static struct str findings_text(struct arena *a, const struct job *job, const struct rule *only)
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
		failures++;
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
static struct str apply(struct arena *a, const struct job *job, const struct rule *only, enum safety least)
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
static bool settles(struct arena *a, struct setup s, enum safety least)
{
	for (unsigned round = 0; round < 10; round++) {
		struct job job;
		lint(a, &s, &job);
		struct str text = apply(a, &job, s.only, least);
		job_release(&job);
		if (str_eq(text, s.text))
			return true;
		s.text = text;
	}
	return false;
}

/* ---- cases ---- */

enum part { PART_IN, PART_TEMPLATE, PART_LINT, PART_FIXED, PART_UNSAFE, PARTS };
static const char *const part_names[] = {"in", "template", "lint", "fixed", "unsafe"};

struct test {
	struct str title, settings;
	struct str part[PARTS]; /* as written; p is NULL without one */
};

static bool is_title(struct str line)
{
	return line.n > 6 && str_starts(line, STR("== ")) && str_ends(line, STR(" =="));
}

/* "-- in new --": the part, and what stands behind its name. */
static enum part part_of(struct str line, struct str *settings)
{
	if (!str_starts(line, STR("-- ")) || !str_ends(line, STR(" --")) || line.n < 6)
		return PARTS;
	struct str inside = str_slice(line, 3, line.n - 3), name;
	*settings = inside;
	str_split(settings, ' ', &name);
	for (enum part i = 0; i < PARTS; i++)
		if (str_eqz(name, part_names[i]))
			return i;
	return PARTS;
}

/* The blank line that parts two cases belongs to neither. */
static void end_case(struct test *t)
{
	for (enum part i = PARTS; t && i-- > 0;) {
		struct str *s = &t->part[i];
		if (!s->p)
			continue;
		if (str_ends(*s, STR("\n\n")) || str_eqz(*s, "\n"))
			s->n--;
		return;
	}
}

static size_t read_cases(struct arena *a, struct str text, struct test **out, struct str *head)
{
	struct test *v = NULL;
	size_t nr = 0, cap = 0;
	struct str *part = NULL;
	*head = (struct str){text.p, 0};
	for (size_t i = 0; i < text.n;) {
		size_t end = str_find_byte(text, i, '\n');
		struct str line = str_slice(text, i, end), settings;
		size_t next = end < text.n ? end + 1 : end;
		enum part p = nr ? part_of(line, &settings) : PARTS;
		if (is_title(line)) {
			end_case(nr ? &v[nr - 1] : NULL);
			v = arena_grow(a, v, nr, &cap, sizeof(*v));
			v[nr++] = (struct test){.title = str_slice(line, 3, line.n - 3)};
			part = NULL;
		} else if (p != PARTS) {
			part = &v[nr - 1].part[p];
			*part = (struct str){text.p + next, 0};
			if (p == PART_IN && settings.p)
				v[nr - 1].settings = settings;
		} else if (part || !nr) {
			*(part ? part : head) = (struct str){part ? part->p : head->p, (size_t)(text.p + next - (part ? part->p : head->p))};
		}
		i = next;
	}
	end_case(nr ? &v[nr - 1] : NULL);
	*out = v;
	return nr;
}

static const char *value_of(struct arena *a, struct str setting, const char *name)
{
	struct str start = arena_printf(a, "%s=", name);
	return str_starts(setting, start) ? arena_str(a, str_from(setting, start.n)).p : NULL;
}

static bool read_setting(struct arena *a, struct str s, struct setup *out)
{
	const char *value;
	if (str_eqz(s, "new"))
		out->is_new = true;
	else if ((value = value_of(a, s, "path")))
		out->path = value;
	else if ((value = value_of(a, s, "twin")))
		out->twin = value;
	else if ((value = value_of(a, s, "with")))
		return (out->with = rule_find(str_of(value))) != NULL;
	else if ((value = value_of(a, s, "today")))
		return date_parse(str_of(value), &out->today);
	else if ((value = value_of(a, s, "template")))
		return read_file(a, arena_printf(a, "%s/%s", SDI_SOURCE_DIR, value).p, &out->template_text);
	else if ((value = value_of(a, s, "option"))) {
		out->value = str_of(value);
		struct str name;
		str_split(&out->value, ':', &name);
		out->option = arena_str(a, name).p;
	} else
		return false;
	return true;
}

static struct setup setup_of(struct arena *a, const struct rule *rule, const struct test *t)
{
	struct setup s = {.only = rule, .text = decode(a, t->part[PART_IN]), .is_template = rule->check_template != NULL};
	struct str rest = t->settings, setting;
	s.template_text = t->part[PART_TEMPLATE].p ? decode(a, t->part[PART_TEMPLATE]) : str_of(example_template);
	while (rest.p && str_split(&rest, ' ', &setting)) {
		if (!setting.n || read_setting(a, setting, &s))
			continue;
		printf("%s: %.*s: setting `%.*s` is not known, or its value is wrong\n", rule->name, STR_ARG(t->title),
		       STR_ARG(setting));
		failures++;
	}
	return s;
}

static void compare(const struct rule *rule, const struct test *t, enum part p, struct str wanted, struct str got)
{
	struct buf shown = {0};
	if (str_eq(wanted, got) || update)
		return;
	failures++;
	printf("%s: %.*s: `%s` differs\nwanted:\n", rule->name, STR_ARG(t->title), part_names[p]);
	encode(&shown, wanted);
	buf_addz(&shown, "got:\n");
	encode(&shown, got);
	printf("%.*s\n", STR_ARG(buf_str(&shown)));
	buf_release(&shown);
}

static void write_part(struct buf *out, const char *name, struct str text)
{
	buf_printf(out, "-- %s --\n", name);
	encode(out, text);
}

static void run_case(struct arena *a, const struct rule *rule, const struct test *t, struct buf *out)
{
	struct setup s = setup_of(a, rule, t);
	struct job job;
	lint(a, &s, &job);
	struct str found = findings_text(a, &job, rule), safe = apply(a, &job, rule, FIX_SAFE);
	struct str all = apply(a, &job, rule, FIX_UNSAFE);
	const struct str *part = t->part;
	compare(rule, t, PART_LINT, decode(a, part[PART_LINT]), found);
	compare(rule, t, PART_FIXED, part[PART_FIXED].p ? decode(a, part[PART_FIXED]) : s.text, safe);
	compare(rule, t, PART_UNSAFE, part[PART_UNSAFE].p ? decode(a, part[PART_UNSAFE]) : safe, all);
	job_release(&job);
	if (!settles(a, s, FIX_UNSAFE)) {
		printf("%s: %.*s: fixing does not come to an end\n", rule->name, STR_ARG(t->title));
		failures++;
	}
	buf_printf(out, "== %.*s ==\n-- in%s%.*s --\n%.*s", STR_ARG(t->title), t->settings.n ? " " : "", STR_ARG(t->settings),
	           STR_ARG(part[PART_IN]));
	if (part[PART_TEMPLATE].p)
		buf_printf(out, "-- template --\n%.*s", STR_ARG(part[PART_TEMPLATE]));
	write_part(out, "lint", found);
	if (!str_eq(safe, s.text))
		write_part(out, "fixed", safe);
	if (!str_eq(all, safe))
		write_part(out, "unsafe", all);
}

static void run_cases(const struct rule *rule)
{
	struct arena a = {0};
	struct buf out = {0};
	struct test *test;
	struct str text, head;
	const char *path = arena_printf(&a, FOLDER "%s.case", rule->name).p;
	size_t nr = 0;
	if (read_file(&a, path, &text))
		nr = read_cases(&a, text, &test, &head);
	if (!nr) {
		printf("%s: has no cases in %s\n", rule->name, path);
		failures++;
		goto out;
	}
	buf_add(&out, head);
	for (size_t i = 0; i < nr; i++) {
		run_case(&a, rule, &test[i], &out);
		if (i + 1 < nr || str_ends(buf_str(&out), STR("\n\n")))
			buf_addc(&out, '\n');
	}
	if (update && !str_eq(buf_str(&out), text)) {
		FILE *file = fopen(path, "wb");
		if (!file || fwrite(out.p, 1, out.n, file) != out.n || fclose(file) != 0) {
			perror(path);
			exit(2);
		}
		printf("%s: rewritten\n", path);
	}
out:
	buf_release(&out);
	arena_release(&a);
}

/* ---- descriptors and examples ---- */

static void fail(const struct rule *rule, const char *what, struct str detail)
{
	failures++;
	printf("%s: %s\n%.*s", rule->name, what, STR_ARG(detail));
}

static struct setup example_setup(struct arena *a, const struct rule *rule, const struct example *e)
{
	return (struct setup){
	    .with = rule,
	    .path = e->path,
	    .twin = e->twin,
	    .option = e->option,
	    .value = arena_printf(a, "%ld", e->value),
	    .text = e->size ? (struct str){e->text, e->size} : str_of(e->text),
	    .template_text = str_of(e->template_text ? e->template_text : example_template),
	    .is_new = e->is_new,
	    .is_template = rule->check_template != NULL,
	};
}

static void check_examples(const struct rule *rule)
{
	struct arena a = {0};
	struct job bad, good;
	struct setup right = example_setup(&a, rule, &rule->good), wrong = example_setup(&a, rule, &rule->bad);
	bool only = true;
	lint(&a, &wrong, &bad);
	lint(&a, &right, &good);
	for (size_t i = 0; i < bad.findings.nr; i++)
		only = only && bad.findings.v[i].rule == rule;
	if (!bad.findings.nr)
		fail(rule, "its bad example raises nothing", STR(""));
	if (!only)
		fail(rule, "its bad example raises other rules, too:", findings_text(&a, &bad, NULL));
	if (good.findings.nr)
		fail(rule, "its good example is not good:", findings_text(&a, &good, NULL));
	struct str fixed = apply(&a, &bad, rule, FIX_SAFE);
	if (rule->fix == FIX_SAFE && !str_eq(fixed, right.text)) {
		struct buf both = {0};
		encode(&both, fixed);
		buf_addz(&both, "-- but good is:\n");
		encode(&both, right.text);
		fail(rule, "its bad example, fixed, is not the good one:", buf_str(&both));
		buf_release(&both);
	}
	job_release(&bad);
	job_release(&good);
	arena_release(&a);
}

static bool is_line(const char *text)
{
	size_t n = text ? strlen(text) : 0;
	return n && !strchr(text, '\n') && text[n - 1] != '.';
}

static void check_descriptor(const struct rule *rule, const struct rule *before)
{
	struct buf file = {0};
	struct arena a = {0};
	struct str text;
	buf_printf(&file, "%s/lint/rules/%s.c", SDI_SOURCE_DIR, rule->name);
	for (size_t i = strlen(SDI_SOURCE_DIR); i < file.n; i++)
		if (file.p[i] == '-')
			file.p[i] = '_';
	if (!read_file(&a, file.p, &text))
		fail(rule, "is not in the file of its name", STR(""));
	if (before && strcmp(before->name, rule->name) >= 0)
		fail(rule, "its name is not unique, or not that of its file", STR(""));
	if (!rule->group || rule->severity == SEVERITY_OFF)
		fail(rule, "has no group, or no severity", STR(""));
	if (!is_line(rule->summary))
		fail(rule, "needs a summary of one line without a full stop", STR(""));
	if (!rule->why || strlen(rule->why) < 40)
		fail(rule, "does not say why", STR(""));
	if (!rule->check + !rule->check_source + !rule->check_parse + !rule->check_template + !rule->check_ignores != 4)
		fail(rule, "needs one check", STR(""));
	if (!rule->bad.text || !rule->good.text)
		fail(rule, "has no example", STR(""));
	else
		check_examples(rule);
	buf_release(&file);
	arena_release(&a);
}

static bool is_wanted(const struct rule *rule, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], rule->name) || !strcmp(argv[i], rule->group))
			return true;
	return argc < 2;
}

int main(int argc, char **argv)
{
	unsigned rules = 0, failing = 0;
	const char *set = getenv("UPDATE");
	update = set && *set && strcmp(set, "0") != 0;
	parser = block_parser_new();
	for (size_t i = 0; i < rules_table_nr; i++) {
		unsigned before = failures;
		if (!is_wanted(rules_table[i], argc, argv))
			continue;
		check_descriptor(rules_table[i], i ? rules_table[i - 1] : NULL);
		run_cases(rules_table[i]);
		rules++;
		failing += failures > before;
	}
	block_parser_free(parser);
	printf("%u rules, %u with failures\n", rules, failing);
	return failures || !rules ? 1 : 0;
}
