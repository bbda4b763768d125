#include "core/config/json.h"

#include <jansson.h>

static const char *find(struct arena *a, const json_t *at, const char *path)
{
	struct str rest = str_of(path), name;
	while (at && str_split(&rest, '.', &name))
		at = json_object_get(at, arena_str(a, name).p);
	const char *value = json_string_value(at);
	return value ? arena_strdup(a, value) : NULL;
}

int json_find(struct arena *a, struct str text, struct json_wish *wish, size_t nr, struct err *err)
{
	json_error_t why;
	json_t *document = json_loadb(text.p, text.n, 0, &why);
	for (size_t i = 0; i < nr; i++)
		wish[i].value = document ? find(a, document, wish[i].path) : NULL;
	if (!document)
		return err_set(err, "no JSON at line %d: %s", why.line, why.text);
	json_decref(document);
	return 0;
}
