#include "cmd/lsp/wire.h"

#include "cmd/report/json.h"

/* What is no number that counts is 0, and what is beyond all is the last. */
static uint32_t whole(const struct json *at)
{
	double number = at && at->kind == JSON_NUMBER ? at->number : 0;
	return number >= UINT32_MAX ? UINT32_MAX : number > 0 ? (uint32_t)number : 0;
}

bool wire_spot(const struct json *at, struct spot *out)
{
	const struct json *line = json_at(at, "line"), *character = json_at(at, "character");
	*out = (struct spot){whole(line), whole(character)};
	return line && character && line->kind == JSON_NUMBER && character->kind == JSON_NUMBER;
}

bool wire_stretch(const struct json *at, struct stretch *out)
{
	return wire_spot(json_at(at, "start"), &out->start) && wire_spot(json_at(at, "end"), &out->end);
}

void wire_add_stretch(struct buf *out, const char *before, const char *key, struct stretch at)
{
	buf_printf(out,
	           "%s\"%s\": {\"start\": {\"line\": %u, \"character\": %u}, \"end\": {\"line\": %u, \"character\": %u}}",
	           before, key, at.start.line, at.start.character, at.end.line, at.end.character);
}

void wire_add_edit(struct buf *out, struct stretch at, struct str text)
{
	wire_add_stretch(out, "{", "range", at);
	json_member(out, ", ", "newText", text);
	buf_addc(out, '}');
}

void wire_add_id(struct buf *out, const struct json *id)
{
	const double exact = 9007199254740992; /* all whole numbers up to this one */
	if (id && id->kind == JSON_WORDS)
		json_string(out, id->text);
	else if (!id || id->kind != JSON_NUMBER)
		buf_addz(out, "null");
	else if (id->number > -exact && id->number < exact && id->number == (double)(int64_t)id->number)
		buf_printf(out, "%lld", (long long)id->number);
	else
		buf_printf(out, "%.17g", id->number);
}

void wire_send(struct buf *out, struct str body)
{
	static const struct str begin = STR_INIT("{\"jsonrpc\": \"2.0\", ");
	buf_printf(out, "Content-Length: %zu\r\n\r\n", begin.n + body.n + 1);
	buf_add(out, begin);
	buf_add(out, body);
	buf_addc(out, '}');
}
