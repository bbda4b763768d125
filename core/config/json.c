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

/* ---- whole documents ---- */

enum { ESCAPE = 6 /* bytes of \uXXXX */, NO_ESCAPE = -1 };

/* The code unit of an escape at byte `i`. */
static int escape_at(struct str text, size_t i)
{
	int unit = 0;
	if (!str_starts(str_from(text, i), STR("\\u")) || text.n - i < ESCAPE)
		return NO_ESCAPE;
	for (size_t k = i + 2; k < i + ESCAPE; k++) {
		const char *digits = "0123456789abcdefABCDEF", *digit = memchr(digits, text.p[k], strlen(digits));
		if (!digit)
			return NO_ESCAPE;
		int value = (int)(digit - digits);
		unit = unit * 16 + (value < 16 ? value : value - 6);
	}
	return unit;
}

static bool is_high(int unit)
{
	return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(int unit)
{
	return unit >= 0xDC00 && unit < 0xE000;
}

/* In a copy, if there is anything to mend: jansson would refuse the whole document. */
static struct str mend_surrogates(struct arena *a, struct str text)
{
	char *copy = NULL;
	for (size_t i = 0; (i = str_find_byte(text, i, '\\')) < text.n;) {
		int unit = escape_at(text, i);
		bool pair = is_high(unit) && is_low(escape_at(text, i + ESCAPE));
		if ((is_high(unit) || is_low(unit)) && !pair) {
			copy = copy ? copy : memcpy(arena_raw(a, text.n), text.p, text.n);
			memcpy(copy + i, "\\ufffd", ESCAPE);
		}
		i += pair ? 2 * ESCAPE : unit == NO_ESCAPE ? 2 : ESCAPE;
	}
	return copy ? (struct str){copy, text.n} : text;
}

static void convert(struct arena *a, json_t *from, struct json *to);

static void convert_list(struct arena *a, json_t *from, struct json *to)
{
	struct json *item = arena_array(a, struct json, json_array_size(from));
	for (; to->nr < json_array_size(from); to->nr++)
		convert(a, json_array_get(from, to->nr), &item[to->nr]);
	to->kind = JSON_LIST;
	to->item = item;
}

static void convert_map(struct arena *a, json_t *from, struct json *to)
{
	struct json *item = arena_array(a, struct json, json_object_size(from));
	struct str *key = arena_array(a, struct str, json_object_size(from));
	const char *name;
	json_t *value;
	size_t nr = 0;
	json_object_foreach(from, name, value)
	{
		key[nr] = arena_str(a, str_of(name));
		convert(a, value, &item[nr++]);
	}
	*to = (struct json){.kind = JSON_MAP, .item = item, .key = key, .nr = nr};
}

static void convert(struct arena *a, json_t *from, struct json *to)
{
	*to = (struct json){.kind = json_is_true(from) ? JSON_YES : json_is_false(from) ? JSON_NO : JSON_NOTHING};
	if (json_is_array(from))
		convert_list(a, from, to);
	else if (json_is_object(from))
		convert_map(a, from, to);
	else if (json_is_number(from))
		*to = (struct json){.kind = JSON_NUMBER, .number = json_number_value(from)};
	else if (json_is_string(from))
		*to = (struct json){.kind = JSON_WORDS,
		                    .text = arena_str(a, (struct str){json_string_value(from), json_string_length(from)})};
}

const struct json *json_read(struct arena *a, struct str text, struct err *err)
{
	json_error_t why;
	struct str mended = mend_surrogates(a, text);
	json_t *document = json_loadb(mended.p, mended.n, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &why);
	struct json *out = arena_new(a, struct json);
	if (!document) {
		err_set(err, "no JSON at line %d: %s", why.line, why.text);
		return NULL;
	}
	convert(a, document, out);
	json_decref(document);
	return out;
}

const struct json *json_at(const struct json *at, const char *path)
{
	struct str rest = str_of(path), name;
	while (at && str_split(&rest, '.', &name)) {
		size_t i = 0;
		while (at->kind == JSON_MAP && i < at->nr && !str_eq(at->key[i], name))
			i++;
		at = at->kind == JSON_MAP && i < at->nr ? &at->item[i] : NULL;
	}
	return at;
}

struct str json_text(const struct json *at, const char *path)
{
	const struct json *found = json_at(at, path);
	return found && found->kind == JSON_WORDS ? found->text : (struct str){0};
}

bool json_flag(const struct json *at, const char *path)
{
	const struct json *found = json_at(at, path);
	return found && found->kind == JSON_YES;
}
