#include "core/config/glob.h"

#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/source/paths.h"

enum { MAX_WAYS = 100, MAX_BYTES = 1000, MAX_PARTS = 10000, MAX_DEPTH = 8 };

enum part_kind { PART_CHAR, PART_ANY, PART_CLASS, PART_STAR, PART_FOLDERS, PART_BELOW };

struct glob_part {
	enum part_kind kind;
	uint32_t codepoint;
	struct str set; /* between the brackets, without `!` */
	bool negated;
};

/* ---- braces ---- */

struct ways {
	struct arena *a;
	struct str *v;
	size_t nr, cap;
	struct err *err;
};

/* Behind the character at `i`, its backslash included. */
static size_t behind(struct str s, size_t i)
{
	i += s.p[i] == '\\' && i + 1 < s.n;
	utf8_next(s, &i);
	return i;
}

/* The `]` that closes the class at `i`; s.n without one. The first character is never it. */
static size_t class_end(struct str s, size_t i)
{
	i++;
	i += i < s.n && (s.p[i] == '!' || s.p[i] == '^');
	for (size_t first = i; i < s.n; i = behind(s, i))
		if (s.p[i] == ']' && i > first)
			return i;
	return s.n;
}

/* Past a class or a character. */
static size_t step(struct str s, size_t i)
{
	size_t end = s.p[i] == '[' ? class_end(s, i) : s.n;
	return end < s.n ? end + 1 : behind(s, i);
}

/* The end of the alternative that begins at `i`: its `,` or `}`; s.n where the brace is not closed. */
static size_t alternative_end(struct str s, size_t i)
{
	size_t depth = 0;
	for (; i < s.n; i = step(s, i)) {
		if (!depth && (s.p[i] == ',' || s.p[i] == '}'))
			return i;
		depth += s.p[i] == '{';
		depth -= s.p[i] == '}';
	}
	return s.n;
}

static int expand(struct ways *w, struct str s, unsigned depth);

/* `open` is the first brace of `s`. */
static int expand_brace(struct ways *w, struct str s, size_t open, unsigned depth)
{
	size_t close = open, ends[MAX_WAYS], nr = 0;
	do {
		if (nr == MAX_WAYS)
			return err_set(w->err, "more than %d ways through its braces", MAX_WAYS);
		close = alternative_end(s, close + 1);
		ends[nr++] = close;
	} while (close < s.n && s.p[close] == ',');
	if (close == s.n)
		return err_set(w->err, "a `{` is not closed");
	for (size_t i = 0, from = open + 1; i < nr; from = ends[i++] + 1) {
		struct str one = arena_printf(w->a, "%.*s%.*s%.*s", (int)open, s.p, STR_ARG(str_slice(s, from, ends[i])),
		                              STR_ARG(str_from(s, close + 1)));
		if (expand(w, one, depth + 1) < 0)
			return -1;
	}
	return 0;
}

static int expand(struct ways *w, struct str s, unsigned depth)
{
	size_t open = 0;
	while (open < s.n && s.p[open] != '{')
		open = step(s, open);
	if (open < s.n)
		return depth < MAX_DEPTH ? expand_brace(w, s, open, depth) : err_set(w->err, "more than %d braces", MAX_DEPTH);
	if (w->nr == MAX_WAYS)
		return err_set(w->err, "more than %d ways through its braces", MAX_WAYS);
	w->v = arena_grow(w->a, w->v, w->nr, &w->cap, sizeof(*w->v));
	w->v[w->nr++] = s;
	return 0;
}

/* ---- parts ---- */

struct compiler {
	struct arena *a;
	struct str s;
	size_t i;
	struct glob_part *part;
	size_t nr, cap;
	struct err *err;
};

static void add(struct compiler *c, struct glob_part p)
{
	c->part = arena_grow(c->a, c->part, c->nr, &c->cap, sizeof(p));
	c->part[c->nr++] = p;
}

static int compile_class(struct compiler *c)
{
	size_t end = class_end(c->s, c->i), from = c->i + 1;
	if (end == c->s.n)
		return err_set(c->err, "a `[` is not closed");
	bool negated = c->s.p[from] == '!' || c->s.p[from] == '^';
	struct str set = str_slice(c->s, from + negated, end);
	if (str_find_byte(set, 0, '/') < set.n)
		return err_set(c->err, "`/` never stands between brackets");
	add(c, (struct glob_part){.kind = PART_CLASS, .set = set, .negated = negated});
	c->i = end + 1;
	return 0;
}

static int compile_stars(struct compiler *c)
{
	size_t end = c->i;
	while (end < c->s.n && c->s.p[end] == '*')
		end++;
	bool opens = c->i == 0 || c->s.p[c->i - 1] == '/', closes = end == c->s.n || c->s.p[end] == '/';
	if (end - c->i == 1) {
		add(c, (struct glob_part){.kind = PART_STAR});
	} else if (end - c->i > 2 || !opens || !closes) {
		return err_set(c->err, "`**` stands only between slashes");
	} else if (end < c->s.n) {
		add(c, (struct glob_part){.kind = PART_FOLDERS});
		end++;
	} else {
		add(c, (struct glob_part){.kind = PART_BELOW});
	}
	c->i = end;
	return 0;
}

static int compile_char(struct compiler *c)
{
	c->i += c->s.p[c->i] == '\\';
	if (c->i == c->s.n)
		return err_set(c->err, "a `\\` at the end");
	add(c, (struct glob_part){.kind = PART_CHAR, .codepoint = utf8_next(c->s, &c->i)});
	return 0;
}

static int compile_part(struct compiler *c)
{
	switch (c->s.p[c->i]) {
	case '?':
		add(c, (struct glob_part){.kind = PART_ANY});
		c->i++;
		return 0;
	case '[':
		return compile_class(c);
	case '*':
		return compile_stars(c);
	case '}':
		return err_set(c->err, "a `}` without its `{`");
	default:
		return compile_char(c);
	}
}

/* Up to the last slash before the first character that means something. */
static size_t literal_length(struct str s)
{
	static const char special[] = "*?[]{}\\";
	size_t i = 0, slash = 0;
	for (; i < s.n && !memchr(special, s.p[i], sizeof(special) - 1); i++)
		slash = s.p[i] == '/' ? i + 1 : slash;
	return i == s.n ? i : slash;
}

static int compile(struct arena *a, struct str s, struct globs *out, struct err *err)
{
	const char *path = path_clean(a, arena_str(a, s).p);
	if (path[0] == '/' || strcmp(path, "..") == 0 || str_starts(str_of(path), STR("../")))
		return err_set(err, "leads out of the project");
	s = str_of(path);
	size_t literal = literal_length(s);
	struct compiler c = {.a = a, .s = str_from(s, literal), .err = err};
	while (c.i < c.s.n)
		if (compile_part(&c) < 0)
			return -1;
	out->parts += c.nr;
	if (out->parts > MAX_PARTS)
		return err_set(err, "too many patterns, or too long ones");
	out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = (struct glob){str_slice(s, 0, literal), c.part, c.nr};
	return 0;
}

int globs_add(struct arena *a, struct str pattern, struct globs *out, struct err *err)
{
	struct ways ways = {.a = a, .err = err};
	if (pattern.n > MAX_BYTES)
		return err_set(err, "longer than %d bytes", MAX_BYTES);
	if (expand(&ways, pattern, 0) < 0)
		return -1;
	for (size_t i = 0; i < ways.nr; i++)
		if (compile(a, ways.v[i], out, err) < 0)
			return -1;
	return 0;
}

/* ---- matching ---- */

static bool in_class(const struct glob_part *p, uint32_t cp)
{
	bool found = false;
	for (size_t i = 0; i < p->set.n && !found;) {
		i += p->set.p[i] == '\\' && i + 1 < p->set.n;
		uint32_t from = utf8_next(p->set, &i), to = from;
		if (i + 1 < p->set.n && p->set.p[i] == '-') {
			i++;
			to = utf8_next(p->set, &i);
		}
		found = from <= cp && cp <= to;
	}
	return found != p->negated;
}

/* Is the character one that the part stands for? */
static bool takes(const struct glob_part *p, uint32_t cp)
{
	switch (p->kind) {
	case PART_CHAR:
		return cp == p->codepoint;
	case PART_ANY:
	case PART_STAR:
		return cp != '/';
	case PART_CLASS:
		return cp != '/' && in_class(p, cp);
	case PART_FOLDERS:
	case PART_BELOW:
		return true;
	}
	return false;
}

/*
 * All parts that the text so far may have led to are kept at once: no way is ever gone twice. `now[i]`: the parts before `i` are
 * used up. What may stand for nothing is passed over.
 */
static void pass_over(const struct glob *g, bool *now, bool folder_begins)
{
	for (size_t i = 0; i < g->nr; i++)
		if (now[i] && (g->part[i].kind == PART_STAR || (g->part[i].kind == PART_FOLDERS && folder_begins)))
			now[i + 1] = true;
}

static bool advance(const struct glob *g, bool *now, uint32_t cp)
{
	bool any = false;
	now[g->nr] = false;
	for (size_t i = g->nr; i-- > 0;) {
		bool stays = g->part[i].kind >= PART_STAR, taken = now[i] && takes(&g->part[i], cp);
		now[i] = taken && stays;
		/* Everything below is at least one character. */
		if (taken && (!stays || g->part[i].kind == PART_BELOW))
			now[i + 1] = true;
		any = any || taken;
	}
	return any;
}

/* Has the pattern stood for `rest`, or for one of its folders? */
static bool covers(const struct glob *g, struct str rest, bool *now)
{
	memset(now, 0, (g->nr + 1) * sizeof(*now));
	now[0] = true;
	pass_over(g, now, true);
	for (size_t i = 0; i < rest.n;) {
		uint32_t cp = utf8_next(rest, &i);
		if (cp == '/' && now[g->nr])
			return true;
		if (!advance(g, now, cp))
			return false;
		pass_over(g, now, cp == '/');
	}
	return now[g->nr];
}

bool globs_cover(const struct globs *g, struct str path)
{
	bool now[MAX_BYTES + 1];
	if (!path.n || str_eqz(path, "."))
		return false;
	for (size_t i = 0; i < g->nr; i++) {
		const struct glob *glob = &g->v[i];
		if (!str_starts(path, glob->literal))
			continue;
		struct str rest = str_from(path, glob->literal.n);
		if (glob->nr ? covers(glob, rest, now) : !rest.n || rest.p[0] == '/')
			return true;
	}
	return false;
}
