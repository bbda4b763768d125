#include "core/source/diff.h"

#include "core/base/buf.h"
#include "core/source/libgit2.h"

/* As git quotes names that would break a header (core.quotePath off): control characters, `"` and `\`. */
static void add_name(struct buf *out, char side, const char *path)
{
	static const char letters[] = "\"\"\\\\\aa\bb\tt\nn\vv\ff\rr";
	bool quoted = false;
	for (const char *c = path; *c; c++)
		quoted |= (unsigned char)*c < ' ' || *c == '"' || *c == '\\' || *c == 0x7F;
	buf_printf(out, "%s%c/", quoted ? "\"" : "", side);
	for (const char *c = path; *c; c++) {
		const char *letter = letters;
		while (*letter && *letter != *c)
			letter += 2;
		if (*letter)
			buf_printf(out, "\\%c", letter[1]);
		else if ((unsigned char)*c < ' ' || *c == 0x7F)
			buf_printf(out, "\\%03o", (unsigned)*c);
		else
			buf_addc(out, *c);
	}
	/* A name with blanks ends in a tab, or programs take what follows for a time. */
	buf_addz(out, quoted ? "\"\n" : strchr(path, ' ') ? "\t\n" : "\n");
}

static int add_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *payload)
{
	(void)delta;
	buf_add(payload, (struct str){hunk->header, hunk->header_len});
	return 0;
}

static int add_line(const git_diff_delta *delta, const git_diff_hunk *hunk, const git_diff_line *line, void *payload)
{
	struct buf *out = payload;
	(void)delta;
	(void)hunk;
	if (line->origin == GIT_DIFF_LINE_CONTEXT || line->origin == GIT_DIFF_LINE_ADDITION ||
	    line->origin == GIT_DIFF_LINE_DELETION)
		buf_addc(out, line->origin);
	buf_add(out, (struct str){line->content, line->content_len});
	return 0;
}

static void compare(struct str before, struct str after, const char *path, uint32_t context, git_diff_hunk_cb hunk,
                    git_diff_line_cb line, void *payload)
{
	git_diff_options options;
	libgit2_start();
	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT;
	options.context_lines = context;
	options.interhunk_lines = 0;
	if (git_diff_buffers(before.p, before.n, path, after.p, after.n, path, &options, NULL, NULL, hunk, line, payload))
		BUG("two texts in memory cannot be compared");
}

struct str diff_text(struct arena *a, const char *path, struct str before, struct str after)
{
	enum { CONTEXT = 3 };
	struct buf out = {0};
	buf_addz(&out, "--- ");
	add_name(&out, 'a', path);
	buf_addz(&out, "+++ ");
	add_name(&out, 'b', path);
	size_t head = out.n;
	compare(before, after, path, CONTEXT, add_hunk, add_line, &out);
	struct str all = out.n > head ? arena_str(a, buf_str(&out)) : STR("");
	buf_release(&out);
	return all;
}

/* ---- lines ---- */

struct collector {
	struct arena *a;
	struct line_changes out;
};

/* git counts from 1, and names the line before where there is none. */
static uint32_t first(int start, int lines)
{
	return (uint32_t)(lines ? start - 1 : start);
}

static int collect_hunk(const git_diff_delta *delta, const git_diff_hunk *h, void *payload)
{
	struct collector *c = payload;
	(void)delta;
	c->out.v = arena_grow(c->a, c->out.v, c->out.nr, &c->out.cap, sizeof(*c->out.v));
	c->out.v[c->out.nr++] = (struct line_change){
		first(h->old_start, h->old_lines),
		(uint32_t)h->old_lines,
		first(h->new_start, h->new_lines),
		(uint32_t)h->new_lines,
	};
	return 0;
}

struct line_changes diff_lines(struct arena *a, struct str before, struct str after)
{
	struct collector c = {.a = a};
	compare(before, after, "text", 0, collect_hunk, NULL, &c);
	return c.out;
}
