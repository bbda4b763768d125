#include "lint/memory.h"

#include "core/base/pack.h"

static void pack_edits(struct buf *b, const struct fix *fix)
{
	pack_number(b, fix->safety);
	pack_text(b, fix->title);
	pack_number(b, fix->nr);
	for (size_t i = 0; i < fix->nr; i++) {
		pack_number(b, fix->edit[i].at.off);
		pack_number(b, fix->edit[i].at.len);
		pack_text(b, fix->edit[i].text);
	}
}

static void pack_one(struct buf *b, const struct finding *f, bool keyed)
{
	pack_number(b, rule_index(f->rule));
	pack_number(b, f->severity);
	pack_number(b, f->at.off);
	pack_number(b, f->at.len);
	if (keyed)
		pack_hash(b, f->context);
	pack_text(b, f->message);
	pack_edits(b, &f->fix);
	pack_number(b, f->nr_related);
	for (size_t i = 0; i < f->nr_related; i++) {
		pack_text(b, str_of(f->related[i].path));
		pack_number(b, f->related[i].line);
		pack_text(b, f->related[i].message);
	}
}

static void pack_sightings(struct buf *b, const struct sightings *s, bool keyed)
{
	pack_number(b, s->nr);
	for (size_t i = 0; i < s->nr; i++) {
		const struct sighting *one = &s->v[i];
		pack_hash(b, one->key);
		pack_number(b, one->kind);
		pack_number(b, one->line);
		pack_number(b, one->at.off);
		pack_number(b, one->at.len);
		pack_number(b, one->hushed);
		if (keyed)
			pack_hash(b, one->context);
	}
}

struct str memory_pack(struct arena *a, const struct job *job)
{
	struct buf b = {0};
	pack_number(&b, job->source.valid);
	pack_number(&b, job->findings.suppressed);
	pack_number(&b, job->findings.nr);
	for (size_t i = 0; i < job->findings.nr; i++)
		pack_one(&b, &job->findings.v[i], job->keyed);
	pack_sightings(&b, &job->sightings, job->keyed);
	return pack_end(a, &b);
}

/* Bytes of the shortest of each kind. */
enum { LEAST_EDIT = 3, LEAST_RELATED = 3, LEAST_FINDING = 9, LEAST_SIGHTING = 13 };

/* Of the text, which may not have been read. */
static size_t length_of(const struct job *job)
{
	bool unread = job->text && job->text->known && !job->source.text.p;
	return unread ? (size_t)job->text->size : job->source.text.n;
}

static struct span take_span(struct unpacker *u, size_t length)
{
	struct span at = {unpack_small(u), 0};
	at.len = unpack_small(u);
	u->bad |= at.off > length || at.len > length - at.off;
	return at;
}

static void unpack_edits(struct unpacker *u, struct arena *a, size_t length, struct fix *fix)
{
	fix->safety = (enum safety)unpack_small(u);
	fix->title = arena_str(a, unpack_text(u));
	fix->nr = unpack_count(u, LEAST_EDIT);
	fix->edit = arena_array(a, struct edit, fix->nr);
	for (size_t i = 0; i < fix->nr; i++) {
		fix->edit[i].at = take_span(u, length);
		fix->edit[i].text = arena_str(a, unpack_text(u));
	}
}

static void unpack_one(struct unpacker *u, struct arena *a, const struct job *job, struct finding *f)
{
	size_t length = length_of(job), rule = unpack_small(u);
	u->bad |= rule >= rules_table_nr;
	f->rule = rules_table[u->bad ? 0 : rule];
	f->source = &job->source;
	f->severity = (enum severity)unpack_small(u);
	f->at = take_span(u, length);
	f->context = job->keyed ? unpack_hash(u) : 0;
	f->message = arena_str(a, unpack_text(u));
	unpack_edits(u, a, length, &f->fix);
	f->nr_related = unpack_count(u, LEAST_RELATED);
	f->related = arena_array(a, struct related, f->nr_related);
	for (size_t i = 0; i < f->nr_related; i++) {
		f->related[i].path = arena_str(a, unpack_text(u)).p;
		f->related[i].line = unpack_small(u);
		f->related[i].message = arena_str(a, unpack_text(u));
	}
}

static struct sightings unpack_sightings(struct unpacker *u, size_t length, bool keyed)
{
	struct sightings s = {.nr = unpack_count(u, LEAST_SIGHTING)};
	s.v = s.nr ? xcalloc(s.nr, sizeof(*s.v)) : NULL;
	for (size_t i = 0; i < s.nr; i++) {
		struct sighting *one = &s.v[i];
		one->key = unpack_hash(u);
		one->kind = (uint8_t)unpack_number(u);
		one->line = unpack_small(u);
		one->at = take_span(u, length);
		one->hushed = unpack_number(u);
		one->context = keyed ? unpack_hash(u) : 0;
		u->bad |= one->kind >= SIGHTING_KINDS;
	}
	return s;
}

bool memory_unpack(struct job *job, struct str bytes)
{
	struct arena *a = &job->arena;
	size_t length = length_of(job);
	struct unpacker u = {.rest = bytes};
	size_t valid = unpack_number(&u), suppressed = unpack_number(&u);
	struct findings found = {.suppressed = suppressed, .nr = unpack_count(&u, LEAST_FINDING)};
	found.cap = found.nr;
	found.v = arena_array(a, struct finding, found.nr);
	for (size_t i = 0; i < found.nr && !u.bad; i++)
		unpack_one(&u, a, job, &found.v[i]);
	struct sightings seen = unpack_sightings(&u, length, job->keyed);
	if (u.bad || u.rest.n || valid > length) {
		sightings_free(&seen);
		return false;
	}
	job->source.valid = valid;
	job->findings = found;
	job->sightings = seen;
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

/* ---- months ---- */

bool memory_recall_sightings(const struct month *m, const struct archive_key *key)
{
	struct arena scratch = {0};
	struct str bytes;
	bool known = archive_recall(m->job[0]->memory->archive, &scratch, key, &bytes);
	struct unpacker u = {.rest = known ? bytes : STR("")};
	for (size_t i = 0; i < m->nr && known; i++)
		m->job[i]->sightings = unpack_sightings(&u, UINT32_MAX, false);
	bool fine = known && !u.bad && !u.rest.n;
	for (size_t i = 0; i < m->nr && !fine; i++)
		sightings_free(&m->job[i]->sightings);
	arena_release(&scratch);
	return fine;
}

void memory_remember_sightings(const struct month *m, const struct archive_key *key)
{
	struct arena scratch = {0};
	struct buf b = {0};
	for (size_t i = 0; i < m->nr; i++)
		pack_sightings(&b, &m->job[i]->sightings, false);
	archive_remember(m->job[0]->memory->archive, key, pack_end(&scratch, &b));
	arena_release(&scratch);
}

/* Nothing but sums, of whatever bytes; that they are the right ones the archive has seen to. */
bool memory_recall_texts(const struct month *m, const struct archive_key *key)
{
	struct arena scratch = {0};
	struct str bytes;
	bool known = archive_recall(m->job[0]->memory->archive, &scratch, key, &bytes);
	struct unpacker u = {.rest = known ? bytes : STR("")};
	for (size_t i = 0; i < m->nr && known; i++) {
		struct text_id *id = m->job[i]->text;
		struct str sum = unpack_text(&u);
		id->size = unpack_number(&u);
		known = !u.bad && sum.n == sizeof(id->sum);
		if (known)
			memcpy(id->sum, sum.p, sum.n);
	}
	for (size_t i = 0; i < m->nr; i++)
		m->job[i]->text->known = known;
	arena_release(&scratch);
	return known;
}

void memory_remember_texts(const struct month *m, const struct archive_key *key)
{
	struct arena scratch = {0};
	struct buf b = {0};
	for (size_t i = 0; i < m->nr; i++) {
		const struct text_id *id = m->job[i]->text;
		pack_text(&b, (struct str){(const char *)id->sum, sizeof(id->sum)});
		pack_number(&b, id->size);
	}
	archive_remember(m->job[0]->memory->archive, key, pack_end(&scratch, &b));
	arena_release(&scratch);
}
