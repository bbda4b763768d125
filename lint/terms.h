/* Words and their spellings in the running text of a digest. */
#pragma once

#include "core/digest/digest.h"

/* Where a line of the running text comes from. */
struct term_line {
	size_t at;    /* in the running text */
	uint32_t off; /* in the source */
};

/*
 * Running text without headings and labels that the template demands, without rows of indicators and without texts of links,
 * which quote others: one '\n' behind each line, PROSE_HOLE for what is left out of it.
 */
struct term_text {
	struct str text;
	struct term_line *line;
	size_t lines;
};

/* Without `titles`, entries' titles are left out, too. */
struct term_text term_text_of(struct arena *a, const struct digest *d, bool titles);
/* A place of the running text in the source. */
struct span term_place(const struct term_text *t, size_t at, size_t length);

/* Many words, to be looked for at once. */
struct term_index;
/* The words are borrowed; shortest: two bytes. */
struct term_index *term_index_make(struct arena *a, const struct str *word, size_t nr);
/*
 * The next place at or after `*at` where one of the words stands as a word: ASCII words are not part of a longer one or of
 * a name (`a-Word.zip`), Katakana is not followed by more of it. Of several the longest. Returns its number, `*at` is where; or the number of
 * words where there is none.
 */
size_t term_find(const struct term_index *index, struct str text, size_t *at);
/*
 * Does what stands at byte `end` read as the long vowel mark of the word in Katakana before it, as in サーバ―を? Then the word is
 * the longer one, once its last character is mended.
 */
bool term_reads_on(struct str text, size_t end);
/* Does `right`, which holds `wrong`, stand around the `wrong` at byte `at`? */
bool term_is_within(struct str text, size_t at, struct str wrong, struct str right);
