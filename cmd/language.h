/*
 * In which language sdi speaks: `--lang`, or what the environment says.
 */
#pragma once

#include "cmd/options.h"

/* `--lang`, for the help; language_choose takes it out of a command line. */
extern const struct option language_option;

/*
 * Takes every `--lang L` and `--lang=L` in front of a "--" out of the arguments, and chooses: by the last of them; without one,
 * or with `auto`, by LC_ALL, LC_MESSAGES and LANG, the first that is set, and by LANGUAGE unless those say C or POSIX.
 * What is no `ja` is English. -1: a wrong `--lang`; the environment holds then.
 */
int language_choose(struct arena *a, char **argv, struct err *err);

/* What another program's user reads, as a tag ("ja-JP") or the name of a locale: the last word. "" says nothing. */
void language_of_user(struct str locale);

/*
 * To be called before anything is made that programs will read: it is the same everywhere, in English, unless the command line
 * asked for a language.
 */
void language_for_programs(void);
