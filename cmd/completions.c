/* sdi completions: what a shell needs to complete the command line of sdi. */
#include "cmd/completion/completion.h"
#include "cmd/term.h"
#include "core/base/message.h"

static const struct {
	const char *shell;
	void (*tables)(struct arena *a, struct buf *out);
} shells[] = {
	{"bash", completion_bash},
	{"zsh", completion_zsh},
	{"fish", completion_fish},
};

static struct str script_of(const char *shell)
{
	for (size_t i = 0; i < completion_scripts_nr; i++)
		if (strcmp(completion_scripts[i].name, shell) == 0)
			return (struct str){completion_scripts[i].bytes, completion_scripts[i].size};
	BUG("a shell without a script");
}

static int print(struct arena *a, size_t shell)
{
	struct buf out = {0};
	shells[shell].tables(a, &out);
	buf_add(&out, script_of(shells[shell].shell));
	term_out(buf_str(&out));
	buf_release(&out);
	return EXIT_FINE;
}

static int run(const struct invocation *in)
{
	const char *names[ARRAY_SIZE(shells) + 1] = {0};
	if (in->nr != 1) {
		term_error("`sdi completions` wants to know for which shell: bash, zsh or fish");
		return EXIT_TROUBLE;
	}
	for (size_t i = 0; i < ARRAY_SIZE(shells); i++) {
		if (strcmp(shells[i].shell, in->arg[0]) == 0)
			return print(in->arena, i);
		names[i] = shells[i].shell;
	}
	term_error("no completions for the shell `%s`, but for bash, zsh and fish%s", in->arg[0],
	           did_you_mean(in->arena, in->arg[0], names, ""));
	return EXIT_TROUBLE;
}

const struct command command_completions = {
	.name = "completions",
	.summary = N_("Print completions for a shell"),
	.arguments = "bash|zsh|fish",
	.about =
		N_("Prints what makes a shell complete commands, options, rules and formats. A package puts it in its place;\n"
           "by hand, where shells look for it:\n\n"
           "  sdi completions bash >~/.local/share/bash-completion/completions/sdi\n"
           "  sdi completions zsh >~/.zfunc/_sdi            (with ~/.zfunc in $fpath)\n"
           "  sdi completions fish >~/.config/fish/completions/sdi.fish\n\n"
           "Descriptions are in the language of messages: with --lang ja, in Japanese.\n"),
	.options = {{NULL}},
	.run = run,
};
