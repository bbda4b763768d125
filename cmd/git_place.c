#include "cmd/git_place.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/source/paths.h"

/* What would change how git reads its arguments, what it says, or what an object is; and what is put absolutely. */
static const char *const dropped[] = {
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_LITERAL_PATHSPECS",
	"GIT_GLOB_PATHSPECS",
	"GIT_NOGLOB_PATHSPECS",
	"GIT_ICASE_PATHSPECS",
	"GIT_OPTIONAL_LOCKS",
	"GIT_NO_REPLACE_OBJECTS",
	"GIT_EXTERNAL_DIFF",
	"GIT_DIFF_OPTS",
	"GIT_TRACE",
	"LC_ALL",
	"LANGUAGE",
	"LANG",
};

static const char *const added[] = {"GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C"};

/* What libgit2 knows nothing of. */
static const char *const special[] = {
	"GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_NAMESPACE",  "GIT_CONFIG_COUNT",     "GIT_CONFIG_PARAMETERS",
};

static const char *value_of(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

static bool is_dropped(const char *variable)
{
	for (size_t i = 0; i < ARRAY_SIZE(dropped); i++) {
		size_t n = strlen(dropped[i]);
		if (strncmp(variable, dropped[i], n) == 0 && variable[n] == '=')
			return true;
	}
	return false;
}

static const char *path_in(struct arena *a, const char *here, const char *name)
{
	const char *value = value_of(name);
	return value ? path_join(a, here, value) : NULL;
}

static void set(struct arena *a, const char **env, size_t *nr, const char *name, const char *value)
{
	if (value)
		env[(*nr)++] = arena_printf(a, "%s=%s", name, value).p;
}

/* git may then run in any folder. */
static const char *const *environment(struct arena *a, const struct git_place *place)
{
	enum { PATHS = 3 };
	size_t nr = 0, kept = 0;
	while (environ[nr])
		nr++;
	const char **env = arena_array(a, const char *, nr + PATHS + ARRAY_SIZE(added) + 1);
	for (size_t i = 0; i < nr; i++)
		if (!is_dropped(environ[i]))
			env[kept++] = arena_strdup(a, environ[i]);
	set(a, env, &kept, "GIT_DIR", place->git_dir);
	set(a, env, &kept, "GIT_WORK_TREE", place->work_tree);
	set(a, env, &kept, "GIT_INDEX_FILE", place->index);
	for (size_t i = 0; i < ARRAY_SIZE(added); i++)
		env[kept++] = added[i];
	return env;
}

const char *const *git_environment(struct arena *a)
{
	return environment(a, &(struct git_place){.git_dir = NULL});
}

void git_place_add(struct arena *a, struct git_place *place, const char *variable)
{
	size_t nr = 0;
	while (place->git.env[nr])
		nr++;
	const char **env = arena_array(a, const char *, nr + 2);
	env[0] = variable;
	memcpy(env + 1, place->git.env, nr * sizeof(*env));
	place->git.env = env;
}

/* A hook of `git merge` runs before there is a MERGE_HEAD; but each commit of it has a variable. */
static const struct object_id *merging(struct arena *a)
{
	static const char name[] = "GITHEAD_";
	size_t nr = 0, most = 0;
	while (environ[most])
		most++;
	struct object_id *v = arena_array(a, struct object_id, most + 1);
	for (size_t i = 0; i < most; i++)
		if (str_starts(str_of(environ[i]), STR(name)) &&
		    object_id_parse((struct str){environ[i] + sizeof(name) - 1, strcspn(environ[i], "=") - sizeof(name) + 1},
		                    &v[nr]) == 0)
			nr++;
	v[nr] = (struct object_id){{0}};
	return v;
}

int git_place_find(struct arena *a, const char *here, struct git_place *out, struct err *err)
{
	*out = (struct git_place){
		.git.folder = here,
		.git_dir = path_in(a, here, "GIT_DIR"),
		.work_tree = path_in(a, here, "GIT_WORK_TREE"),
		.index = path_in(a, here, "GIT_INDEX_FILE"),
		.merging = merging(a),
	};
	out->git.env = environment(a, out);
	for (size_t i = 0; i < ARRAY_SIZE(special); i++)
		out->plumbing |= value_of(special[i]) != NULL;
	if (out->index && access(out->index, R_OK))
		return err_set(err, "cannot read the index `%s`, which GIT_INDEX_FILE names: %s", out->index,
		               err_reason(errno));
	return 0;
}
