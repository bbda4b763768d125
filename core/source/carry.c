#include "core/source/carry.h"

#include "core/base/buf.h"
#include "core/source/diff.h"

/* A text, and where its lines begin: one more than there are, the last is its end. */
struct lined {
	struct str text;
	const size_t *start;
};

static struct lined lined(struct arena *a, struct str text)
{
	size_t nr = 0, lines = 2;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	size_t *start = arena_array(a, size_t, lines);
	for (size_t at = 0; at < text.n; at = str_find_byte(text, at, '\n') + 1)
		start[nr++] = at;
	start[nr] = text.n;
	return (struct lined){text, start};
}

static struct str take_lines(const struct lined *l, size_t first, size_t nr)
{
	return str_slice(l->text, l->start[first], l->start[first + nr]);
}

/* Does their change lie before the edit? What is inserted has a place of its own only where nothing else changes. */
static bool lies_before(const struct line_change *theirs, const struct line_change *edit)
{
	uint32_t end = theirs->old + theirs->olds;
	return edit->olds ? end <= edit->old : end < edit->old;
}

static bool lies_behind(const struct line_change *theirs, const struct line_change *edit)
{
	uint32_t end = edit->old + edit->olds;
	return edit->olds ? theirs->old >= end : theirs->old > end;
}

/* What they did is what the edit does. */
static bool is_made(const struct line_change *theirs, const struct lined *text, const struct line_change *edit,
                    const struct lined *after)
{
	return theirs->old == edit->old && theirs->olds == edit->olds &&
	       str_eq(take_lines(text, theirs->new, theirs->news), take_lines(after, edit->new, edit->news));
}

/* False when it would grow together with a line that has no end. */
static bool add_lines(struct buf *out, struct str lines)
{
	if (lines.n && out->n && out->p[out->n - 1] != '\n')
		return false;
	buf_add(out, lines);
	return true;
}

struct carrier {
	struct lined after, text;
	struct line_changes edits, theirs;
	size_t passed;   /* of their changes: those before the edit at hand */
	uint32_t copied; /* lines of the text */
	struct buf out;
};

static void pass(struct carrier *c, const struct line_change *edit)
{
	while (c->passed < c->theirs.nr && lies_before(&c->theirs.v[c->passed], edit))
		c->passed++;
}

/* Where a line that they did not change is in their text. */
static uint32_t place_of(const struct carrier *c, uint32_t line)
{
	if (!c->passed)
		return line;
	const struct line_change *last = &c->theirs.v[c->passed - 1];
	return last->new + last->news + (line - last->old - last->olds);
}

static bool carry_one(struct carrier *c, const struct line_change *edit)
{
	pass(c, edit);
	const struct line_change *next = c->passed < c->theirs.nr ? &c->theirs.v[c->passed] : NULL;
	if (next && !lies_behind(next, edit))
		return is_made(next, &c->text, edit, &c->after);
	uint32_t start = place_of(c, edit->old);
	if (!add_lines(&c->out, take_lines(&c->text, c->copied, start - c->copied)) ||
	    !add_lines(&c->out, take_lines(&c->after, edit->new, edit->news)))
		return false;
	c->copied = start + edit->olds;
	return true;
}

static bool carry_all(struct carrier *c)
{
	for (size_t i = 0; i < c->edits.nr; i++)
		if (!carry_one(c, &c->edits.v[i]))
			return false;
	return add_lines(&c->out, str_from(c->text.text, c->text.start[c->copied]));
}

bool carry_edits(struct arena *a, struct str before, struct str after, struct str text, struct str *out)
{
	struct carrier c = {
		.after = lined(a, after),
		.text = lined(a, text),
		.edits = diff_lines(a, before, after),
		.theirs = diff_lines(a, before, text),
	};
	bool carried = carry_all(&c);
	*out = carried ? arena_str(a, buf_str(&c.out)) : STR("");
	buf_release(&c.out);
	return carried;
}
