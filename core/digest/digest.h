/*
 * The digest model: document › section › entry › field › item, with links and the place of everything.
 * All that a rule ever sees of a text. Built once, then const.
 */
#pragma once

#include "core/digest/line.h"
#include "core/digest/link_answers.h"
#include "core/digest/odd.h"
#include "core/digest/prose.h"
#include "core/digest/targets.h"
#include "core/digest/template.h"

enum link_kind {
	LINK_INLINE, /* [text](url) */
	LINK_ANGLE,  /* <url> */
	LINK_BARE,   /* https://… in the text */
};

struct link {
	struct span at, text, url; /* bare: all the same */
	uint32_t line;
	uint8_t kind;
	bool image;
	bool defanged; /* hxxp, [.] and the like */
};

struct item {
	struct span text;
	uint32_t line, end; /* lines; `end` behind its nested items and continuation lines */
	uint16_t depth;     /* 0: directly in the field */
	bool bullet;        /* false: a line of text where an item should be */
};

/* How a label was recognised. */
enum label_match {
	LABEL_EXACT,   /* the template's label or one of its aliases */
	LABEL_NEAR,    /* a spelling of `def` that programs will not recognise */
	LABEL_PLACE,   /* another name, but it stands where `def` belongs, which is nowhere else */
	LABEL_UNKNOWN, /* `def` is NULL */
};

struct field {
	const struct template_field *def;
	enum label_match match;
	uint32_t line, end;
	struct span label; /* without bullet, colon and blanks */
	struct span value; /* what follows a colon on the same line; empty mostly */
	bool bullet;       /* the label's line is a list item */
	bool indented;     /* stands deeper than a field does */
	const struct item *item;
	size_t nr;
};

struct entry {
	const struct template_entry *shape; /* what the template demands of it */
	uint32_t line, end;
	struct span title; /* heading text, or what the title field says; empty without one */
	struct span url;   /* the article's URL as written; empty without one */
	uint32_t url_line;
	bool url_alone;       /* right under the heading, alone on its line, bare */
	unsigned level;       /* of its heading; 0 for a numbered one */
	uint32_t first_field; /* line of the first label; `end` without one */
	const struct field *field;
	size_t nr;
	const uint32_t *stray; /* lines of text that belong to no field */
	size_t strays;
};

struct section {
	const struct template_section *def; /* NULL: not in the template */
	enum label_match match;
	uint32_t line, end;
	struct span title;
	unsigned level;
	const struct entry *entry;
	size_t nr;
};

struct digest {
	const struct source *source;
	const struct template *template;
	struct template_choice choice;
	const char *belongs; /* the path where the template wants it, relative to the root; NULL when it is there */
	const char *twin;    /* another digest of the same day: its path as shown; NULL without one */
	bool is_new;         /* in no commit yet */
	struct date today;
	const struct blocks *blocks;
	const struct line *line; /* line[i] is the line i + 1 of an editor */
	uint32_t lines;
	uint32_t title_line; /* lines: no title */
	struct span title;
	uint32_t bom; /* bytes of a byte order mark: 0 or 3 */
	const struct section *section;
	size_t nr;
	const struct link *link;
	size_t links;
	const struct prose *prose;
	size_t proses;
	const struct odd *odd;
	size_t odds;
	const struct targets *targets;      /* what local links may lead to; NULL: nothing is known */
	const struct link_answers *answers; /* what other links were found to lead to; NULL: nothing is known */
};

#define FOR_EACH_ENTRY(d, e)                                       \
	for (size_t section_ = 0; section_ < (d)->nr; section_++)      \
		for (const struct entry *e = (d)->section[section_].entry; \
		     e && e < (d)->section[section_].entry + (d)->section[section_].nr; e++)
#define FOR_EACH_FIELD(e, f) for (const struct field *f = (e)->field; f && f < (e)->field + (e)->nr; f++)
#define FOR_EACH_ITEM(f, i) for (const struct item *i = (f)->item; i && i < (f)->item + (f)->nr; i++)

/* What is known of a digest besides its text; the rest of `struct digest`. */
struct digest_facts {
	struct template_choice choice;
	const char *belongs, *twin;
	bool is_new;
	struct date today;
	const struct targets *targets;
	const struct link_answers *answers;
};

/* Everything lives in the arena; source, template and blocks must outlive it. */
struct digest *digest_build(struct arena *a, const struct source *source, const struct digest_facts *facts,
                            const struct blocks *blocks);
/* Text at a place of the digest. */
static inline struct str digest_str(const struct digest *d, struct span at)
{
	return str_at(d->source->text, at);
}

/* The entry that a line belongs to; NULL without one. */
const struct entry *digest_entry_at(const struct digest *d, uint32_t line);
/* The line behind a heading: an underlined one has several. */
uint32_t digest_heading_end(const struct digest *d, uint32_t line);
/* Is the byte inside code (block or `span`) or an HTML comment on its line? */
bool digest_in_code(const struct digest *d, uint32_t line, uint32_t off);
