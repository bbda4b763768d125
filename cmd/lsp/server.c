#include "cmd/lsp/server.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/language.h"
#include "cmd/lsp/uri.h"
#include "cmd/lsp/wire.h"
#include "cmd/report/json.h"
#include "core/base/message.h"

/* ---- sending ---- */

static void send(struct server *s, struct buf *body)
{
	wire_send(&s->out, buf_str(body));
	buf_release(body);
}

static void send_error(struct server *s, const struct json *id, enum wire_error code, const char *message)
{
	struct buf body = {0};
	buf_addz(&body, "\"id\": ");
	wire_add_id(&body, id);
	buf_printf(&body, ", \"error\": {\"code\": %d", code);
	json_member(&body, ", ", "message", str_of(message));
	buf_addc(&body, '}');
	send(s, &body);
}

/* ---- documents ---- */

static struct document **find(const struct server *s, const struct json *params)
{
	struct str uri = json_text(params, "textDocument.uri");
	for (size_t i = 0; i < s->nr; i++)
		if (uri.p && str_eq(s->document[i]->uri, uri))
			return &s->document[i];
	return NULL;
}

struct document *server_document(const struct server *s, const struct json *params)
{
	struct document **found = find(s, params);
	return found ? *found : NULL;
}

void server_look_again(struct server *s)
{
	for (size_t i = 0; i < s->nr; i++)
		document_forget_world(s->document[i]);
}

static void set_version(struct document *d, const struct json *params)
{
	const struct json *version = json_at(params, "textDocument.version");
	if (version && version->kind == JSON_NUMBER)
		d->version = version->number;
}

static void hear_open(struct server *s, const struct json *params)
{
	struct arena a = {0};
	struct str uri = json_text(params, "textDocument.uri");
	struct document *d = server_document(s, params);
	struct str text = json_text(params, "textDocument.text");
	if (uri.p && text.p && !d) {
		if (s->nr == s->cap) {
			s->cap = s->cap ? 2 * s->cap : 8;
			s->document = xrealloc(s->document, s->cap * sizeof(*s->document));
		}
		d = s->document[s->nr++] = document_new(uri, uri_path(&a, uri));
	}
	if (d && text.p) {
		d->text.n = 0;
		buf_add(&d->text, text);
		set_version(d, params);
		document_forget_world(d);
	}
	arena_release(&a);
}

static bool is_given(const struct json *at)
{
	return at && at->kind != JSON_NOTHING;
}

static bool is_change(const struct json *by)
{
	const struct json *range = json_at(by, "range");
	struct stretch at;
	return json_text(by, "text").p && (!is_given(range) || wire_stretch(range, &at));
}

/* All of them, or the text would become one that the editor never had. */
static bool are_changes(const struct json *changes)
{
	bool fine = changes && changes->kind == JSON_LIST;
	for (size_t i = 0; fine && i < changes->nr; i++)
		fine = is_change(&changes->item[i]);
	return fine;
}

static void send_warning(struct server *s, const char *message)
{
	enum { WARNING = 2 };
	struct buf body = {0};
	buf_printf(&body, "\"method\": \"window/logMessage\", \"params\": {\"type\": %d", WARNING);
	json_member(&body, ", ", "message", str_of(message));
	buf_addc(&body, '}');
	send(s, &body);
}

static void change(struct server *s, struct document *d, const struct json *by)
{
	struct stretch at;
	if (wire_stretch(json_at(by, "range"), &at)) {
		spot_replace(&d->text, s->encoding, at, json_text(by, "text"));
	} else {
		d->text.n = 0;
		buf_add(&d->text, json_text(by, "text"));
	}
}

static void hear_change(struct server *s, const struct json *params)
{
	struct document *d = server_document(s, params);
	const struct json *changes = json_at(params, "contentChanges");
	if (!d)
		return;
	if (!are_changes(changes)) {
		send_warning(s, _("changes that say no text or no place are ignored"));
		return;
	}
	for (size_t i = 0; i < changes->nr; i++)
		change(s, d, &changes->item[i]);
	set_version(d, params);
	document_touch(d);
}

/* It may be a template, or a digest that others are held against. */
static void hear_files(struct server *s, const struct json *params)
{
	(void)params;
	server_look_again(s);
}

static void publish(struct server *s, struct document *d)
{
	struct arena a = {0};
	struct buf body = {0};
	document_judge(d);
	struct question q = {s, d, NULL, &a, document_spotter(d, &a, s->encoding)};
	diagnostics_publish(&q, &body);
	d->unsent = false;
	send(s, &body);
	arena_release(&a);
}

static void hear_close(struct server *s, const struct json *params)
{
	struct document **found = find(s, params);
	struct buf body = {0};
	if (!found)
		return;
	json_member(&body, "\"method\": \"textDocument/publishDiagnostics\", \"params\": {", "uri", (*found)->uri);
	buf_addz(&body, ", \"diagnostics\": []}");
	send(s, &body);
	document_free(*found);
	*found = s->document[--s->nr];
}

bool server_is_behind(const struct server *s)
{
	for (size_t i = 0; i < s->nr; i++)
		if (s->document[i]->unsent)
			return true;
	return false;
}

void server_catch_up(struct server *s)
{
	for (size_t i = 0; i < s->nr; i++)
		if (s->document[i]->unsent)
			publish(s, s->document[i]);
}

/* ---- its life ---- */

/* Of what the editor offers: bytes, for nothing has to be counted then. */
static void agree_on_encoding(struct server *s, const struct json *offered)
{
	enum encoding e;
	s->encoding = ENCODING_UTF16;
	for (size_t i = 0; offered && offered->kind == JSON_LIST && i < offered->nr; i++)
		if (encoding_find(offered->item[i].text, &e) && s->encoding != ENCODING_UTF8 && e != ENCODING_UTF16)
			s->encoding = e;
}

/* Paths in messages are relative to the folder that the editor has opened, as those of `sdi lint` there. */
static void go_to_root(const struct json *params)
{
	struct arena a = {0};
	const struct json *folders = json_at(params, "workspaceFolders");
	struct str uri = json_text(params, "rootUri");
	if (folders && folders->kind == JSON_LIST && folders->nr)
		uri = json_text(&folders->item[0], "uri");
	const char *path = uri.p ? uri_path(&a, uri) : NULL;
	/* Where there is no such folder they are relative to the one that we are in. */
	if (path && chdir(path))
		path = NULL;
	arena_release(&a);
}

static bool is_map(const struct json *at)
{
	return at && at->kind == JSON_MAP;
}

static pid_t process_of(const struct json *id)
{
	bool fine = id && id->kind == JSON_NUMBER && id->number > 0 && id->number <= INT_MAX;
	return fine ? (pid_t)id->number : 0;
}

static void answer_initialize(struct server *s, const struct json *params, struct buf *out)
{
	s->editor = process_of(json_at(params, "processId"));
	language_of_user(json_text(params, "locale"));
	agree_on_encoding(s, json_at(params, "capabilities.general.positionEncodings"));
	s->acts = is_map(json_at(params, "capabilities.textDocument.codeAction.codeActionLiteralSupport"));
	s->nests = json_flag(params, "capabilities.textDocument.documentSymbol.hierarchicalDocumentSymbolSupport");
	s->relates = json_flag(params, "capabilities.textDocument.publishDiagnostics.relatedInformation");
	s->versions = json_flag(params, "capabilities.workspace.workspaceEdit.documentChanges");
	s->watches = json_flag(params, "capabilities.workspace.didChangeWatchedFiles.dynamicRegistration");
	go_to_root(params);
	s->state = SERVER_READY;
	buf_printf(out,
	           "{\"capabilities\": {\"positionEncoding\": \"%s\", "
	           "\"textDocumentSync\": {\"openClose\": true, \"change\": 2, \"save\": true}, "
	           "\"codeActionProvider\": %s, "
	           "\"completionProvider\": {\"triggerCharacters\": [\" \"]}, "
	           "\"hoverProvider\": true, \"documentSymbolProvider\": true}, "
	           "\"serverInfo\": {\"name\": \"sdi\", \"version\": \"" SDI_VERSION "\"}}",
	           encoding_name(s->encoding),
	           s->acts ? "{\"codeActionKinds\": [\"quickfix\", \"source.fixAll.sdi\"]}" : "false");
}

static void answer_shutdown(struct server *s, const struct json *params, struct buf *out)
{
	(void)params;
	s->state = SERVER_SHUT_DOWN;
	buf_addz(out, "null");
}

static void hear_exit(struct server *s, const struct json *params)
{
	(void)params;
	s->ended = true;
}

/* What digests are judged by may be changed by another program. */
static void hear_initialized(struct server *s, const struct json *params)
{
	struct buf body = {0};
	(void)params;
	if (!s->watches)
		return;
	buf_addz(&body, "\"id\": \"watch\", \"method\": \"client/registerCapability\", \"params\": {\"registrations\": "
	                "[{\"id\": \"watch\", \"method\": \"workspace/didChangeWatchedFiles\", \"registerOptions\": "
	                "{\"watchers\": [{\"globPattern\": \"**/.sdi.yaml\"}, {\"globPattern\": \"**/.sdi/**\"}, "
	                "{\"globPattern\": \"**/*.md\"}]}}]}");
	send(s, &body);
}

/* ---- which is which ---- */

static bool is_anything(const struct json *params)
{
	(void)params;
	return true;
}

static bool names_document(const struct json *params)
{
	return json_text(params, "textDocument.uri").p != NULL;
}

static bool names_spot(const struct json *params)
{
	struct spot at;
	return names_document(params) && wire_spot(json_at(params, "position"), &at);
}

static bool names_stretch(const struct json *params)
{
	struct stretch at;
	return names_document(params) && wire_stretch(json_at(params, "range"), &at);
}

static const struct {
	const char *method;
	bool (*is_sound)(const struct json *params);
	void (*answer)(struct server *, const struct json *params, struct buf *out);
	server_answer *of_document;
} requests[] = {
	{"initialize", is_anything, answer_initialize, NULL},
	{"shutdown", is_anything, answer_shutdown, NULL},
	{"textDocument/codeAction", names_stretch, NULL, answer_actions},
	{"textDocument/hover", names_spot, NULL, answer_hover},
	{"textDocument/completion", names_spot, NULL, answer_completion},
	{"textDocument/documentSymbol", names_document, NULL, answer_symbols},
};

static const struct {
	const char *method;
	void (*hear)(struct server *, const struct json *params);
} notifications[] = {
	{"initialized", hear_initialized},       {"textDocument/didOpen", hear_open},
	{"textDocument/didChange", hear_change}, {"textDocument/didSave", hear_files},
	{"textDocument/didClose", hear_close},   {"workspace/didChangeWatchedFiles", hear_files},
};

static void answer_of_document(struct server *s, server_answer *answer, const struct json *params, struct buf *out)
{
	struct arena a = {0};
	struct document *d = server_document(s, params);
	if (d) {
		document_judge(d);
		struct question q = {s, d, params, &a, document_spotter(d, &a, s->encoding)};
		answer(&q, out);
	} else {
		buf_addz(out, "null");
	}
	arena_release(&a);
}

static void answer_request(struct server *s, const struct json *id, struct str method, const struct json *params)
{
	struct buf body = {0};
	size_t i = 0;
	while (i < ARRAY_SIZE(requests) && !str_eqz(method, requests[i].method))
		i++;
	bool first = i == 0;
	if (s->state == SERVER_NEW && !first) {
		send_error(s, id, WIRE_NOT_INITIALIZED, "the first request is `initialize`");
	} else if (s->state == SERVER_SHUT_DOWN || (first && s->state != SERVER_NEW)) {
		send_error(s, id, WIRE_INVALID_REQUEST, "not now");
	} else if (i == ARRAY_SIZE(requests)) {
		send_error(s, id, WIRE_METHOD_NOT_FOUND, "no such method");
	} else if (!requests[i].is_sound(params)) {
		send_error(s, id, WIRE_INVALID_PARAMS, "the parameters do not say what is asked about");
	} else {
		buf_addz(&body, "\"id\": ");
		wire_add_id(&body, id);
		buf_addz(&body, ", \"result\": ");
		if (requests[i].answer)
			requests[i].answer(s, params, &body);
		else
			answer_of_document(s, requests[i].of_document, params, &body);
		send(s, &body);
	}
}

static void hear_notification(struct server *s, struct str method, const struct json *params)
{
	if (str_eqz(method, "exit"))
		hear_exit(s, params);
	for (size_t i = 0; s->state == SERVER_READY && i < ARRAY_SIZE(notifications); i++)
		if (str_eqz(method, notifications[i].method))
			notifications[i].hear(s, params);
}

void server_hear(struct server *s, struct str body)
{
	struct arena a = {0};
	struct err err;
	const struct json *message = json_read(&a, body, &err);
	const struct json *id = json_at(message, "id"), *params = json_at(message, "params");
	struct str method = json_text(message, "method");
	bool answers_us = id && (json_at(message, "result") || json_at(message, "error"));
	if (!message)
		send_error(s, NULL, WIRE_PARSE_ERROR, err.text);
	else if (method.p && id)
		answer_request(s, id, method, params);
	else if (method.p)
		hear_notification(s, method, params);
	else if (!answers_us)
		send_error(s, id, WIRE_INVALID_REQUEST, "this is no message");
	arena_release(&a);
}

void server_refuse(struct server *s, const char *why)
{
	send_error(s, NULL, WIRE_INVALID_REQUEST, why);
}

void server_release(struct server *s)
{
	for (size_t i = 0; i < s->nr; i++)
		document_free(s->document[i]);
	free(s->document);
	buf_release(&s->out);
	*s = (struct server){0};
}
