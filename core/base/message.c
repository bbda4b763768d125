#include "core/base/message.h"

#include <string.h>

#include "core/base/alloc.h"
#include "core/base/catalog.h"

/* NULL: English. */
static const struct catalog *chosen;

const char *message(const char *english)
{
	/* The empty one is a catalog's header. */
	if (!chosen || !*english)
		return english;
	const char *found = catalog_find(chosen, english);
	return found ? found : english;
}

bool message_language(const char *language)
{
	if (strcmp(language, "en") == 0) {
		chosen = NULL;
		return true;
	}
	for (size_t i = 0; i < catalogs_nr; i++) {
		if (strcmp(catalogs[i].language, language) != 0)
			continue;
		if (!catalog_is_sound(&catalogs[i]))
			BUG("the catalog %s cannot be read", catalogs[i].language);
		chosen = &catalogs[i];
		return true;
	}
	return false;
}

const char *message_language_name(void)
{
	return chosen ? chosen->language : "en";
}
