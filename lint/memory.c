#include "lint/memory.h"

#include "core/base/buf.h"
#include "core/base/hash.h"
#include "core/base/message.h"

/* ---- keys ---- */

static void add_number(struct buf *b, uint64_t n)
{
	char byte[8];
	for (size_t i = 0; i < sizeof(byte); i++)
		byte[i] = (char)(n >> 8 * i);
	buf_add(b, (struct str){byte, sizeof(byte)});
}

/* With its length, so that two texts are not another two. */
static void add_text(struct buf *b, struct str text)
{
	add_number(b, text.n);
	buf_add(b, text);
}

static void add_bytes(struct buf *b, const unsigned char byte[32])
{
	buf_add(b, (struct str){(const char *)byte, 32});
}

static void add_path(struct buf *b, const char *path)
{
	add_number(b, path != NULL);
	add_text(b, str_of(path));
}

static void add_date(struct buf *b, struct date d)
{
	add_number(b, (uint64_t)(date_is_set(d) ? date_number(d) : 0));
	add_number(b, date_is_set(d));
}

static struct archive_key key_of(struct buf *b)
{
	struct archive_key key;
	hash_sha256(buf_str(b), key.byte);
	buf_release(b);
	return key;
}

struct archive_key memory_salt(struct str program)
{
	struct buf b = {0};
	add_text(&b, program);
	add_text(&b, str_of(message_language_name()));
	return key_of(&b);
}

static void add_option(struct buf *b, const struct option_value *v)
{
	add_number(b, (uint64_t)v->number);
	add_number(b, v->words.nr);
	for (size_t i = 0; i < v->words.nr; i++) {
		add_text(b, v->words.v[i].key);
		add_text(b, v->words.v[i].value);
	}
}

struct archive_key memory_plan(const struct lint_plan *plan)
{
	struct buf b = {0};
	add_number(&b, plan->max_bytes);
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule_state *s = &plan->state[i];
		add_text(&b, str_of(rules_table[i]->name));
		add_number(&b, s->severity);
		add_number(&b, s->watched);
		add_number(&b, s->origin.kind);
		for (size_t k = 0; rules_table[i]->options && rules_table[i]->options[k].name; k++)
			add_option(&b, &s->option[k]);
	}
	return key_of(&b);
}

static void add_facts(struct buf *b, const struct digest_facts *f)
{
	const struct template *t = f->choice.template;
	add_path(b, t ? t->name : NULL);
	add_text(b, t ? t->text : STR(""));
	add_number(b, t && t->builtin);
	add_date(b, f->choice.date);
	add_number(b, f->choice.impossible);
	add_number(b, f->choice.in_place);
	add_path(b, f->belongs);
	add_path(b, f->twin);
	add_number(b, f->is_new);
	/* Only then does anything depend on it. */
	if (f->is_new || !date_is_set(f->choice.date))
		add_date(b, f->today);
}

struct archive_key memory_key(const struct job *job)
{
	struct buf b = {0};
	unsigned char text[32];
	hash_sha256(job->source.text, text);
	add_bytes(&b, job->memory->salt.byte);
	add_bytes(&b, job->plan->id.byte);
	add_bytes(&b, text);
	add_number(&b, job->source.size);
	add_path(&b, job->source.path);
	add_path(&b, job->source.relative);
	add_number(&b, job->keyed);
	add_facts(&b, &job->facts);
	return key_of(&b);
}

/* ---- values ---- */

static void pack_edits(struct buf *b, const struct fix *fix)
{
	add_number(b, fix->safety);
	add_text(b, fix->title);
	add_number(b, fix->nr);
	for (size_t i = 0; i < fix->nr; i++) {
		add_number(b, fix->edit[i].at.off);
		add_number(b, fix->edit[i].at.len);
		add_text(b, fix->edit[i].text);
	}
}

static void pack_one(struct buf *b, const struct finding *f)
{
	add_number(b, rule_index(f->rule));
	add_number(b, f->severity);
	add_number(b, f->at.off);
	add_number(b, f->at.len);
	add_number(b, f->context);
	add_text(b, f->message);
	pack_edits(b, &f->fix);
	add_number(b, f->nr_related);
	for (size_t i = 0; i < f->nr_related; i++) {
		add_text(b, str_of(f->related[i].path));
		add_number(b, f->related[i].line);
		add_text(b, f->related[i].message);
	}
}

struct str memory_pack(struct arena *a, const struct job *job)
{
	struct buf b = {0};
	add_number(&b, job->source.valid);
	add_number(&b, job->findings.suppressed);
	add_number(&b, job->findings.nr);
	for (size_t i = 0; i < job->findings.nr; i++)
		pack_one(&b, &job->findings.v[i]);
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

/* What is read, and whether it was all there. */
struct unpacker {
	struct arena *a;
	struct str rest;
	bool bad;
};

static uint64_t take_number(struct unpacker *u)
{
	uint64_t n = 0;
	u->bad |= u->rest.n < 8;
	for (size_t i = 0; i < 8 && !u->bad; i++)
		n |= (uint64_t)(unsigned char)u->rest.p[i] << 8 * i;
	u->rest = str_from(u->rest, 8);
	return u->bad ? 0 : n;
}

static uint32_t take_small(struct unpacker *u)
{
	uint64_t n = take_number(u);
	u->bad |= n > UINT32_MAX;
	return (uint32_t)n;
}

static struct str take_text(struct unpacker *u)
{
	uint64_t n = take_number(u);
	u->bad |= n > u->rest.n;
	struct str text = arena_str(u->a, str_slice(u->rest, 0, u->bad ? 0 : (size_t)n));
	u->rest = str_from(u->rest, text.n);
	return text;
}

/* How many of something follow: each takes 8 bytes at least. */
static size_t take_count(struct unpacker *u)
{
	uint64_t n = take_number(u);
	u->bad |= n > u->rest.n / 8;
	return u->bad ? 0 : (size_t)n;
}

static struct span take_span(struct unpacker *u, struct str text)
{
	struct span at = {take_small(u), 0};
	at.len = take_small(u);
	u->bad |= at.off > text.n || at.len > text.n - at.off;
	return at;
}

static void unpack_edits(struct unpacker *u, struct str text, struct fix *fix)
{
	fix->safety = (enum safety)take_small(u);
	fix->title = take_text(u);
	fix->nr = take_count(u);
	fix->edit = arena_array(u->a, struct edit, fix->nr);
	for (size_t i = 0; i < fix->nr; i++) {
		fix->edit[i].at = take_span(u, text);
		fix->edit[i].text = take_text(u);
	}
}

static void unpack_one(struct unpacker *u, const struct source *source, struct finding *f)
{
	size_t rule = take_small(u);
	u->bad |= rule >= rules_table_nr;
	f->rule = rules_table[u->bad ? 0 : rule];
	f->source = source;
	f->severity = (enum severity)take_small(u);
	f->at = take_span(u, source->text);
	f->context = take_number(u);
	f->message = take_text(u);
	unpack_edits(u, source->text, &f->fix);
	f->nr_related = take_count(u);
	f->related = arena_array(u->a, struct related, f->nr_related);
	for (size_t i = 0; i < f->nr_related; i++) {
		f->related[i].path = take_text(u).p;
		f->related[i].line = take_small(u);
		f->related[i].message = take_text(u);
	}
}

bool memory_unpack(struct job *job, struct str bytes)
{
	struct unpacker u = {.a = &job->arena, .rest = bytes};
	size_t valid = take_number(&u), suppressed = take_number(&u);
	struct findings found = {.suppressed = suppressed, .nr = take_count(&u)};
	found.cap = found.nr;
	found.v = arena_array(u.a, struct finding, found.nr);
	for (size_t i = 0; i < found.nr && !u.bad; i++)
		unpack_one(&u, &job->source, &found.v[i]);
	if (u.bad || u.rest.n || valid > job->source.text.n)
		return false;
	job->source.valid = valid;
	job->findings = found;
	return true;
}

/* ---- both ---- */

bool memory_recall(struct job *job, const struct archive_key *key)
{
	struct arena scratch = {0};
	struct str bytes;
	bool known = archive_recall(job->memory->archive, &scratch, key, &bytes) && memory_unpack(job, bytes);
	arena_release(&scratch);
	return known;
}

void memory_remember(const struct job *job, const struct archive_key *key)
{
	struct arena scratch = {0};
	archive_remember(job->memory->archive, key, memory_pack(&scratch, job));
	arena_release(&scratch);
}
