#include "cmd/links.h"
#include "cmd/report/json.h"
#include "cmd/term.h"
#include "lint/links/shown.h"

bool links_is_finding(const struct linked *l, bool added)
{
	enum link_outcome o = l->answer.verdict.outcome;
	return o == LINK_BROKEN || (added && o == LINK_NO_HOST);
}

/* ---- text ---- */

static void add(struct buf *out, const char *sgr, struct str text)
{
	if (sgr)
		buf_printf(out, "\x1b[%sm", sgr);
	term_escape(out, text);
	if (sgr)
		buf_addz(out, "\x1b[0m");
}

static bool is_shown(const struct linked *l)
{
	enum link_outcome o = l->answer.verdict.outcome;
	return o != LINK_OK && o != LINK_LEFT_OUT;
}

static void add_line(struct buf *out, const struct linked *l, bool colour)
{
	struct arena scratch = {0};
	const struct link_verdict *v = &l->answer.verdict;
	const char *strong = links_is_finding(l, true) ? "1;31" : "33";
	add(out, colour ? "1" : NULL, str_of(l->path));
	buf_printf(out, ":%u:%u: ", l->at.line, l->at.column);
	add(out, colour ? strong : NULL, str_of(link_outcome_name(v->outcome)));
	buf_addz(out, ": ");
	add(out, NULL, link_shown(&scratch, l->url));
	buf_printf(out, " (%s)", v->reason);
	if (v->outcome == LINK_MOVED || v->outcome == LINK_SOFT_404) {
		buf_addz(out, " → ");
		add(out, NULL, link_shown(&scratch, v->outcome == LINK_MOVED ? l->answer.moved : l->answer.final_url));
	}
	if (l->archived.n) {
		buf_addz(out, "; archived: ");
		add(out, NULL, link_shown(&scratch, l->archived));
	}
	buf_addc(out, '\n');
	arena_release(&scratch);
}

void links_print_text(const struct linked_list *list, bool colour, struct buf *out)
{
	for (size_t i = 0; i < list->nr; i++)
		if (is_shown(&list->v[i]))
			add_line(out, &list->v[i], colour);
}

void links_add_counts(const struct link_sum *sum, struct buf *out)
{
	for (size_t i = 0; i < LINK_OUTCOMES; i++)
		if (sum->count[i])
			buf_printf(out, "%s%s %zu", out->n ? ", " : "", link_outcome_name((enum link_outcome)i), sum->count[i]);
}

/* ---- json ---- */

static void add_object(struct buf *out, const struct linked *l)
{
	struct arena scratch = {0};
	const struct link_answer *a = &l->answer;
	json_member(out, "{", "path", str_of(l->path));
	buf_printf(out, ", \"line\": %u, \"column\": %u", l->at.line, l->at.column);
	json_member(out, ", ", "url", link_shown(&scratch, l->url));
	json_member(out, ",\n     ", "outcome", str_of(link_outcome_name(a->verdict.outcome)));
	json_member(out, ", ", "reason", str_of(a->verdict.reason));
	buf_printf(out, ", \"status\": %ld, \"redirects\": %u, \"requests\": %u", a->status, a->hops, a->looks);
	json_member(out, ", ", "address", a->address);
	json_member(out, ",\n     ", "final_url", link_shown(&scratch, a->final_url));
	json_member(out, ", ", "permanent_url", link_shown(&scratch, a->moved));
	json_member(out, ", ", "archived_url", link_shown(&scratch, l->archived));
	buf_addc(out, '}');
	arena_release(&scratch);
}

void links_print_json(const struct linked_list *list, const struct link_sum *sum, struct buf *out)
{
	buf_printf(out, "{\"version\": 1, \"files\": %zu, \"links\": [", list->digests);
	for (size_t i = 0; i < list->nr; i++) {
		buf_addz(out, i ? ",\n    " : "\n    ");
		add_object(out, &list->v[i]);
	}
	buf_addz(out, "],\n \"summary\": {");
	for (size_t i = 0; i < LINK_OUTCOMES; i++)
		buf_printf(out, "%s\"%s\": %zu", i ? ", " : "", link_outcome_name((enum link_outcome)i), sum->count[i]);
	buf_printf(out, "}, \"requests\": %zu, \"complete\": %s}\n", sum->requests,
	           sum->stopped || sum->late || sum->network_fails ? "false" : "true");
}
