/*
 * A main() for a fuzz target where there is no libFuzzer: feeds it each file, or each file of a folder, that is named.
 * Arguments that begin with '-' are libFuzzer's, and skipped.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long fed;

static void die(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(2);
}

static void feed_file(const char *path, size_t size)
{
	FILE *f = fopen(path, "rb");
	/* Exactly as many bytes as there are, so that a sanitizer sees each read beyond them. */
	uint8_t *data = malloc(size ? size : 1);
	if (!f || !data || fread(data, 1, size, f) != size)
		die(path);
	fclose(f);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	fed++;
}

static void feed(const char *path)
{
	struct stat st;
	if (stat(path, &st) < 0)
		die(path);
	if (!S_ISDIR(st.st_mode)) {
		feed_file(path, (size_t)st.st_size);
		return;
	}
	struct dirent **name;
	int nr = scandir(path, &name, NULL, alphasort);
	if (nr < 0)
		die(path);
	for (int i = 0; i < nr; i++) {
		char below[4096];
		snprintf(below, sizeof(below), "%s/%s", path, name[i]->d_name);
		if (name[i]->d_name[0] != '.')
			feed(below);
		free(name[i]);
	}
	free(name);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (argv[i][0] != '-')
			feed(argv[i]);
	printf("%lu inputs\n", fed);
	return 0;
}
