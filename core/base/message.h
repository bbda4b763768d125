/*
 * Messages in the reader's language. English is what stands in the code; another language comes from po/, in UTF-8 always.
 * report(), suggest(), relate(), err_set() and what the terminal prints translate their formats themselves; N_() marks a text
 * that is translated later, _() translates one that is put into a message. script/messages knows the names of them all.
 * A format with a choice in it, `a ? "…" : "…"`, needs N_() around both, or the second is not found.
 */
#pragma once

#include <stdbool.h>

/* The text in the language chosen; itself where there is none. Static; never freed. */
const char *message(const char *english) __attribute__((format_arg(1)));

#define _(text) message(text)
#define N_(text) text

/* Chooses for the whole process, before threads are started. False: no such language. "en" and "ja" are. */
bool message_language(const char *language);
/* "en" or "ja". */
const char *message_language_name(void);
