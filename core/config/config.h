/*
 * `.sdi.yaml`: what a repository settles for itself. Nothing in it can run a program or reach the network.
 *
 *     timezone: Asia/Tokyo        the zone in which it is "today"
 *     templates: .sdi/templates   the folder of the repository's templates, relative to the config
 *     fail-on: error              error | warning | info | never
 *     select: [structure, date]   rules or groups; default: all
 *     ignore: [item-too-long]     rules or groups
 *     exclude: [drafts]           paths (files or folders, relative to the config) that a walk leaves out
 *     rules:
 *       too-many-items: warning   off | info | warning | error
 *       wrong-date:               or a map: severity, and the rule's own options
 *         severity: info
 *         max-days: 7
 *       preferred-term:
 *         terms: {サーバ: サーバー}  a list or a map that is given replaces the default;
 *         extend-terms: {…}          `extend-` in front of its name adds to it
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/err.h"

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
};

/* What is said about rules in one place. */
struct layer {
	struct name_list select, ignore;
	bool has_select;
	struct setting *set; /* the `rules:` map, flattened */
	size_t nr;
};

struct config {
	const char *path; /* of the file, as shown; NULL: none was found */
	const char *timezone;
	const char *templates; /* a folder, relative to the project's root unless absolute */
	enum severity fail_on; /* SEVERITY_OFF: never */
	struct name_list exclude;
	struct layer base;
};

/* What holds where nothing is said. */
void config_default(struct config *out);
/*
 * Reads a config's text; `path` is for messages. Unknown keys and wrong values are errors at "path:line:col: ",
 * with the nearest right name. Names of rules and their options are judged by whoever knows the rules.
 */
int config_parse(struct arena *a, const char *path, struct str text, struct config *out, struct err *err);
int config_load(struct arena *a, const char *path, struct config *out, struct err *err);
/* err_set with "path:line:col: " in front. */
int config_error(const struct config *c, uint32_t line, uint32_t column, struct err *err, const char *fmt, ...)
	PRINTF_LIKE(5, 6);
/* The name in `names` (NULL ends it) nearest to a mistyped one; NULL when none is near. */
const char *nearest_name(struct str typed, const char *const *names);
