/*
 * Texts as they are compared when something is looked for: without regard to case, full and half width, other compatibility
 * forms (NFKC_Casefold); each hyphen and dash is `-`, each run of blanks within a line one space, what nobody sees is gone,
 * what is no UTF-8 is like nothing. Ends of lines stay. Linear in the text's length; ICU is asked about little of it.
 */
#pragma once

#include "core/base/arena.h"

/* A folded text. Zeroed it is empty; used again, it keeps its memory. */
struct folded {
	char *p; /* owned */
	size_t n, cap;
	uint32_t *from, *to; /* the bytes of the original that byte i comes from; owned; only of a mapped one */
	bool mapped;
};

void folded_release(struct folded *f);
/* `f` must not hold the text. Also maps where everything comes from. */
void fold_text(struct folded *f, struct str text);
/* For a first look at much text: letters and digits are folded, blanks and punctuation may be as they are; not mapped. */
void fold_quick(struct folded *f, struct str text);
/* The same with defanged dots, colons and at signs live: `evil[.]com` is `evil.com`; both mapped. */
void fold_live(struct folded *live, const struct folded *plain);
/* May a dot, a colon or an at sign, defanged or not, begin at byte `i` of such a text; may it end before that byte? */
bool fold_sign_at(struct str quick, size_t i);
bool fold_sign_before(struct str quick, size_t i);

static inline struct str folded_str(const struct folded *f)
{
	return (struct str){f->p ? f->p : "", f->n};
}
