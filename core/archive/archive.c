#include "core/archive/archive.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/archive/place.h"
#include "core/base/hash.h"

/* Of the file; another one is emptied. */
enum { VERSION = 1 };
/* Days that a value is kept, and milliseconds that another program is waited for. */
enum { KEPT = 30, PATIENCE = 100 };

/* What is to be written at the end. */
struct memory {
	struct archive_key key;
	struct str value;
};

struct archive {
	char *path;
	sqlite3 *db;
	sqlite3_stmt *select;
	long today;
	pthread_mutex_t lock; /* around all that follows, and the statement */
	struct arena a;
	struct memory *v;
	size_t nr, cap;
};

/* ---- opening ---- */

static bool run(struct archive *v, const char *sql)
{
	return sqlite3_exec(v->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static int version_of(struct archive *v)
{
	int version = -1;
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(v->db, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		version = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return version;
}

static const char make_tables[] = "BEGIN IMMEDIATE;"
								  "DROP TABLE IF EXISTS memory;"
								  "CREATE TABLE memory (key BLOB PRIMARY KEY, day INTEGER, sum BLOB, value BLOB) "
								  "WITHOUT ROWID;"
								  "PRAGMA user_version = 1;"
								  "COMMIT";

/* The lock is taken once, and kept until something is written: for each question anew it takes longer than the answer. */
static bool prepare(struct archive *v)
{
	static const char sql[] = "SELECT sum, value FROM memory WHERE key = ?";
	return run(v, "BEGIN; SELECT 1 FROM memory LIMIT 1") &&
	       sqlite3_prepare_v2(v->db, sql, -1, &v->select, NULL) == SQLITE_OK;
}

static bool open_file(struct archive *v, const char *path)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	if (sqlite3_open_v2(path, &v->db, flags, NULL) != SQLITE_OK)
		return false;
	sqlite3_busy_timeout(v->db, PATIENCE);
	sqlite3_extended_result_codes(v->db, 1);
	/* A file that somebody else has made may hold anything. */
	sqlite3_db_config(v->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(v->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (version_of(v) != VERSION && !run(v, make_tables))
		return false;
	return prepare(v);
}

static void close_file(struct archive *v)
{
	sqlite3_finalize(v->select);
	sqlite3_close(v->db);
	v->select = NULL;
	v->db = NULL;
}

/* SQLite's own: a file that is none, or not whole. */
static bool is_broken(struct archive *v)
{
	int code = v->db ? sqlite3_errcode(v->db) & 0xFF : SQLITE_OK;
	return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

/* One that is broken is made anew; whoever has it open keeps theirs. */
static bool open_or_replace(struct archive *v, const char *path)
{
	if (open_file(v, path))
		return true;
	bool broken = is_broken(v);
	close_file(v);
	if (broken && unlink(path) == 0 && open_file(v, path))
		return true;
	close_file(v);
	return false;
}

struct archive *archive_open(const char *path, long today)
{
	struct archive *v = xcalloc(1, sizeof(*v));
	v->path = xstrdup(path);
	v->today = today;
	pthread_mutex_init(&v->lock, NULL);
	if (place_make(&v->a, path) && open_or_replace(v, path))
		return v;
	archive_close(v);
	return NULL;
}

int archive_check(const char *path, struct err *err)
{
	struct archive v = {0};
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, bad = 0;
	int version = sqlite3_open_v2(path, &v.db, flags, NULL) == SQLITE_OK ? version_of(&v) : -1;
	if (version < 0)
		bad = err_set(err, "`%s` cannot be read: %s", path, v.db ? sqlite3_errmsg(v.db) : "");
	else if (version != VERSION)
		bad = err_set(err, "`%s` was written by another version of sdi", path);
	sqlite3_close(v.db);
	return bad;
}

/* ---- values ---- */

/* Of a value under its key: what is not whole is not recalled. */
static void sum_of(const struct archive_key *key, struct str value, unsigned char out[32])
{
	unsigned char both[64];
	memcpy(both, key->byte, sizeof(key->byte));
	hash_sha256(value, both + sizeof(key->byte));
	hash_sha256((struct str){(const char *)both, sizeof(both)}, out);
}

static struct str column(sqlite3_stmt *s, int i)
{
	int n = sqlite3_column_bytes(s, i);
	const char *p = sqlite3_column_blob(s, i);
	return (struct str){p ? p : "", p && n > 0 ? (size_t)n : 0};
}

static bool take_row(sqlite3_stmt *s, struct arena *a, const struct archive_key *key, struct str *value)
{
	unsigned char sum[32];
	if (sqlite3_step(s) != SQLITE_ROW)
		return false;
	struct str written = column(s, 0), found = column(s, 1);
	sum_of(key, found, sum);
	if (!str_eq(written, (struct str){(const char *)sum, sizeof(sum)}))
		return false;
	*value = arena_str(a, found);
	return true;
}

bool archive_recall(struct archive *v, struct arena *a, const struct archive_key *key, struct str *value)
{
	pthread_mutex_lock(&v->lock);
	sqlite3_bind_blob(v->select, 1, key->byte, sizeof(key->byte), SQLITE_STATIC);
	bool known = take_row(v->select, a, key, value);
	sqlite3_reset(v->select);
	pthread_mutex_unlock(&v->lock);
	return known;
}

void archive_remember(struct archive *v, const struct archive_key *key, struct str value)
{
	pthread_mutex_lock(&v->lock);
	v->v = arena_grow(&v->a, v->v, v->nr, &v->cap, sizeof(*v->v));
	v->v[v->nr++] = (struct memory){*key, arena_str(&v->a, value)};
	pthread_mutex_unlock(&v->lock);
}

/* ---- writing ---- */

static bool write_one(struct archive *v, sqlite3_stmt *s, const struct memory *m)
{
	unsigned char sum[32];
	sum_of(&m->key, m->value, sum);
	sqlite3_reset(s);
	return sqlite3_bind_blob(s, 1, m->key.byte, sizeof(m->key.byte), SQLITE_STATIC) == SQLITE_OK &&
	       sqlite3_bind_int64(s, 2, v->today) == SQLITE_OK &&
	       sqlite3_bind_blob(s, 3, sum, sizeof(sum), SQLITE_STATIC) == SQLITE_OK &&
	       sqlite3_bind_blob64(s, 4, m->value.p, m->value.n, SQLITE_STATIC) == SQLITE_OK &&
	       sqlite3_step(s) == SQLITE_DONE;
}

static bool forget_old(struct archive *v)
{
	sqlite3_stmt *s = NULL;
	bool fine = sqlite3_prepare_v2(v->db, "DELETE FROM memory WHERE day < ?1 OR day > ?2", -1, &s, NULL) == SQLITE_OK &&
	            sqlite3_bind_int64(s, 1, v->today - KEPT) == SQLITE_OK &&
	            sqlite3_bind_int64(s, 2, v->today + 1) == SQLITE_OK && sqlite3_step(s) == SQLITE_DONE;
	sqlite3_finalize(s);
	return fine;
}

static bool write_all_of(struct archive *v)
{
	sqlite3_stmt *s = NULL;
	bool fine =
		sqlite3_prepare_v2(v->db, "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?)", -1, &s, NULL) == SQLITE_OK;
	for (size_t i = 0; fine && i < v->nr; i++)
		fine = write_one(v, s, &v->v[i]);
	sqlite3_finalize(s);
	return fine && forget_old(v);
}

/* All or nothing; who cannot write only remembers nothing. */
static void write_memories(struct archive *v)
{
	bool fine = run(v, "COMMIT; BEGIN IMMEDIATE") && write_all_of(v) && run(v, "COMMIT"),
		 broken = !fine && is_broken(v);
	if (!fine)
		run(v, "ROLLBACK");
	/* The next one makes it anew. */
	if (broken)
		unlink(v->path);
}

void archive_close(struct archive *v)
{
	if (!v)
		return;
	if (v->db && v->nr)
		write_memories(v);
	close_file(v);
	pthread_mutex_destroy(&v->lock);
	arena_release(&v->a);
	free(v->path);
	free(v);
}
