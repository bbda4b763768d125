/*
 * A language server: messages of an editor in, messages to it out. It reads files, and writes none.
 */
#pragma once

#include <sys/types.h>

#include "cmd/lsp/document.h"
#include "core/config/json.h"

enum server_state { SERVER_NEW, SERVER_READY, SERVER_SHUT_DOWN };

struct server {
	enum server_state state;
	bool ended;     /* the editor has said so */
	pid_t editor;   /* its process; 0: it did not say */
	struct buf out; /* what is to be sent; the caller takes it */
	enum encoding encoding;
	bool acts;     /* the editor takes code actions that are more than commands, … */
	bool nests;    /* … shows symbols as a tree, … */
	bool relates;  /* … shows places that have to do with a diagnostic, … */
	bool versions; /* … takes edits of a certain version of a document, … */
	bool watches;  /* … and tells of changed files where it is asked to */
	struct document **document;
	size_t nr, cap;
};

/* One message. */
void server_hear(struct server *s, struct str body);
/* One that is not to be had, and why. */
void server_refuse(struct server *s, const char *why);
/* Is there any document whose diagnostics are to be sent? */
bool server_is_behind(const struct server *s);
/* Sends them. */
void server_catch_up(struct server *s);
void server_release(struct server *s);

/* ---- for its parts ---- */

/* The document that parameters name; NULL: it is not open. */
struct document *server_document(const struct server *s, const struct json *params);
/* All documents are judged by what is on disk now. */
void server_look_again(struct server *s);

/* Answers to requests about a document: adds the result. The document is judged; `spots` are those of its text. */
struct question {
	const struct server *server;
	struct document *document;
	const struct json *params;
	struct arena *arena;
	struct spotter spots;
};

typedef void server_answer(struct question *q, struct buf *out);
server_answer answer_actions, answer_hover, answer_completion, answer_symbols;

/* A diagnostic of a finding. */
void diagnostic_add(struct buf *out, struct question *q, const struct finding *f);
/* All of a document's: what is published. */
void diagnostics_publish(struct question *q, struct buf *out);
