#include "tests/unit/scratch.h"

#include <fcntl.h>
#include <sqlite3.h>

#include "core/archive/answers.h"

enum { DAY = 86400 };
/* 2026-11-01. */
#define START ((int64_t)1793491200)

/* ---- what looks say together ---- */

/* A look: 'o' fine, 'm' moved, 'g' gone (sure), 'h' gone (once), 't' trouble, 'u' unsure, 'n' nothing. */
static struct answer_look look_of(char c)
{
	switch (c) {
	case 'o':
		return (struct answer_look){ANSWER_FINE, false, STR("ok"), STR("found"), 200, STR("")};
	case 'm':
		return (struct answer_look){ANSWER_FINE,  false, STR("redirected-permanently"),
		                            STR("moved"), 200,   STR("https://example.com/new")};
	case 'g':
	case 'h':
		return (struct answer_look){ANSWER_GONE, c == 'g', STR("broken"), STR("404"), 404, STR("")};
	case 't':
		return (struct answer_look){ANSWER_TROUBLE, false, STR("timeout"), STR("connect-timeout"), 0, STR("")};
	case 'u':
		return (struct answer_look){ANSWER_UNSURE, false, STR("blocked-unknown"), STR("forbidden"), 403, STR("")};
	default:
		return (struct answer_look){.kind = ANSWER_NOTHING};
	}
}

struct history {
	const char *looks; /* one letter each */
	int day[12];       /* of each, from START */
	enum answer_verdict verdict;
	const char *outcome;
	unsigned seen;
	int since; /* day; -1: no streak */
};

static const struct history histories[] = {
	{"o", {0}, VERDICT_NONE, "ok", 0, -1},
	{"m", {0}, VERDICT_MOVED, "redirected-permanently", 0, -1},
	{"mo", {0, 1}, VERDICT_NONE, "ok", 0, -1},
	/* Gone: seen twice, whenever that was. */
	{"h", {0}, VERDICT_NONE, "broken", 1, 0},
	{"g", {0}, VERDICT_BROKEN, "broken", 2, 0},
	{"hh", {0, 0}, VERDICT_BROKEN, "broken", 2, 0},
	{"hth", {0, 1, 2}, VERDICT_BROKEN, "broken", 3, 0},
	{"hoh", {0, 1, 2}, VERDICT_NONE, "broken", 1, 2},
	{"go", {0, 1}, VERDICT_NONE, "ok", 0, -1},
	{"gt", {0, 1}, VERDICT_BROKEN, "timeout", 3, 0},
	/* Trouble: three looks in seven days, without one that was fine. */
	{"ttt", {0, 3, 6}, VERDICT_NONE, "timeout", 3, 0},
	{"ttt", {0, 3, 7}, VERDICT_BROKEN, "timeout", 3, 0},
	{"tt", {0, 30}, VERDICT_NONE, "timeout", 2, 0},
	{"ottt", {0, 1, 2, 8}, VERDICT_BROKEN, "timeout", 3, 1},
	{"ttott", {0, 3, 4, 7, 9}, VERDICT_NONE, "timeout", 2, 7},
	{"ttto", {0, 3, 7, 8}, VERDICT_NONE, "ok", 0, -1},
	{"tttttttt", {0, 0, 0, 0, 0, 0, 0, 0}, VERDICT_NONE, "timeout", 8, 0},
	/* What moved has still moved while its server is away, until it is away for good. */
	{"mt", {0, 1}, VERDICT_MOVED, "timeout", 1, 1},
	{"mttt", {0, 1, 2, 9}, VERDICT_BROKEN, "timeout", 3, 1},
	{"mg", {0, 1}, VERDICT_BROKEN, "broken", 2, 1},
	/* A guard says nothing: neither that it is there, nor that it is not. */
	{"u", {0}, VERDICT_NONE, "blocked-unknown", 0, -1},
	{"uuuuu", {0, 3, 9, 20, 90}, VERDICT_NONE, "blocked-unknown", 0, -1},
	{"ou", {0, 1}, VERDICT_NONE, "ok", 0, -1},
	{"gu", {0, 1}, VERDICT_BROKEN, "broken", 2, 0},
	{"mu", {0, 1}, VERDICT_MOVED, "redirected-permanently", 0, -1},
	{"ttu", {0, 3, 9}, VERDICT_NONE, "timeout", 2, 0},
	{"tttu", {0, 1, 2, 9}, VERDICT_NONE, "timeout", 3, 0},
	{"tutt", {0, 3, 5, 9}, VERDICT_BROKEN, "timeout", 3, 0},
	{"ut", {0, 1}, VERDICT_NONE, "timeout", 1, 1},
	/* Nobody looked. */
	{"tnnt", {0, 3, 9, 10}, VERDICT_NONE, "timeout", 2, 0},
	/* A clock that was ahead, and is put right. */
	{"ttt", {9000, 0, 1}, VERDICT_NONE, "timeout", 1, 1},
	{"tttt", {9000, 0, 1, 8}, VERDICT_NONE, "timeout", 2, 1},
	{"ttttt", {9000, 0, 1, 2, 8}, VERDICT_BROKEN, "timeout", 3, 1},
	{"ttt", {0, 9000, 1}, VERDICT_NONE, "timeout", 3, 0},
	{"tttt", {0, 9000, 1, 7}, VERDICT_BROKEN, "timeout", 4, 0},
	{"ot", {9000, 0}, VERDICT_NONE, "timeout", 1, 0},
	{"gt", {9000, 0}, VERDICT_BROKEN, "timeout", 2, 0},
	{"gg", {9000, 0}, VERDICT_BROKEN, "broken", 4, 0},
	{"gu", {9000, 0}, VERDICT_BROKEN, "broken", 2, 0},
	{"tut", {9000, 0, 1}, VERDICT_NONE, "timeout", 1, 1},
	/* One that goes wrong for a while: nobody is accused of it. */
	{"tttt", {0, -9000, 1, 2}, VERDICT_NONE, "timeout", 2, 1},
	{"ttt", {0, 3, -9000}, VERDICT_NONE, "timeout", 0, -1},
	{"ht", {0, -9000}, VERDICT_NONE, "timeout", 1, -9000},
};

static void run_history(const struct history *h, struct answer *a)
{
	*a = (struct answer){.url = STR("https://example.com/a")};
	for (size_t i = 0; h->looks[i]; i++) {
		struct answer_look look = look_of(h->looks[i]);
		answer_learn(a, &look, START + (int64_t)h->day[i] * DAY);
	}
}

static void check_times(const struct history *h, const struct answer *a)
{
	size_t last = strlen(h->looks) - 1;
	int64_t now = START + (int64_t)h->day[last] * DAY;
	assert_int_equal(a->looked, now);
	assert_true(a->first <= a->looked && a->fine <= a->looked && a->failed <= a->looked && a->since <= a->failed);
	assert_true((a->looks > 0) == (a->since > 0));
	assert_true(a->gone <= a->looks);
}

static void test_histories(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(histories); i++) {
		const struct history *h = &histories[i];
		struct answer a;
		run_history(h, &a);
		int since = a.since ? (int)((a.since - START) / DAY) : -1;
		if (answer_verdict(&a) != h->verdict || !str_eqz(a.outcome, h->outcome) || a.looks != h->seen ||
		    since != h->since)
			fail_msg("%zu: %s: verdict %d, %.*s, seen %u since day %d", i, h->looks, (int)answer_verdict(&a),
			         STR_ARG(a.outcome), a.looks, since);
		check_times(h, &a);
	}
}

/* ---- the file ---- */

static const char *file(const struct scratch *s)
{
	return scratch_at(s, "sdi/links.db");
}

static struct str url_of(struct arena *a, unsigned n)
{
	return arena_printf(a, "https://example.com/%05u", n);
}

/* Looks at the first links, each as one letter says. */
static void learn(const char *path, const char *looks, int day)
{
	struct arena a = {0};
	struct err err;
	struct answers *v = answers_open(path, ANSWERS_LEARN, &err);
	if (!v)
		fail_msg("%s", err.text);
	for (unsigned n = 0; looks[n]; n++) {
		struct answer_look look = look_of(looks[n]);
		answers_learn(v, url_of(&a, n), &look, START + (int64_t)day * DAY);
	}
	assert_int_equal(answers_close(v, &err), 0);
	arena_release(&a);
}

static void check_list(const struct answer_list *list, struct str url, bool wanted)
{
	size_t listed = 0;
	for (size_t i = 0; i < list->nr; i++)
		listed += str_eq(list->v[i].url, url);
	assert_int_equal(listed, wanted);
	for (size_t i = 1; i < list->nr; i++)
		assert_true(str_cmp(list->v[i - 1].url, list->v[i].url) < 0);
}

/* What is known of the first links: '-' nothing, 'f' nothing to hear, 'b' broken, 'm' moved. */
static const char *known_if(const char *path, unsigned nr, bool whole)
{
	static char out[64];
	struct arena a = {0};
	struct err err;
	struct answers *v = answers_open(path, ANSWERS_READ, &err);
	struct answer_list list = v ? answers_load(v, &a) : (struct answer_list){0};
	for (unsigned n = 0; n < nr; n++) {
		struct answer one;
		bool found = v && answers_find(v, &a, url_of(&a, n), &one);
		out[n] = found ? "fbm"[answer_verdict(&one)] : '-';
		if (whole)
			check_list(&list, url_of(&a, n), found && out[n] != 'f');
	}
	out[nr] = '\0';
	answers_close(v, &err);
	arena_release(&a);
	return out;
}

static const char *known(const char *path, unsigned nr)
{
	return known_if(path, nr, true);
}

static void test_remembers(void **state)
{
	const char *path = file(*state);
	assert_string_equal(known(path, 4), "----");
	assert_int_not_equal(access(path, F_OK), 0);
	learn(path, "ogmth", 0);
	assert_string_equal(known(path, 6), "fbmff-");
	learn(path, "tonth", 3);
	assert_string_equal(known(path, 6), "ffmfb-");
	learn(path, "nnntn", 40);
	assert_string_equal(known(path, 6), "ffmbb-");
}

static void test_last(void **state)
{
	struct err err;
	struct arena a = {0};
	const char *path = file(*state);
	learn(path, "ou", 0);
	learn(path, "n", 2);
	struct answers *v = answers_open(path, ANSWERS_LEARN, &err);
	assert_int_equal(answers_last(v, url_of(&a, 0)), START);
	assert_int_equal(answers_last(v, url_of(&a, 1)), START);
	assert_int_equal(answers_last(v, url_of(&a, 2)), 0);
	answers_close(v, &err);
	arena_release(&a);
}

static void test_values(void **state)
{
	struct err err;
	struct arena a = {0};
	struct answer one;
	learn(file(*state), "mg", 0);
	learn(file(*state), "tu", 1);
	struct answers *v = answers_open(file(*state), ANSWERS_READ, &err);
	assert_true(answers_find(v, &a, url_of(&a, 0), &one));
	assert_true(str_eqz(one.moved_to, "https://example.com/new") && str_eqz(one.outcome, "timeout"));
	assert_true(str_eqz(one.reason, "connect-timeout") && one.status == 0 && one.looks == 1 && one.fine == START);
	assert_true(answers_find(v, &a, url_of(&a, 1), &one));
	assert_true(str_eqz(one.reason, "404") && one.status == 404 && one.gone == 2 && one.looked == START + DAY);
	assert_int_equal(one.failed, START);
	answers_close(v, &err);
	arena_release(&a);
}

/* What is written in the middle stays, whatever comes then. */
static void test_middle(void **state)
{
	const char *path = file(*state);
	pid_t child = fork();
	if (!child) {
		struct err err;
		struct arena a = {0};
		struct answers *v = answers_open(path, ANSWERS_LEARN, &err);
		struct answer_look gone = look_of('g');
		answers_learn(v, url_of(&a, 0), &gone, START);
		if (answers_write(v, &err) || answers_write(v, &err))
			_exit(1);
		answers_learn(v, url_of(&a, 1), &gone, START);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_string_equal(known(path, 2), "b-");
}

/* Programs that learn at once lose nothing of each other. */
static void test_at_once(void **state)
{
	enum { PROGRAMS = 4, TIMES = 5 };
	const char *path = file(*state);
	pid_t child[PROGRAMS];
	for (int i = 0; i < PROGRAMS; i++)
		if (!(child[i] = fork())) {
			for (int n = 0; n < TIMES; n++)
				learn(path, "tttttttttt", 0);
			_exit(0);
		}
	for (int i = 0; i < PROGRAMS; i++) {
		int status;
		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_int_equal(status, 0);
	}
	struct err err;
	struct arena a = {0};
	struct answers *v = answers_open(path, ANSWERS_READ, &err);
	for (unsigned n = 0; n < 10; n++) {
		struct answer one;
		assert_true(answers_find(v, &a, url_of(&a, n), &one));
		assert_int_equal(one.looks, PROGRAMS * TIMES);
	}
	answers_close(v, &err);
	arena_release(&a);
}

static void write_file(const char *path, const char *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	close(fd);
}

static size_t read_file(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	ssize_t n = read(fd, out, size);
	close(fd);
	return n > 0 ? (size_t)n : 0;
}

static void test_damaged(void **state)
{
	static const char junk[] =
		"this was a database once, and there is more of this than a header has: 0123456789012345678901";
	char kept[sizeof(junk)];
	const char *path = file(*state), *aside = scratch_at(*state, "sdi/links.db.damaged");
	learn(path, "gg", 0);
	write_file(path, junk, sizeof(junk));
	/* Who reads touches nothing. */
	assert_string_equal(known(path, 2), "--");
	assert_int_equal(read_file(path, kept, sizeof(kept)), sizeof(junk));
	learn(path, "og", 0);
	assert_string_equal(known(path, 2), "fb");
	assert_int_equal(read_file(aside, kept, sizeof(kept)), sizeof(junk));
	assert_memory_equal(kept, junk, sizeof(junk));
}

/* Wherever it is torn, nothing but what was learnt is known, and learning goes on. */
static void test_torn(void **state)
{
	static char all[1 << 20];
	char looks[61] = {0};
	const char *path = file(*state);
	memset(looks, 'g', sizeof(looks) - 1);
	learn(path, looks, 0);
	size_t n = read_file(path, all, sizeof(all));
	assert_in_range(n, 8192, sizeof(all) - 1);
	for (size_t at = 0; at < n; at += 509) {
		char was = all[at];
		all[at] = (char)~was;
		write_file(path, all, n);
		const char *now = known_if(path, 60, false);
		for (size_t i = 0; i < 60; i++)
			assert_true(strchr("-bf", now[i]));
		struct err err = {{0}};
		struct answers *v = answers_open(path, ANSWERS_LEARN, &err);
		assert_true(v || *err.text);
		answers_close(v, &err);
		all[at] = was;
	}
}

static void execute(const char *path, const char *sql)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void assert_refused(const char *path, enum answers_use use, const char *says)
{
	struct err err = {{0}};
	assert_null(answers_open(path, use, &err));
	if (!strstr(err.text, says))
		fail_msg("%s", err.text);
}

static void test_foreign(void **state)
{
	const char *path = file(*state);
	mkdir(scratch_at(*state, "sdi"), 0755);
	execute(path, "CREATE TABLE answer (url TEXT); INSERT INTO answer VALUES ('mine')");
	assert_refused(path, ANSWERS_READ, "not what sdi remembers");
	assert_refused(path, ANSWERS_LEARN, "not what sdi remembers");
	unlink(path);
	learn(path, "g", 0);
	execute(path, "PRAGMA user_version = 99");
	assert_refused(path, ANSWERS_READ, "another version");
	assert_refused(path, ANSWERS_LEARN, "another version");
	execute(path, "PRAGMA user_version = 1");
	assert_string_equal(known(path, 1), "b");
}

/* What anybody may have written into it. */
static void test_odd_values(void **state)
{
	struct err err;
	struct arena a = {0};
	struct answer one;
	const char *path = file(*state);
	learn(path, "g", 0);
	execute(path, "UPDATE answer SET looks = -1, gone = 9223372036854775807, since = -5, failed = 9223372036854775807, "
	              "reason = 'a b' || char(27), outcome = x'00', status = 'x', moved_to = NULL");
	struct answers *v = answers_open(path, ANSWERS_READ, &err);
	assert_true(answers_find(v, &a, url_of(&a, 0), &one));
	assert_int_equal(one.looks, 0);
	assert_int_equal(one.gone, 1000000);
	assert_int_equal(one.since, 0);
	assert_int_equal(one.failed, 0);
	assert_int_equal(one.reason.n + one.outcome.n + one.moved_to.n, 0);
	answers_close(v, &err);
	arena_release(&a);
}

static void test_locked(void **state)
{
	const char *path = file(*state);
	sqlite3 *db;
	learn(path, "g", 0);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	assert_refused(path, ANSWERS_READ, "locked");
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	/* Who only writes later keeps nobody from reading. */
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_string_equal(known(path, 1), "b");
	sqlite3_close(db);
	assert_string_equal(known(path, 1), "b");
}

static void test_places(void **state)
{
	const char *path = file(*state);
	assert_refused(scratch_at(*state, "no/sdi/links.db"), ANSWERS_READ, "");
	assert_refused(scratch_at(*state, "no/sdi/links.db"), ANSWERS_LEARN, "not this user's");
	learn(path, "g", 0);
	/* A link may lead anywhere. */
	const char *there = scratch_at(*state, "there.db");
	path = file(*state);
	assert_int_equal(rename(path, there), 0);
	assert_int_equal(symlink(there, path), 0);
	assert_refused(path, ANSWERS_READ, "not this user's");
	assert_refused(path, ANSWERS_LEARN, "not this user's");
	unlink(path);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_refused(path, ANSWERS_LEARN, "not this user's");
}

static void test_read_only(void **state)
{
	const char *path = file(*state);
	learn(path, "g", 0);
	chmod(path, 0444);
	chmod(scratch_at(*state, "sdi"), 0555);
	assert_string_equal(known(path, 1), "b");
	chmod(scratch_at(*state, "sdi"), 0755);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_histories),
		TEST(test_remembers),
		TEST(test_last),
		TEST(test_values),
		TEST(test_middle),
		TEST(test_at_once),
		TEST(test_damaged),
		TEST(test_torn),
		TEST(test_foreign),
		TEST(test_odd_values),
		TEST(test_locked),
		TEST(test_places),
		TEST(test_read_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
