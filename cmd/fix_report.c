#include "cmd/fix_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/message.h"

struct fix_summary fix_summary_of(struct arena *a, const struct fix_task *task, size_t nr)
{
	struct fix_summary s = {.fixed = arena_array(a, size_t, rules_table_nr)};
	for (size_t i = 0; i < nr; i++) {
		s.files += task[i].result.changed;
		s.fixes += task[i].result.fixes;
		s.ignored += task[i].result.ignored;
		for (size_t k = 0; task[i].result.fixes && k < rules_table_nr; k++)
			s.fixed[k] += task[i].result.fixed[k];
	}
	return s;
}

static size_t most_frequent(const size_t *count)
{
	size_t best = 0;
	for (size_t i = 1; i < rules_table_nr; i++)
		if (count[i] > count[best])
			best = i;
	return best;
}

void fix_say_summary(const struct fix_summary *s, bool only_shown)
{
	static const char *const totals[2][2] = {{N_("Fixed %zu in %zu files:"), N_("Fixed %zu in %zu file:")},
	                                         {N_("Would fix %zu in %zu files:"), N_("Would fix %zu in %zu file:")}};
	if (s->fixes)
		term_say(totals[only_shown][s->files == 1], s->fixes, s->files);
	size_t *left = xcalloc(rules_table_nr, sizeof(*left));
	memcpy(left, s->fixed, rules_table_nr * sizeof(*left));
	for (size_t i; left[i = most_frequent(left)]; left[i] = 0)
		term_say("%6zu  %s", left[i], rules_table[i]->name);
	free(left);
	if (s->ignored)
		term_say(only_shown ? N_("Would suppress: %zu") : N_("Suppressed: %zu"), s->ignored);
	if (!s->fixes && !s->ignored)
		term_say(only_shown ? N_("Nothing to fix") : N_("Nothing fixed"));
}

/* ---- troubles ---- */

static void say_left_out(const char *path, const struct fix_left_out *l)
{
	char place[32];
	snprintf(place, sizeof(place), "%u:%u", l->at.line, l->at.column);
	if (l->raises)
		term_say("%s:%s: the fix of %s is left out: it would raise %s", path, place, l->rule->name, l->raises->name);
	else if (l->breach.lost)
		term_say("%s:%s: the fix of %s is left out: it would take away %s: `%.*s`", path, place, l->rule->name,
		         fact_name(l->breach.kind), STR_ARG(l->breach.key));
	else
		term_say("%s:%s: the fix of %s is left out: it would make %s: `%.*s`", path, place, l->rule->name,
		         fact_name(l->breach.kind), STR_ARG(l->breach.key));
}

static void say_fighting(const char *path, const struct fix_result *r)
{
	struct buf names = {0};
	for (size_t i = 0; i < r->nr_fighting; i++)
		buf_printf(&names, "%s%s", i ? _(", ") : "", r->fighting[i]->name);
	term_error("%s: left as it is: fixes undo one another: %s", path, names.p);
	buf_release(&names);
}

bool fix_say_troubles(const struct fix_task *task, size_t nr)
{
	bool trouble = false;
	for (size_t i = 0; i < nr; i++) {
		const struct fix_result *r = &task[i].result;
		const char *path = task[i].job->source.path;
		for (size_t k = 0; k < r->nr_left_out; k++)
			say_left_out(path, &r->left_out[k]);
		if (r->nr_fighting)
			say_fighting(path, r);
		if (task[i].kept_out)
			term_error("%s", task[i].err.text);
		trouble |= r->nr_fighting || task[i].kept_out || task[i].skipped;
	}
	return trouble;
}

/* ---- diffs ---- */

static const char *line_colour(struct str line)
{
	static const struct {
		const char *start, *sgr;
	} colours[] = {{"--- ", "1"}, {"+++ ", "1"}, {"@@", "36"}, {"-", "31"}, {"+", "32"}};
	for (size_t i = 0; i < ARRAY_SIZE(colours); i++)
		if (str_starts(line, str_of(colours[i].start)))
			return colours[i].sgr;
	return NULL;
}

/* For the eye: what a digest holds gives no orders to the terminal. */
static void add_shown(struct buf *out, struct str diff, bool colour)
{
	struct str line;
	/* The last newline opens no line. */
	diff.n--;
	while (str_split(&diff, '\n', &line)) {
		const char *sgr = colour ? line_colour(line) : NULL;
		if (sgr)
			buf_printf(out, "\x1b[%sm", sgr);
		term_escape(out, line);
		buf_addz(out, sgr ? "\x1b[0m\n" : "\n");
	}
}

bool fix_print_diffs(const struct fix_task *task, size_t nr, enum colour wish)
{
	bool colour = term_colour(wish, STDOUT_FILENO), terminal = isatty(STDOUT_FILENO), any = false;
	for (size_t i = 0; i < nr; i++) {
		struct buf shown = {0};
		if (!task[i].diff.n)
			continue;
		any = true;
		if (colour || terminal) {
			add_shown(&shown, task[i].diff, colour);
			term_disarm(&shown);
			term_out(buf_str(&shown));
			buf_release(&shown);
		} else {
			term_out(task[i].diff);
		}
	}
	return any;
}
