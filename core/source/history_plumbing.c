#include <stdlib.h>
#include <unistd.h>

#include "core/source/history_ops.h"
#include "core/source/paths.h"

/* Objects are asked for one by one: `git cat-file --batch` runs on. */
struct own {
	struct talk objects;
};

static int ask(struct history *h, struct arena *a, const char *const *arg, struct str *out, struct err *err)
{
	return git_run(&h->git, a, arg, STR(""), out, err);
}

/* ---- opening ---- */

static const char *real_path(struct arena *a, struct str path)
{
	char *real = realpath(arena_str(a, path).p, NULL);
	const char *out = real ? arena_strdup(a, real) : NULL;
	free(real);
	return out;
}

static int describe(struct history *h, struct err *err)
{
	struct str root, dir, shallow;
	struct err ignored;
	if (git_ask(&h->git, &h->a, GIT("rev-parse", "--absolute-git-dir"), &dir, err) ||
	    git_ask(&h->git, &h->a, GIT("rev-parse", "--is-shallow-repository"), &shallow, err))
		return -1;
	/* In a folder outside of the work tree, too, when the environment says where that is. */
	h->bare = git_ask(&h->git, &h->a, GIT("rev-parse", "--show-toplevel"), &root, &ignored) != 0;
	h->shallow = str_eqz(shallow, "true");
	h->git_dir = real_path(&h->a, dir);
	h->root = h->bare ? h->git_dir : real_path(&h->a, root);
	return h->root && h->git_dir ? 0 : err_set(err, "cannot find the folder of the repository");
}

static int open_git(struct history *h, struct err *err)
{
	if (describe(h, err))
		return -1;
	h->own = xcalloc(1, sizeof(struct own));
	return 0;
}

static void close_git(struct history *h)
{
	struct own *own = h->own;
	talk_end(&own->objects);
	free(own);
	h->own = NULL;
}

/* ---- objects ---- */

/* Asked alone it says why. */
static int gone(struct history *h, const struct object_id *id, struct err *err)
{
	struct arena scratch = {0};
	struct own *own = h->own;
	struct str type;
	talk_end(&own->objects);
	int bad = git_ask(&h->git, &scratch, GIT("cat-file", "-t", id->hex), &type, err);
	arena_release(&scratch);
	return bad ? -1 : err_set(err, "git cat-file: it has ended by itself");
}

/* "<id> <type> <size>", or "<id> missing" */
static int read_header(struct str line, const char *type, uint64_t *size)
{
	struct str word;
	str_split(&line, ' ', &word);
	if (!str_split(&line, ' ', &word) || !str_eqz(word, type))
		return -1;
	for (*size = 0; line.n && *line.p >= '0' && *line.p <= '9'; line = str_from(line, 1))
		*size = *size * 10 + (uint64_t)(*line.p - '0');
	return 0;
}

static int start_objects(struct history *h, struct err *err)
{
	struct own *own = h->own;
	return own->objects.pid ? 0 : git_talk(&h->git, &own->objects, GIT("cat-file", "--batch"), err);
}

/* Of another kind, its bytes are passed over. */
static int skip_object(struct talk *t, struct str line)
{
	static const char *const types[] = {"blob", "tree", "commit", "tag"};
	uint64_t size;
	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (read_header(line, types[i], &size) == 0)
			return talk_bytes(t, NULL, size + 1);
	return 0;
}

static int read_object(struct history *h, struct arena *a, const struct object_id *id, const char *type, uint64_t limit,
                       struct str *text, uint64_t *size, struct err *err)
{
	struct talk *t = &((struct own *)h->own)->objects;
	struct str line;
	if (start_objects(h, err))
		return -1;
	if (talk_ask(t, arena_printf(a, "%s\n", id->hex)) || talk_part(t, '\n', &line))
		return gone(h, id, err);
	if (read_header(line, type, size)) {
		err_set(err, "the object %s is not there", id->hex);
		return skip_object(t, line) ? gone(h, id, err) : -1;
	}
	char *bytes = *size > limit ? NULL : arena_raw(a, *size + 1);
	/* A newline follows what is in it. */
	if (talk_bytes(t, bytes, *size) || talk_bytes(t, NULL, 1))
		return gone(h, id, err);
	if (bytes)
		bytes[*size] = 0;
	*text = bytes ? (struct str){bytes, *size} : STR("");
	return 0;
}

static int read_file(struct history *h, struct arena *a, const struct object_id *id, uint64_t limit, struct str *text,
                     uint64_t *size, struct err *err)
{
	return read_object(h, a, id, "blob", limit, text, size, err);
}

static int read_commit(struct history *h, struct arena *a, const struct object_id *id, struct str *out, struct err *err)
{
	uint64_t size;
	return read_object(h, a, id, "commit", SIZE_MAX / 2, out, &size, err);
}

/* ---- commits ---- */

static int ask_id(struct history *h, const char *const *arg, struct object_id *out, struct err *err)
{
	struct arena scratch = {0};
	struct str said;
	int bad = git_ask(&h->git, &scratch, arg, &said, err);
	if (!bad && object_id_parse(said, out))
		bad = err_set(err, "git %s: no object", arg[0]);
	arena_release(&scratch);
	return bad;
}

static int find_commit(struct history *h, const char *rev, struct object_id *out, struct err *err)
{
	struct arena scratch = {0};
	const char *commit = arena_printf(&scratch, "%s^{commit}", rev).p;
	int bad = ask_id(h, GIT("rev-parse", "--verify", commit), out, err);
	if (bad)
		err_set(err, "`%.800s` names no commit", rev);
	arena_release(&scratch);
	return bad;
}

/* A branch without a commit has a name; a name that leads nowhere is an error. */
static int find_head(struct history *h, struct object_id *out, struct err *err)
{
	struct arena scratch = {0};
	struct str name;
	struct err ignored;
	*out = (struct object_id){{0}};
	int bad = find_commit(h, "HEAD", out, err);
	bool unborn = bad && git_ask(&h->git, &scratch, GIT("symbolic-ref", "HEAD"), &name, &ignored) == 0 &&
	              git_ask(&h->git, &scratch, GIT("show-ref", "--verify", name.p), &name, &ignored) != 0;
	arena_release(&scratch);
	return unborn ? 0 : bad;
}

static int find_merge_base(struct history *h, const struct object_id *x, const struct object_id *y,
                           struct object_id *out, struct err *err)
{
	return ask_id(h, GIT("merge-base", x->hex, y->hex), out, err);
}

/* ---- files ---- */

static unsigned read_mode(struct str digits)
{
	unsigned mode = 0;
	for (size_t i = 0; i < digits.n; i++)
		mode = mode * 8 + (unsigned)(digits.p[i] - '0');
	return mode;
}

/* "<mode> <id> <stage>\t<path>" of ls-files, "<mode> <type> <id>\t<path>" of ls-tree: `ids` words stand before the id. */
static int add_entry(struct arena *a, struct str line, bool of_index, struct tracked_list *out, struct err *err)
{
	struct str head, mode, id, word = STR("");
	struct tracked e = {0};
	if (!str_split(&line, '\t', &head) || !line.p)
		return err_set(err, "git: a list of files cannot be read");
	str_split(&head, ' ', &mode);
	str_split(&head, ' ', of_index ? &id : &word);
	str_split(&head, ' ', of_index ? &word : &id);
	e.mode = read_mode(mode);
	e.unmerged = of_index && !str_eqz(word, "0");
	e.path = arena_str(a, line).p;
	/* git reads on behind the end of an index that was cut off: zeros. */
	if (object_id_parse(id, &e.id) || !e.mode)
		return err_set(err, "git: a list of files cannot be read");
	*tracked_add(a, out) = e;
	return 0;
}

/* The tree without files, in the repository's own kind of ids. */
static int empty_tree(struct history *h, struct object_id *out, struct err *err)
{
	return ask_id(h, GIT("hash-object", "-t", "tree", "/dev/null"), out, err);
}

static bool is_empty(const struct tracked *e)
{
	return strcmp(e->id.hex, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391") == 0 ||
	       strcmp(e->id.hex, "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813") == 0;
}

/* An empty file may be one that is only announced: then it is not among these, which stand in the same order. */
static int find_empty(struct history *h, struct arena *a, struct str *names, struct err *err)
{
	struct object_id none;
	return empty_tree(h, &none, err) ? -1
	                                 : ask(h, a,
	                                       GIT("diff-index", "--cached", "--name-only", "-z", "--no-renames",
	                                           "--ita-invisible-in-index", none.hex),
	                                       names, err);
}

static bool is_named(struct str *names, const char *path)
{
	struct str name, rest = *names;
	for (; str_split(&rest, '\0', &name) && name.n; *names = rest) {
		int order = strcmp(name.p, path);
		if (order >= 0)
			return order == 0;
	}
	return false;
}

static int drop_announced(struct history *h, struct arena *a, struct tracked_list *list, struct err *err)
{
	struct str names = {0};
	size_t kept = 0;
	for (size_t i = 0; i < list->nr; i++) {
		bool empty = is_empty(&list->v[i]) && !list->v[i].unmerged;
		if (empty && !names.p && find_empty(h, a, &names, err))
			return -1;
		if (!empty || is_named(&names, list->v[i].path))
			list->v[kept++] = list->v[i];
	}
	list->nr = kept;
	return 0;
}

static int list_files(struct history *h, struct arena *a, const struct moment *at, struct tracked_list *out,
                      struct err *err)
{
	struct str all, line;
	bool of_index = at->kind == MOMENT_INDEX;
	if (at->kind == MOMENT_EMPTY)
		return 0;
	if (of_index ? ask(h, a, GIT("ls-files", "--stage", "-z"), &all, err)
	             : ask(h, a, GIT("ls-tree", "-r", "-z", "--full-tree", at->commit.hex), &all, err))
		return -1;
	while (str_split(&all, '\0', &line))
		if (line.n && add_entry(a, line, of_index, out, err))
			return -1;
	return of_index ? drop_announced(h, a, out, err) : 0;
}

/* ---- changes ---- */

static struct object_id id_in(struct str word)
{
	struct object_id id;
	/* Only zeros: in no object. */
	if (object_id_parse(word, &id) || strspn(id.hex, "0") == word.n)
		id = (struct object_id){{0}};
	return id;
}

/* ":<old mode> <mode> <old id> <id> <status>", then one path, or two of what was renamed. */
static int add_change(struct arena *a, struct str head, struct str *rest, struct changes *out, struct err *err)
{
	struct str word, old_id, id, path, old_path;
	struct change c = {0};
	str_split(&head, ' ', &word);
	str_split(&head, ' ', &word);
	c.mode = read_mode(word);
	str_split(&head, ' ', &old_id);
	str_split(&head, ' ', &id);
	if (!head.n || !str_split(rest, '\0', &old_path))
		return err_set(err, "git: a list of changes cannot be read");
	c.kind = *head.p == 'T' ? CHANGE_MODIFIED : (enum change_kind) * head.p;
	path = old_path;
	if (c.kind == CHANGE_RENAMED)
		str_split(rest, '\0', &path);
	c.path = arena_str(a, path).p;
	c.old_path = c.kind == CHANGE_RENAMED ? arena_str(a, old_path).p : c.path;
	c.id = id_in(id);
	c.old_id = id_in(old_id);
	*changes_add(a, out) = c;
	return 0;
}

static int read_changes(struct arena *a, struct str all, struct changes *out, struct err *err)
{
	struct str head;
	while (str_split(&all, '\0', &head) && head.n)
		if (add_change(a, head, &all, out, err))
			return -1;
	return 0;
}

static int add_untracked(struct history *h, struct arena *a, struct changes *out, struct err *err)
{
	struct str all, path;
	if (ask(h, a, GIT("ls-files", "--others", "--exclude-standard", "-z"), &all, err))
		return -1;
	while (str_split(&all, '\0', &path)) {
		if (!path.n)
			continue;
		struct change *c = changes_add(a, out);
		*c = (struct change){.kind = CHANGE_ADDED, .path = arena_str(a, path).p};
		c->old_path = c->path;
	}
	return 0;
}

#define RAW "--raw", "-z", "-M", "--no-abbrev", "--ignore-submodules=all", "--no-ext-diff", "--no-textconv"

static int find_changes(struct history *h, struct arena *a, const struct moment *from, const struct moment *to,
                        struct changes *out, struct err *err)
{
	struct object_id old = from->commit;
	struct str all;
	int bad = from->kind == MOMENT_EMPTY ? empty_tree(h, &old, err) : 0;
	if (!bad && to->kind == MOMENT_INDEX)
		bad = ask(h, a, GIT("diff-index", "--cached", RAW, "--ita-invisible-in-index", old.hex), &all, err);
	else if (!bad && to->kind == MOMENT_COMMIT)
		bad = ask(h, a, GIT("diff-tree", "-r", RAW, old.hex, to->commit.hex), &all, err);
	else if (!bad)
		bad = ask(h, a, GIT("diff", RAW, old.hex), &all, err);
	if (bad || read_changes(a, all, out, err))
		return -1;
	return to->kind == MOMENT_WORK_TREE ? add_untracked(h, a, out, err) : 0;
}

const struct history_ops history_plumbing = {
	.open = open_git,
	.close = close_git,
	.commit = find_commit,
	.head = find_head,
	.raw = read_commit,
	.merge_base = find_merge_base,
	.list = list_files,
	.changes = find_changes,
	.read = read_file,
};
