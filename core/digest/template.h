/*
 * A template: the Markdown file that shows what a digest looks like, and is its schema.
 */
#pragma once

#include "core/base/date.h"
#include "core/digest/block.h"
#include "core/digest/pattern.h"

/* One mistake in a template: a span of its text, and what is wrong there. */
struct template_mistake {
	struct span at;
	struct str message;
};

/* Other accepted spellings; the first name of a list is the one that is written. */
struct name_set {
	struct str *v;
	size_t nr;
};

struct template_field {
	struct str label;
	struct name_set alias;
	bool optional;
	bool title;            /* `- タイトル: {title}`: the entry's title stands behind this label */
	bool ioc;              /* rows of indicators */
	bool value;            /* `- 分類: {text}`: what it says stands behind the label */
	bool items;            /* what it says stands below the label */
	uint32_t max_items;    /* 0: any number */
	uint32_t max_chars;    /* of an item, in grapheme clusters without URLs; 0: any */
	struct str empty_form; /* "IOC情報なし"; "" without one */
	struct name_set types, known, scopes, columns; /* vocabulary of IOC rows */
};

/* How an entry begins. */
enum entry_shape {
	ENTRY_HEADING, /* #### {title}, then {url} */
	ENTRY_NUMBERED /* 1. {url} */
};

struct template_entry {
	enum entry_shape shape;
	unsigned level; /* of its heading */
	bool has_url;
	struct template_field *field;
	size_t nr;
	unsigned blank_before_url;    /* blank lines between heading and URL */
	unsigned blank_before_fields; /* between URL and the first field */
	unsigned blank_between;       /* between fields */
};

enum section_kind { SECTION_FREE, SECTION_ENTRIES, SECTION_LINKS };

struct template_section {
	struct str name;
	struct name_set alias;
	unsigned level;
	enum section_kind kind;
	bool optional;
	struct str empty_form;         /* one or several lines; "" without one */
	unsigned blank_before_content; /* between heading and what follows */
	struct template_entry entry;   /* of SECTION_ENTRIES */
};

struct template
{
	const char *name; /* path of the file as shown, or "daily.md" of a built-in one */
	bool builtin;
	struct str text; /* all of it */
	struct pattern path;
	struct date from, until;    /* inclusive; unset: open */
	struct str title_line_text; /* of the first heading, as written */
	struct pattern title;       /* the same as a pattern: it may hold a date */
	struct name_set title_alias;
	struct template_section *section;
	size_t nr;
	char bullet;     /* '-', '*' or '+' */
	unsigned indent; /* columns of an item below a field */
	struct str body; /* what a new digest starts as: without front matter and marks, dates still in braces */
	const struct template_mistake *mistake;
	size_t mistakes; /* a template with mistakes checks nothing */
};

/*
 * Reads a template. Always fills `*out`; what is wrong stands in out->mistake.
 * Everything lives in the arena; `source` must outlive it.
 */
void template_parse(struct arena *a, struct block_parser *parser, const struct source *source, bool builtin,
                    struct template *out);

/* All templates of a repository, the built-in one where it has none of its own. */
struct template_set {
	const struct template *v;
	size_t nr;
	bool own; /* the repository's own */
};

/* How a file's path fits a set of templates. */
struct template_choice {
	const struct template *template; /* NULL when there is no usable one */
	struct date date;                /* from the path or the name; unset without one */
	bool impossible;                 /* the name has the form, but no calendar has the day */
	bool in_place;                   /* path, form and dates fit */
};

/* `relative` is to the project's root, or just a name. */
struct template_choice template_choose(struct arena *a, const struct template_set *set, const char *relative);
/* The template in force on a day; NULL without one. */
const struct template *template_of_day(const struct template_set *set, struct date day);
/* Does a file's name have the form of one of the templates' paths? */
bool template_names_digest(struct arena *a, const struct template_set *set, const char *name);
/* Is its name a day in another form, beside the digest that it may have been meant for: `20261122.md` for `2026-11-22.md`? */
bool template_misnames_digest(struct arena *a, const struct template_set *set, const char *relative);
/* The text of a new digest. */
struct str template_fill(struct arena *a, const struct template *t, struct date day);
