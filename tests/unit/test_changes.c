#include "tests/unit/seen.h"

/* libgit2 1.5.1 leaks a little for a repository with extensions (its pull request 6382 mends it). */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2";
}

static struct str changes_by(struct arena *a, struct history *h, const struct moment *from, const struct moment *to,
                             bool ids)
{
	struct changes c;
	struct err err;
	struct str out = STR("");
	if (history_changes(h, a, from, to, &c, &err))
		return arena_printf(a, "error: %s", err.text);
	for (size_t i = 0; i < c.nr; i++) {
		const struct change *v = &c.v[i];
		bool renamed = v->kind == CHANGE_RENAMED;
		out = arena_printf(a, "%s%c %s%s%s %o %s %s\n", out.p, v->kind, v->path, renamed ? " < " : "",
		                   renamed ? v->old_path : "", v->mode,
		                   ids            ? v->id.hex
		                   : v->id.hex[0] ? "+"
		                                  : "-",
		                   ids                ? v->old_id.hex
		                   : v->old_id.hex[0] ? "+"
		                                      : "-");
	}
	return out;
}

static void expect_changes(struct seen *seen, const struct moment *from, const struct moment *to, const char *wanted)
{
	for (size_t i = 0; i < BACKENDS; i++)
		assert_string_equal(changes_by(&seen->a, seen->by[i], from, to, false).p, wanted);
	assert_string_equal(changes_by(&seen->a, seen->by[0], from, to, true).p,
	                    changes_by(&seen->a, seen->by[1], from, to, true).p);
}

static void test_first_commit(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT "mkdir d; " TEXT("a") "echo b >d/b; git add -A; echo c >c; printf 'x\\n' >.gitignore; echo x >x");
	struct seen seen = see(s, "r");
	expect_changes(&seen, &empty, &in_index, "A a 100644 + -\nA d/b 100644 + -\n");
	expect_list(&seen, &in_index, "100644 a \n100644 d/b \n");
	expect_list(&seen, &empty, "");
	for (size_t i = 0; i < BACKENDS; i++) {
		struct object_id head = {"?"};
		struct err err;
		assert_int_equal(history_head(seen.by[i], &head, &err), 0);
		assert_string_equal(head.hex, "");
		assert_int_equal(history_commit(seen.by[i], "HEAD", &head, &err), -1);
	}
	look_away(&seen);
}

/* Each name says what becomes of it. */
#define BASE                                                                                         \
	INIT "mkdir d; " TEXT("edit") TEXT("gone") TEXT("move") TEXT("mode") TEXT("type") TEXT("d/same") \
		TEXT("both") "printf '*.o\\n' >.gitignore; echo t >tracked.o; ln -s edit link; git add -f tracked.o; " COMMIT
#define EDIT                                                                                                              \
	"echo more >>edit; rm gone; mkdir e; mv move e/moved; echo more >>e/moved; chmod +x mode; rm type; ln -s edit type; " \
	"echo n >new; echo o >out.o; rm link; echo text >link; "

static void test_index(void **state)
{
	const struct scratch *s = *state;
	shell(s, BASE EDIT "git add -A; echo later >>edit; echo later >late");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD");
	expect_changes(&seen, &head, &in_index,
	               "R e/moved < move 100644 + +\nM edit 100644 + +\nD gone 0 - +\nM link 100644 + +\n"
	               "M mode 100755 + +\nA new 100644 + -\nM type 120000 + +\n");
	expect_changes(&seen, &head, &head, "");
	expect_list(&seen, &in_index,
	            "100644 .gitignore \n100644 both \n100644 d/same \n100644 e/moved \n100644 edit \n100644 link \n"
	            "100755 mode \n100644 new \n100644 tracked.o \n120000 type \n");
	look_away(&seen);
}

static void test_commit(void **state)
{
	const struct scratch *s = *state;
	shell(s, BASE EDIT COMMIT "git tag -a -m t v1; echo dirty >edit");
	struct seen seen = see(s, "r");
	struct moment old = commit_of(&seen, "main~1"), new = commit_of(&seen, "v1");
	static const char forth[] = "R e/moved < move 100644 + +\nM edit 100644 + +\nD gone 0 - +\nM link 100644 + +\n"
								"M mode 100755 + +\nA new 100644 + -\nM type 120000 + +\n";
	expect_changes(&seen, &old, &new, forth);
	expect_changes(
		&seen, &empty, &old,
		"A .gitignore 100644 + -\nA both 100644 + -\nA d/same 100644 + -\nA edit 100644 + -\nA gone 100644 + -\n"
		"A link 120000 + -\nA mode 100644 + -\nA move 100644 + -\nA tracked.o 100644 + -\nA type 100644 + -\n");
	expect_list(&seen, &new,
	            "100644 .gitignore \n100644 both \n100644 d/same \n100644 e/moved \n100644 edit \n100644 link \n"
	            "100755 mode \n100644 new \n100644 tracked.o \n120000 type \n");
	look_away(&seen);
}

static void test_work_tree(void **state)
{
	const struct scratch *s = *state;
	shell(s, BASE "git commit -q --allow-empty -m y; echo staged >>both; git add both; echo more >>both; " EDIT
	              "echo u >d/untracked; echo t >>tracked.o; git init -q nested; echo n >nested/n");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD");
	expect_changes(&seen, &head, &on_disk,
	               "M both 100644 - +\nA d/untracked 100644 - -\nA e/moved 100644 - -\nM edit 100644 - +\n"
	               "D gone 0 - +\nM link 100644 - +\nM mode 100755 - +\nD move 0 - +\nA new 100644 - -\n"
	               "M tracked.o 100644 - +\nM type 120000 - +\n");
	look_away(&seen);
}

/* Staged and clean; taken out of the index only; put back; staged and deleted. */
static void test_work_tree_and_index(void **state)
{
	const struct scratch *s = *state;
	shell(
		s,
		INIT TEXT("clean") TEXT("kept") TEXT("kept2") TEXT("back") TEXT("touched") TEXT(
			"moved") "mkdir behind; echo b >behind/x; " COMMIT
					 "echo x >>clean; git add clean; git rm -q --cached kept kept2; echo x >>kept2; "
					 "cp back b; echo x >>back; git add back; mv b back; echo n >added; git add added; rm added; touch -d 2001-01-01 touched; "
					 "git mv moved to; echo again >moved; git rm -rq behind; mkdir there; echo t >there/x; ln -s there behind");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD");
	expect_changes(&seen, &head, &on_disk,
	               "A behind 120000 - -\nD behind/x 0 - +\nM clean 100644 - +\nM kept 100644 - +\nM kept2 100644 - +\n"
	               "A moved 100644 - -\nA there/x 100644 - -\nR to < moved 100644 - +\n");
	look_away(&seen);
}

static void test_announced(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT TEXT("a") TEXT("again") COMMIT "echo n >n; git add -N n; : >none; git add none; "
	                                             "git rm -q --cached again; git add -N again");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD");
	expect_changes(&seen, &head, &in_index, "D again 0 - +\nA none 100644 + -\n");
	expect_list(&seen, &in_index, "100644 a \n100644 none \n");
	expect_changes(&seen, &head, &on_disk, "A n 100644 - -\nA none 100644 - -\n");
	look_away(&seen);
}

static void test_unmerged(void **state)
{
	const struct scratch *s = *state;
	shell(s,
	      DIVERGE "! git merge side >/dev/null; git show HEAD:both >x; cd ..; cp -r r kept; mv r/x r/both; rm kept/x");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD"), side = commit_of(&seen, "side");
	for (size_t i = 0; i < BACKENDS; i++) {
		struct object_id *other;
		size_t nr;
		struct err err;
		assert_int_equal(history_merging(seen.by[i], &seen.a, &other, &nr, &err), 0);
		assert_int_equal(nr, 1);
		assert_string_equal(other[0].hex, side.commit.hex);
		struct changes c;
		assert_int_equal(history_changes(seen.by[i], &seen.a, &head, &in_index, &c, &err), 0);
		assert_int_equal(c.nr, 2);
		assert_int_equal(c.v[0].kind, CHANGE_UNMERGED);
		assert_string_equal(c.v[0].path, "both");
	}
	expect_changes(&seen, &head, &on_disk, "M theirs 100644 - +\n");
	expect_list(&seen, &in_index, "100644 both unmerged \n100644 ours \n100644 theirs \n");
	look_away(&seen);
	/* On disk there is a text, with marks in it. */
	seen = see(s, "kept");
	expect_changes(&seen, &head, &on_disk, "M both 100644 - +\nM theirs 100644 - +\n");
	look_away(&seen);
}

static void test_submodule(void **state)
{
	const struct scratch *s = *state;
	shell(s, "git init -q sub; cd sub; git commit -q --allow-empty -m s; cd ..; " INIT
	         "git -c protocol.file.allow=always submodule --quiet add ../sub one; " COMMIT
	         "cd one; git commit -q --allow-empty -m t; cd ..; git add one; git clone -q ../sub two 2>/dev/null; "
	         "git -c advice.addEmbeddedRepo=false add two; echo x >one/x; echo x >two/x");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD");
	expect_changes(&seen, &head, &in_index, "");
	expect_changes(&seen, &head, &on_disk, "");
	expect_list(&seen, &head, "100644 .gitmodules \n160000 one \n");
	expect_list(&seen, &in_index, "100644 .gitmodules \n160000 one \n160000 two \n");
	look_away(&seen);
	seen = see(s, "r/one");
	expect_list(&seen, &in_index, "");
	look_away(&seen);
}

/* A file becomes a folder, and a folder a file; names that sort around a slash. */
static void test_folders(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT "mkdir f a; echo 1 >f/x; echo 2 >g; echo 3 >a/b; echo 4 >a.b; echo 5 >a-b; " COMMIT
	              "rm -r f g; echo 6 >f; mkdir g; echo 7 >g/y; git add -A");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD");
	static const char wanted[] = "A f 100644 + -\nD f/x 0 - +\nD g 0 - +\nA g/y 100644 + -\n";
	expect_changes(&seen, &head, &in_index, wanted);
	expect_list(&seen, &head, "100644 a-b \n100644 a.b \n100644 a/b \n100644 f/x \n100644 g \n");
	look_away(&seen);
}

static void test_names(void **state)
{
	const struct scratch *s = *state;
	shell(
		s, INIT
		"touch $(printf 'l\\351') 日本語 'a b' 'q\"' 'back\\slash' \"$(printf 'x\\ny')\" ' ' '*' ':(top)z'; git add -A");
	struct seen seen = see(s, "r");
	expect_list(&seen, &in_index,
	            "100644   \n100644 * \n100644 :(top)z \n100644 a b \n100644 back\\slash \n100644 l\xe9 \n100644 q\" \n"
	            "100644 x\ny \n100644 日本語 \n");
	look_away(&seen);
}

static void test_hidden(void **state)
{
	const struct scratch *s = *state;
	shell(s, INIT TEXT("assumed") TEXT("skipped") COMMIT
	      "git update-index --assume-unchanged assumed; "
	      "git update-index --skip-worktree skipped; echo x >>assumed; rm skipped");
	struct seen seen = see(s, "r");
	struct moment head = commit_of(&seen, "HEAD");
	expect_changes(&seen, &head, &on_disk, "");
	look_away(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_first_commit),
		TEST(test_index),
		TEST(test_commit),
		TEST(test_work_tree),
		TEST(test_work_tree_and_index),
		TEST(test_announced),
		TEST(test_unmerged),
		TEST(test_submodule),
		TEST(test_folders),
		TEST(test_names),
		TEST(test_hidden),
	};
	settle_environment();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
