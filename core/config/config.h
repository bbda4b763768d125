/*
 * `.sdi.yaml`: what a repository settles for itself. Nothing in it can run a program, reach the network, or have anybody asked
 * who would not be asked without it.
 *
 *     preset: strict              recommended (as the rules are by themselves) or strict
 *     timezone: Asia/Tokyo        the zone in which it is "today"
 *     templates: .sdi/templates   the folder of the repository's templates, relative to the config
 *     fail-on: error              error | warning | info | never
 *     select: [structure, date]   rules or groups; default: all
 *     ignore: [item-too-long]     rules or groups
 *     exclude: [drafts, "old-*"]  paths that a walk leaves out: patterns (glob.h)
 *     baseline: .sdi/baseline     a file of findings that do not count
 *     rules:
 *       too-many-items: warning   off | info | warning | error
 *       wrong-date:               or a map: severity, and the rule's own options
 *         severity: info
 *         max-days: 7
 *       preferred-term:
 *         terms: {サーバ: サーバー}  a list or a map that is given replaces the default;
 *         extend-terms: {…}          `extend-` in front of its name adds to what is there
 *     overrides:
 *       - paths: ["drafts/a*.md"] for these files, on top of all above; of several that fit, later ones win
 *         ignore: [ioc]
 *         rules: {…}
 *     hook:
 *       fix: false              does the git hook also make safe fixes?
 *     links:
 *       hosts:
 *         github.com:             this host and those below it that are not named themselves
 *           {interval: 1000, in-flight: 1, accept: [403, 999], ask: true, credentials: SDI_LINKS_GITHUB}
 *
 * What is said of rules is applied in this order: preset, `rules`, `select`, `ignore`, then the same of each override that
 * fits, then the command line. An override's `select` stands for the one above it; a severity in its `rules` takes a rule
 * back that was not selected or was ignored above.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/config/glob.h"
#include "core/config/keys.h"

struct snapshot;

enum severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

const char *severity_name(enum severity s);
bool severity_parse(struct str name, enum severity *out);

enum setting_kind { SETTING_TEXT, SETTING_LIST, SETTING_MAP };

/* A text of a list, or a pair of a map. */
struct setting_item {
	struct str key, value; /* of a list only the key */
	uint32_t line, column; /* of the key */
};

/* A value, and where it stands: so that whoever knows what it may be can say that it is wrong. */
struct setting {
	struct str rule, option; /* option "severity" for the severity itself, "" for a rule with an empty map */
	enum setting_kind kind;
	struct str value; /* a text's */
	bool quoted;      /* it is in quotes: never a number, or true and false */
	const struct setting_item *item;
	size_t nr;
	uint32_t line, column;                                       /* of the value, in the config, from 1 */
	uint32_t rule_line, rule_column, option_line, option_column; /* of the names; 0 where there are none */
};

struct name_list {
	struct setting *v; /* .value is the name */
	size_t nr;
	uint32_t line, column; /* of the list; 0: on the command line, or not there */
};

/* What is said about rules in one place. */
struct layer {
	struct name_list select, ignore;
	bool has_select;
	struct setting *set; /* the `rules:` map, flattened */
	size_t nr;
};

/* At most 64: so that those that fit a path are the bits of a number. */
struct override {
	struct globs paths;
	struct layer layer;
	uint32_t line, column;
};

/* Where a value stands in the config; line 0: nothing is said. */
struct config_place {
	uint32_t line, column;
};

/* What is said of a host that links lead to. Whether its name is one is judged by whoever knows hosts. */
struct config_host {
	struct str name;
	uint32_t line, column;    /* of the name */
	long interval, in_flight; /* 0: nothing is said */
	const long *accept;
	size_t accepts;
	bool ask;
	const char *credentials; /* NULL: none */
	struct config_place at[HOST_KEYS];
};

enum preset { PRESET_RECOMMENDED, PRESET_STRICT };

struct config {
	const char *path; /* of the file, as shown; NULL: none was found */
	enum preset preset;
	const char *timezone;
	const char *templates; /* a folder, relative to the project's root unless absolute */
	enum severity fail_on; /* SEVERITY_OFF: never */
	struct name_list exclude;
	struct globs excluded; /* the same as patterns */
	const char *baseline;  /* relative to the project's root; NULL without one */
	struct layer base;
	const struct override *override;
	size_t overrides;
	struct {
		bool fix;
		struct config_place at[HOOK_KEYS];
	} hook;
	const struct config_host *host;
	size_t hosts;
	struct config_place hosts_at;
	struct config_place at[CONFIG_KEYS];
};

/* What holds where nothing is said. */
void config_default(struct config *out);
/*
 * Reads a config's text; `path` is for messages. Unknown keys and wrong values are errors at "path:line:col: ",
 * with the nearest right name. Names of rules and their options are judged by whoever knows the rules.
 */
int config_parse(struct arena *a, const char *path, struct str text, struct config *out, struct err *err);
/* Reads the file `path`, of a snapshot or, for NULL, on disk (core/source/files.h); it is called `shown` in messages. */
int config_load(struct arena *a, const struct snapshot *files, const char *path, const char *shown, struct config *out,
                struct err *err);
/* The overrides that fit a path (relative to the config; NULL: none does), a bit for each. */
uint64_t config_overrides_of(const struct config *c, const char *path);
/* err_set with "path:line:col: " in front. */
int config_error(const struct config *c, uint32_t line, uint32_t column, struct err *err, const char *fmt, ...)
	PRINTF_LIKE(5, 6);
/* The name in `names` (NULL ends it) nearest to a mistyped one; NULL when none is near. */
const char *nearest_name(struct str typed, const char *const *names);
