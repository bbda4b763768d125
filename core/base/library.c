#include "core/base/library.h"

#include <dlfcn.h>
#include <string.h>

int library_load(const char *file, const struct library_function *function, size_t nr, void *table, struct err *err)
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return err_set(err, "`%s` cannot be loaded: %s", file, dlerror());
	for (size_t i = 0; i < nr; i++)
		if (!dlsym(library, function[i].name))
			return err_set(err, "`%s` is too old: it has no `%s`", file, function[i].name);
	for (size_t i = 0; i < nr; i++) {
		void *found = dlsym(library, function[i].name);
		memcpy((char *)table + function[i].at, &found, sizeof(found));
	}
	return 0;
}
