/*
 * What a rule is. One file of lint/rules/ holds one `const struct rule rule_<name>`, where <name> is the file's, and the
 * rule's with '-' for '_'. Everything that is printed about a rule comes from here.
 */
#pragma once

#include "lint/finding.h"
#include "lint/sighting.h"

struct check;
struct digest;
struct seen;
struct template;

enum value_kind {
	VALUE_NUMBER,
	VALUE_FLAG,  /* true or false */
	VALUE_WORDS, /* a list of texts */
	VALUE_TERMS, /* a map from texts to texts */
};

/* A text of a list (only the key), or a pair of a map. */
struct word {
	struct str key, value;
};
struct word_list {
	const struct word *v;
	size_t nr;
};

/* What a repository may set in its config. */
struct rule_option {
	const char *name; /* NULL ends a list */
	const char *doc;
	long value, least, most; /* the default, and what is allowed; of words: how many of them (most 0: 1000) */
	enum value_kind kind;
	const char *words; /* the default of a list, one a line; of a map `key: value` lines */
	/*
	 * Is a text of a list, or a pair of a map, acceptable? NULL: any is. False with what is wrong in `err`; the place is put
	 * in front of it. Texts are not empty and at most 1024 bytes.
	 */
	bool (*accept)(const struct word *w, struct err *err);
};

/* A text that shows a rule, and proves it: the test of all rules lints it. */
struct example {
	const char *text;
	size_t size;               /* bytes; 0: up to the NUL */
	const char *path;          /* NULL: "2026-11-22.md" */
	const char *template_text; /* NULL: the example template */
	const char *option;        /* an option of the rule, set for this example */
	long value;
	const char *config; /* a whole `.sdi.yaml` for this example, instead of an option */
	bool is_new;        /* as if it were in no commit yet */
	const char *twin;   /* as if this were another digest of the day */
	const char *before; /* the text of "2026-11-21.md" beside it */
	/*
	 * What was learnt of links, one a line: "broken DAY LOOKS REASON URL", "moved NEW-URL URL". NULL: nothing.
	 */
	const char *answers;
};

/*
 * What a text says. Before a fix is written, what was there before and after it is compared; only what its rule names in
 * `changes` may differ: on the lines that it edits, and for the lines around them, between two headings, how they hang together.
 */
enum fact {
	FACT_WORDS = 1 << 0,   /* of a line, without its markers and its spacing */
	FACT_HEADING = 1 << 1, /* that there is one, and its level */
	FACT_BULLET = 1 << 2,  /* a list item of Markdown, and how deep it is nested */
	FACT_QUOTE = 1 << 3,   /* a block quote */
	FACT_CODE = 1 << 4,    /* a line of a block, or a span; that a line is too far in, and code to Markdown */
	FACT_ENTRY = 1 << 5,   /* that one with a title begins */
	FACT_ARTICLE = 1 << 6, /* an entry's URL, live */
	FACT_FIELD = 1 << 7,   /* its label; the template's where the template knows it */
	FACT_ITEM = 1 << 8,    /* of a field, and how deep it is nested */
	FACT_LINK = 1 << 9,    /* where it leads, live */
	FACT_IOC = 1 << 10,    /* its value, live */
	FACT_CVE = 1 << 11,    /* its number */
	FACT_ORDER = 1 << 12,  /* what is deleted in one place comes again in another */
	FACT_KINDS = 12,
};

struct rule {
	const char *name, *group;
	enum severity severity;
	enum severity strict; /* with the preset `strict`; SEVERITY_OFF: info becomes warning, all else stays */
	enum safety fix;
	unsigned changes;    /* `enum fact`: what its fixes may change beside blanks and blank lines */
	const char *summary; /* one line, no full stop */
	const char *why;     /* what goes wrong where this is left as it is */
	struct example bad, good;
	const struct rule_option *options;

	/* What is looked at; a rule has one of these. */
	void (*check)(struct check *, const struct digest *);
	void (*check_source)(struct check *, const struct source *); /* before it is parsed; a finding ends the check */
	void (*check_parse)(struct check *, const struct source *, uint32_t line); /* the parser refused it, at that line */
	void (*check_template)(struct check *, const struct template *);           /* a template of the repository */
	void (*check_ignores)(struct check *, const struct digest *); /* after all others: the suppressions themselves */

	bool needs_others; /* it asks about the other digests of the project, also where they are not looked at */
	/* Beside that, or instead: what an earlier digest has, too. One rule for each kind of sightings. */
	enum sighting_kind sees;
	void (*tell)(struct check *, struct span at, const struct seen *);
};

/* All rules, in the order of their names: made by the build from the files of lint/rules/. */
extern const struct rule *const rules_table[];
extern const size_t rules_table_nr;

const struct rule *rule_find(struct str name);
/* Its place in rules_table. */
size_t rule_index(const struct rule *rule);
/* Is it the name of a group? */
bool rule_is_group(struct str name);

/* The digest around an example, so that it shows only what matters: title and sections of the example template. */
#define EXAMPLE_TOP "# Daily Security Info\n\n### ニュース\n\n"
/* The same, up to the items of an entry's field of indicators. */
#define EXAMPLE_IOC EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n    - 一行の要約\n- IOC\n"
#define EXAMPLE_END "\n### メモ\nN/A\n"
/* The template that examples are held against. */
extern const char example_template[];
