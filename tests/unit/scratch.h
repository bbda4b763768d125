/* A folder of its own for a test, and what is done in it. Every failure ends the test. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct scratch {
	char path[256]; /* absolute, links resolved */
};

/* `folder/name`; good until the fourth call after it. */
static inline const char *scratch_at(const struct scratch *s, const char *name)
{
	static char full[4][8192];
	static unsigned turn;
	char *out = full[turn++ % 4];
	int n = snprintf(out, sizeof(full[0]), "%s/%s", s->path, name);
	assert_in_range(n, 1, sizeof(full[0]) - 1);
	return out;
}

static inline int scratch_setup(void **state)
{
	struct scratch *s = calloc(1, sizeof(*s));
	char made[] = "/tmp/sdi-test-XXXXXX";
	char *real = mkdtemp(made) ? realpath(made, NULL) : NULL;
	if (!s || !real)
		return -1;
	snprintf(s->path, sizeof(s->path), "%s", real);
	free(real);
	*state = s;
	return 0;
}

static inline int scratch_remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st, (void)type, (void)at;
	return remove(path);
}

static inline int scratch_teardown(void **state)
{
	struct scratch *s = *state;
	int rc = nftw(s->path, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(s);
	return rc;
}

/* mkdir -p */
static inline void scratch_folder(const struct scratch *s, const char *name)
{
	char *path = strdup(scratch_at(s, name));
	for (char *slash = path + strlen(s->path) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = 0;
		mkdir(path, 0755);
	}
	mkdir(path, 0755);
	free(path);
}

/* A file, and the folders above it. */
static inline void scratch_write(const struct scratch *s, const char *name, const char *text)
{
	char folder[4096];
	snprintf(folder, sizeof(folder), "%s", name);
	char *slash = strrchr(folder, '/');
	if (slash) {
		*slash = 0;
		scratch_folder(s, folder);
	}
	FILE *f = fopen(scratch_at(s, name), "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

/* Runs a program in a folder of the scratch folder, and wants it to succeed. */
static inline void scratch_run(const struct scratch *s, const char *folder, const char *const *argv)
{
	pid_t child = fork();
	if (child == 0) {
		if (chdir(scratch_at(s, folder)) == 0 && freopen("/dev/null", "w", stdout))
			execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	int status = -1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}
#define SCRATCH_RUN(s, folder, ...) scratch_run((s), (folder), (const char *const[]){__VA_ARGS__, NULL})
