#include "core/source/stage_plan.h"

#include <errno.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/message.h"
#include "core/source/blob.h"
#include "core/source/carry.h"
#include "core/source/paths.h"
#include "core/source/swap.h"

/* What the attributes say of the way between the index and the work tree. */
struct treatment {
	struct str filter;
	bool rewritten; /* not only its line endings */
};

struct planner {
	struct arena *a;
	const struct git *git;
	const char *root;
};

/* ---- attributes ---- */

static struct str take_field(struct str *rest)
{
	struct str field = {"", 0};
	str_split(rest, '\0', &field);
	return field;
}

/* The value of the next line: path, name, value. */
static struct str take_value(struct str *rest)
{
	take_field(rest);
	take_field(rest);
	return take_field(rest);
}

static bool is_set(struct str value)
{
	return value.n && !str_eqz(value, "unspecified") && !str_eqz(value, "unset");
}

static int ask_treatments(const struct planner *p, const struct stage_file *file, size_t nr, struct treatment *out,
                          struct err *err)
{
	struct buf paths = {0};
	struct str said;
	for (size_t i = 0; i < nr; i++)
		buf_add(&paths, (struct str){file[i].path, strlen(file[i].path) + 1});
	int bad = git_run(p->git, p->a, GIT("check-attr", "-z", "--stdin", "filter", "ident", "working-tree-encoding"),
	                  buf_str(&paths), &said, err);
	buf_release(&paths);
	for (size_t i = 0; i < nr && !bad; i++) {
		out[i].filter = take_value(&said);
		bool ident = is_set(take_value(&said)), encoding = is_set(take_value(&said));
		out[i].rewritten = ident || encoding;
	}
	return bad;
}

/* ---- one file ---- */

static bool has_cr(struct str text)
{
	return str_find_byte(text, 0, '\r') < text.n;
}

static struct str with_crlf(struct arena *a, struct str text)
{
	struct buf b = {0};
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			buf_addc(&b, '\r');
		buf_addc(&b, text.p[i]);
	}
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static int refuse(const struct stage_plan *s, const char *why)
{
	return err_set(&s->file->err, "`%.800s` is left as it is: %s", s->file->path, _(why));
}

/* What git would stage of the text in the work tree. */
static int clean(const struct planner *p, const struct stage_plan *s, struct str *out, struct err *err)
{
	struct object_id id;
	return blob_clean(p->git, p->a, s->file->path, s->old, &id, err) || blob_read(p->git, p->a, &id, out, err) ? -1 : 0;
}

/* From what would be staged to what the work tree shall hold, in the way that the text there is kept. */
static int dress(const struct planner *p, struct stage_plan *s, struct str staged, struct str made,
                 const struct object_id *made_id)
{
	struct object_id id;
	struct str text;
	struct err *err = &s->file->err;
	if (str_eq(staged, s->old)) {
		s->new = made;
		return 0;
	}
	if (str_eq(with_crlf(p->a, staged), s->old)) {
		s->new = with_crlf(p->a, made);
		return 0;
	}
	if (blob_write(p->git, p->a, staged, &id, err) || blob_smudge(p->git, p->a, s->file->path, &id, &text, err))
		return -1;
	if (!str_eq(text, s->old))
		return refuse(s, N_("git would not write it into the work tree as it is there"));
	return blob_smudge(p->git, p->a, s->file->path, made_id, &s->new, err);
}

/* Would git stage of the new text what it should? */
static int prove(const struct planner *p, const struct stage_plan *s, const struct object_id *made)
{
	struct object_id id;
	if (blob_clean(p->git, p->a, s->file->path, s->new, &id, &s->file->err))
		return -1;
	return object_id_is(&id, made) ? 0 : refuse(s, N_("git would not stage what would be written into the work tree"));
}

static int write_objects(const struct planner *p, struct stage_plan *s)
{
	const struct stage_file *f = s->file;
	s->old_id = f->id;
	s->new_id = s->id;
	if (!str_eq(s->old, f->before) && blob_write(p->git, p->a, s->old, &s->old_id, &s->file->err))
		return -1;
	if (!str_eq(s->new, f->after) && blob_write(p->git, p->a, s->new, &s->new_id, &s->file->err))
		return -1;
	return 0;
}

static int plan_work_tree(const struct planner *p, struct stage_plan *s, const struct treatment *t)
{
	struct stage_file *f = s->file;
	struct str staged = s->old, made;
	struct object_id made_id = s->id;
	bool known = str_eq(s->old, f->before) || str_eq(s->old, f->after);
	/* Without a CR only these attributes change anything on the way into the index. */
	bool as_is = !t->rewritten && (known || !has_cr(s->old));
	if (!as_is && clean(p, s, &staged, &f->err))
		return -1;
	if (!carry_edits(p->a, f->before, f->after, staged, &made))
		return refuse(s, N_("it has other changes in the lines to be fixed, which are not staged"));
	s->writes = !str_eq(made, staged);
	if (!s->writes)
		return 0;
	if (!str_eq(made, f->after) && blob_write(p->git, p->a, made, &made_id, &f->err))
		return -1;
	if (dress(p, s, staged, made, &made_id))
		return -1;
	bool sure = as_is && (known || !has_cr(made));
	return (!sure && prove(p, s, &made_id)) || write_objects(p, s) ? -1 : 0;
}

static bool is_missing(const char *path)
{
	struct stat st;
	return lstat(path, &st) && (errno == ENOENT || errno == ENOTDIR);
}

static int plan_one(const struct planner *p, struct stage_plan *s, const struct treatment *t)
{
	struct stage_file *f = s->file;
	s->path = path_join(p->a, p->root, f->path);
	if (is_set(t->filter))
		return err_set(&f->err, "`%.800s` is left as it is: git puts it through the filter `%.*s`", f->path,
		               STR_ARG(t->filter));
	if (blob_write(p->git, p->a, f->after, &s->id, &f->err))
		return -1;
	f->outcome = STAGE_INDEX_ONLY;
	if (is_missing(s->path))
		return 0;
	f->outcome = STAGE_DONE;
	struct swap swap = {.path = s->path, .root = p->root, .shown = f->path};
	if (swap_read(p->a, &swap, &s->old, &f->err) != SWAP_DONE)
		return -1;
	return plan_work_tree(p, s, t);
}

int stage_plan(struct arena *a, const struct git *g, const char *root, struct stage_file *file, size_t nr,
               struct stage_plans *out, struct err *err)
{
	struct planner p = {a, g, root};
	struct treatment *treatment = arena_array(a, struct treatment, nr);
	*out = (struct stage_plans){.v = arena_array(a, struct stage_plan, nr)};
	if (ask_treatments(&p, file, nr, treatment, err))
		return -1;
	for (size_t i = 0; i < nr; i++) {
		struct stage_plan *s = &out->v[out->nr];
		*s = (struct stage_plan){.file = &file[i]};
		if (plan_one(&p, s, &treatment[i]))
			file[i].outcome = STAGE_LEFT;
		else
			out->nr++;
	}
	return 0;
}
