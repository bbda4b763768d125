/* sdi links: asks the network whether what digests link to is still there. */
#include "cmd/links_run.h"

#include <errno.h>
#include <unistd.h>

#include "cmd/language.h"
#include "cmd/links_allow.h"
#include "cmd/links_hosts.h"
#include "cmd/remember.h"
#include "cmd/term.h"
#include "cmd/write.h"
#include "core/base/message.h"
#include "lint/links/shown.h"

enum { TEXT, JSON };

static const struct choice format_choices[] = {{"text", TEXT, false}, {"json", JSON, false}, {0}};

struct settings {
	struct judge_settings judge;
	int format;
	long interval, deadline, in_flight;
	struct name_list allow_address, allow_host;
	const char *contacted, *archive, *ca_file;
	bool archived;
};

enum { INTERVAL = 500, DEADLINE = 600, IN_FLIGHT = 2, IN_ALL = 64, JITTER = 10 };

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"output-format", 0, OPTION_ENUM, NULL, N_("How it is printed; text without it"), AT(format), format_choices, 0, 0},
	{"deadline", 0, OPTION_INT, "SECONDS", N_("After this, what was not asked for is left out; 600 without it"),
     AT(deadline), NULL, 1, 1000000},
	{"interval", 0, OPTION_INT, "MS", N_("From one request to a host to the next, in milliseconds; 500 without it"),
     AT(interval), NULL, 1, 3600000},
	{"in-flight", 0, OPTION_INT, "N", N_("Requests at a host at the same time; 2 without it"), AT(in_flight), NULL, 1,
     64},
	{"allow-host", 0, OPTION_MANY, "NAME", N_("Ask this host, though it is an indicator's (may be repeated)"),
     AT(allow_host), NULL, 0, 0},
	{"allow-address", 0, OPTION_MANY, "CIDR",
     N_("Connect to these addresses, though they are private or special, at any port (may be repeated)"),
     AT(allow_address), NULL, 0, 0},
	{"archived", 0, OPTION_FLAG, NULL,
     N_("Look for copies of pages that are gone, nearest to the digest's date, in the Wayback Machine"), AT(archived),
     NULL, 0, 0},
	{"archive", 0, OPTION_TEXT, "URL", N_("Look for them in this archive, which is asked in the same way"), AT(archive),
     NULL, 0, 0},
	{"ca-file", 0, OPTION_TEXT, "FILE", N_("Certificates of authorities, instead of the system's"), AT(ca_file), NULL,
     0, 0},
	{"contacted", 0, OPTION_TEXT, "FILE", N_("Write down each host and address that was contacted"), AT(contacted),
     NULL, 0, 0},
	{"color", 0, OPTION_ENUM, NULL, N_("When to use colour"), AT(judge.output.colour), colour_choices, 0, 0},
	{"quiet", 'q', OPTION_FLAG, NULL, N_("No progress and no summary"), AT(judge.output.quiet), NULL, 0, 0},
	{0},
};

/* ---- what the command line says ---- */

static int read_archive(const struct settings *s, struct arena *a, struct links_wish *out, struct err *err)
{
	struct link_target t;
	out->archive = s->archive ? s->archive : s->archived ? LINKS_ARCHIVE : NULL;
	if (out->archive && link_target_read(a, str_of(out->archive), &t))
		return err_set(err, "--archive: `%s` is no address of an archive, as `%s` is one",
		               link_shown(a, str_of(out->archive)).p, LINKS_ARCHIVE);
	return 0;
}

static int check_authorities(const char *path, struct err *err)
{
	return path && access(path, R_OK) ? err_set(err, "cannot read `%s`: %s", path, err_reason(errno)) : 0;
}

/* As a report's, the file must be nobody else's. */
static int guard_file(struct judgement *j, const char *path, struct err *err)
{
	if (!path)
		return 0;
	j->outputs.v = arena_new(j->arena, struct output);
	j->outputs.v->path = path;
	j->outputs.nr = 1;
	return judge_guard(j, err);
}

/* ---- what is said ---- */

static size_t count_reason(const struct linked_list *list, const char *reason)
{
	size_t nr = 0;
	for (size_t i = 0; i < list->nr; i++)
		nr += strcmp(list->v[i].answer.verdict.reason, reason) == 0;
	return nr;
}

static void say_summary(const struct linked_list *list, const struct link_sum *sum, const struct links_found *found)
{
	struct buf counts = {0};
	links_add_counts(sum, &counts);
	if (!list->digests)
		term_say("there are no digests to look at");
	else
		term_say("%zu links, %zu requests: %.*s", list->nr, sum->requests, STR_ARG(buf_str(&counts)));
	buf_release(&counts);
	size_t warned = count_reason(list, "ioc-host");
	if (warned)
		term_say(
			"not asked, because the archive has their hosts defanged: %zu; --allow-host NAME asks one of these hosts",
			warned);
	if (found->gone)
		term_say("pages that are gone: %zu; archived: %zu, not looked for: %zu", found->gone, found->copies,
		         found->gone - found->asked);
	if (sum->late)
		term_say("the deadline came first: links that were not asked for: %zu", count_reason(list, "deadline"));
}

/* Of what not all is known for a reason that nobody wanted. */
static bool say_trouble(const struct linked_list *list, const struct link_sum *sum)
{
	if (sum->stopped)
		term_error("interrupted: links that were not asked for: %zu", count_reason(list, "stopped"));
	if (sum->network_fails)
		term_error("the network does not work, not even `%s` is found: nothing is said of some links", LINKS_CANARY);
	return sum->stopped || sum->network_fails;
}

static void print(const struct settings *s, const struct linked_list *list, const struct link_sum *sum)
{
	struct buf text = {0};
	if (s->format == JSON)
		links_print_json(list, sum, &text);
	else
		links_print_text(list, term_colour((enum colour)s->judge.output.colour, STDOUT_FILENO), &text);
	if (s->format == TEXT)
		term_disarm(&text);
	term_out(buf_str(&text));
	buf_release(&text);
}

/* ---- the command ---- */

static int exit_code(const struct settings *s, const struct linked_list *list)
{
	bool added = s->judge.scope.since || s->judge.scope.staged;
	for (size_t i = 0; i < list->nr; i++)
		if (links_is_finding(&list->v[i], added))
			return EXIT_FINDINGS;
	return EXIT_FINE;
}

static int ask(struct judgement *j, const struct settings *s, struct links_wish *wish, struct linked_list *list)
{
	struct err err;
	struct link_sum sum = {0};
	struct links_found found = {0};
	struct buf contacted = {0};
	wish->policy.ioc_host = list->ioc.v;
	wish->policy.ioc_hosts = list->ioc.nr;
	wish->contacted = s->contacted ? &contacted : NULL;
	wish->memory = list->nr ? links_memory_open(j->arena, remember_git_dir(&j->scope, &j->c)) : NULL;
	bool trouble = judge_say_failures(j), bad = list->nr && links_ask(list, wish, &sum, &err);
	links_memory_close(wish->memory);
	if (!bad && wish->archive && !sum.stopped && links_archived(list, wish, &found, &err)) {
		term_error("%s", err.text);
		trouble = true;
	}
	sum.stopped |= found.stopped;
	if (bad)
		term_error("%s", err.text);
	else
		print(s, list, &sum);
	if (s->contacted && write_file(s->contacted, buf_str(&contacted), &err)) {
		term_error("%s", err.text);
		trouble = true;
	}
	buf_release(&contacted);
	if (!bad && !s->judge.output.quiet) {
		say_summary(list, &sum, &found);
		links_hosts_say_missing(wish->policy.hosts);
	}
	return bad || say_trouble(list, &sum) || trouble ? EXIT_TROUBLE : exit_code(s, list);
}

static int run_in(struct judgement *j, const struct settings *s, struct links_wish *wish)
{
	struct linked_list list = {0};
	struct link_hosts hosts;
	struct err err;
	int code = EXIT_TROUBLE;
	if (links_hosts_gather(j, &hosts, &err)) {
		term_error("%s", err.text);
		return code;
	}
	wish->policy.hosts = wish->pace.hosts = &hosts;
	links_collect(j, &list);
	if (list.unread) {
		judge_say_failures(j);
		term_error("digests that cannot be read: %zu. Whom they warn of is not known, so nobody is asked", list.unread);
	} else {
		code = ask(j, s, wish, &list);
	}
	links_release(&list);
	return code;
}

/* Whatever the config says of rules, the archive is there to be warned by; and of a change, what stood there before. */
static struct settings widened(const struct settings *s)
{
	struct settings out = *s;
	out.judge.scope.whole = true;
	out.judge.scope.changed_lines = s->judge.scope.since || s->judge.scope.staged;
	return out;
}

static int run(const struct invocation *in)
{
	const struct settings s = widened(in->settings);
	const struct invocation own = {in->arena, &s, in->arg, in->nr};
	struct links_wish wish = {
		.pace = {.per_host = s.in_flight ? (unsigned)s.in_flight : IN_FLIGHT,
	             .in_all = IN_ALL,
	             .interval = s.interval ? s.interval : INTERVAL,
	             .jitter = JITTER},
		.until = links_clock() + (s.deadline ? s.deadline : DEADLINE) * 1000,
		.ca_file = s.ca_file,
		.quiet = s.judge.output.quiet,
	};
	struct judgement j = {0};
	struct err err;
	int code = EXIT_TROUBLE;
	if (links_allow_read(in->arena, &s.allow_address, &s.allow_host, &wish.policy, &err) ||
	    read_archive(&s, in->arena, &wish, &err) || check_authorities(s.ca_file, &err)) {
		term_error("%s", err.text);
		return EXIT_TROUBLE;
	}
	if (judge_collect(&j, &own) == 0) {
		if (guard_file(&j, s.contacted, &err))
			term_error("%s", err.text);
		else
			code = run_in(&j, &s, &wish);
	}
	judge_release(&j);
	return code;
}

const struct command command_links = {
	.name = "links",
	.summary = N_("Ask the network about links"),
	.arguments = "[PATH...]",
	.about =
		N_("Asks whether the articles of entries, and what lists of links name, are still there: in files, in the\n"
           "digests below folders, or on standard input (`-`). Without a PATH: in all digests of the project that\n"
           "the current folder belongs to; with --since, only for links that were added.\n\n"
           "Nothing that stands defanged anywhere in the archive is contacted, and no private address, redirects\n"
           "included. Broken is what is not there, twice; who blocks programs, is slow or has trouble is listed,\n"
           "and says nothing about the page.\n\n"
           "Exit codes: 0 no link is broken, 1 some are, 2 could not do the job.\n"),
	.options = {{options, judge_reader_options, judge_source_options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
