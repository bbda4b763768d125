#include "cmd/links_learn.h"

#include <time.h>

#include "cmd/link_answers.h"
#include "cmd/term.h"
#include "lint/links/lesson.h"

/* Seconds from one writing to the next: what a kill may lose. */
enum { WRITTEN_EVERY = 2 };

struct links_memory {
	struct answers *answers;
	time_t written;
};

struct links_memory *links_memory_open(struct arena *a, const char *git_dir)
{
	struct err err;
	struct answers *answers = git_dir ? answers_open(link_answers_path(a, git_dir), ANSWERS_LEARN, &err) : NULL;
	if (git_dir && !answers && *err.text)
		term_say("warning: what is learnt cannot be remembered: %s", err.text);
	if (!answers)
		return NULL;
	struct links_memory *m = arena_new(a, struct links_memory);
	*m = (struct links_memory){answers, time(NULL)};
	return m;
}

void links_memory_note(struct links_memory *m, struct str key, const struct link_answer *answer)
{
	struct answer_look look = link_lesson(&answer->verdict, answer->status, answer->moved);
	answers_learn(m->answers, key, &look, time(NULL));
}

void links_memory_keep(struct links_memory *m)
{
	time_t now = time(NULL);
	struct err err;
	if (now - m->written < WRITTEN_EVERY && now >= m->written)
		return;
	m->written = now;
	/* It is still noted, and written the next time. */
	(void)answers_write(m->answers, &err);
}

int64_t links_memory_last(struct links_memory *m, struct str key)
{
	return answers_last(m->answers, key);
}

void links_memory_close(struct links_memory *m)
{
	struct err err;
	if (m && answers_close(m->answers, &err))
		term_say("warning: what is learnt cannot be remembered: %s", err.text);
}
