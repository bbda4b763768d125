#include "core/source/stage_journal.h"

#include <stdio.h>

#include "core/base/buf.h"
#include "core/source/create.h"
#include "core/source/source.h"

const char *stage_journal_path(struct arena *a, const char *git_dir, long process)
{
	return arena_printf(a, "%s/sdi-undo-%ld", git_dir, process).p;
}

long stage_journal_process(const char *name)
{
	long process;
	int end = 0;
	return sscanf(name, "sdi-undo-%ld%n", &process, &end) == 1 && !name[end] && process > 0 ? process : 0;
}

const char *stage_copy_path(struct arena *a, const char *index, long process)
{
	return arena_printf(a, "%s.sdi-%ld", index, process).p;
}

/* ---- its text: the mark, then fields that end in NUL ---- */

static void add_field(struct buf *b, const char *field)
{
	buf_add(b, (struct str){field, strlen(field) + 1});
}

int stage_journal_write(struct arena *a, const char *path, const struct stage_journal *j, struct err *err)
{
	struct buf b = {0};
	buf_add(&b, stage_mark(a));
	add_field(&b, j->indexes.kept);
	for (size_t i = 0; i < STAGE_INDEXES; i++)
		add_field(&b, i < j->indexes.nr ? j->indexes.v[i] : "");
	for (size_t i = 0; i < j->nr; i++) {
		const struct stage_undo *u = &j->v[i];
		const char *fields[] = {u->path, u->was.hex, u->old.hex, u->new.hex};
		for (size_t k = 0; k < ARRAY_SIZE(fields); k++)
			add_field(&b, fields[k]);
	}
	int bad = replace_file(a, path, path, buf_str(&b), err);
	buf_release(&b);
	return bad;
}

static bool take_text(struct arena *a, struct str *rest, const char **out)
{
	struct str field;
	if (!rest->n || !str_split(rest, '\0', &field))
		return false;
	*out = arena_str(a, field).p;
	return true;
}

static bool take_id(struct str *rest, struct object_id *out)
{
	struct str field;
	if (!rest->n || !str_split(rest, '\0', &field) || field.n >= sizeof(out->hex))
		return false;
	memcpy(out->hex, field.p, field.n);
	out->hex[field.n] = '\0';
	return true;
}

static void parse_indexes(struct arena *a, struct str *rest, struct stage_indexes *out)
{
	const char *index;
	*out = (struct stage_indexes){.kept = ""};
	take_text(a, rest, &out->kept);
	for (size_t i = 0; i < STAGE_INDEXES; i++)
		if (take_text(a, rest, &index) && *index)
			out->v[out->nr++] = index;
}

static bool parse_undo(struct arena *a, struct str *rest, struct stage_undo *u)
{
	return take_text(a, rest, &u->path) && take_id(rest, &u->was) && take_id(rest, &u->old) && take_id(rest, &u->new);
}

enum stage_owner stage_journal_read(struct arena *a, const char *path, struct stage_journal *out)
{
	struct source read;
	struct stage_undo undo;
	*out = (struct stage_journal){0};
	if (source_read_file(a, path, UINT64_MAX, &read, NULL))
		return OWNER_OTHER;
	struct str rest = read.text;
	enum stage_owner owner = stage_owner_of(rest);
	rest = str_from(rest, str_find_byte(rest, 0, '\n') + 1);
	parse_indexes(a, &rest, &out->indexes);
	while (parse_undo(a, &rest, &undo)) {
		out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
		out->v[out->nr++] = undo;
	}
	return owner;
}
