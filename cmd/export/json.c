#include "cmd/export/export.h"

#include "cmd/report/json.h"

static void add_known(struct buf *out, const struct exported *r)
{
	buf_printf(out, ",\n     \"known\": %s", r->known ? "true" : r->known_not ? "false" : "null");
}

static void add_row(struct buf *out, const struct exported *r)
{
	json_member(out, "{", "value", r->shown);
	json_member(out, ", ", "type", str_of(export_type_name(r->type)));
	add_known(out, r);
	json_member(out, ", ", "context", r->context);
	json_member(out, ", ", "scope", str_of(r->scope));
	json_member(out, ",\n     ", "date", str_of(date_is_set(r->date) ? date_text(r->date).z : ""));
	json_member(out, ", ", "path", str_of(r->path));
	buf_printf(out, ", \"line\": %u", r->line);
	json_member(out, ",\n     ", "title", r->title);
	json_member(out, ", ", "url", r->url);
	buf_addc(out, '}');
}

size_t export_json(struct arena *a, const struct exports *e, struct buf *out)
{
	(void)a;
	buf_addz(out, "{\"version\": 1, \"indicators\": [");
	for (size_t i = 0; i < e->nr; i++) {
		buf_addz(out, i ? ",\n    " : "\n    ");
		add_row(out, &e->v[i]);
	}
	buf_addz(out, "]}\n");
	return 0;
}
