/* sdi explain: why a rule is there, and what to do about it. */
#include "cmd/command.h"
#include "cmd/describe.h"
#include "cmd/language.h"
#include "cmd/report/json.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/base/unicode.h"

struct settings {
	int format;
};

/* Each line of an example on a line of its own, escaped. */
static void add_lines(struct buf *out, const char *indent, struct str text)
{
	struct str rest = text, line;
	while (str_split(&rest, '\n', &line)) {
		if (!line.n && (!rest.p || !rest.n))
			break;
		if (line.n)
			buf_addz(out, indent);
		term_escape(out, line);
		buf_addc(out, '\n');
	}
}

static void add_wrapped(struct buf *out, const char *text)
{
	enum { COLUMNS = 90 };
	struct arena a = {0};
	buf_add(out, unicode_wrap(&a, str_of(text), COLUMNS));
	buf_addc(out, '\n');
	arena_release(&a);
}

void describe_default(struct buf *out, const struct rule_option *o)
{
	size_t lines = 0;
	for (const char *c = o->words; c && *c; c++)
		lines += *c == '\n' || !c[1];
	if (o->kind == VALUE_NUMBER)
		buf_printf(out, _("%ld; from %ld to %ld"), o->value, o->least, o->most);
	else if (o->kind == VALUE_FLAG)
		buf_addz(out, o->value ? _("true; or false") : _("false; or true"));
	else
		buf_printf(out,
		           o->kind == VALUE_WORDS ? _("a list; %zu by default, `extend-%s` adds to them")
		                                  : _("a map; %zu by default, `extend-%s` adds to them"),
		           lines, o->name);
}

static void explain_options(struct buf *out, const struct rule *r, const char *bullet)
{
	for (const struct rule_option *o = r->options; o && o->name; o++) {
		struct buf usual = {0};
		describe_default(&usual, o);
		buf_printf(out, _("%s%s: %s (%s)\n"), bullet, o->name, _(o->doc), usual.p);
		buf_release(&usual);
	}
}

static void add_title(struct buf *out, const struct rule *r, const struct example *e)
{
	buf_addc(out, '\n');
	if (e->path)
		buf_printf(out, e == &r->bad ? _("Bad (in %s):") : _("Good (in %s):"), e->path);
	else
		buf_addz(out, e == &r->bad ? _("Bad:") : _("Good:"));
	buf_addz(out, "\n\n");
}

static void text_example(struct buf *out, const struct rule *r, const struct example *e)
{
	add_title(out, r, e);
	add_lines(out, "    ", example_body(e));
}

static void explain_text(struct buf *out, const struct rule *r)
{
	buf_printf(out, "%s: %s\n\n", r->name, _(r->summary));
	buf_printf(out, _("Group %s, severity %s, fix: %s."), r->group, severity_name(r->severity), fix_label(r->fix));
	buf_addz(out, "\n\n");
	add_wrapped(out, _(r->why));
	if (r->options && r->options->name) {
		buf_printf(out, "\n%s\n\n", _("Options:"));
		explain_options(out, r, "    ");
	}
	if (r->bad.config) {
		buf_printf(out, "\n%s\n\n", _("With this `.sdi.yaml`:"));
		add_lines(out, "    ", str_of(r->bad.config));
	}
	text_example(out, r, &r->bad);
	text_example(out, r, &r->good);
	buf_printf(out,
	           _("\nTo accept one place, say why above it:\n\n    <!-- sdi-ignore %s: the reason -->\n\n"
	             "`sdi-ignore-file` does it for the whole file; in .sdi.yaml, `ignore: [%s]` for the project.\n"),
	           r->name, r->name);
}

/* A fence that no line of the text can close. */
static size_t fence_length(struct str text)
{
	size_t longest = 2, run = 0;
	for (size_t i = 0; i < text.n; i++) {
		run = text.p[i] == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest + 1;
}

static void markdown_example(struct buf *out, const struct rule *r, const struct example *e)
{
	struct str text = example_body(e);
	size_t fence = fence_length(text);
	add_title(out, r, e);
	buf_pad(out, '`', fence);
	buf_addz(out, "markdown\n");
	add_lines(out, "", text);
	buf_pad(out, '`', fence);
	buf_addc(out, '\n');
}

void describe_markdown(struct buf *out, const struct rule *r)
{
	buf_printf(out, _("Group: %s. Severity: %s. Fix: %s.\n\n%s\n"), r->group, severity_name(r->severity),
	           fix_label(r->fix), _(r->why));
	if (r->options && r->options->name) {
		buf_printf(out, "\n%s\n\n", _("Options:"));
		explain_options(out, r, "- ");
	}
	if (r->bad.config)
		buf_printf(out, "\n%s\n\n```yaml\n%s```\n", _("With this `.sdi.yaml`:"), r->bad.config);
	markdown_example(out, r, &r->bad);
	markdown_example(out, r, &r->good);
	buf_printf(out, _("\nSuppress it with `<!-- sdi-ignore %s: the reason -->`.\n"), r->name);
}

void explain_markdown(struct buf *out, const struct rule *r)
{
	buf_printf(out, _("## %s\n\n%s.\n\n"), r->name, _(r->summary));
	describe_markdown(out, r);
}

static void add_member(struct buf *out, const char *key, struct str value)
{
	buf_printf(out, ", \"%s\": ", key);
	json_string(out, value);
}

static void add_default(struct buf *out, const struct rule_option *o)
{
	static const char *const kinds[] = {"number", "flag", "words", "terms"};
	struct str rest = str_of(o->words), line;
	const char *between = "";
	buf_printf(out, ", \"kind\": \"%s\", \"default\": ", kinds[o->kind]);
	if (o->kind == VALUE_NUMBER) {
		buf_printf(out, "%ld, \"least\": %ld, \"most\": %ld}", o->value, o->least, o->most);
	} else if (o->kind == VALUE_FLAG) {
		buf_addz(out, o->value ? "true}" : "false}");
	} else {
		buf_addc(out, '[');
		while (rest.n && str_split(&rest, '\n', &line)) {
			buf_addz(out, between);
			json_string(out, line);
			between = ", ";
		}
		buf_addz(out, "]}");
	}
}

static void json_options(struct buf *out, const struct rule *r)
{
	const char *between = "";
	buf_addz(out, ", \"options\": [");
	for (const struct rule_option *o = r->options; o && o->name; o++) {
		buf_printf(out, "%s{\"name\": ", between);
		json_stringz(out, o->name);
		add_member(out, "doc", str_of(_(o->doc)));
		add_default(out, o);
		between = ", ";
	}
	buf_addc(out, ']');
}

static void explain_json(struct buf *out, const struct rule *r)
{
	buf_addz(out, "{\"name\": ");
	json_stringz(out, r->name);
	add_member(out, "group", str_of(r->group));
	add_member(out, "severity", str_of(severity_name(r->severity)));
	add_member(out, "fix", str_of(fix_name(r->fix)));
	add_member(out, "summary", str_of(_(r->summary)));
	add_member(out, "why", str_of(_(r->why)));
	json_options(out, r);
	add_member(out, "bad", example_body(&r->bad));
	add_member(out, "good", example_body(&r->good));
	buf_addc(out, '}');
}

static const struct {
	void (*explain)(struct buf *, const struct rule *);
	const char *before, *between, *after;
} formats[] = {
	{explain_text, "", "\n", ""},
	{explain_markdown, "", "\n", ""},
	{explain_json, "{\"version\": 1, \"rules\": [\n    ", ",\n    ", "]}\n"},
};

enum { JSON = 2 };

static const struct choice format_choices[] = {{"text", 0, false}, {"markdown", 1, false}, {"json", JSON, false}, {0}};

static const struct option options[] = {
	{"output-format", 0, OPTION_ENUM, NULL, N_("How rules are explained"), offsetof(struct settings, format),
     format_choices, 0, 0},
	{0},
};

/* All rules that are asked for; NULL when one of them is none. */
static const struct rule **find_rules(const struct invocation *in)
{
	const struct rule **rule = arena_array(in->arena, const struct rule *, in->nr);
	bool missing = false;
	for (size_t i = 0; i < in->nr; i++) {
		rule[i] = rule_find(str_of(in->arg[i]));
		if (rule[i])
			continue;
		missing = true;
		if (rule_is_group(str_of(in->arg[i]))) {
			term_error("`%s` is a group; `sdi rules` lists its rules", in->arg[i]);
			continue;
		}
		term_error("unknown rule `%s`%s", in->arg[i], did_you_mean(in->arena, in->arg[i], rule_names(in->arena), ""));
	}
	return missing ? NULL : rule;
}

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	struct buf out = {0};
	if (!in->nr) {
		term_error("`sdi explain` needs the name of a rule; `sdi rules` lists them");
		return EXIT_TROUBLE;
	}
	const struct rule **rule = find_rules(in);
	if (!rule)
		return EXIT_TROUBLE;
	if (s->format == JSON)
		language_for_programs();
	buf_addz(&out, formats[s->format].before);
	for (size_t i = 0; i < in->nr; i++) {
		buf_addz(&out, i ? formats[s->format].between : "");
		formats[s->format].explain(&out, rule[i]);
	}
	buf_addz(&out, formats[s->format].after);
	term_out(buf_str(&out));
	buf_release(&out);
	return EXIT_FINE;
}

const struct command command_explain = {
	.name = "explain",
	.summary = N_("Explain rules"),
	.arguments = "RULE...",
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
