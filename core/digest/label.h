/* Names of sections and fields: which one of the template's is meant. */
#pragma once

#include "core/digest/digest.h"

/* "要約：" → "要約"; `*value` is what follows the colon. Also takes off emphasis (`**`). */
struct span label_split(struct str text, struct span at, struct span *value);
/*
 * The field that a label means. LABEL_EXACT: written as the template writes it. LABEL_NEAR: another spelling (width, case,
 * blanks), a slip (edit distance), the label with a few more characters at an end, or in brackets, numbered and the like.
 * `*match` LABEL_UNKNOWN: NULL.
 */
const struct template_field *label_field(const struct template_entry *t, struct str label, enum label_match *match);
const struct template_section *label_section(const struct template *t, struct str title, enum label_match *match);
/* Of a label in the place of a field that nothing else in the entry is: is at least half of it the field's? */
bool label_is_like(const struct template_field *f, struct str label);
/* Only whether it is a label, exactly written; cheap. */
const struct template_field *label_field_exact(const struct template_entry *t, struct str label);
const struct template_section *label_section_exact(const struct template *t, struct str title);
/* Bytes of whatever signs stand before a label that is exactly written and has nothing behind it; 0: it is none. */
size_t label_mark(const struct template_entry *t, struct str text);
/* Does a heading of the text have exactly that section's name? */
bool label_has_heading(const struct digest *d, const struct template_section *def);
/* The entry shape of the template; NULL where it has no entries. */
const struct template_section *label_entries(const struct template *t);
