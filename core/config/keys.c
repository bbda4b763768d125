#include "core/config/keys.h"

const char *const preset_names[] = {"recommended", "strict", NULL};
const char *const threshold_names[] = {"error", "warning", "info", "never", NULL};

#define SELECT_DOC "Only these rules or groups; `all` for every one"
#define IGNORE_DOC "Rules or groups that are not wanted"
#define RULES_DOC "For each rule its severity, or a map of its severity and its options"

const struct key_spec config_keys[] = {
	[KEY_PRESET] = {"preset", KEY_CHOICE, "How severe rules are: as they are by themselves, or stricter", "recommended",
                    preset_names},
	[KEY_TIMEZONE] = {"timezone", KEY_TEXT, "The zone in which it is \"today\"", "Asia/Tokyo", NULL},
	[KEY_TEMPLATES] = {"templates", KEY_TEXT, "The folder of the repository's templates", ".sdi/templates", NULL},
	[KEY_FAIL_ON] = {"fail-on", KEY_CHOICE, "The least severity that makes the exit code 1", "error", threshold_names},
	[KEY_SELECT] = {"select", KEY_NAMES, SELECT_DOC, "all", NULL},
	[KEY_IGNORE] = {"ignore", KEY_NAMES, IGNORE_DOC, NULL, NULL},
	[KEY_EXCLUDE] = {"exclude", KEY_GLOBS, "Files and folders that are left out, unless they are named", NULL, NULL},
	[KEY_BASELINE] = {"baseline", KEY_TEXT, "The file of the findings that are known and do not count", NULL, NULL},
	[KEY_RULES] = {"rules", KEY_SETTINGS, RULES_DOC, NULL, NULL},
	[KEY_OVERRIDES] = {"overrides", KEY_LAYERS, "What is otherwise for some paths; later ones win", NULL, NULL},
	[KEY_HOOK] = {"hook", KEY_HOOKS, "What the git hook does", NULL, NULL},
	[CONFIG_KEYS] = {0},
};

const struct key_spec override_keys[] = {
	[OVERRIDE_PATHS] = {"paths", KEY_GLOBS, "The files and folders for which this holds", NULL, NULL},
	[OVERRIDE_SELECT] = {"select", KEY_NAMES, SELECT_DOC, NULL, NULL},
	[OVERRIDE_IGNORE] = {"ignore", KEY_NAMES, IGNORE_DOC, NULL, NULL},
	[OVERRIDE_RULES] = {"rules", KEY_SETTINGS, RULES_DOC, NULL, NULL},
	[OVERRIDE_KEYS] = {0},
};

const struct key_spec hook_keys[] = {
	[HOOK_FIX] = {"fix", KEY_FLAG, "Whether it makes safe fixes in what is committed, too", "false", NULL},
	[HOOK_KEYS] = {0},
};
