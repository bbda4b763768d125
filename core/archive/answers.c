#include "core/archive/answers.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/archive/place.h"

/* Of the file: "sdiL", and how it is laid out. */
enum { APPLICATION = 0x7364694C, VERSION = 1 };
/* Milliseconds that another program is waited for. */
enum { READING = 100, LEARNING = 10000 };

struct noted {
	struct str url;
	struct answer_look look;
	int64_t now;
};

struct answers {
	char *path;
	sqlite3 *db;
	sqlite3_stmt *select;
	bool torn;      /* it opens, but is not whole */
	struct arena a; /* of what is noted */
	struct noted *v;
	size_t nr, cap;
};

/* ---- opening ---- */

static bool run(struct answers *v, const char *sql)
{
	return sqlite3_exec(v->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* -1: it cannot be told. */
static int64_t number_of(struct answers *v, const char *sql)
{
	int64_t number = -1;
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(v->db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		number = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return number;
}

/* The index holds what answers_load asks for. */
#define NOTABLE "looks > 0 OR moved_to <> ''"
#define COLUMNS "url, first, looked, fine, since, failed, looks, gone, outcome, reason, status, moved_to"

static const char make_tables[] =
	"PRAGMA application_id = 1935960396;"
	"CREATE TABLE answer (url TEXT PRIMARY KEY, first INTEGER, looked INTEGER, fine INTEGER, "
	"since INTEGER, failed INTEGER, looks INTEGER, gone INTEGER, outcome TEXT, reason TEXT, "
	"status INTEGER, moved_to TEXT) WITHOUT ROWID;"
	"CREATE INDEX notable ON answer (url) WHERE " NOTABLE ";"
	"PRAGMA user_version = 1;";

/* What another one has made meanwhile is not made again. */
static bool make_if_new(struct answers *v)
{
	if (!run(v, "BEGIN IMMEDIATE"))
		return false;
	bool is_new = number_of(v, "SELECT count(*) FROM sqlite_schema") == 0;
	if ((!is_new || run(v, make_tables)) && run(v, "COMMIT"))
		return true;
	run(v, "ROLLBACK");
	return false;
}

static int fail(struct answers *v, struct err *err)
{
	const char *why = sqlite3_errstr(SQLITE_NOMEM);
	if (v->db)
		why = v->torn ? sqlite3_errstr(SQLITE_CORRUPT) : sqlite3_errmsg(v->db);
	return err_set(err, "what is remembered of links cannot be used: `%s`: %s", v->path, why);
}

static int check_kind(struct answers *v, struct err *err)
{
	int64_t application = number_of(v, "PRAGMA application_id"), version = number_of(v, "PRAGMA user_version");
	if (application < 0 || version < 0)
		return fail(v, err);
	if (application != APPLICATION)
		return err_set(err, "`%s` is not what sdi remembers of links", v->path);
	if (version != VERSION)
		return err_set(err, "`%s` was written by another version of sdi", v->path);
	return 0;
}

static int check_whole(struct answers *v, struct err *err)
{
	sqlite3_stmt *s = NULL;
	bool told =
		sqlite3_prepare_v2(v->db, "PRAGMA quick_check(1)", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
	v->torn = told && !str_eqz(STR("ok"), (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return told && !v->torn ? 0 : fail(v, err);
}

static int open_file(struct answers *v, enum answers_use use, struct err *err)
{
	/* Also who only reads takes back what a killed writer has left half done. */
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	flags |= use == ANSWERS_LEARN ? SQLITE_OPEN_CREATE : 0;
	if (sqlite3_open_v2(v->path, &v->db, flags, NULL) != SQLITE_OK)
		return fail(v, err);
	sqlite3_busy_timeout(v->db, use == ANSWERS_LEARN ? LEARNING : READING);
	sqlite3_extended_result_codes(v->db, 1);
	/* A file that somebody else has made may hold anything. */
	sqlite3_db_config(v->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(v->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (use == ANSWERS_LEARN && number_of(v, "PRAGMA application_id") == 0 && !make_if_new(v))
		return fail(v, err);
	if (check_kind(v, err))
		return -1;
	if (sqlite3_prepare_v2(v->db, "SELECT " COLUMNS " FROM answer WHERE url = ?", -1, &v->select, NULL) != SQLITE_OK)
		return fail(v, err);
	return use == ANSWERS_READ ? 0 : check_whole(v, err);
}

static void close_file(struct answers *v)
{
	sqlite3_finalize(v->select);
	sqlite3_close(v->db);
	v->select = NULL;
	v->db = NULL;
}

static bool is_damaged(struct answers *v)
{
	int code = v->db ? sqlite3_errcode(v->db) & 0xFF : SQLITE_OK;
	return v->torn || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

/* Somebody may want to save something of it. Its journal would spoil the next one. */
static bool put_aside(struct answers *v, const struct stat *seen)
{
	struct stat st;
	const char *aside = arena_printf(&v->a, "%s.damaged", v->path).p;
	/* Has another program done so meanwhile? */
	if (lstat(v->path, &st) || st.st_ino != seen->st_ino || st.st_dev != seen->st_dev)
		return true;
	unlink(arena_printf(&v->a, "%s-journal", v->path).p);
	return rename(v->path, aside) == 0;
}

static int open_or_replace(struct answers *v, enum answers_use use, struct err *err)
{
	struct stat seen = {0};
	bool there = lstat(v->path, &seen) == 0;
	if (open_file(v, use, err) == 0)
		return 0;
	bool damaged = is_damaged(v);
	close_file(v);
	v->torn = false;
	if (use == ANSWERS_READ || !there || !damaged || !put_aside(v, &seen))
		return -1;
	return open_file(v, use, err);
}

static int find_place(struct answers *v, enum answers_use use, struct err *err)
{
	struct stat st;
	bool ours = use == ANSWERS_LEARN ? place_make(&v->a, v->path) : place_is_ours(&v->a, v->path);
	if (use == ANSWERS_READ && lstat(v->path, &st) && (errno == ENOENT || errno == ENOTDIR))
		return err_set(err, "%s", "");
	return ours ? 0 : err_set(err, "what is remembered of links cannot be used: `%s` is not this user's", v->path);
}

struct answers *answers_open(const char *path, enum answers_use use, struct err *err)
{
	struct answers *v = xcalloc(1, sizeof(*v));
	v->path = xstrdup(path);
	if (find_place(v, use, err) == 0 && open_or_replace(v, use, err) == 0)
		return v;
	answers_close(v, NULL);
	return NULL;
}

/* ---- reading ---- */

static struct str text_at(struct arena *a, sqlite3_stmt *s, int i)
{
	const char *p = (const char *)sqlite3_column_text(s, i);
	int n = sqlite3_column_bytes(s, i);
	return p && n > 0 ? arena_str(a, (struct str){p, (size_t)n}) : STR("");
}

/* It is shown as it is, and anybody may have written it. */
static struct str word_at(struct arena *a, sqlite3_stmt *s, int i)
{
	enum { LONGEST = 64 };
	struct str word = text_at(a, s, i);
	for (size_t k = 0; k < word.n; k++)
		if (word.n > LONGEST || !word.p[k] || !strchr("abcdefghijklmnopqrstuvwxyz0123456789-", word.p[k]))
			return STR("");
	return word;
}

static int64_t time_at(sqlite3_stmt *s, int i)
{
	/* Far behind all dates that can be shown. */
	const int64_t last = (int64_t)9999 * 365 * 86400;
	int64_t t = sqlite3_column_int64(s, i);
	return t < 0 || t > last ? 0 : t;
}

static unsigned count_at(sqlite3_stmt *s, int i)
{
	enum { MOST = 1000000 };
	int64_t n = sqlite3_column_int64(s, i);
	return n < 0 ? 0 : n > MOST ? MOST : (unsigned)n;
}

/* COLUMNS, in their order. */
static struct answer read_row(struct arena *a, sqlite3_stmt *s)
{
	return (struct answer){
		.url = text_at(a, s, 0),
		.first = time_at(s, 1),
		.looked = time_at(s, 2),
		.fine = time_at(s, 3),
		.since = time_at(s, 4),
		.failed = time_at(s, 5),
		.looks = count_at(s, 6),
		.gone = count_at(s, 7),
		.outcome = word_at(a, s, 8),
		.reason = word_at(a, s, 9),
		.status = (long)sqlite3_column_int(s, 10),
		.moved_to = text_at(a, s, 11),
	};
}

static bool bind_text(sqlite3_stmt *s, int i, struct str text)
{
	return sqlite3_bind_text64(s, i, text.p ? text.p : "", text.n, SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
}

enum found { FOUND_ERROR, FOUND_NONE, FOUND_ONE };

static enum found find(struct answers *v, struct arena *a, struct str url, struct answer *out)
{
	int state = bind_text(v->select, 1, url) ? sqlite3_step(v->select) : SQLITE_NOMEM;
	if (state == SQLITE_ROW)
		*out = read_row(a, v->select);
	sqlite3_reset(v->select);
	return state == SQLITE_ROW ? FOUND_ONE : state == SQLITE_DONE ? FOUND_NONE : FOUND_ERROR;
}

bool answers_find(struct answers *v, struct arena *a, struct str url, struct answer *out)
{
	return find(v, a, url, out) == FOUND_ONE;
}

int64_t answers_last(struct answers *v, struct str url)
{
	bool known = bind_text(v->select, 1, url) && sqlite3_step(v->select) == SQLITE_ROW;
	int64_t looked = known ? time_at(v->select, 2) : 0;
	sqlite3_reset(v->select);
	return looked;
}

struct answer_list answers_load(struct answers *v, struct arena *a)
{
	static const char sql[] = "SELECT " COLUMNS " FROM answer WHERE " NOTABLE " ORDER BY url";
	struct answer *list = NULL;
	size_t nr = 0, cap = 0;
	int state = SQLITE_ERROR;
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(v->db, sql, -1, &s, NULL) == SQLITE_OK)
		while ((state = sqlite3_step(s)) == SQLITE_ROW) {
			struct answer one = read_row(a, s);
			if (answer_verdict(&one) == VERDICT_NONE)
				continue;
			list = arena_grow(a, list, nr, &cap, sizeof(*list));
			list[nr++] = one;
		}
	sqlite3_finalize(s);
	/* Half of it would tell one reader this, and the next one that. */
	return state == SQLITE_DONE ? (struct answer_list){list, nr} : (struct answer_list){0};
}

/* ---- writing ---- */

void answers_learn(struct answers *v, struct str url, const struct answer_look *look, int64_t now)
{
	if (look->kind == ANSWER_NOTHING)
		return;
	struct noted one = {arena_str(&v->a, url), *look, now};
	one.look.outcome = arena_str(&v->a, look->outcome);
	one.look.reason = arena_str(&v->a, look->reason);
	one.look.moved_to = arena_str(&v->a, look->moved_to);
	v->v = arena_grow(&v->a, v->v, v->nr, &v->cap, sizeof(*v->v));
	v->v[v->nr++] = one;
}

static bool write_row(sqlite3_stmt *s, const struct answer *x)
{
	const int64_t number[] = {x->first, x->looked, x->fine, x->since, x->failed, x->looks, x->gone};
	bool fine = bind_text(s, 1, x->url) && bind_text(s, 9, x->outcome) && bind_text(s, 10, x->reason) &&
	            sqlite3_bind_int64(s, 11, x->status) == SQLITE_OK && bind_text(s, 12, x->moved_to);
	for (size_t i = 0; i < ARRAY_SIZE(number); i++)
		fine = fine && sqlite3_bind_int64(s, (int)i + 2, number[i]) == SQLITE_OK;
	fine = fine && sqlite3_step(s) == SQLITE_DONE;
	sqlite3_reset(s);
	return fine;
}

static bool write_noted(struct answers *v)
{
	static const char sql[] = "INSERT OR REPLACE INTO answer (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	struct arena scratch = {0};
	sqlite3_stmt *s = NULL;
	bool fine = sqlite3_prepare_v2(v->db, sql, -1, &s, NULL) == SQLITE_OK;
	for (size_t i = 0; fine && i < v->nr; i++) {
		struct answer one = {0};
		fine = find(v, &scratch, v->v[i].url, &one) != FOUND_ERROR;
		one.url = v->v[i].url;
		answer_learn(&one, &v->v[i].look, v->v[i].now);
		fine = fine && write_row(s, &one);
		arena_reset(&scratch);
	}
	sqlite3_finalize(s);
	arena_release(&scratch);
	return fine;
}

int answers_write(struct answers *v, struct err *err)
{
	if (!v->nr)
		return 0;
	if (!run(v, "BEGIN IMMEDIATE") || !write_noted(v) || !run(v, "COMMIT")) {
		int failed = fail(v, err);
		run(v, "ROLLBACK");
		return failed;
	}
	v->v = NULL;
	v->nr = v->cap = 0;
	arena_reset(&v->a);
	return 0;
}

int answers_close(struct answers *v, struct err *err)
{
	int rc = v && v->db ? answers_write(v, err) : 0;
	if (!v)
		return 0;
	close_file(v);
	arena_release(&v->a);
	free(v->path);
	free(v);
	return rc;
}
