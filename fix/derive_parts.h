/* What derive_read.c sees in a digest, and derive.c makes a template of. */
#pragma once

#include "fix/derive.h"

enum { MOST_BLANKS = 4 };

/* How often each number of blank lines was seen. */
struct blanks {
	size_t seen[MOST_BLANKS + 1];
};

struct seen_form {
	struct str text;
	size_t weight; /* it grows each time that it is seen */
};

struct seen_field {
	struct str label;
	uint32_t line; /* the first */
	size_t in;     /* so many entries */
	size_t place;  /* the sum of its places in them */
	size_t values; /* so often something stands behind the label, */
	size_t items;  /* and so often below it */
	struct seen_form *form;
	size_t forms, forms_cap;
	bool dropped; /* it is none: a slip, another spelling, the day's content */
	struct str *alias;
	size_t aliases, alias_cap;
};

struct seen_entry {
	uint32_t line, end;
	bool has_url;
	struct str *label; /* in its order */
	size_t nr, cap;
};

struct seen_section {
	struct str name;
	uint32_t line, end;
	unsigned level;
	enum section_kind kind;
	struct str empty_form;
	bool guessed;
	struct seen_entry *entry;
	size_t nr, cap;
	size_t filled;            /* of them, those that have any field */
	struct seen_field *field; /* of its entries, in their usual order */
	size_t fields, fields_cap;
};

struct seen_digest {
	struct arena *a;
	const struct derive_wish *wish;
	const struct digest *d; /* read without a template: only lines and links */
	uint32_t title_line;
	bool numbered;        /* its entries begin with `1. URL` */
	unsigned entry_level; /* of their headings */
	struct seen_section *section;
	size_t nr, cap;
	struct blanks before_content, before_url, before_fields, between_fields;
	size_t bullets[128]; /* how often each is a field's */
	size_t indents[17];  /* columns of items below fields */
	struct derived_rest *rest;
	size_t rests, rests_cap;
};

/* Fills in what is seen from `d` and the wish. -1 with an error as derive_template has it. */
int derive_read(struct seen_digest *s, struct err *err);
/* Reads the fields of a section's entries, and what of them is meant. */
void derive_read_fields(struct seen_digest *s, struct seen_section *section);
void derive_leave(struct seen_digest *s, enum derived_why why, uint32_t line, struct str name);
void derive_note_blanks(struct seen_digest *s, struct blanks *of, uint32_t line);
/* The number that was seen most often; `usual` where nothing was. */
unsigned derive_blanks(const struct blanks *of, unsigned usual);
