/*
 * The terminal: colour, escaping, stdout and stderr. Nothing else prints.
 */
#pragma once

#include "core/base/buf.h"
#include "core/base/err.h"

enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* Is output to a stream coloured? --color, FORCE_COLOR, CLICOLOR_FORCE, NO_COLOR, TERM=dumb, a terminal: the first decides. */
bool term_colour(enum colour wish, int stream);

/*
 * Adds text that nobody vouches for: control, format and bidi characters and bytes that are no UTF-8 become visible
 * escapes: "\n", "\x1b", "\u202e", "\xff". A tab becomes "\t".
 */
void term_escape(struct buf *out, struct str text);
/* The same for one character; `ill_formed`: it is a byte that is no UTF-8. */
void term_escape_char(struct buf *out, uint32_t codepoint, bool ill_formed);

/*
 * In a job of GitHub Actions a line that begins with "::" or holds "##[" is a command to the runner, whoever printed it. Text
 * for people gets an escape there, so that no digest and no file name can give commands. Elsewhere nothing is changed.
 */
void term_disarm(struct buf *text);

/* "sdi: …" on stderr, in one escaped line. */
void term_error(const char *fmt, ...) PRINTF_LIKE(1, 2);
/* A line of talk on stderr, escaped. */
void term_say(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* Writes the result to stdout. What goes wrong there is remembered for term_finish. */
void term_out(struct str text);
void term_outz(const char *text);
/* Has writing to stdout failed? What comes later is not written either. */
bool term_out_failed(void);
/* Writes text to stderr as it is. */
void term_err(struct str text);
/* The exit code for a command that ended with `code`: 2 when stdout could not be written, 0 when its reader left. */
int term_finish(int code);
/*
 * To be called first: a missing standard stream must not be taken by a file; a reader that leaves, or a limit of a file's
 * size, is an error of the write that meets it and must not kill.
 */
void term_start(void);
