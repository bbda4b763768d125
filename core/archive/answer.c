#include "core/archive/answer.h"

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/*
 * A streak that begins later than now: one of both times is wrong, and no span of time can be trusted. The next look begins a new
 * one; but who was told that the page is gone was told so.
 */
static bool break_streak(struct answer *a, int64_t now)
{
	if (a->since <= now)
		return false;
	a->looks = a->gone;
	a->since = a->failed = a->gone ? now : 0;
	return true;
}

/* What was noted by a clock that was ahead would outlast all that is noted by one that is right. */
static void trust_clock(struct answer *a, int64_t now)
{
	a->first = a->first ? earlier(a->first, now) : now;
	a->looked = now;
	a->fine = earlier(a->fine, now);
	a->failed = earlier(a->failed, now);
}

static void take_words(struct answer *a, const struct answer_look *look)
{
	a->outcome = look->outcome;
	a->reason = look->reason;
	a->status = look->status;
}

static void take_fine(struct answer *a, const struct answer_look *look, int64_t now)
{
	a->fine = now;
	a->since = a->failed = 0;
	a->looks = a->gone = 0;
	a->moved_to = look->moved_to;
}

static void take_failure(struct answer *a, const struct answer_look *look, int64_t now)
{
	bool gone = look->kind == ANSWER_GONE;
	unsigned looks = gone && look->sure ? 2 : 1;
	if (!a->since)
		a->since = now;
	a->failed = now;
	a->looks += looks;
	a->gone += gone ? looks : 0;
}

void answer_learn(struct answer *a, const struct answer_look *look, int64_t now)
{
	bool telling = look->kind == ANSWER_FINE || look->kind == ANSWER_GONE || look->kind == ANSWER_TROUBLE;
	if (look->kind == ANSWER_NOTHING)
		return;
	trust_clock(a, now);
	bool broken = break_streak(a, now);
	if (telling || (!a->fine && !a->looks))
		take_words(a, look);
	if (look->kind == ANSWER_FINE)
		take_fine(a, look, now);
	else if (look->kind == ANSWER_GONE || (look->kind == ANSWER_TROUBLE && !broken))
		take_failure(a, look, now);
}

enum answer_verdict answer_verdict(const struct answer *a)
{
	bool lasting = a->looks >= ANSWER_LEAST_LOOKS && a->since > 0 && a->failed - a->since >= ANSWER_LEAST_SECONDS;
	if (a->gone >= ANSWER_LEAST_GONE || lasting)
		return VERDICT_BROKEN;
	return a->moved_to.n ? VERDICT_MOVED : VERDICT_NONE;
}
