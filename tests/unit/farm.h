/* The farm of hosts (tests/farm/farm.py): started, stopped, and what it saw. Every failure ends the test. */
#pragma once

#include "tests/unit/scratch.h"

#include <signal.h>

struct farm {
	pid_t pid;
	unsigned port[5]; /* plain, then one for each certificate */
	char log[300];
};

/* `certificates`: files below the scratch folder that hold a certificate and its key. */
static inline void farm_start(struct farm *farm, const struct scratch *s, const char *const *certificates, size_t nr)
{
	const char *argv[32] = {"python3", SDI_SOURCE_DIR "/tests/farm/farm.py", "--log", farm->log};
	int out[2];
	snprintf(farm->log, sizeof(farm->log), "%s/farm.log", s->path);
	for (size_t i = 0; i < nr; i++) {
		argv[4 + 3 * i] = "--tls";
		argv[5 + 3 * i] = argv[6 + 3 * i] = strdup(scratch_at(s, certificates[i]));
	}
	assert_int_equal(pipe(out), 0);
	farm->pid = fork();
	if (farm->pid == 0) {
		dup2(out[1], 1);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(out[1]);
	FILE *ports = fdopen(out[0], "r");
	for (size_t i = 0; i <= nr; i++)
		assert_int_equal(fscanf(ports, "%u", &farm->port[i]), 1);
	fclose(ports);
	for (size_t i = 0; i < nr; i++)
		free((void *)(uintptr_t)argv[5 + 3 * i]);
}

static inline void farm_stop(const struct farm *farm)
{
	kill(farm->pid, SIGKILL);
	waitpid(farm->pid, NULL, 0);
}

/* Lines of its log with both texts in them. */
static inline size_t farm_saw(const struct farm *farm, const char *one, const char *other)
{
	char *line = NULL;
	size_t cap = 0, nr = 0;
	FILE *f = fopen(farm->log, "r");
	assert_non_null(f);
	while (getline(&line, &cap, f) > 0)
		nr += strstr(line, one) && strstr(line, other);
	free(line);
	fclose(f);
	return nr;
}
