#include "core/config/keys.h"

const char *const preset_names[] = {"recommended", "strict", NULL};
const char *const threshold_names[] = {"error", "warning", "info", "never", NULL};

#define SELECT_DOC "Only these rules or groups; `all` for every one"
#define IGNORE_DOC "Rules or groups that are not wanted"
#define RULES_DOC "For each rule its severity, or a map of its severity and its options"

const struct key_spec config_keys[] = {
	[KEY_PRESET] = {"preset", KEY_CHOICE, "How severe rules are: as they are by themselves, or stricter", "recommended",
                    preset_names, 0, 0},
	[KEY_TIMEZONE] = {"timezone", KEY_TEXT, "The zone in which it is \"today\"", "Asia/Tokyo", NULL, 0, 0},
	[KEY_TEMPLATES] = {"templates", KEY_TEXT, "The folder of the repository's templates", ".sdi/templates", NULL, 0, 0},
	[KEY_FAIL_ON] = {"fail-on", KEY_CHOICE, "The least severity that makes the exit code 1", "error", threshold_names,
                     0, 0},
	[KEY_SELECT] = {"select", KEY_NAMES, SELECT_DOC, "all", NULL, 0, 0},
	[KEY_IGNORE] = {"ignore", KEY_NAMES, IGNORE_DOC, NULL, NULL, 0, 0},
	[KEY_EXCLUDE] = {"exclude", KEY_GLOBS, "Files and folders that are left out, unless they are named", NULL, NULL, 0,
                     0},
	[KEY_BASELINE] = {"baseline", KEY_TEXT, "The file of the findings that are known and do not count", NULL, NULL, 0,
                      0},
	[KEY_RULES] = {"rules", KEY_SETTINGS, RULES_DOC, NULL, NULL, 0, 0},
	[KEY_OVERRIDES] = {"overrides", KEY_LAYERS, "What is otherwise for some paths; later ones win", NULL, NULL, 0, 0},
	[KEY_HOOK] = {"hook", KEY_HOOKS, "What the git hook does", NULL, NULL, 0, 0},
	[KEY_LINKS] = {"links", KEY_LINK_KEYS, "How `sdi links` asks", NULL, NULL, 0, 0},
	[CONFIG_KEYS] = {0},
};

const struct key_spec override_keys[] = {
	[OVERRIDE_PATHS] = {"paths", KEY_GLOBS, "The files and folders for which this holds", NULL, NULL, 0, 0},
	[OVERRIDE_SELECT] = {"select", KEY_NAMES, SELECT_DOC, NULL, NULL, 0, 0},
	[OVERRIDE_IGNORE] = {"ignore", KEY_NAMES, IGNORE_DOC, NULL, NULL, 0, 0},
	[OVERRIDE_RULES] = {"rules", KEY_SETTINGS, RULES_DOC, NULL, NULL, 0, 0},
	[OVERRIDE_KEYS] = {0},
};

const struct key_spec hook_keys[] = {
	[HOOK_FIX] = {"fix", KEY_FLAG, "Whether it makes safe fixes in what is committed, too", "false", NULL, 0, 0},
	[HOOK_KEYS] = {0},
};

const struct key_spec links_keys[] = {
	[LINKS_HOSTS] = {"hosts", KEY_HOST_MAP, "How these hosts, and those below them, are asked", NULL, NULL, 0, 0},
	[LINKS_KEYS] = {0},
};

const struct key_spec host_keys[] = {
	[HOST_INTERVAL] = {"interval", KEY_NUMBER, "From one request to the next, in milliseconds", NULL, NULL, 100,
                       3600000},
	[HOST_IN_FLIGHT] = {"in-flight", KEY_NUMBER, "Requests at the same time", NULL, NULL, 1, 8},
	[HOST_ACCEPT] = {"accept", KEY_STATUSES, "Statuses that say that the page is there", NULL, NULL, 200, 999},
	[HOST_ASK] = {"ask", KEY_FLAG, "Whether it is asked at all", "true", NULL, 0, 0},
	[HOST_CREDENTIALS] = {"credentials", KEY_VARIABLE,
                          "A variable of the environment, with the host and what is sent to it alone", NULL, NULL, 0,
                          0},
	[HOST_KEYS] = {0},
};

bool key_is_redirect(long status)
{
	return (status >= 301 && status <= 303) || status == 307 || status == 308;
}
