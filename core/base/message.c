#include "core/base/message.h"

#include <string.h>

const char *message(const char *english)
{
	return english;
}

bool message_language(const char *language)
{
	return strcmp(language, "en") == 0;
}

const char *message_language_name(void)
{
	return "en";
}
