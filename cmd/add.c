/* sdi add: entries for articles in the digest of a day. */
#include "cmd/add.h"

#include "cmd/add_url.h"
#include "cmd/day.h"
#include "cmd/edit.h"
#include "cmd/links_allow.h"
#include "cmd/links_hosts.h"
#include "cmd/term.h"
#include "core/base/message.h"
#include "core/source/create.h"
#include "core/source/paths.h"
#include "core/source/swap.h"
#include "fix/append.h"

struct settings {
	struct judge_settings judge;
	const char *date, *title, *section;
	bool fetch, again, edit;
	struct name_list allow_address, allow_host;
};

#define AT(member) offsetof(struct settings, member)

static const struct option options[] = {
	{"date", 'd', OPTION_TEXT, "DATE", N_("The day: today (without it), tomorrow, yesterday or YYYY-MM-DD"), AT(date),
     NULL, 0, 0},
	{"title", 't', OPTION_TEXT, "TEXT", N_("The title, of one URL"), AT(title), NULL, 0, 0},
	{"fetch", 0, OPTION_FLAG, NULL, N_("Ask the network for the titles of the pages"), AT(fetch), NULL, 0, 0},
	{"section", 0, OPTION_TEXT, "NAME", N_("The section, where the template has several with entries; else the first"),
     AT(section), NULL, 0, 0},
	{"again", 0, OPTION_FLAG, NULL, N_("Also articles that the archive has already"), AT(again), NULL, 0, 0},
	{"edit", 'e', OPTION_FLAG, NULL, N_("Then open the digest in $VISUAL or $EDITOR"), AT(edit), NULL, 0, 0},
	{"allow-host", 0, OPTION_MANY, "NAME", N_("Ask this host, though it is an indicator's (may be repeated)"),
     AT(allow_host), NULL, 0, 0},
	{"allow-address", 0, OPTION_MANY, "CIDR",
     N_("Connect to these addresses, though they are private or special, at any port (may be repeated)"),
     AT(allow_address), NULL, 0, 0},
	{"config", 0, OPTION_TEXT, "FILE", N_("Use this config instead of any .sdi.yaml"), AT(judge.config), NULL, 0, 0},
	{"isolated", 0, OPTION_FLAG, NULL, N_("Use no config"), AT(judge.isolated), NULL, 0, 0},
	{0},
};

/* An entry that is asked for. */
struct addition {
	struct add_url url;
	struct str title;
	bool known; /* it is there already, and left out */
};

struct adding {
	const struct settings *s;
	struct arena *a;
	struct judgement j;
	const struct project *project;
	struct day day;
	struct str before, text; /* of the digest: as it was, and as it becomes */
	bool fresh;              /* there was none */
	struct add_archive archive;
	struct addition *v;
	size_t nr;
	bool incomplete; /* something is not as it was asked for */
	struct buf places;
};

/* ---- the digest ---- */

static struct swap swap_of(const struct adding *d)
{
	const char *folder = path_real(d->a, path_folder(d->a, d->day.path));
	const char *path = path_join(d->a, folder ? folder : "", path_name(d->day.path));
	return (struct swap){path, d->project->root, d->day.shown, d->before, d->text};
}

static int open_digest(struct adding *d, struct err *err)
{
	const char *date = d->s->date ? d->s->date : "today";
	d->project = project_here(d->j.projects, err);
	if (!d->project || day_find(d->a, d->j.projects, d->project, date, &d->day, err))
		return -1;
	d->fresh = file_kind_of(NULL, d->day.path) == FILE_NONE;
	struct swap swap = swap_of(d);
	if (d->fresh)
		d->before = template_fill(d->a, d->day.template, d->day.date);
	else if (swap_read(d->a, &swap, &d->before, err) != SWAP_DONE)
		return -1;
	d->text = d->before;
	return 0;
}

static int write_digest(struct adding *d, struct err *err)
{
	struct swap swap = swap_of(d);
	if (!d->places.n)
		return 0;
	if (!d->fresh)
		return swap_text(&swap, err) == SWAP_DONE ? 0 : -1;
	if (create_file(d->a, d->project->root, d->day.path, d->day.shown, d->text, err))
		return -1;
	term_say("`%s` is new, begun from the template %s", d->day.shown, d->day.template->name);
	return 0;
}

/* ---- what is asked for ---- */

static int read_urls(struct adding *d, const struct invocation *in, struct err *err)
{
	const char *relative = path_below(d->project->root, d->day.path);
	struct project *project = project_here(d->j.projects, err);
	const struct lint_plan *plan = project ? project_plan(d->j.projects, project, relative, err) : NULL;
	if (!plan)
		return -1;
	d->v = arena_array(d->a, struct addition, in->nr);
	for (d->nr = 0; d->nr < in->nr; d->nr++) {
		struct addition *x = &d->v[d->nr];
		if (add_url_read(d->a, in->arg[d->nr], plan, &x->url, err))
			return -1;
		x->title = heading_text(d->a, str_of(d->s->title));
		if (x->url.tracker.n)
			term_say("`%.*s` only told where the reader came from, and is taken off: %.*s", STR_ARG(x->url.tracker),
			         STR_ARG(x->url.text));
	}
	return 0;
}

static bool is_given_before(const struct adding *d, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (d->v[i].url.name.n && str_eq(d->v[k].url.name, d->v[i].url.name))
			return true;
	return false;
}

static void leave_out_known(struct adding *d)
{
	for (size_t i = 0; i < d->nr; i++) {
		struct addition *x = &d->v[i];
		const struct add_article *is = add_archive_find(&d->archive, x->url.name);
		if (is)
			term_say("the archive has this article already, at %s:%u: %.*s", is->path, is->line + 1,
			         STR_ARG(x->url.text));
		x->known = (is && !d->s->again) || is_given_before(d, i);
		d->incomplete |= x->known;
	}
	if (d->incomplete)
		term_say("what is there already is left out; --again adds it");
}

/* ---- titles ---- */

static void take_titles(struct adding *d, const struct add_page *page)
{
	for (size_t i = 0; i < d->nr; i++) {
		if (d->v[i].known || d->v[i].title.n)
			continue;
		d->v[i].title = heading_text(d->a, page->title);
		if (!d->v[i].title.n) {
			term_say("the title of this page is still to be filled in (%s): %.*s", page->reason, STR_ARG(page->url));
			d->incomplete = true;
		}
		page++;
	}
}

static int fetch_titles(struct adding *d, const struct link_policy *policy)
{
	struct add_page *page = arena_array(d->a, struct add_page, d->nr);
	struct err err;
	size_t nr = 0;
	for (size_t i = 0; i < d->nr; i++)
		if (!d->v[i].known && !d->v[i].title.n)
			page[nr++].url = d->v[i].url.text;
	if (d->archive.unread)
		term_error("digests that cannot be read: %zu. Whom they warn of is not known, so nobody is asked",
		           d->archive.unread);
	else if (nr && add_fetch(d->a, page, nr, policy, &err))
		term_error("%s", err.text);
	else
		take_titles(d, page);
	for (size_t i = 0; i < d->nr; i++)
		if (!d->v[i].known && !d->v[i].title.n)
			return EXIT_TROUBLE;
	return EXIT_FINE;
}

/* ---- the command ---- */

static int append_all(struct adding *d, struct err *err)
{
	struct append_wish wish = {d->day.shown, d->day.template, d->day.date, str_of(d->s->section)};
	for (size_t i = 0; i < d->nr; i++) {
		uint32_t line;
		struct new_entry entry = {d->v[i].url.text, d->v[i].title};
		if (d->v[i].known)
			continue;
		if (append_entry(d->a, projects_parser(d->j.projects), &wish, d->text, &entry, &d->text, &line, err))
			return -1;
		term_escape(&d->places, str_of(d->day.shown));
		buf_printf(&d->places, ":%u\n", line + 1);
	}
	return 0;
}

static void look_around(struct adding *d)
{
	const struct digest *own = append_read(d->a, projects_parser(d->j.projects), d->day.template, d->before);
	add_archive_read(&d->j, d->day.path, &d->archive);
	d->archive.unread += d->j.c.trouble;
	if (own && !d->fresh)
		add_archive_take(&d->archive, own, d->day.shown);
	if (d->archive.unread)
		term_say("warning: other digests that cannot be read: %zu; what they have already is not known",
		         d->archive.unread);
}

static int add(struct adding *d, const struct invocation *in, struct err *err)
{
	int code = EXIT_FINE;
	struct link_policy policy = {0};
	struct link_hosts hosts;
	if (links_allow_read(d->a, &d->s->allow_address, &d->s->allow_host, &policy, err) || open_digest(d, err) ||
	    read_urls(d, in, err))
		return -1;
	look_around(d);
	leave_out_known(d);
	if (d->s->fetch && links_hosts_gather(&d->j, &hosts, err))
		return -1;
	policy.hosts = d->s->fetch ? &hosts : NULL;
	policy.ioc_host = d->archive.ioc.v;
	policy.ioc_hosts = d->archive.ioc.nr;
	if (d->s->fetch)
		code = fetch_titles(d, &policy);
	if (append_all(d, err) || write_digest(d, err))
		return -1;
	term_out(buf_str(&d->places));
	if (d->s->edit && edit_file(d->a, d->day.path, err))
		return -1;
	return code == EXIT_FINE && d->incomplete ? EXIT_FINDINGS : code;
}

static int run(const struct invocation *in)
{
	struct adding d = {.s = in->settings, .a = in->arena};
	struct err err;
	int code = -1;
	if (!in->nr) {
		term_error("`sdi add` wants to know the address of an article");
		return EXIT_TROUBLE;
	}
	if (d.s->title && in->nr > 1) {
		term_error("--title is for one URL, not %zu", in->nr);
		return EXIT_TROUBLE;
	}
	bool collected = judge_collect(&d.j, &(struct invocation){in->arena, in->settings, NULL, 0}) == 0;
	if (collected && !d.j.c.refused) {
		code = add(&d, in, &err);
		if (code < 0 && *err.text)
			term_error("%s", err.text);
	}
	buf_release(&d.places);
	arena_release(&d.archive.arena);
	judge_release(&d.j);
	return code < 0 ? EXIT_TROUBLE : code;
}

const struct command command_add = {
	.name = "add",
	.summary = N_("Add entries for articles to a digest"),
	.arguments = "URL...",
	.about =
		N_("Adds an entry of the template's shape for each URL to the digest of a day, which is begun when it is not\n"
           "there yet, and prints where the entries are. All else in it stays byte for byte. What only tracks readers\n"
           "is taken off the URL; an article that any digest has already is left out, and it is said where it is.\n\n"
           "--fetch asks for the pages as `sdi links` does: nothing that stands defanged anywhere in the archive, and\n"
           "no private address. A title that cannot be had is left to be filled in.\n\n"
           "Exit codes: 0 all is added, 1 something is there already, 2 could not do the job, or not have a title.\n"),
	.options = {{options}},
	.settings_size = sizeof(struct settings),
	.run = run,
};
