/* A template is made out of a digest. Pure. */
#pragma once

#include "core/base/err.h"
#include "core/digest/digest.h"

/* What of the digest the template demands, in its order. */
enum derived_kind { DERIVED_TITLE, DERIVED_SECTION, DERIVED_FIELD };

struct derived_part {
	enum derived_kind kind;
	struct str name;
	enum section_kind section; /* of a section */
	bool optional, ioc;        /* of a field */
	size_t in, entries;        /* of a field: it stands in so many of so many entries */
	struct str empty_form;     /* "": none was seen */
	bool guessed;              /* that is what other sections have */
};

/* What it does not demand. */
enum derived_why {
	DERIVED_SLIP,    /* a label that means another one: `name` */
	DERIVED_TWICE,   /* a section that was there before */
	DERIVED_CONTENT, /* what looks like a field and is none */
};

struct derived_rest {
	enum derived_why why;
	uint32_t line; /* from 0 */
	struct str text, name;
};

struct derived {
	struct str text; /* the template */
	struct derived_part *part;
	size_t parts;
	struct derived_rest *rest;
	size_t rests;
};

struct derive_wish {
	const struct template *like; /* whose words rows of indicators have, and which lists of links; the built-in one */
	struct str path;             /* the pattern of the paths */
	struct date day;             /* of the digest; unset: not known */
	const char *shown;           /* the digest's path, for messages */
};

/*
 * -1 with an error where the text has no title, shows no entry (a heading or a numbered line with an address and named fields), or
 * what comes of it would be no template. Everything lives in the arena; `text` and the wish must outlive it.
 */
int derive_template(struct arena *a, struct block_parser *parser, const struct derive_wish *wish, struct str text,
                    struct derived *out, struct err *err);
