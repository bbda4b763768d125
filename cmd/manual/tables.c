#include "cmd/manual/manual.h"
#include "core/base/message.h"

/* Commands that show findings. */
#define JUDGES "lint fix ci hook"

const struct manual_item manual_variables[] = {
	{"LC_ALL", "",
     N_("With LC_MESSAGES and LANG, the first that is set: the language of messages. The locale need not be installed.")},
	{"LC_MESSAGES", "", N_("See LC_ALL.")},
	{"LANG", "", N_("See LC_ALL.")},
	{"LANGUAGE", "", N_("Languages in the order of preference, unless the locale is C or POSIX.")},
	{"FORCE_COLOR", JUDGES " links search", N_("Colour, also where output is no terminal.")},
	{"CLICOLOR_FORCE", JUDGES " links search", N_("The same, unless it is 0.")},
	{"NO_COLOR", JUDGES " links search", N_("No colour.")},
	{"TERM", JUDGES " links search", N_("No colour when it is `dumb`.")},
	{"SDI_OUTPUT_FORMAT", JUDGES, N_("How findings are shown where `--output-format` is not given.")},
	{"SDI_BASE", "ci", N_("What a change is compared with where `--base` is not given.")},
	{"PRE_COMMIT_FROM_REF", "ci", N_("The same, as pre-commit says it.")},
	{"PRE_COMMIT_TO_REF", "ci", N_("The commit that is looked at where `--head` is not given, as pre-commit says it.")},
	{"GITHUB_ACTIONS", "ci", N_("True: the event of GitHub, Gitea or Forgejo says what is compared.")},
	{"GITLAB_CI", "ci", N_("True: the variables of GitLab's job say what is compared.")},
	{"CI", "ci", N_("True: without anything that says what is compared, nothing is checked.")},
	{"GITHUB_STEP_SUMMARY", JUDGES, N_("The file that the format `github` adds its summary to.")},
	{"GITHUB_WORKSPACE", JUDGES, N_("Where paths of reports start in a folder that is no repository.")},
	{"CI_PROJECT_DIR", JUDGES, N_("The same at GitLab.")},
	{"GIT_DIR", JUDGES, N_("The repository, as git has it.")},
	{"GIT_INDEX_FILE", JUDGES, N_("The index, as git has it.")},
	{"PRE_COMMIT", "fix hook", N_("Set by pre-commit: the index is not written.")},
	{"VISUAL", "new add", N_("The editor, a command of the shell; `editor` or `vi` without it and EDITOR.")},
	{"EDITOR", "new add", N_("The same, where VISUAL is not set.")},
	{"TZ", "init", N_("This machine's time zone, which is told where another one is proposed.")},
	{"PATH", "hook", N_("Where git is looked for and, by the hook, sdi: when the one that installed it is gone.")},
	{"SDI", "hook", N_("0: the hook checks nothing.")},
	{"SDI_REQUIRED", "hook", N_("1: where there is no sdi, the hook lets nothing pass.")},
	{0},
};

const struct manual_item manual_files[] = {
	{".sdi.yaml", "new add init doctor lint fix search ioc links hook ci lsp rules config",
     N_("The config, searched upward to the root of the work tree. `sdi config --schema` prints its schema.")},
	{".sdi/templates/*.md", "new add init doctor lint fix hook ci lsp config",
     N_("The templates of a repository, in the place of the built-in one.")},
	{".sdi/baseline", "lint fix hook ci", N_("Findings that are known, where the config or `--baseline` names it.")},
	{".git/sdi/archive.db", "lint fix hook ci",
     N_("What was found before. It spares time only, and may be deleted at any time.")},
	{".git/sdi/links.db", "links lint", N_("What was learnt of links. Nothing brings it back.")},
	{".git/hooks/pre-commit", "hook", N_("The hook, unless git's config names another folder.")},
	{0},
};

const struct manual_item manual_examples[] = {
	{"sdi new", "new", N_("Start today's digest:")},
	{"sdi new 2026-11-22", "new", N_("Start the digest of a day:")},
	{"sdi add --fetch https://example.com/news/1", "add",
     N_("Add an entry for an article, with the title of its page:")},
	{"sdi init --from 2026/11/2026-11-22.md", "init", N_("Begin a project, with a template out of a digest:")},
	{"sdi lint", "lint", N_("Check every digest of the repository:")},
	{"sdi lint --staged", "lint", N_("Check what is about to be committed:")},
	{"sdi lint --since main --changed-lines", "lint", N_("Check only what a branch changed:")},
	{"sdi lint --output-format full --output sarif=sdi.sarif", "lint",
     N_("Show findings, and write them into a file for programs:")},
	{"sdi fix --diff", "fix", N_("Show what can be put right by itself:")},
	{"sdi fix", "fix", N_("Put it right:")},
	{"sdi search evil.example", "search", N_("Where a domain was before, defanged or not:")},
	{"sdi ioc --format stix --output iocs.json 2026/11", "ioc", N_("The indicators of a month, for other programs:")},
	{"sdi links --since origin/main", "links", N_("Are the links that a branch added still there?")},
	{"sdi hook install", "hook", N_("Have git ask sdi before each commit:")},
	{"sdi ci", "ci", N_("Check what a pull request changes:")},
	{"sdi explain unknown-field", "explain", N_("Why a rule is there:")},
	{"sdi config 2026/11/2026-11-22.md", "config", N_("What is in force for a file, and who said so:")},
	{"sdi help --man lint | man -l -", "help", N_("Read a manual page that is not installed:")},
	{0},
};
