#include "core/source/blob.h"

static int hash(const struct git *g, struct arena *a, const char *const *arg, struct str text, struct object_id *out,
                struct err *err)
{
	struct str said;
	if (git_run(g, a, arg, text, &said, err))
		return -1;
	said = str_trim(said);
	if (said.n >= sizeof(out->hex))
		return err_set(err, "git %s: it says something unexpected", arg[0]);
	memcpy(out->hex, said.p, said.n);
	out->hex[said.n] = '\0';
	return 0;
}

int blob_write(const struct git *g, struct arena *a, struct str text, struct object_id *out, struct err *err)
{
	return hash(g, a, GIT("hash-object", "-w", "--stdin"), text, out, err);
}

int blob_clean(const struct git *g, struct arena *a, const char *path, struct str text, struct object_id *out,
               struct err *err)
{
	const char *at = arena_printf(a, "--path=%s", path).p;
	return hash(g, a, GIT("hash-object", "-w", at, "--stdin"), text, out, err);
}

int blob_read(const struct git *g, struct arena *a, const struct object_id *id, struct str *out, struct err *err)
{
	return git_run(g, a, GIT("cat-file", "blob", id->hex), STR(""), out, err);
}

int blob_smudge(const struct git *g, struct arena *a, const char *path, const struct object_id *id, struct str *out,
                struct err *err)
{
	const char *at = arena_printf(a, "--path=%s", path).p;
	return git_run(g, a, GIT("cat-file", "--filters", at, id->hex), STR(""), out, err);
}

bool blob_exists(const struct git *g, struct arena *a, struct str text)
{
	struct object_id id;
	struct str said;
	struct err why;
	return hash(g, a, GIT("hash-object", "--stdin"), text, &id, &why) == 0 &&
	       git_run(g, a, GIT("cat-file", "-e", id.hex), STR(""), &said, &why) == 0;
}
