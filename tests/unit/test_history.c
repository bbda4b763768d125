#include "tests/unit/seen.h"

/* As test_changes.c; and where there is no common commit. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2\nleak:libgit2";
}

/* ---- commits ---- */

static void test_commits(void **state)
{
	const struct scratch *s = *state;
	shell(s, DIVERGE "git branch other main; ! git merge -q side >/dev/null; git add -A; git commit -q -m m; "
	                 "git checkout -q --orphan alone; git commit -q -m o; git tag blob $(git rev-parse main:both)");
	struct seen seen = see(s, "r");
	struct moment merge = commit_of(&seen, "main"), ours = commit_of(&seen, "main^1"), side = commit_of(&seen, "side"),
				  fork = commit_of(&seen, "main~2"), alone = commit_of(&seen, "HEAD");
	for (size_t i = 0; i < BACKENDS; i++) {
		struct history *h = seen.by[i];
		struct object_id got, *parent;
		size_t nr;
		struct err err;
		assert_int_equal(history_head(h, &got, &err), 0);
		assert_true(object_id_is(&got, &alone.commit));
		assert_int_equal(history_parents(h, &seen.a, &merge.commit, &parent, &nr, &err), 0);
		assert_int_equal(nr, 2);
		assert_true(object_id_is(&parent[0], &ours.commit) && object_id_is(&parent[1], &side.commit));
		assert_int_equal(history_parents(h, &seen.a, &alone.commit, &parent, &nr, &err), 0);
		assert_int_equal(nr, 0);
		assert_int_equal(history_merge_base(h, &ours.commit, &side.commit, &got, &err), 0);
		assert_true(object_id_is(&got, &fork.commit));
		assert_int_equal(history_merging(h, &seen.a, &parent, &nr, &err), 0);
		assert_int_equal(nr, 0);
		assert_true(history_has(h, &merge.commit));
		/* From here on both are git's plumbing. */
		assert_int_equal(history_merge_base(h, &ours.commit, &alone.commit, &got, &err), -1);
		assert_false(history_has(h, &(struct object_id){"0123456789012345678901234567890123456789"}));
		static const char *const bad[] = {"", "-h", "--all", "nowhere", "main..side", "blob", "HEAD:both", "main^3"};
		for (size_t k = 0; k < ARRAY_SIZE(bad); k++)
			assert_int_equal(history_commit(h, bad[k], &got, &err), -1);
	}
	look_away(&seen);
}

/* ---- reading ---- */

static void expect_text(struct seen *seen, const char *hex, uint64_t limit, struct str wanted, uint64_t bytes)
{
	for (size_t i = 0; i < BACKENDS; i++) {
		struct object_id id = {{0}};
		struct str text;
		uint64_t size;
		struct err err;
		snprintf(id.hex, sizeof(id.hex), "%.64s", hex);
		if (history_read(seen->by[i], &seen->a, &id, limit, &text, &size, &err))
			fail_msg("%s", err.text);
		assert_true(str_eq(text, wanted));
		assert_int_equal(size, bytes);
		assert_int_equal(text.p[text.n], 0);
	}
}

static struct str text_of(const struct scratch *s, const char *script)
{
	static char text[4096];
	char *full = NULL;
	assert_true(asprintf(&full, "cd %s && %s", s->path, script) > 0);
	FILE *f = popen(full, "r");
	assert_non_null(f);
	size_t n = fread(text, 1, sizeof(text) - 1, f);
	assert_int_equal(pclose(f), 0);
	free(full);
	return str_trim((struct str){text, n});
}

static void test_read(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT "printf 'a\\0b\\r\\nc' >bin; : >none; echo text >text; head -c 3000000 /dev/zero >big; " COMMIT);
	struct seen seen = see(s, "r");
	struct tracked_list list;
	struct err err;
	struct moment head = commit_of(&seen, "HEAD");
	assert_int_equal(history_list(seen.by[0], &seen.a, &head, &list, &err), 0);
	assert_int_equal(list.nr, 4);
	expect_text(&seen, list.v[1].id.hex, 100, (struct str){"a\0b\r\nc", 6}, 6);
	expect_text(&seen, list.v[1].id.hex, 6, (struct str){"a\0b\r\nc", 6}, 6);
	expect_text(&seen, list.v[1].id.hex, 5, STR(""), 6);
	expect_text(&seen, list.v[0].id.hex, 2999999, STR(""), 3000000);
	expect_text(&seen, list.v[2].id.hex, 0, STR(""), 0);
	expect_text(&seen, list.v[3].id.hex, SIZE_MAX / 2, STR("text\n"), 5);
	look_away(&seen);
}

static void test_read_what_is_not_there(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT "echo text >text; " COMMIT "git tag -a -m t tag");
	struct str said = text_of(s, "cd r && git rev-parse HEAD HEAD^{tree} tag HEAD:text"), line;
	struct seen seen = see(s, "r");
	struct object_id missing = {"0123456789012345678901234567890123456789"};
	for (size_t i = 0; i < BACKENDS; i++) {
		struct str all = said, text;
		uint64_t size;
		struct err err;
		struct object_id id = missing;
		for (bool last = false; !last;) {
			last = all.n == 0;
			bool blob = last && !object_id_is(&id, &missing);
			int bad = history_read(seen.by[i], &seen.a, &id, 100, &text, &size, &err);
			assert_int_equal(bad, blob ? 0 : -1);
			if (str_split(&all, '\n', &line))
				memcpy(id.hex, line.p, line.n);
		}
		assert_int_equal(history_read(seen.by[i], &seen.a, &id, 100, &text, &size, &err), 0);
		assert_true(str_eqz(text, "text\n"));
	}
	look_away(&seen);
}

/* ---- where ---- */

static void test_places(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT "mkdir d; " TEXT("a") COMMIT
	      "git worktree add -q ../linked -b linked; cd ..; git clone -q --bare r bare; "
	      "git clone -q --depth 1 file://$PWD/r shallow 2>/dev/null; ln -s r/d link");
	static const struct {
		const char *folder, *root;
		bool bare, shallow;
	} cases[] = {
		{"r", "r", false, false},      {"r/d", "r", false, false},  {"linked", "linked", false, false},
		{"bare", "bare", true, false}, {"link", "r", false, false}, {"shallow", "shallow", false, true},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct seen seen = see(s, cases[i].folder);
		assert_string_equal(history_root(seen.by[0]), scratch_at(s, cases[i].root));
		assert_int_equal(history_is_bare(seen.by[0]), cases[i].bare);
		assert_int_equal(history_is_shallow(seen.by[0]), cases[i].shallow);
		struct moment head = commit_of(&seen, "HEAD");
		expect_list(&seen, &head, "100644 a \n");
		look_away(&seen);
	}
}

/* A folder that is not the work tree's, and variables that say where that is. */
static void test_variables(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT "mkdir d; " TEXT("a") COMMIT "mkdir ../elsewhere; GIT_INDEX_FILE=$PWD/.git/other git add -f d a");
	shell(s, "cd r; cp .git/index .git/other; export GIT_INDEX_FILE=$PWD/.git/other; echo x >b; git add b");
	const char *dir = strdup(scratch_at(s, "r/.git")), *tree = strdup(scratch_at(s, "r")),
			   *other = strdup(scratch_at(s, "r/.git/other"));
	const struct {
		const char *folder, *git_dir, *work_tree, *index, *root, *list;
	} cases[] = {
		{"elsewhere", dir, tree, NULL, "r", "100644 a \n"},
		{"elsewhere", dir, NULL, NULL, "elsewhere", "100644 a \n"},
		{"r/d", dir, NULL, NULL, "r/d", "100644 a \n"},
		{"r", NULL, NULL, other, "r", "100644 a \n100644 b \n"},
		{"r/.git", dir, tree, other, "r", "100644 a \n100644 b \n"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases) * BACKENDS; i++) {
		const char *env[64];
		size_t nr = 0;
		for (char **e = environ; *e && nr < 32; e++)
			if (strncmp(*e, "PATH=", 5) == 0 || strncmp(*e, "HOME=", 5) == 0)
				env[nr++] = *e;
		const size_t k = i / BACKENDS;
		struct arena a = {0};
		if (cases[k].git_dir)
			env[nr++] = arena_printf(&a, "GIT_DIR=%s", cases[k].git_dir).p;
		if (cases[k].work_tree)
			env[nr++] = arena_printf(&a, "GIT_WORK_TREE=%s", cases[k].work_tree).p;
		if (cases[k].index)
			env[nr++] = arena_printf(&a, "GIT_INDEX_FILE=%s", cases[k].index).p;
		env[nr] = NULL;
		struct git_place place = {
			.git = {arena_strdup(&a, scratch_at(s, cases[k].folder)), env},
			.git_dir = cases[k].git_dir,
			.work_tree = cases[k].work_tree,
			.index = cases[k].index,
			.plumbing = i % BACKENDS,
		};
		struct history *h = open_place(&place);
		assert_false(history_is_bare(h));
		assert_string_equal(history_root(h), scratch_at(s, cases[k].root));
		assert_string_equal(list_by(&a, h, &in_index, false).p, cases[k].list);
		history_close(h);
		arena_release(&a);
	}
	free((char *)(uintptr_t)dir);
	free((char *)(uintptr_t)tree);
	free((char *)(uintptr_t)other);
}

static void test_merging(void **state)
{
	static const char id[] = "0123456789012345678901234567890123456789\n";
	static const struct {
		const char *text;
		int count; /* -1: an error */
	} cases[] = {
		{"", 0},
		{id, 1},
		{"0123456789012345678901234567890123456789", 1},
		{"0123456789012345678901234567890123456789\n1123456789012345678901234567890123456789\n", 2},
		{"garbage\n", -1},
		{"0123456789012345678901234567890123456789 x\n", -1},
		{"012345678901234567890123456789012345678\n", -1},
	};
	const struct scratch *s = *state;
	shell(s, INIT TEXT("a") COMMIT);
	struct seen seen = see(s, "r");
	for (size_t i = 0; i < ARRAY_SIZE(cases) * BACKENDS; i++) {
		struct object_id *v;
		size_t nr;
		struct err err;
		scratch_write(s, "r/.git/MERGE_HEAD", cases[i / BACKENDS].text);
		int bad = history_merging(seen.by[i % BACKENDS], &seen.a, &v, &nr, &err);
		assert_int_equal(bad ? -1 : (int)nr, cases[i / BACKENDS].count);
	}
	look_away(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_commits), TEST(test_read),      TEST(test_read_what_is_not_there),
		TEST(test_places),  TEST(test_variables), TEST(test_merging),
	};
	settle_environment();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
