/* The keys of `.sdi.yaml`: what the reader, the JSON Schema and `sdi config` know of them. */
#pragma once

#include <stdbool.h>
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
	KEY_LINKS,
	CONFIG_KEYS
};

enum hook_key { HOOK_FIX, HOOK_KEYS };

enum links_key { LINKS_HOSTS, LINKS_KEYS };

enum host_key { HOST_INTERVAL, HOST_IN_FLIGHT, HOST_ACCEPT, HOST_ASK, HOST_CREDENTIALS, HOST_KEYS };

enum { MOST_HOSTS = 256 };

/* How the names of variables begin that hold credentials: a config may name no others. */
#define CREDENTIALS_PREFIX "SDI_LINKS_"

enum override_key { OVERRIDE_PATHS, OVERRIDE_SELECT, OVERRIDE_IGNORE, OVERRIDE_RULES, OVERRIDE_KEYS };

enum key_kind {
	KEY_TEXT,
	KEY_CHOICE, /* one of a few names */
	KEY_NAMES,  /* rules and groups */
	KEY_GLOBS,
	KEY_SETTINGS,  /* a map from rules to severities and options */
	KEY_LAYERS,    /* a list of overrides */
	KEY_FLAG,      /* true or false */
	KEY_HOOKS,     /* a map of the hook's keys */
	KEY_LINK_KEYS, /* a map of the keys about links */
	KEY_HOST_MAP,  /* from hosts to maps of their keys */
	KEY_NUMBER,    /* a whole one */
	KEY_STATUSES,  /* a list of numbers, without redirects */
	KEY_VARIABLE,  /* the name of one that holds credentials */
};

struct key_spec {
	const char *name; /* NULL ends a table */
	enum key_kind kind;
	const char *doc;            /* no full stop */
	const char *fallback;       /* where nothing is said; NULL: nothing */
	const char *const *choices; /* NULL ends them */
	long least, most;           /* of numbers */
};

extern const struct key_spec config_keys[CONFIG_KEYS + 1], override_keys[OVERRIDE_KEYS + 1], hook_keys[HOOK_KEYS + 1];
extern const struct key_spec links_keys[LINKS_KEYS + 1], host_keys[HOST_KEYS + 1];
extern const char *const preset_names[], *const threshold_names[];

/* Of a status: is it followed, and so never the answer? */
bool key_is_redirect(long status);
