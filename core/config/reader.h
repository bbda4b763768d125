/* What the readers of a config's parts share. */
#pragma once

#include "core/config/config.h"
#include "core/config/yaml.h"

struct loader {
	struct arena *a;
	struct config *c;
	struct layer *layer; /* what is being filled: the config's own, or an override's */
	struct config_host *host;
	struct err *err;
};

/* The names end in a NULL, for nearest_name(). */
extern const char *const severity_names[];

/* An error at a node; -1. */
int config_wrong(const struct loader *l, const struct yaml *at, const char *message);
/* What is said of a text that is none of a few names; -1. */
int config_unknown(const struct loader *l, const struct yaml *at, const char *what, const char *const *names);
/* `key:` with nothing behind it, as when all of a list's items are comments. */
bool config_is_null(const struct yaml *y);
/* A text that is not empty. */
bool config_is_text(const struct yaml *y);

/* A list of names, or one name for a list of one. `message` says what it must be. */
int config_read_names(const struct loader *l, const struct yaml *value, struct name_list *out, const char *message);
/* A list of patterns; `message` says what it must be, `out` may be NULL. */
int config_read_globs(const struct loader *l, const struct yaml *value, const char *message, struct name_list *out,
                      struct globs *globs);

int config_read_flag(const struct loader *l, const struct yaml *value, const char *name, bool *out);

/* Readers of keys: the value, into the config or its layer. */
typedef int read_value(const struct loader *l, const struct yaml *value);
read_value config_read_select, config_read_ignore, config_read_rules, config_read_overrides, config_read_links;
/* Reads a map by its table of keys; `seen[i]` is the value of the i-th, or NULL. */
int config_read_keys(const struct loader *l, const struct yaml *map, const struct key_spec *keys,
                     read_value *const *readers, const struct yaml **seen);
/* Where the values of those that were seen stand. */
void config_note_places(const struct yaml *const *seen, size_t nr, struct config_place *at);
