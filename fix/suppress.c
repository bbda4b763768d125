#include "fix/suppress.h"

#include <stdlib.h>

#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "lint/newline.h"

/* Stands for comments where patches want to know whose fix it is. */
static const struct rule comment = {.name = "sdi-ignore", .fix = FIX_SAFE, .changes = FACT_WORDS};

bool suppress_accepts(struct str reason)
{
	if (!str_trim(reason).n || utf8_check(reason) != reason.n || str_find(reason, 0, STR("--")) < reason.n ||
	    str_ends(reason, STR("-")))
		return false;
	for (size_t i = 0; i < reason.n;)
		if (unicode_is_control(utf8_next(reason, &i)))
			return false;
	return true;
}

/* What comments cannot reach: that a text cannot be looked at, and what is wrong with comments themselves. */
static bool is_in_reach(const struct finding *f)
{
	return !rule_tells_unchecked(f->rule) && !f->rule->check_ignores;
}

static bool can_be_suppressed(const struct fixer *x, const struct finding *f)
{
	return is_in_reach(f) && !x->now->job.plan->state[rule_index(f->rule)].watched;
}

/* ---- where ---- */

/* The first line of the block that a comment has to stand above, to cover this line; as settle and lint/ignore.c see it. */
static uint32_t block_of(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	uint32_t top = 0;
	/* Nothing comes between a heading and its URL. */
	FOR_EACH_ENTRY (d, e) {
		bool has_head = e->line < e->url_line && e->url_line < e->first_field;
		if (has_head && e->line < line && line <= e->url_line)
			return e->line;
		if (has_head && e->url_line < line)
			top = e->url_line + 1;
	}
	if (l->kind == LINE_HEADING || l->kind == LINE_ITEM || l->kind == LINE_BLANK)
		return line;
	while (line > top && d->line[line - 1].kind == l->kind)
		line--;
	bool continues = line && d->line[line - 1].kind == LINE_ITEM && d->line[line - 1].indent < l->indent;
	return continues ? line - 1 : line;
}

static struct str indent_of(const struct digest *d, uint32_t line)
{
	struct str s = digest_str(d, d->line[line].at);
	size_t n = 0;
	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return str_slice(s, 0, d->line[line].kind == LINE_BLANK ? 0 : n);
}

/* Behind the title, with a blank line between; above everything where there is none. */
static uint32_t file_comment_line(const struct digest *d)
{
	return d->title_line < d->lines ? digest_heading_end(d, d->title_line) : 0;
}

/* ---- the comments ---- */

static struct str block_comment(struct arena *a, const struct digest *d, uint32_t line, struct str names,
                                struct str reason)
{
	return arena_printf(a, "%.*s<!-- sdi-ignore %.*s: %.*s -->\n", STR_ARG(indent_of(d, line)), STR_ARG(names),
	                    STR_ARG(reason));
}

/* A finding that is no finding of a rule, but has a fix. */
static void add(struct fixer *x, struct findings *out, uint32_t line, struct str text)
{
	struct arena *a = &x->now->scratch;
	const struct source *s = &x->now->job.source;
	struct edit *e = arena_new(a, struct edit);
	*e = (struct edit){{s->lines.start[line], 0}, newline_text(a, x->now->digest, text)};
	out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = (struct finding){
		.rule = &comment, .source = s, .at = e->at, .fix = {.safety = FIX_SAFE, .title = STR(""), .edit = e, .nr = 1}};
}

/* Names of rules with commas between; each once. */
static struct str add_name(struct arena *a, struct str names, const char *name)
{
	struct str rest = names, one;
	while (rest.p && str_split(&rest, ',', &one))
		if (str_eqz(str_trim(one), name))
			return names;
	return names.n ? arena_printf(a, "%.*s, %s", STR_ARG(names), name) : arena_str(a, str_of(name));
}

/* For each block, the rules of the findings in it. */
static struct findings block_comments(struct fixer *x, struct str reason)
{
	struct arena *a = &x->now->scratch;
	const struct digest *d = x->now->digest;
	const struct findings *f = &x->now->job.findings;
	struct str *names = arena_array(a, struct str, d->lines);
	struct findings out = {0};
	for (size_t i = 0; i < f->nr; i++) {
		uint32_t line = block_of(d, lines_at(&d->source->lines, f->v[i].at.off));
		if (can_be_suppressed(x, &f->v[i]))
			names[line] = add_name(a, names[line], f->v[i].rule->name);
	}
	for (uint32_t i = 0; i < d->lines; i++)
		if (names[i].n)
			add(x, &out, i, block_comment(a, d, i, names[i], reason));
	return out;
}

static void add_file_comment(struct fixer *x, struct findings *out, struct str names, struct str reason)
{
	uint32_t line = file_comment_line(x->now->digest);
	add(x, out, line,
	    arena_printf(&x->now->scratch, "%s<!-- sdi-ignore-file %.*s: %.*s -->\n", line ? "\n" : "", STR_ARG(names),
	                 STR_ARG(reason)));
}

/* For one rule of the findings that are left, or for all of them. */
static struct findings file_comment(struct fixer *x, struct str reason, const struct rule *only)
{
	struct arena *a = &x->now->scratch;
	const struct findings *f = &x->now->job.findings;
	struct str names = {0};
	struct findings out = {0};
	for (size_t i = 0; i < f->nr; i++)
		if (can_be_suppressed(x, &f->v[i]) && (!only || f->v[i].rule == only))
			names = add_name(a, names, f->v[i].rule->name);
	if (names.n)
		add_file_comment(x, &out, names, reason);
	return out;
}

/* ---- putting them in ---- */

static bool wants_all(const void *context, const struct finding *f)
{
	(void)context;
	(void)f;
	return true;
}

/* Nothing may be found more than now; so a comment that suppresses nothing is an unused one too many. */
static struct version *try_comments(struct fixer *x, const struct findings *comments)
{
	struct patch good, p = patch_choose(&x->now->scratch, x->now->job.source.text, comments, wants_all, NULL);
	return p.nr ? fixer_try(x, &p, &good) : NULL;
}

static bool put(struct fixer *x, const struct findings *comments)
{
	struct version *next = try_comments(x, comments);
	if (next)
		fixer_move_on(x, next);
	return next;
}

void suppress_rest(struct fixer *x, struct str reason)
{
	reason = str_trim(reason);
	x->work = 0;
	x->done = true;
	memcpy(x->floor, x->now->count, rules_table_nr * sizeof(*x->floor));
	struct findings comments = block_comments(x, reason);
	put(x, &comments);
	comments = file_comment(x, reason, NULL);
	if (!comments.nr || put(x, &comments))
		return;
	for (size_t i = 0; i < rules_table_nr; i++) {
		comments = file_comment(x, reason, rules_table[i]);
		put(x, &comments);
	}
}

/* ---- one finding ---- */

struct suppressor {
	struct fixer x;
};

struct suppressor *suppress_begin(const struct job *job, struct block_parser *parser)
{
	struct suppressor *s = xcalloc(1, sizeof(*s));
	fixer_begin(&s->x, job, parser, FIX_SAFE);
	s->x.done = true;
	memcpy(s->x.floor, s->x.now->count, rules_table_nr * sizeof(*s->x.floor));
	return s;
}

static bool is_enough(struct fixer *x, const struct findings *one)
{
	struct version *next = try_comments(x, one);
	version_free(next);
	return next;
}

bool suppress_finding(struct suppressor *s, const struct finding *f, struct str reason, struct arena *a,
                      struct edit *out)
{
	struct fixer *x = &s->x;
	const struct digest *d = x->now->digest;
	struct str name = str_of(f->rule->name);
	struct findings one = {0};
	if (!d || !is_in_reach(f))
		return false;
	x->work = 0;
	uint32_t line = block_of(d, lines_at(&d->source->lines, f->at.off));
	add(x, &one, line, block_comment(&x->now->scratch, d, line, name, reason));
	if (!is_enough(x, &one)) {
		one.nr = 0;
		add_file_comment(x, &one, name, reason);
		if (!is_enough(x, &one))
			return false;
	}
	*out = one.v[0].fix.edit[0];
	out->text = arena_str(a, out->text);
	return true;
}

void suppress_end(struct suppressor *s)
{
	if (!s)
		return;
	version_free(s->x.now);
	arena_release(&s->x.a);
	free(s);
}
