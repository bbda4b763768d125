/* Texts to test with: the digests where they are, and the examples of the CommonMark specification. */
#pragma once

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/arena.h"

/* Ten times slower with a sanitizer, and as good: it watches the same code. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED true
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED false
#endif

struct sample {
	const char *name;
	struct str text;
};

struct corpus {
	struct arena arena;
	struct sample *v;
	size_t nr, cap;
};

static inline void corpus_add(struct corpus *c, const char *name, struct str text)
{
	c->v = arena_grow(&c->arena, c->v, c->nr, &c->cap, sizeof(*c->v));
	c->v[c->nr++] = (struct sample){arena_strdup(&c->arena, name), text};
}

/* False where there is no such file. */
static inline bool corpus_read(struct corpus *c, const char *path, struct str *text)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return false;
	fseek(f, 0, SEEK_END);
	long bytes = ftell(f);
	rewind(f);
	char *p = arena_alloc(&c->arena, (size_t)bytes + 1);
	*text = (struct str){p, fread(p, 1, (size_t)bytes, f)};
	fclose(f);
	return true;
}

static inline int corpus_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* All *.md below a folder, by name. */
static inline void corpus_folder(struct corpus *c, const char *folder)
{
	struct dirent **entry = NULL;
	int nr = scandir(folder, &entry, corpus_visible, alphasort);

	for (int i = 0; i < nr; i++) {
		struct str text;
		struct str path = arena_printf(&c->arena, "%s/%s", folder, entry[i]->d_name);
		if (entry[i]->d_type == DT_DIR)
			corpus_folder(c, path.p);
		else if (str_ends(path, STR(".md")) && corpus_read(c, path.p, &text))
			corpus_add(c, path.p, text);
		free(entry[i]);
	}
	free(entry);
}

/* An example's Markdown: up to the line "."; arrows stand for tabs. */
static inline struct str corpus_example(struct corpus *c, struct str *rest)
{
	size_t end = str_starts(*rest, STR(".\n")) ? 0 : str_find(*rest, 0, STR("\n.\n")) + 1;
	struct str from = str_slice(*rest, 0, end);
	char *p = arena_alloc(&c->arena, from.n);
	size_t n = 0;

	for (size_t i = 0; i < from.n; i++) {
		bool arrow = str_starts(str_from(from, i), STR("→"));
		p[n++] = arrow ? '\t' : from.p[i];
		i += arrow ? STR("→").n - 1 : 0;
	}
	*rest = str_from(*rest, end);
	return (struct str){p, n};
}

/* The examples of spec.txt in order: v[i] is number i + 1. */
static inline void corpus_spec(struct corpus *c, const char *path)
{
	struct str rest, line;

	if (!corpus_read(c, path, &rest))
		return;
	while (str_split(&rest, '\n', &line)) {
		if (!str_starts(line, STR("````````")) || !str_ends(line, STR(" example")))
			continue;
		struct str text = corpus_example(c, &rest);
		corpus_add(c, arena_printf(&c->arena, "example %zu", c->nr + 1).p, text);
		/* The closing fence would read as the next opening one. */
		while (str_split(&rest, '\n', &line) && !str_starts(line, STR("````````")))
			;
	}
}
