#include "core/base/unicode_regex.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/uregex.h>

#include "core/base/buf.h"
#include "core/base/message.h"
#include "core/base/utf8.h"

/* What one pattern may use of REGEX_WORK, and of memory for what it may have to come back to (bytes). */
enum { SHARE = REGEX_WORK / 4, MOST_STACK = 1 << 20, CACHED = 1024, BYTES_PER_STEP = 64 };

struct regex_text {
	UChar *wide;
	uint32_t *byte; /* of each code unit, and behind the last */
	int32_t length;
};

/* The text in UTF-16, and which byte each code unit comes from. */
struct regex_text *regex_text_make(struct arena *a, struct str text)
{
	struct regex_text *t = arena_new(a, struct regex_text);
	t->wide = arena_array(a, UChar, text.n + 1);
	t->byte = arena_array(a, uint32_t, text.n + 1);
	for (size_t i = 0; i < text.n;) {
		uint32_t from = (uint32_t)i, c = utf8_next(text, &i);
		t->byte[t->length] = from;
		if (c > 0xFFFF) {
			t->wide[t->length++] = (UChar)(0xD7C0 + (c >> 10));
			t->byte[t->length] = from;
		}
		t->wide[t->length++] = c > 0xFFFF ? (UChar)(0xDC00 + (c & 0x3FF)) : (UChar)c;
	}
	t->byte[t->length] = (uint32_t)text.n;
	return t;
}

/* ---- compiled patterns, which belong to a thread ---- */

struct compiled {
	char *pattern;
	size_t n;
	URegularExpression *regex;
};

struct cache {
	struct compiled *v;
	size_t nr, next; /* patterns are asked for in the same order, text after text */
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;

static void forget(struct cache *c)
{
	for (size_t i = 0; i < c->nr; i++) {
		uregex_close(c->v[i].regex);
		free(c->v[i].pattern);
	}
	c->nr = c->next = 0;
}

static void free_cache(void *p)
{
	struct cache *c = p;
	forget(c);
	free(c->v);
	free(c);
}

static void make_key(void)
{
	if (pthread_key_create(&key, free_cache) != 0)
		BUG("no key for memory of a thread");
}

static struct cache *cache_of_thread(void)
{
	pthread_once(&once, make_key);
	struct cache *c = pthread_getspecific(key);
	if (c)
		return c;
	c = xcalloc(1, sizeof(*c));
	c->v = xcalloc(CACHED, sizeof(*c->v));
	pthread_setspecific(key, c);
	return c;
}

static URegularExpression *compile(struct str pattern, UParseError *where, UErrorCode *status)
{
	struct arena scratch = {0};
	struct regex_text *t = regex_text_make(&scratch, pattern);
	URegularExpression *regex = uregex_open(t->wide, t->length, UREGEX_UWORD, where, status);
	uregex_setStackLimit(regex, MOST_STACK, status);
	arena_release(&scratch);
	return regex;
}

/* NULL when it cannot be compiled. */
static URegularExpression *compiled(struct str pattern)
{
	struct cache *c = cache_of_thread();
	for (size_t i = 0; i < c->nr; i++) {
		const struct compiled *x = &c->v[(c->next + i) % c->nr];
		if (!str_eq((struct str){x->pattern, x->n}, pattern))
			continue;
		c->next = (c->next + i + 1) % c->nr;
		return x->regex;
	}
	UErrorCode status = U_ZERO_ERROR;
	UParseError where;
	if (c->nr == CACHED)
		forget(c);
	URegularExpression *regex = compile(pattern, &where, &status);
	if (U_FAILURE(status)) {
		uregex_close(regex);
		return NULL;
	}
	char *copy = xcalloc(1, pattern.n + 1);
	memcpy(copy, pattern.p, pattern.n);
	c->v[c->nr++] = (struct compiled){copy, pattern.n, regex};
	return regex;
}

/* ---- a bound ---- */

/* What is left, and where the line ends that is looked at. */
struct meter {
	size_t left;
	int64_t end;
};

static UBool use(struct meter *m, size_t work)
{
	m->left = m->left > work ? m->left - work : 0;
	return m->left > 0;
}

/* ICU calls it each time it has come back so often. */
static UBool on_steps(const void *context, int32_t steps)
{
	enum { STEPS_PER_CALL = 10000 };
	(void)steps;
	return use((struct meter *)context, STEPS_PER_CALL);
}

/* Before each place where a match may begin; from there, it may read to the end. */
static UBool on_place(const void *context, int64_t at)
{
	struct meter *m = (struct meter *)context;
	return use(m, 1 + (size_t)(m->end > at ? m->end - at : 0) / BYTES_PER_STEP);
}

static void match_of(URegularExpression *regex, const struct regex_text *t, struct regex_match *out)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t groups = uregex_groupCount(regex, &status);
	*out = (struct regex_match){0};
	for (int32_t i = 0; i <= groups && i < REGEX_GROUPS; i++) {
		int32_t from = uregex_start(regex, i, &status), to = uregex_end(regex, i, &status);
		if (U_SUCCESS(status) && from >= 0 && to >= from)
			out->group[i] = (struct span){t->byte[from], t->byte[to] - t->byte[from]};
	}
}

static int32_t line_end(const struct regex_text *t, int32_t i)
{
	while (i < t->length && t->wide[i] != '\n')
		i++;
	return i;
}

static void match_lines(URegularExpression *regex, const struct regex_text *t, struct meter *m, regex_visit *visit,
                        void *context, UErrorCode *status)
{
	struct regex_match match;
	for (int32_t from = 0, to; from < t->length; from = to + 1) {
		to = line_end(t, from);
		m->end = to;
		if (!use(m, (size_t)(to - from) / BYTES_PER_STEP))
			*status = U_REGEX_TIME_OUT;
		uregex_setRegion(regex, from, to, status);
		while (uregex_findNext(regex, status) && U_SUCCESS(*status)) {
			match_of(regex, t, &match);
			if (match.group[0].len)
				visit(context, &match);
		}
		if (U_FAILURE(*status))
			return;
	}
}

bool regex_each(struct str pattern, const struct regex_text *text, size_t *work, regex_visit *visit, void *context)
{
	UErrorCode status = U_ZERO_ERROR;
	if (!*work)
		return false;
	URegularExpression *regex = compiled(pattern);
	size_t share = *work < SHARE ? *work : SHARE;
	struct meter m = {.left = share};
	uregex_setMatchCallback(regex, on_steps, &m, &status);
	uregex_setFindProgressCallback(regex, on_place, &m, &status);
	uregex_setText(regex, text->wide, text->length, &status);
	match_lines(regex, text, &m, visit, context, &status);
	*work -= share - m.left;
	return U_SUCCESS(status);
}

/* ---- replacements ---- */

/* The group that is referred to at byte `i`; -1: none. */
static int group_at(struct str s, size_t i)
{
	bool is = i + 1 < s.n && s.p[i] == '$' && s.p[i + 1] >= '0' && s.p[i + 1] <= '9';
	return is ? s.p[i + 1] - '0' : -1;
}

struct str regex_expand(struct arena *a, struct str replacement, struct str text, const struct regex_match *m)
{
	struct buf out = {0};
	for (size_t i = 0; i < replacement.n; i++) {
		int group = group_at(replacement, i);
		if (group >= 0) {
			buf_add(&out, str_at(text, m->group[group]));
			i++;
			continue;
		}
		i += replacement.p[i] == '\\' && i + 1 < replacement.n;
		buf_addc(&out, replacement.p[i]);
	}
	struct str s = arena_str(a, buf_str(&out));
	buf_release(&out);
	return s;
}

static int most_group(struct str replacement)
{
	int most = 0;
	for (size_t i = 0; i < replacement.n; i++) {
		int group = group_at(replacement, i);
		most = group > most ? group : most;
		i += replacement.p[i] == '\\';
	}
	return most;
}

bool regex_accept(struct str pattern, struct str replacement, struct err *err)
{
	static const UChar nothing[] = {0};
	UErrorCode status = U_ZERO_ERROR;
	UParseError where = {0};
	struct meter m = {.left = SHARE};
	URegularExpression *regex = compile(pattern, &where, &status);
	bool fine = U_SUCCESS(status);
	if (!fine)
		err_set(err, "`%.*s` is no regular expression: %s at character %d", STR_ARG(pattern), u_errorName(status),
		        (int)where.offset);
	uregex_setMatchCallback(regex, on_steps, &m, &status);
	uregex_setText(regex, nothing, 0, &status);
	bool matches = fine && uregex_matches(regex, 0, &status);
	if (fine && (matches || U_FAILURE(status))) {
		err_set(err,
		        matches ? N_("`%.*s` matches the empty text, too")
		                : N_("`%.*s` takes too long, even for the empty text"),
		        STR_ARG(pattern));
		fine = false;
	}
	status = U_ZERO_ERROR;
	if (fine && uregex_groupCount(regex, &status) < most_group(replacement)) {
		err_set(err, "`%.*s` refers to a group that `%.*s` has not", STR_ARG(replacement), STR_ARG(pattern));
		fine = false;
	}
	uregex_close(regex);
	return fine;
}
