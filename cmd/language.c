#include "cmd/language.h"

#include <stdlib.h>

#include "core/base/message.h"

enum { AUTO, ENGLISH, JAPANESE };

static const struct choice choices[] = {{"auto", AUTO, false}, {"en", ENGLISH, false}, {"ja", JAPANESE, false}, {0}};
static const char *const names[] = {[ENGLISH] = "en", [JAPANESE] = "ja"};

const struct option language_option = {
	"lang", 0,       OPTION_ENUM, NULL, N_("Language of messages; in formats for programs, en unless given"),
	0,      choices, 0,           0,
};

/* Was `--lang` on the command line? */
static bool given;

static const char *set_value(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

/* The name of the locale for messages, as POSIX has it. */
static const char *locale_name(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < ARRAY_SIZE(variables); i++)
		if (set_value(variables[i]))
			return set_value(variables[i]);
	return "C";
}

/* "ja" of "ja_JP.UTF-8": up to the territory, the encoding or the variant. */
static struct str language_of(struct str locale)
{
	return str_slice(locale, 0, strcspn(locale.p, "_.@:-"));
}

static bool is_english(struct str language)
{
	return str_eqz(language, "C") || str_eqz(language, "POSIX") || str_eqz(language, "en");
}

static bool is_plain_locale(const char *locale)
{
	struct str language = language_of(str_of(locale));
	return str_eqz(language, "C") || str_eqz(language, "POSIX");
}

/* LANGUAGE is a list of what the user understands, with the best first; it has no say in the C locale (GNU gettext). */
static const char *language_of_environment(struct arena *a)
{
	const char *locale = locale_name();
	struct str rest = str_of(locale), part;
	if (set_value("LANGUAGE") && !is_plain_locale(locale))
		rest = str_of(set_value("LANGUAGE"));
	while (str_split(&rest, ':', &part)) {
		struct str language = language_of(part);
		if (is_english(language))
			break;
		if (message_language(arena_str(a, language).p))
			return message_language_name();
	}
	return "en";
}

/* The value of `--lang` at `argv`, and how many arguments it takes; 0: it is another one. */
static size_t value_at(char *const *argv, const char **value)
{
	if (strcmp(argv[0], "--lang") == 0) {
		*value = argv[1];
		return argv[1] ? 2 : 1;
	}
	*value = argv[0] + strlen("--lang=");
	return strncmp(argv[0], "--lang=", strlen("--lang=")) == 0;
}

/* The last `--lang` of the arguments, which are left without any. */
static int take(struct arena *a, char **argv, int *wish, struct err *err)
{
	char **to = argv;
	int bad = 0;
	while (*argv && strcmp(*argv, "--") != 0) {
		const char *value;
		size_t taken = value_at(argv, &value);
		if (!taken) {
			*to++ = *argv++;
			continue;
		}
		given = true;
		if (!bad)
			bad = value ? option_choice(a, &language_option, value, wish, err) : err_set(err, "--lang needs a value");
		argv += taken;
	}
	while ((*to++ = *argv++))
		;
	return bad;
}

int language_choose(struct arena *a, char **argv, struct err *err)
{
	int wish = AUTO;
	message_language(language_of_environment(a));
	if (take(a, argv, &wish, err))
		return -1;
	if (wish != AUTO)
		message_language(names[wish]);
	return 0;
}

void language_of_user(struct str locale)
{
	struct arena a = {0};
	if (locale.n && !message_language(arena_str(&a, language_of(locale)).p))
		message_language("en");
	arena_release(&a);
}

void language_for_programs(void)
{
	if (!given)
		message_language("en");
}
