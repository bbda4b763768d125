#include "cmd/edit.h"

#include <stdlib.h>

#include "cmd/program.h"
#include "core/source/spawn.h"

extern char **environ;

/* The command, as the shell reads it; NULL: there is none. */
static const char *find_editor(struct arena *a)
{
	static const char *const variables[] = {"VISUAL", "EDITOR"}, *const programs[] = {"editor", "vi"};
	for (size_t i = 0; i < ARRAY_SIZE(variables); i++) {
		const char *command = getenv(variables[i]);
		if (command && *command)
			return command;
	}
	for (size_t i = 0; i < ARRAY_SIZE(programs); i++)
		if (program_on_path(a, programs[i]))
			return programs[i];
	return NULL;
}

int edit_file(struct arena *a, const char *path, struct err *err)
{
	const char *command = find_editor(a);
	if (!command)
		return err_set(err, "there is no editor: set VISUAL or EDITOR to the command that opens one");
	/* As git does it: the command may have options, and the path may have anything. */
	const char *script = arena_printf(a, "%s \"$@\"", command).p;
	const char *const argv[] = {"/bin/sh", "-c", script, command, path, NULL};
	int code = spawn_here(&(struct spawn){argv, (const char *const *)environ, ".", STR("")}, err);
	return code > 0 ? err_set(err, "the editor `%s` ended with exit code %d", command, code) : code;
}
