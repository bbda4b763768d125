/* The keys of `.sdi.yaml`: what the reader, the JSON Schema and `sdi config` know of them. */
#pragma once

#include <stddef.h>

enum config_key {
	KEY_PRESET,
	KEY_TIMEZONE,
	KEY_TEMPLATES,
	KEY_FAIL_ON,
	KEY_SELECT,
	KEY_IGNORE,
	KEY_EXCLUDE,
	KEY_BASELINE,
	KEY_RULES,
	KEY_OVERRIDES,
	KEY_HOOK,
	CONFIG_KEYS
};

enum hook_key { HOOK_FIX, HOOK_KEYS };

enum override_key { OVERRIDE_PATHS, OVERRIDE_SELECT, OVERRIDE_IGNORE, OVERRIDE_RULES, OVERRIDE_KEYS };

enum key_kind {
	KEY_TEXT,
	KEY_CHOICE, /* one of a few names */
	KEY_NAMES,  /* rules and groups */
	KEY_GLOBS,
	KEY_SETTINGS, /* a map from rules to severities and options */
	KEY_LAYERS,   /* a list of overrides */
	KEY_FLAG,     /* true or false */
	KEY_HOOKS,    /* a map of the hook's keys */
};

struct key_spec {
	const char *name; /* NULL ends a table */
	enum key_kind kind;
	const char *doc;            /* no full stop */
	const char *fallback;       /* where nothing is said; NULL: nothing */
	const char *const *choices; /* NULL ends them */
};

extern const struct key_spec config_keys[CONFIG_KEYS + 1], override_keys[OVERRIDE_KEYS + 1], hook_keys[HOOK_KEYS + 1];
extern const char *const preset_names[], *const threshold_names[];
