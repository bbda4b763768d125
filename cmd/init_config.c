#include "cmd/init.h"

#include "core/base/message.h"
#include "core/digest/builtin.h"

/* In the order of docs/config.md; a line that is no default is left to be thought about. */
static const struct {
	const char *about, *line;
} keys[] = {
	{N_("How severe rules are: recommended, or strict"), "# preset: recommended"},
	{N_("The time zone in which it is \"today\""), "timezone: "},
	{N_("The folder of the templates: what a digest looks like"), "# templates: .sdi/templates"},
	{N_("The least severity that makes the exit code 1: error, warning, info or never"), "# fail-on: error"},
	{N_("Only these rules or groups; `sdi rules` lists them"), "# select: [all]"},
	{N_("Rules or groups that are not wanted"), "# ignore: []"},
	{N_("Files and folders that are left out"), "# exclude: []"},
	{N_("A file of findings that are known and do not count, as `sdi lint --write-baseline` writes it"),
     "# baseline: .sdi/baseline"},
	{N_("Severities and options of single rules; `sdi explain RULE` lists these"), "# rules: {}"},
	{N_("What is otherwise for some paths"), "# overrides: []"},
	{N_("The git hook: does it also make safe fixes?"), "# hook: {fix: false}"},
	{N_("How `sdi links` asks some hosts"), "# links: {hosts: {}}"},
};

struct str init_config(struct arena *a, const struct init_plan *plan)
{
	struct buf out = {0};
	buf_printf(&out, "# %s\n",
	           _("What this repository settles for itself. Lines that are commented out show what holds anyway."));
	buf_printf(&out, "# %s\n",
	           _("`sdi config` shows what is in force, `sdi config --schema` prints a schema for editors."));
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		bool zone = keys[i].line[0] != '#';
		buf_printf(&out, "\n# %s\n%s%s\n", _(keys[i].about), keys[i].line, zone ? plan->timezone : "");
	}
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

struct str init_template(struct arena *a, struct str path)
{
	struct str text = {builtin_templates[0].text, builtin_templates[0].size};
	size_t from = str_find(text, 0, STR("path: ")), end = str_find_byte(text, from, '\n');
	return arena_printf(a, "%.*spath: \"%.*s\"%.*s", STR_ARG(str_slice(text, 0, from)), STR_ARG(path),
	                    STR_ARG(str_from(text, end)));
}
