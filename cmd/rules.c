/* sdi rules: what is checked. */
#include "cmd/command.h"
#include "cmd/describe.h"
#include "cmd/language.h"
#include "cmd/manual/manual.h"
#include "cmd/report/json.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/base/unicode.h"

struct settings {
	int format;
	const char *config;
	bool isolated;
};

struct listing {
	const struct project *project;
	const struct rule **rule;
	struct buf out;
};

static void list_text(struct listing *l)
{
	enum { FIX_COLUMNS = 6 };
	int widest = 0;
	for (size_t i = 0; i < rules_table_nr; i++)
		if ((int)strlen(l->rule[i]->name) > widest)
			widest = (int)strlen(l->rule[i]->name);
	const char *group = "";
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule *r = l->rule[i];
		if (strcmp(group, r->group) != 0)
			buf_printf(&l->out, "%s%s\n", *group ? "\n" : "", r->group);
		group = r->group;
		const char *fix = r->fix == FIX_NONE ? "-" : fix_label(r->fix);
		size_t columns = unicode_columns(str_of(fix), 8);
		buf_printf(&l->out, "  %-*s  %-7s  %s", widest, r->name, severity_name(severity_in_force(l->project, r)), fix);
		buf_pad(&l->out, ' ', columns < FIX_COLUMNS ? FIX_COLUMNS - columns : 0);
		buf_printf(&l->out, "  %s\n", _(r->summary));
	}
}

/* A `|` would end the cell. */
static void add_cell(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '|')
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
}

static void list_markdown(struct listing *l)
{
	const char *group = "";
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule *r = l->rule[i];
		if (strcmp(group, r->group) != 0)
			buf_printf(&l->out, _("%s### %s\n\n| rule | severity | fix | what it finds |\n| --- | --- | --- | --- |\n"),
			           *group ? "\n" : "", r->group);
		group = r->group;
		buf_printf(&l->out, "| `%s` | %s | %s | ", r->name, severity_name(severity_in_force(l->project, r)),
		           r->fix == FIX_NONE ? "" : fix_label(r->fix));
		add_cell(&l->out, _(r->summary));
		buf_addz(&l->out, " |\n");
	}
}

static void list_json(struct listing *l)
{
	buf_addz(&l->out, "{\"version\": 1, \"rules\": [");
	for (size_t i = 0; i < rules_table_nr; i++) {
		const struct rule *r = l->rule[i];
		buf_addz(&l->out, i ? ",\n    {\"name\": " : "\n    {\"name\": ");
		json_stringz(&l->out, r->name);
		buf_addz(&l->out, ", \"group\": ");
		json_stringz(&l->out, r->group);
		buf_printf(&l->out, ", \"severity\": \"%s\", \"fix\": \"%s\", \"summary\": ",
		           severity_name(severity_in_force(l->project, r)), fix_name(r->fix));
		json_stringz(&l->out, _(r->summary));
		buf_addc(&l->out, '}');
	}
	buf_addz(&l->out, "]}\n");
}

static void list_manual(struct listing *l)
{
	manual_rules(&l->out);
}

static void (*const listers[])(struct listing *) = {list_text, list_markdown, list_json, list_manual};

enum { JSON = 2, MANUAL };

static const struct choice format_choices[] = {
	{"text", 0, false}, {"markdown", 1, false}, {"json", JSON, false}, {"mdoc", MANUAL, false}, {0}};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"output-format", 0, OPTION_ENUM, NULL, N_("How rules are shown"), AT(format), format_choices, 0, 0},
	{"config", 0, OPTION_TEXT, "FILE", N_("Use this config instead of any .sdi.yaml"), AT(config), NULL, 0, 0},
	{"isolated", 0, OPTION_FLAG, NULL, N_("Use no config"), AT(isolated), NULL, 0, 0},
	{0},
};

static int list(struct arena *a, struct projects *projects, int format)
{
	struct err err;
	struct listing l = {.rule = rules_by_group(a)};
	l.project = project_here(projects, &err);
	if (!l.project) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	listers[format](&l);
	term_out(buf_str(&l.out));
	buf_release(&l.out);
	return EXIT_FINE;
}

static int run(const struct invocation *in)
{
	const struct settings *s = in->settings;
	if (in->nr) {
		term_error("`sdi rules` takes no arguments; `sdi explain %s` explains a rule", in->arg[0]);
		return EXIT_TROUBLE;
	}
	if (s->format == JSON)
		language_for_programs();
	struct project_options wish = {.config = s->config, .isolated = s->isolated};
	struct projects *projects = projects_new(&wish);
	int code = list(in->arena, projects, s->format);
	projects_free(projects);
	return code;
}

const struct command command_rules = {
	.name = "rules",
	.summary = N_("List what is checked"),
	.arguments = "",
	.about = N_("Lists the rules with the severity that is in force here, and whether they have a fix.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
