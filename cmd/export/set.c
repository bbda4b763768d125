#include "cmd/export/export.h"

#include <stdlib.h>

#include "core/base/utf8.h"

static int compare(const void *x, const void *y)
{
	const struct exported *a = *(const struct exported *const *)x, *b = *(const struct exported *const *)y;
	int order = (int)a->type - (int)b->type;
	if (!order)
		order = str_cmp(a->live, b->live);
	if (!order)
		order = date_cmp(a->date, b->date);
	if (!order)
		order = strcmp(a->path, b->path);
	return order ? order : (a->line > b->line) - (a->line < b->line);
}

const struct exported **export_sort(struct arena *a, const struct exports *e)
{
	const struct exported **v = arena_array(a, const struct exported *, e->nr);
	for (size_t i = 0; i < e->nr; i++)
		v[i] = &e->v[i];
	if (e->nr)
		qsort(v, e->nr, sizeof(*v), compare);
	return v;
}

size_t export_same(const struct exported *const *v, size_t nr, size_t i)
{
	size_t end = i + 1;
	while (end < nr && v[end]->type == v[i]->type && str_eq(v[end]->live, v[i]->live))
		end++;
	return end;
}

static bool said_before(const struct exported *const *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(v[k]->context, v[i]->context))
			return true;
	return !v[i]->context.n;
}

struct str export_contexts(struct arena *a, const struct exported *const *v, size_t nr, const char *between)
{
	struct buf all = {0};
	for (size_t i = 0; i < nr; i++) {
		if (said_before(v, i))
			continue;
		if (all.n)
			buf_addz(&all, between);
		buf_add(&all, v[i]->context);
	}
	struct str text = arena_str(a, buf_str(&all));
	buf_release(&all);
	return text;
}

bool export_is_known(const struct exported *const *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (v[i]->known)
			return true;
	return false;
}

void export_add(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0);
		buf_add_char(out, control ? 0xfffd : c);
	}
}

struct uuid_text export_uuid(struct arena *a, const char *kind, struct str name)
{
	struct uuid space = uuid_make(&uuid_of_urls, STR("urn:sdi:ioc"));
	struct uuid id = uuid_make(&space, arena_printf(a, "%s|%.*s", kind, STR_ARG(name)));
	return uuid_text(&id);
}
