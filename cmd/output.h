/*
 * Where reports go: formats by name, to stdout and to files.
 */
#pragma once

#include "cmd/collect.h"
#include "cmd/options.h"
#include "cmd/report/report.h"
#include "cmd/term.h"

/* For --output-format. Zero is none of them. */
extern const struct choice output_formats[];

/* What the command line says. */
struct output_wish {
	int format;             /* for stdout; 0: SDI_OUTPUT_FORMAT, or the usual one */
	const char *usual;      /* a format's name; NULL: the one for people */
	struct name_list files; /* "FORMAT=FILE"; FILE "-" is stdout */
	int colour;
	bool quiet, statistics;
	bool says_summary; /* also where stdout is for programs */
};

struct output {
	int format;
	const char *path; /* NULL: stdout */
};

/* What standard output is for. */
enum stdout_use {
	STDOUT_REPORT,
	STDOUT_DOCUMENT, /* a text: reports that would go there go to stderr */
	STDOUT_DIFF,     /* they are left away; those in files are written */
};

struct outputs {
	const struct output_wish *wish;
	enum stdout_use stdout_use;
	struct output *v;
	size_t nr;
};

/* -1 with an error when a format is unknown, or a file named twice. */
int outputs_parse(struct arena *a, const struct output_wish *wish, struct outputs *out, struct err *err);
/* Is one of them read by programs? */
bool outputs_for_programs(const struct outputs *o);
/* Does any go into a file? */
bool outputs_to_files(const struct outputs *o);
/* Is what goes to stdout for people? */
bool outputs_for_people(const struct outputs *o);
/* -1: one of them would replace a file that is to be checked, by whatever name. */
int outputs_spare(const struct outputs *o, const struct job *job, size_t nr, struct err *err);
/*
 * -1: one of them is, or passes, a link in the work tree at `root`: what is proposed may bring such links, and they may lead
 * anywhere. `trusted`: only where it leads out of there.
 */
int outputs_stay(struct arena *a, const struct outputs *o, const char *here, const char *root, bool trusted,
                 struct err *err);
/*
 * Writes all of them, and a summary for people to stderr. What cannot be written is told, the others still come: -1 then.
 */
int outputs_write(const struct outputs *o, struct report *r);
/* Fills in `path` and `root` of the jobs; `owner` is beside them. */
void output_places(struct arena *a, struct report *r, struct project *const *owner);
