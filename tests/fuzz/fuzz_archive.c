/*
 * Whatever a file of memories holds: as a file of SQLite it is used or refused, by readers and by writers, and as the value of a
 * text it is what can be found in that text, or nothing. The input's first byte says which.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/archive/answers.h"
#include "lint/memory.h"
#include "tests/fuzz/world.h"

static void must(bool holds)
{
	if (!holds)
		BUG("not so");
}

static char folder[] = "/tmp/sdi-fuzz-XXXXXX";

/* With whatever stands beside it. */
static void take_away(const char *name)
{
	static const char *const behind[] = {"", "-wal", "-shm", "-journal", ".damaged"};
	char path[sizeof(folder) + 40];
	for (size_t i = 0; i < ARRAY_SIZE(behind); i++) {
		snprintf(path, sizeof(path), "%s/%s%s", folder, name, behind[i]);
		unlink(path);
	}
}

static void clean(void)
{
	take_away("archive.db");
	take_away("links.db");
	rmdir(folder);
}

static void begin(void)
{
	static bool begun;
	must(begun || (mkdtemp(folder) && atexit(clean) == 0));
	begun = true;
}

static const char *put(struct arena *a, const char *name, struct str bytes)
{
	begin();
	take_away(name);
	const char *path = arena_printf(a, "%s/%s", folder, name).p;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	must(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
	return path;
}

static void check_archive(struct arena *a, struct str bytes)
{
	struct archive_key key = {{1, 2, 3}};
	struct str value;
	for (int turn = 0; turn < 2; turn++) {
		struct archive *v =
			archive_open(turn ? arena_printf(a, "%s/archive.db", folder).p : put(a, "archive.db", bytes), 20000);
		if (!v)
			return;
		(void)archive_recall(v, a, &key, &value);
		archive_remember(v, &key, STR("value"));
		archive_close(v);
	}
}

static void check_answers(struct arena *a, struct str bytes)
{
	static const enum answers_use uses[] = {ANSWERS_READ, ANSWERS_LEARN, ANSWERS_READ};
	const struct answer_look look = {ANSWER_GONE, true, STR("broken"), STR("404"), 404, STR("")};
	const char *path = put(a, "links.db", bytes);
	struct err err;
	for (size_t i = 0; i < ARRAY_SIZE(uses); i++) {
		struct answers *v = answers_open(path, uses[i], &err);
		if (!v)
			continue;
		struct answer_list all = answers_load(v, a);
		for (size_t k = 0; k < all.nr; k++)
			must(answer_verdict(&all.v[k]) <= VERDICT_MOVED && (!k || str_cmp(all.v[k - 1].url, all.v[k].url) < 0));
		(void)answers_last(v, STR("https://example.com/"));
		if (uses[i] == ANSWERS_LEARN)
			answers_learn(v, STR("https://example.com/"), &look, 1700000000);
		(void)answers_close(v, &err);
	}
}

static void check_value(struct str bytes)
{
	static const char text[] =
		"# Daily Security Info\n\n### ニュース\n\n#### 題名\nhttps://example.com/1\n\n- 要約\n    - 一\n";
	world_open();
	struct job job = world_job(STR(text));
	if (memory_unpack(&job, bytes)) {
		for (size_t i = 0; i < job.findings.nr; i++) {
			const struct finding *f = &job.findings.v[i];
			must(f->rule && (size_t)f->at.off + f->at.len <= job.source.text.n);
			for (size_t k = 0; k < f->fix.nr; k++)
				must((size_t)f->fix.edit[k].at.off + f->fix.edit[k].at.len <= job.source.text.n);
		}
	} else {
		must(job.findings.nr == 0);
	}
	job_release(&job);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	if (!size)
		return 0;
	struct str bytes = {(const char *)data + 1, size - 1};
	if (*data % 3 == 0)
		check_archive(&a, bytes);
	else if (*data % 3 == 1)
		check_answers(&a, bytes);
	else
		check_value(bytes);
	arena_release(&a);
	return 0;
}
