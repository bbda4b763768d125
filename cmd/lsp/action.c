#include "cmd/lsp/server.h"
#include "cmd/lsp/wire.h"
#include "cmd/report/json.h"
#include "core/base/message.h"
#include "core/source/diff.h"
#include "fix/fix.h"
#include "fix/suppress.h"

#define QUICK_FIX "quickfix"
#define FIX_ALL "source.fixAll.sdi"

/* What is being added to a list of actions. */
struct actions {
	struct question *q;
	struct buf *out;
	const char *between;
};

/* ---- edits ---- */

/* Editors know no place between CR and LF: what begins or ends there takes in all of both. */
static struct edit widen(struct arena *a, struct str text, const struct edit *e)
{
	size_t from = e->at.off, to = span_end(e->at);
	bool begins = from && from < text.n && text.p[from - 1] == '\r' && text.p[from] == '\n';
	bool ends = to && to < text.n && text.p[to - 1] == '\r' && text.p[to] == '\n';
	if (!begins && !ends)
		return *e;
	struct str by = arena_printf(a, "%s%.*s%s", begins ? "\r" : "", STR_ARG(e->text), ends ? "\n" : "");
	return (struct edit){span_make(from - begins, to + ends), by};
}

/* Of this version of the document, where the editor understands that. */
static void add_edits(struct actions *to, const struct edit *edit, size_t nr)
{
	struct question *q = to->q;
	const struct document *d = q->document;
	if (q->server->versions) {
		json_member(to->out, ", \"edit\": {\"documentChanges\": [{\"textDocument\": {", "uri", d->uri);
		buf_printf(to->out, ", \"version\": %.0f}, \"edits\": [", d->version);
	} else {
		buf_addz(to->out, ", \"edit\": {\"changes\": {");
		json_string(to->out, d->uri);
		buf_addz(to->out, ": [");
	}
	for (size_t i = 0; i < nr; i++) {
		struct edit e = widen(q->arena, buf_str(&d->text), &edit[i]);
		buf_addz(to->out, i ? ", " : "");
		wire_add_edit(to->out, stretch_of(&q->spots, e.at.off, span_end(e.at)), e.text);
	}
	buf_addz(to->out, q->server->versions ? "]}]}" : "]}}");
}

static void begin(struct actions *to, const char *kind, struct str title)
{
	json_member(to->out, to->between, "title", title);
	buf_printf(to->out, ", \"kind\": \"%s\"", kind);
	to->between = ", {";
}

static void add_diagnostic(struct actions *to, const struct finding *f)
{
	buf_addz(to->out, ", \"diagnostics\": [");
	diagnostic_add(to->out, to->q, f);
	buf_addc(to->out, ']');
}

/* ---- one finding ---- */

static void add_fix(struct actions *to, const struct finding *f)
{
	bool safe = f->fix.safety == FIX_SAFE;
	const char *form = safe ? "%.*s" : _("%.*s (may change what the text says)");
	if (f->fix.safety == FIX_NONE)
		return;
	begin(to, QUICK_FIX, arena_printf(to->q->arena, form, STR_ARG(f->fix.title)));
	add_diagnostic(to, f);
	buf_addz(to->out, safe ? ", \"isPreferred\": true" : "");
	add_edits(to, f->fix.edit, f->fix.nr);
	buf_addc(to->out, '}');
}

static void add_ignore(struct actions *to, struct suppressor *s, const struct finding *f)
{
	struct arena *a = to->q->arena;
	struct edit comment;
	if (!suppress_finding(s, f, str_of(_("the reason")), a, &comment))
		return;
	begin(to, QUICK_FIX, arena_printf(a, _("ignore `%s` here, with a reason"), f->rule->name));
	add_diagnostic(to, f);
	add_edits(to, &comment, 1);
	buf_addc(to->out, '}');
}

static bool touches(const struct finding *f, size_t from, size_t to)
{
	return f->at.off <= to && from <= span_end(f->at);
}

/* Each of them is tried, and that takes its time. */
static void add_ignores(struct actions *to, size_t from, size_t end)
{
	enum { MOST = 20 };
	const struct document *d = to->q->document;
	const struct findings *f = &d->world.job->findings;
	struct job job = world_job(&d->world, buf_str(&d->text));
	struct suppressor *s = suppress_begin(&job, d->world.parser);
	for (size_t i = 0, tried = 0; i < f->nr && tried < MOST; i++) {
		if (!touches(&f->v[i], from, end))
			continue;
		add_ignore(to, s, &f->v[i]);
		tried++;
	}
	suppress_end(s);
}

static void add_quick_fixes(struct actions *to, const struct stretch *at)
{
	const struct document *d = to->q->document;
	const struct findings *f = &d->world.job->findings;
	size_t from = spot_offset(buf_str(&d->text), to->q->server->encoding, at->start);
	size_t end = spot_offset(buf_str(&d->text), to->q->server->encoding, at->end);
	bool any = false;
	for (size_t i = 0; i < f->nr; i++) {
		if (!touches(&f->v[i], from, end))
			continue;
		add_fix(to, &f->v[i]);
		any = true;
	}
	if (any && d->world.pure.kind == JOB_DIGEST)
		add_ignores(to, from, end);
}

/* ---- all of them ---- */

/* Where the lines begin that end in LF, and the end. */
static uint32_t *starts_of(struct arena *a, struct str text)
{
	uint32_t *start = NULL;
	size_t nr = 0, cap = 0;
	for (size_t at = 0;; at++) {
		start = arena_grow(a, start, nr, &cap, sizeof(*start));
		start[nr++] = (uint32_t)at;
		if (at == text.n)
			return start;
		at = str_find_byte(text, at, '\n');
		at -= at == text.n;
	}
}

static void add_differences(struct actions *to, struct str before, struct str after)
{
	struct arena *a = to->q->arena;
	struct line_changes c = diff_lines(a, before, after);
	const uint32_t *old = starts_of(a, before), *new = starts_of(a, after);
	struct edit *edit = arena_array(a, struct edit, c.nr);
	for (size_t i = 0; i < c.nr; i++) {
		const struct line_change *x = &c.v[i];
		edit[i].at = span_make(old[x->old], old[x->old + x->olds]);
		edit[i].text = str_slice(after, new[x->new], new[x->new + x->news]);
	}
	add_edits(to, edit, c.nr);
}

/* The same as `sdi fix` would make of it. */
static void add_fix_all(struct actions *to)
{
	struct document *d = to->q->document;
	struct job job = world_job(&d->world, buf_str(&d->text));
	struct fix_result r;
	fix_text(&job, d->world.parser, &(struct fix_text_wish){.least = FIX_SAFE, .ignore_reason = STR("")}, &r);
	if (r.changed) {
		begin(to, FIX_ALL, arena_printf(to->q->arena, _("make all safe fixes of sdi (%zu)"), r.fixes));
		add_differences(to, buf_str(&d->text), job.source.text);
		buf_addc(to->out, '}');
	}
	fix_result_release(&r);
	job_release(&job);
}

static bool any_safe(const struct findings *f)
{
	for (size_t i = 0; i < f->nr; i++)
		if (f->v[i].fix.safety == FIX_SAFE)
			return true;
	return false;
}

/* ---- which are asked for ---- */

/* A kind stands for those below it, too: `source` for `source.fixAll.sdi`. */
static bool is_below(struct str kind, const char *below)
{
	struct str all = str_of(below);
	return !kind.n || (str_starts(all, kind) && (all.n == kind.n || all.p[kind.n] == '.'));
}

static bool wants(const struct json *params, const char *kind)
{
	const struct json *only = json_at(params, "context.only");
	if (!only || only->kind != JSON_LIST)
		return true;
	for (size_t i = 0; i < only->nr; i++)
		if (only->item[i].kind == JSON_WORDS && is_below(only->item[i].text, kind))
			return true;
	return false;
}

void answer_actions(struct question *q, struct buf *out)
{
	struct actions to = {q, out, "{"};
	const struct world *w = &q->document->world;
	bool any = w->job && q->server->acts;
	struct stretch at;
	buf_addc(out, '[');
	if (any && wants(q->params, QUICK_FIX) && wire_stretch(json_at(q->params, "range"), &at))
		add_quick_fixes(&to, &at);
	if (any && wants(q->params, FIX_ALL) && any_safe(&w->job->findings))
		add_fix_all(&to);
	buf_addc(out, ']');
}
