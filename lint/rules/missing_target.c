#include "lint/anchors.h"
#include "lint/check.h"
#include "lint/link_place.h"
#include "lint/local_target.h"

/* Texts whose anchors are known already. */
struct known {
	const char *path; /* NULL: the digest's own */
	bool readable;
	struct anchors anchors;
};

struct search {
	struct check *c;
	const struct digest *d;
	struct known *known;
	size_t nr, cap;
};

static bool is_markdown(const char *path)
{
	struct str s = str_of(path);
	return str_ends(s, STR(".md")) || str_ends(s, STR(".markdown"));
}

static const struct known *anchors_in(struct search *s, const char *path)
{
	for (size_t i = 0; i < s->nr; i++)
		if (path ? s->known[i].path && strcmp(s->known[i].path, path) == 0 : !s->known[i].path)
			return &s->known[i];
	struct arena *a = check_arena(s->c);
	const struct targets *t = s->d->targets;
	struct str text = path ? t->read ? t->read(t, a, path) : (struct str){0} : s->d->source->text;
	s->known = arena_grow(a, s->known, s->nr, &s->cap, sizeof(*s->known));
	struct known *k = &s->known[s->nr++];
	*k = (struct known){.path = path, .readable = text.p != NULL};
	if (k->readable)
		k->anchors = anchors_of(a, text);
	return k;
}

/* Anchors that a page makes by itself. */
static bool is_made(struct str fragment)
{
	static const struct str made[] = {STR_INIT("top"), STR_INIT("user-content-"), STR_INIT("fn")};
	for (size_t i = 0; i < ARRAY_SIZE(made); i++)
		if (str_eq_nocase(str_slice(fragment, 0, made[i].n), made[i]))
			return true;
	return !fragment.n;
}

static void check_fragment(struct search *s, struct span at, const struct local_target *target)
{
	if (is_made(target->fragment) || (target->path && !is_markdown(target->path)))
		return;
	const struct known *k = anchors_in(s, target->path);
	if (!k->readable || anchors_hold(check_arena(s->c), &k->anchors, target->fragment))
		return;
	if (target->path)
		report(s->c, at, "`%s` has no heading `#%.*s`", target->path, STR_ARG(target->fragment));
	else
		report(s->c, at, "there is no heading `#%.*s`", STR_ARG(target->fragment));
}

static void check_path(struct search *s, struct span at, const struct local_target *target)
{
	const struct targets *t = s->d->targets;
	struct finding *f = NULL;
	if (!t)
		return;
	switch (t->look(t, target->path)) {
	case TARGET_MISSING:
		f = report(s->c, at, "there is no file `%s`", target->path);
		/* Where a site is made of the files, its pages begin with a slash, too. */
		if (target->rooted)
			weigh(s->c, f, SEVERITY_WARNING);
		break;
	case TARGET_UNTRACKED:
		report(s->c, at, "`%s` is not tracked by git: nobody else has it", target->path);
		break;
	case TARGET_PRESENT:
		check_fragment(s, at, target);
		break;
	case TARGET_UNKNOWN:
		break;
	}
}

/* `file:///C:/memo.md`, `C:\\memo.md`: the name of a file for one machine. */
static bool is_of_one_machine(struct str url)
{
	bool drive = url.n > 2 && (url.p[0] | 0x20) >= 'a' && (url.p[0] | 0x20) <= 'z' && url.p[1] == ':' &&
	             (url.p[2] == '\\' || url.p[2] == '/');
	return drive || str_eq_nocase(str_slice(url, 0, 6), STR("file:/")) || str_starts(url, STR("\\\\"));
}

static void check_target(struct search *s, struct span at)
{
	struct local_target target;
	struct str url = digest_str(s->d, at);
	if (is_of_one_machine(url)) {
		report(s->c, at, "`%.*s` is there on one machine only", STR_ARG(url));
		return;
	}
	if (!local_target_read(check_arena(s->c), s->d, digest_str(s->d, at), &target))
		return;
	if (target.path)
		check_path(s, at, &target);
	else
		check_fragment(s, at, &target);
}

/* `list[0](x)` is a link to Markdown, but was meant as code. */
static bool is_call(const struct digest *d, const struct link *l)
{
	char before = l->at.off ? d->source->text.p[l->at.off - 1] : ' ';
	bool word = (before | 0x20) >= 'a' && (before | 0x20) <= 'z';
	return word || (before && strchr("0123456789_)]$.", before));
}

/* `[label]: target`: the target's place; empty for anything else. */
static struct span definition(const struct digest *d, uint32_t line)
{
	const struct line *l = &d->line[line];
	struct str s = digest_str(d, l->text);
	if (l->block == BLOCK_NONE || d->blocks->v[l->block].kind != BLOCK_REFERENCE || str_starts(s, STR("[^")))
		return (struct span){l->text.off, 0};
	size_t from = str_find(s, 0, STR("]:"));
	from = from < s.n ? from + 2 : s.n;
	while (from < s.n && (s.p[from] == ' ' || s.p[from] == '\t'))
		from++;
	bool angle = from < s.n && s.p[from] == '<';
	from += angle;
	size_t to = str_find_byte(s, from, angle ? '>' : ' ');
	return span_make(l->text.off + from, l->text.off + to);
}

static void check(struct check *c, const struct digest *d)
{
	struct search s = {.c = c, .d = d};
	for (size_t i = 0; i < d->links; i++) {
		const struct link *l = &d->link[i];
		if (l->kind != LINK_INLINE || l->defanged || is_call(d, l) || line_is_ioc(d, l->line))
			continue;
		if (!l->url.len && l->text.len)
			report(c, l->at, "the link has no target");
		else if (link_is_whole(d, l) && !link_is_reversed(d, l))
			check_target(&s, l->url);
	}
	for (uint32_t i = 0; i < d->lines; i++)
		if (d->line[i].text.len && d->source->text.p[d->line[i].text.off] == '[')
			check_target(&s, definition(d, i));
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_missing_target = {
	.name = "missing-target",
	.group = "link",
	.severity = SEVERITY_ERROR,
	.summary = "A link leads to a file or a heading that is not there",
	.why =
		"The link works for nobody, or only on the machine of its author: what git does not track, no other reader has. Mostly "
		"a file was moved, or a heading was written anew.",
	.bad = {.text = TOP "    - [下のメモ](#メモの題名)を参照\n" END},
	.good = {.text = TOP "    - [下のメモ](#メモ)を参照\n" END},
	.check = check,
};
