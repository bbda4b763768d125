#include "cmd/lsp/document.h"

#include <stdlib.h>

struct document *document_new(struct str uri, const char *path)
{
	struct document *d = xcalloc(1, sizeof(*d));
	char *copy = xcalloc(1, uri.n + 1);
	memcpy(copy, uri.p, uri.n);
	d->uri = (struct str){copy, uri.n};
	d->path = path ? xstrdup(path) : NULL;
	d->world.trouble = STR("");
	return d;
}

void document_touch(struct document *d)
{
	d->changed = d->unsent = true;
}

void document_free(struct document *d)
{
	world_close(&d->world);
	buf_release(&d->text);
	free((char *)d->uri.p);
	free((char *)d->path);
	free(d);
}

void document_forget_world(struct document *d)
{
	world_close(&d->world);
	document_touch(d);
}

void document_judge(struct document *d)
{
	bool is_template = d->world.job && d->world.job->kind == JOB_TEMPLATE;
	if (!d->changed || !d->path)
		return;
	d->changed = false;
	if (is_template || !world_holds(&d->world)) {
		world_close(&d->world);
		world_open(&d->world, d->path, buf_str(&d->text));
	}
	world_judge(&d->world, buf_str(&d->text));
}

struct spotter document_spotter(const struct document *d, struct arena *a, enum encoding e)
{
	return spotter_make(a, buf_str(&d->text), e);
}
