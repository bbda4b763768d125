#include "core/base/hash.h"
#include "core/base/message.h"
#include "core/base/pack.h"
#include "lint/memory.h"

static void add_bytes(struct buf *b, const unsigned char byte[32])
{
	buf_add(b, (struct str){(const char *)byte, 32});
}

static void add_path(struct buf *b, const char *path)
{
	pack_number(b, path != NULL);
	pack_text(b, str_of(path));
}

static void add_date(struct buf *b, struct date d)
{
	pack_number(b, (uint64_t)(date_is_set(d) ? date_number(d) : 0));
	pack_number(b, date_is_set(d));
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
	pack_text(&b, program);
	pack_text(&b, str_of(message_language_name()));
	return key_of(&b);
}

static void add_option(struct buf *b, const struct option_value *v)
{
	pack_number(b, (uint64_t)v->number);
	pack_number(b, v->words.nr);
	for (size_t i = 0; i < v->words.nr; i++) {
		pack_text(b, v->words.v[i].key);
		pack_text(b, v->words.v[i].value);
	}
}

struct archive_key memory_plan(const struct lint_plan *plan)
{
	struct buf b = {0};
	pack_number(&b, plan->max_bytes);
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule_state *s = &plan->state[i];
		pack_text(&b, str_of(rules_table[i]->name));
		pack_number(&b, s->severity);
		pack_number(&b, s->watched);
		pack_number(&b, s->origin.kind);
		for (size_t k = 0; rules_table[i]->options && rules_table[i]->options[k].name; k++)
			add_option(&b, &s->option[k]);
	}
	return key_of(&b);
}

static const struct archive_key *plan_id(const struct job *job)
{
	const struct memory *m = job->memory;
	for (size_t i = m->plans; i-- > 0;)
		if (m->plan[i].plan == job->plan)
			return &m->plan[i].id;
	BUG("the memory was not told of the plan of %s", job->source.path);
}

void memory_expect(struct memory *m, struct arena *a, const struct lint_plan *plan)
{
	for (size_t i = m->plans; i-- > 0;)
		if (m->plan[i].plan == plan)
			return;
	m->plan = arena_grow(a, m->plan, m->plans, &m->plans_cap, sizeof(*m->plan));
	m->plan[m->plans++] = (struct plan_id){plan, memory_plan(plan)};
}

static void add_template(struct buf *b, const struct template *t)
{
	add_path(b, t ? t->name : NULL);
	pack_text(b, t ? t->text : STR(""));
	pack_number(b, t && t->builtin);
}

/* Of all links: which of them the text has is not known before it is read. */
static void add_answers(struct buf *b, const struct link_answers *answers)
{
	unsigned char sum[32];
	bool any = answers && answers->any(answers);
	pack_number(b, any);
	if (!any)
		return;
	answers->sum(answers, sum);
	add_bytes(b, sum);
}

static void add_facts(struct buf *b, const struct digest_facts *f)
{
	add_template(b, f->choice.template);
	add_date(b, f->choice.date);
	pack_number(b, f->choice.impossible);
	pack_number(b, f->choice.in_place);
	add_path(b, f->belongs);
	add_path(b, f->twin);
	pack_number(b, f->is_new);
	add_answers(b, f->answers);
	/* Only then does anything depend on it. */
	if (f->is_new || !date_is_set(f->choice.date))
		add_date(b, f->today);
}

static void add_sum(struct buf *b, const struct job *job)
{
	struct text_id *id = job->text, read;
	if (!id || !id->known) {
		id = id ? id : &read;
		hash_sha256(job->source.text, id->sum);
		id->size = job->source.size;
		id->known = true;
	}
	add_bytes(b, id->sum);
	pack_number(b, id->size);
}

struct archive_key memory_key(const struct job *job)
{
	struct buf b = {0};
	add_bytes(&b, job->memory->salt.byte);
	add_bytes(&b, plan_id(job)->byte);
	add_sum(&b, job);
	add_path(&b, job->source.path);
	add_path(&b, job->source.relative);
	pack_number(&b, job->keyed);
	pack_number(&b, job->archive != NULL);
	add_facts(&b, &job->facts);
	return key_of(&b);
}

/* What a digest's sightings depend on beside its text; a template is said once for those that share it. */
static void add_reading(struct buf *b, const struct job *job, const struct template *before)
{
	const struct template *t = job->facts.choice.template;
	pack_number(b, t == before);
	if (t != before)
		add_template(b, t);
	pack_number(b, job->plan->max_bytes);
}

struct archive_key memory_sightings_key(const struct job *job)
{
	struct buf b = {0};
	add_bytes(&b, job->memory->salt.byte);
	pack_text(&b, STR("sightings"));
	add_sum(&b, job);
	add_reading(&b, job, NULL);
	return key_of(&b);
}

static void add_identity(struct buf *b, const struct file_identity *id)
{
	pack_text(b, (struct str){id->text, id->n});
}

bool memory_month_key(const struct month *m, struct archive_key *out)
{
	struct buf b = {0};
	const struct template *before = NULL;
	const struct memory *memory = m->job[0]->memory;
	add_bytes(&b, memory->salt.byte);
	pack_text(&b, STR("sightings of files"));
	for (size_t i = 0; i < m->nr; i++) {
		const struct job *job = m->job[i];
		struct file_identity id;
		if (!file_identify(job->snapshot, job->path, memory->now, &id)) {
			buf_release(&b);
			return false;
		}
		add_identity(&b, &id);
		add_reading(&b, job, before);
		before = job->facts.choice.template;
	}
	*out = key_of(&b);
	return true;
}

struct archive_key memory_texts_key(const struct month *m)
{
	struct buf b = {0};
	add_bytes(&b, m->job[0]->memory->salt.byte);
	pack_text(&b, STR("texts of files"));
	for (size_t i = 0; i < m->nr; i++)
		add_identity(&b, &m->job[i]->text->identity);
	return key_of(&b);
}
