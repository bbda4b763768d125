#include "core/base/unicode.h"
#include "core/base/unicode_regex.h"
#include "core/base/utf8.h"
#include "lint/check.h"
#include "lint/terms.h"

/* What a check knows while it goes through the terms. */
struct search {
	struct check *c;
	struct arena *scratch; /* dies with the check */
	struct term_text text;
	bool *taken; /* by byte of the text: another term has been found there */
	const struct word *term;
};

/* A key in slashes is a regular expression; this is what stands between them. */
static bool is_pattern(struct str key, struct str *pattern)
{
	if (key.n < 3 || key.p[0] != '/' || key.p[key.n - 1] != '/')
		return false;
	*pattern = str_slice(key, 1, key.n - 1);
	return true;
}

/* Is it the end of an address whose path is Japanese? */
static bool goes_on_from_url(const struct search *s, size_t at)
{
	if (!at || s->text.text.p[at - 1] != PROSE_HOLE)
		return false;
	struct span before = term_place(&s->text, at - 1, 1);
	return strchr("/=-_%#?&+", check_text(s->c)->text.p[before.off]) != NULL;
}

/* Of several terms at one place the first one counts; what is no prose is not replaced. */
static bool is_free(const struct search *s, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		if (s->taken[i] || s->text.text.p[i] == PROSE_HOLE)
			return false;
	return true;
}

static void found(struct search *s, size_t at, size_t n, struct str right)
{
	struct str wrong = str_slice(s->text.text, at, at + n);
	bool fine = str_eq(wrong, right) || term_is_within(s->text.text, at, wrong, right);
	if (fine || !is_free(s, at, n) || goes_on_from_url(s, at) || term_reads_on(s->text.text, at + n))
		return;
	memset(s->taken + at, true, n);
	struct span place = term_place(&s->text, at, n);
	struct finding *f = report(s->c, place, "`%.*s` is to be written `%.*s`", STR_ARG(wrong), STR_ARG(right));
	suggest(s->c, f, "write `%.*s`", STR_ARG(right));
	edit_replace(s->c, f, place, arena_str(check_arena(s->c), right));
}

static void check_literals(struct search *s, struct word_list terms)
{
	struct str *key = arena_array(s->scratch, struct str, terms.nr), pattern;
	for (size_t i = 0; i < terms.nr; i++)
		key[i] = is_pattern(terms.v[i].key, &pattern) ? STR("") : terms.v[i].key;
	struct term_index *index = term_index_make(s->scratch, key, terms.nr);
	size_t at = 0;
	for (size_t i = term_find(index, s->text.text, &at); i < terms.nr; i = term_find(index, s->text.text, &at)) {
		found(s, at, key[i].n, terms.v[i].value);
		at += key[i].n;
	}
}

static void on_match(void *context, const struct regex_match *m)
{
	struct search *s = context;
	struct str right = regex_expand(s->scratch, s->term->value, s->text.text, m);
	found(s, m->group[0].off, m->group[0].len, right);
}

static void check_patterns(struct search *s, const struct digest *d, struct word_list terms)
{
	struct regex_text *text = NULL;
	size_t work = REGEX_WORK;
	struct str pattern;
	for (size_t i = 0; i < terms.nr; i++) {
		if (!is_pattern(terms.v[i].key, &pattern))
			continue;
		text = text ? text : regex_text_make(s->scratch, s->text.text);
		s->term = &terms.v[i];
		if (regex_each(pattern, text, &work, on_match, s))
			continue;
		report_line(s->c, d, 0, "`%.*s` takes too long to look for in this text; a part was not checked",
		            STR_ARG(terms.v[i].key));
		if (!work) {
			report_line(s->c, d, 0, "the terms behind `%.*s` were not looked for: they all take too long together",
			            STR_ARG(terms.v[i].key));
			return;
		}
	}
}

static void check(struct check *c, const struct digest *d)
{
	struct word_list terms = option_words(c, "terms");
	struct arena *scratch = check_scratch(c);
	if (!terms.nr)
		return;
	struct search s = {.c = c, .scratch = scratch, .text = term_text_of(scratch, d, true)};
	s.taken = arena_array(scratch, bool, s.text.text.n);
	check_literals(&s, terms);
	check_patterns(&s, d, terms);
}

static bool holds_control(struct str s)
{
	for (size_t i = 0; i < s.n;)
		if (unicode_is_control(utf8_next(s, &i)))
			return true;
	return false;
}

static bool accept(const struct word *w, struct err *err)
{
	enum { LONGEST = 200, SHORTEST = 2 };
	struct str pattern;
	if (utf8_count(w->key) > LONGEST || utf8_count(w->value) > LONGEST)
		err_set(err, "a term has more than %d characters", LONGEST);
	else if (holds_control(w->key) || holds_control(w->value))
		err_set(err, "a term holds a control character");
	else if (is_pattern(w->key, &pattern))
		return regex_accept(pattern, w->value, err);
	else if (w->key.n < SHORTEST)
		err_set(err, "`%.*s` is too short for a term", STR_ARG(w->key));
	else if (str_eq(w->key, w->value))
		err_set(err, "`%.*s` is both the term and what to write for it", STR_ARG(w->key));
	else
		return true;
	return false;
}

static const struct rule_option options[] = {
	{.name = "terms",
     .doc = "what not to write, and what to write for it; `/…/` is a regular expression, and $1 its first group",
     .kind = VALUE_TERMS,
     .accept = accept},
	{0},
};

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_preferred_term = {
	.name = "preferred-term",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "A word is not written as the repository's list of terms says",
	.why =
		"Whoever writes daily agrees on spellings once, in the config, so that the archive can be searched. Letter case counts; "
		"a term is found where it stands as a word of its own, not in code, addresses, indicators, or texts of links.",
	.bad = {.text = TOP "    - 攻撃者はサーバに侵入した\n" END,
            .config = "rules:\n  preferred-term:\n    terms: {サーバ: サーバー}\n"},
	.good = {.text = TOP "    - 攻撃者はサーバーに侵入した\n" END,
             .config = "rules:\n  preferred-term:\n    terms: {サーバ: サーバー}\n"},
	.options = options,
	.check = check,
};
