/* sdi: finds the command and runs it. */
#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/manual/manual.h"
#include "cmd/term.h"
#include "core/base/message.h"

#ifndef SDI_VERSION
#define SDI_VERSION "0.1.0"
#endif

static int run_help(const struct invocation *in);

struct help_settings {
	bool man;
};

static const struct option help_options[] = {
	{"man", 0, OPTION_FLAG, NULL, N_("Print the manual page, in mdoc"), offsetof(struct help_settings, man), NULL, 0,
     0},
	{0},
};

static const struct command command_help = {
	.name = "help",
	.summary = N_("Explain a command"),
	.arguments = "[COMMAND]",
	.options = {{help_options}},
	.settings_size = sizeof(struct help_settings),
	.run = run_help,
};

const struct command *const commands_table[] = {
	&command_new,    &command_add,  &command_lint,   &command_fix,         &command_search, &command_ioc,
	&command_links,  &command_hook, &command_ci,     &command_lsp,         &command_rules,  &command_explain,
	&command_config, &command_init, &command_doctor, &command_completions, &command_help,   NULL,
};

enum { COMMANDS_NR = ARRAY_SIZE(commands_table) - 1 };

const struct option general_options[] = {
	{"version", 'V', OPTION_FLAG, NULL, N_("Show the version"), 0, NULL, 0, 0},
	{0},
};

static void add_general_help(struct buf *out)
{
	buf_printf(out, "%s\n\n%s\n\n%s\n", _("Scaffolds, lints and fixes daily security digests."),
	           _("Usage: sdi COMMAND [OPTIONS] [ARGUMENTS]"), _("Commands:"));
	for (size_t i = 0; i < COMMANDS_NR; i++)
		buf_printf(out, "  %-12s %s\n", commands_table[i]->name, _(commands_table[i]->summary));
	buf_printf(out, "\n%s\n", _("Options:"));
	options_describe(&(struct option_set){{general_options}}, out);
	buf_printf(out, "\n%s\n%s\n", _("Exit codes: 0 nothing to report, 1 findings, 2 could not do the job."),
	           _("`sdi help COMMAND` says more about a command."));
}

static void add_command_help(const struct command *c, struct buf *out)
{
	buf_printf(out, _("%s.\n\nUsage: sdi %s%s%s%s\n"), _(c->summary), c->name,
	           c->options.table[0] ? _(" [OPTIONS]") : "", *c->arguments ? " " : "", c->arguments);
	if (c->about)
		buf_printf(out, "\n%s", _(c->about));
	buf_printf(out, "\n%s\n", _("Options:"));
	options_describe(&c->options, out);
}

/* Help of a command; of sdi itself for NULL. */
static int print_help(const struct command *c)
{
	struct buf text = {0};
	if (c)
		add_command_help(c, &text);
	else
		add_general_help(&text);
	term_out(buf_str(&text));
	buf_release(&text);
	return EXIT_FINE;
}

/* Says on stderr what is wrong when there is no such command. */
static const struct command *find_command(const char *name)
{
	const char *names[COMMANDS_NR + 1] = {0};
	for (size_t i = 0; i < COMMANDS_NR; i++) {
		if (strcmp(commands_table[i]->name, name) == 0)
			return commands_table[i];
		names[i] = commands_table[i]->name;
	}
	struct arena a = {0};
	term_error("unknown command `%s`%s (`sdi help` lists them)", name, did_you_mean(&a, name, names, ""));
	arena_release(&a);
	return NULL;
}

static int print_manual(const struct command *c)
{
	struct buf text = {0};
	manual_page(c, &text);
	term_out(buf_str(&text));
	buf_release(&text);
	return EXIT_FINE;
}

static int run_help(const struct invocation *in)
{
	const struct help_settings *s = in->settings;
	bool all = !in->nr || strcmp(in->arg[0], "sdi") == 0;
	const struct command *c = all ? NULL : find_command(in->arg[0]);
	if (!all && !c)
		return EXIT_TROUBLE;
	return s->man ? print_manual(c) : print_help(c);
}

static int run_command(const struct command *c, char *const *argv)
{
	struct arena arena = {0};
	struct err err;
	struct command_line line;
	void *settings = arena_alloc(&arena, c->settings_size);
	int code = EXIT_TROUBLE;
	if (options_parse(&arena, &c->options, argv, settings, &line, &err))
		term_error("%s (`sdi %s -h` lists the options)", err.text, c->name);
	else if (line.help)
		code = print_help(c);
	else
		code = c->run(&(struct invocation){&arena, settings, line.arg, line.nr});
	arena_release(&arena);
	return code;
}

static int run_main(char *const *argv)
{
	const char *first = argv[0] ? argv[1] : NULL;
	if (!first) {
		term_say("Usage: sdi COMMAND [OPTIONS] [ARGUMENTS]; `sdi --help` lists the commands.");
		return EXIT_TROUBLE;
	}
	if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
		return print_help(NULL);
	if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
		term_outz("sdi " SDI_VERSION "\n");
		return EXIT_FINE;
	}
	if (first[0] == '-') {
		term_error("unknown option `%s` (`sdi --help` lists the commands)", first);
		return EXIT_TROUBLE;
	}
	const struct command *c = find_command(first);
	return c ? run_command(c, argv + 2) : EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
	(void)argc;
	struct arena a = {0};
	struct err err;
	int code = EXIT_TROUBLE;
	term_start();
	if (language_choose(&a, argv, &err))
		term_error("%s", err.text);
	else
		code = run_main(argv);
	arena_release(&a);
	return term_finish(code);
}
