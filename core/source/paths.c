#include "core/source/paths.h"

#include <stdlib.h>
#include <unistd.h>

const char *path_join(struct arena *a, const char *dir, const char *name)
{
	size_t n = strlen(dir);
	if (n == 0 || name[0] == '/')
		return arena_strdup(a, name);
	return arena_printf(a, dir[n - 1] == '/' ? "%s%s" : "%s/%s", dir, name).p;
}

/* How much of the cleaned text remains when one component goes: everything before its '/'. */
static size_t without_last(const char *text, size_t n)
{
	while (n > 0 && text[n - 1] != '/')
		n--;
	return n > 1 ? n - 1 : n;
}

static bool ends_in_parent(const char *text, size_t n)
{
	return n >= 2 && text[n - 1] == '.' && text[n - 2] == '.' && (n == 2 || text[n - 3] == '/');
}

/* Adds a component to a cleaned text of `n` bytes; returns its new length. */
static size_t add_component(char *text, size_t n, struct str part)
{
	bool at_root = n == 1 && text[0] == '/';
	if (part.n == 0 || str_eqz(part, "."))
		return n;
	if (str_eqz(part, "..")) {
		if (at_root)
			return n;
		if (n > 0 && !ends_in_parent(text, n))
			return without_last(text, n);
	}
	if (n > 0 && !at_root)
		text[n++] = '/';
	memcpy(text + n, part.p, part.n);
	return n + part.n;
}

const char *path_clean(struct arena *a, const char *path)
{
	struct str rest = str_of(path), part;
	char *text = arena_array(a, char, rest.n + 2);
	size_t n = 0;
	if (path[0] == '/')
		text[n++] = '/';
	while (str_split(&rest, '/', &part))
		n = add_component(text, n, part);
	if (n == 0)
		text[n++] = '.';
	text[n] = 0;
	return text;
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

const char *path_folder(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	if (slash == path)
		return "/";
	return arena_str(a, (struct str){path, (size_t)(slash - path)}).p;
}

const char *path_below(const char *root, const char *path)
{
	size_t n = strlen(root);
	if (strncmp(root, path, n) != 0)
		return NULL;
	if (path[n] == 0)
		return ".";
	if (n > 0 && root[n - 1] == '/')
		return path + n;
	return path[n] == '/' ? path + n + 1 : NULL;
}

static const char *absolute(struct arena *a, const char *path)
{
	if (path[0] == '/')
		return path;
	char *here = getcwd(NULL, 0);
	/* "(unreachable)/…" is what Linux says of a folder outside of our root. */
	const char *out = here && here[0] == '/' ? path_join(a, here, path) : NULL;
	free(here);
	return out;
}

/* The longest part of an absolute path that exists, resolved; `*rest` is what follows it. */
static const char *resolve_existing(struct arena *a, const char *path, const char **rest)
{
	char *prefix = arena_strdup(a, path);
	for (size_t n = strlen(path); n > 1;) {
		char *real = realpath(prefix, NULL);
		if (real) {
			const char *out = arena_strdup(a, real);
			free(real);
			*rest = path + n;
			return out;
		}
		n = without_last(prefix, n);
		prefix[n] = 0;
	}
	*rest = path;
	return "/";
}

const char *path_real(struct arena *a, const char *path)
{
	const char *rest, *full = absolute(a, path);
	if (!full)
		return NULL;
	const char *existing = resolve_existing(a, full, &rest);
	while (*rest == '/')
		rest++;
	const char *out = path_clean(a, *rest ? path_join(a, existing, rest) : existing);
	/* A ".." behind something missing leads back to what may exist, and be a link. */
	return strstr(rest, "..") && strcmp(out, full) != 0 ? path_real(a, out) : out;
}
