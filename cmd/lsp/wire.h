/* Pieces of the language server protocol, in JSON. */
#pragma once

#include "cmd/lsp/spot.h"
#include "core/config/json.h"

/* What it calls things by number. */
enum wire_error {
	WIRE_PARSE_ERROR = -32700,
	WIRE_INVALID_REQUEST = -32600,
	WIRE_METHOD_NOT_FOUND = -32601,
	WIRE_INVALID_PARAMS = -32602,
	WIRE_NOT_INITIALIZED = -32002,
};
enum { WIRE_DIAGNOSTIC_ERROR = 1, WIRE_DIAGNOSTIC_WARNING, WIRE_DIAGNOSTIC_INFORMATION };
enum { WIRE_SYMBOL_NAMESPACE = 3, WIRE_SYMBOL_FIELD = 8, WIRE_SYMBOL_OBJECT = 19 };
enum { WIRE_COMPLETION_FIELD = 5, WIRE_COMPLETION_MODULE = 9, WIRE_COMPLETION_VALUE = 12 };

/* False where there is none. */
bool wire_spot(const struct json *at, struct spot *out);
bool wire_stretch(const struct json *at, struct stretch *out);
/* `before`, the quoted key, and the value. */
void wire_add_stretch(struct buf *out, const char *before, const char *key, struct stretch at);
/* {"range": …, "newText": …} */
void wire_add_edit(struct buf *out, struct stretch at, struct str text);
/* The ID of a request, as it came. */
void wire_add_id(struct buf *out, const struct json *id);

/* Adds a message with its head. `body` is what follows "jsonrpc". */
void wire_send(struct buf *out, struct str body);
