/* What the readers of a config's parts share. */
#pragma once

#include "core/config/config.h"
#include "core/config/yaml.h"

struct loader {
	struct arena *a;
	struct config *c;
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

/* The map under `rules:`. */
int config_read_rules(const struct loader *l, const struct yaml *value, struct layer *out);
