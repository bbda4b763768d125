/*
 * A small program over core/source/stage.h, for its test: the fix takes away blanks at the ends of lines, in all `.md` files of the
 * index that the environment names. `stage --recover` cleans up.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/git_place.h"
#include "core/base/buf.h"
#include "core/source/blob.h"
#include "core/source/paths.h"
#include "core/source/stage.h"

struct world {
	struct arena a;
	struct git_place found;
	struct stage_place place;
	struct stage_file *file;
	size_t nr, cap;
};

static int end(const struct err *err)
{
	fprintf(stderr, "stage: %s\n", err->text);
	return 2;
}

static int find(struct world *w, struct err *err)
{
	struct str root, git_dir;
	const char *here = path_real(&w->a, ".");
	if (git_place_find(&w->a, here, &w->found, err) ||
	    git_ask(&w->found.git, &w->a, GIT("rev-parse", "--show-toplevel"), &root, err) ||
	    git_ask(&w->found.git, &w->a, GIT("rev-parse", "--absolute-git-dir"), &git_dir, err))
		return -1;
	w->place = (struct stage_place){&w->found.git, root.p, git_dir.p, w->found.index};
	return 0;
}

static struct str fixed(struct arena *a, struct str text)
{
	struct buf b = {0};
	for (size_t i = 0; i < text.n; i++) {
		size_t end_of_blanks = i;
		while (end_of_blanks < text.n && text.p[end_of_blanks] == ' ')
			end_of_blanks++;
		bool ends = end_of_blanks == text.n || text.p[end_of_blanks] == '\n' || text.p[end_of_blanks] == '\r';
		if (text.p[i] != ' ' || !ends)
			buf_addc(&b, text.p[i]);
	}
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

/* `MODE ID STAGE\tPATH` */
static int add_file(struct world *w, struct str line, struct err *err)
{
	struct stage_file f = {.outcome = STAGE_LEFT};
	struct str mode, id, stage;
	str_split(&line, ' ', &mode);
	str_split(&line, ' ', &id);
	str_split(&line, '\t', &stage);
	f.path = arena_str(&w->a, line).p;
	f.mode = (unsigned)strtoul(arena_str(&w->a, mode).p, NULL, 8);
	memcpy(f.id.hex, id.p, id.n);
	if (!str_ends(line, STR(".md")) || !mode_is_regular(f.mode) || !str_eqz(stage, "0"))
		return 0;
	if (blob_read(&w->found.git, &w->a, &f.id, &f.before, err))
		return -1;
	f.after = fixed(&w->a, f.before);
	if (str_eq(f.before, f.after))
		return 0;
	w->file = arena_grow(&w->a, w->file, w->nr, &w->cap, sizeof(*w->file));
	w->file[w->nr++] = f;
	return 0;
}

static int fix(struct world *w)
{
	static const char *const outcomes[] = {"done", "index only", "left"};
	struct err err;
	struct str rest, line;
	int code = 0;
	if (git_run(&w->found.git, &w->a, GIT("ls-files", "-z", "-s", "--full-name", w->place.root), STR(""), &rest, &err))
		return end(&err);
	while (str_split(&rest, '\0', &line))
		if (line.n && add_file(w, line, &err))
			return end(&err);
	if (stage_write(&w->place, w->file, w->nr, &err))
		return end(&err);
	for (size_t i = 0; i < w->nr; i++) {
		bool left = w->file[i].outcome == STAGE_LEFT;
		printf("%s: %s%s%s\n", w->file[i].path, outcomes[w->file[i].outcome], left ? ": " : "",
		       left ? w->file[i].err.text : "");
		code |= left;
	}
	return code;
}

static int recover(struct world *w)
{
	struct err err;
	struct stage_report report;
	int bad = stage_recover(&w->a, &w->place, &report, &err);
	for (size_t i = 0; i < report.nr; i++)
		printf("%s\n", report.line[i]);
	return bad ? end(&err) : 0;
}

int main(int argc, char **argv)
{
	struct world w = {0};
	struct err err;
	int code = find(&w, &err) ? end(&err) : argc > 1 && strcmp(argv[1], "--recover") == 0 ? recover(&w) : fix(&w);
	arena_release(&w.a);
	return code;
}
