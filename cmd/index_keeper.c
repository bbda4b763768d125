#include "cmd/index_keeper.h"

#include <stdlib.h>

#include "core/source/files.h"
#include "core/source/paths.h"

/* Where they keep it meanwhile. */
static const struct {
	const char *name, *file;
} keepers[] = {
	{"lint-staged", "lint-staged_unstaged.patch"},
	{"lefthook", "info/lefthook-unstaged.patch"},
};

const char *index_keeper(struct arena *a, const struct history *h)
{
	const char *set = getenv("PRE_COMMIT");
	if (set && *set)
		return "pre-commit";
	for (size_t i = 0; i < ARRAY_SIZE(keepers); i++)
		if (file_kind_of(NULL, path_join(a, history_git_dir(h), keepers[i].file)) != FILE_NONE)
			return keepers[i].name;
	return NULL;
}
