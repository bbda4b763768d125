#include "core/config/yaml.h"

#include <libfyaml.h>
#include <stdlib.h>

#include "core/base/message.h"
#include "core/base/utf8.h"

enum { MAX_DEPTH = 32, MAX_BYTES = 256 * 1024, MAX_BLANK_ENDINGS = 200 };

/* A place in the text, counted on from the last one that was asked for. */
struct cursor {
	size_t at;
	uint32_t line, column;
};

struct reader {
	struct arena *a;
	struct str text;
	struct fy_parser *parser;
	struct fy_diag *diag;
	struct fy_event *event; /* the current one; NULL at the end */
	struct cursor cursor;
	struct err *err;
};

static const struct cursor beginning = {.line = 1, .column = 1};

static void step(struct str text, struct cursor *c)
{
	uint32_t point = utf8_next(text, &c->at);
	bool crlf = point == '\r' && c->at < text.n && text.p[c->at] == '\n';
	if ((point == '\n' || point == '\r') && !crlf) {
		c->line++;
		c->column = 1;
	} else {
		c->column++;
	}
}

static void go_to(struct reader *r, size_t at)
{
	if (at < r->cursor.at)
		r->cursor = beginning;
	while (r->cursor.at < at && r->cursor.at < r->text.n)
		step(r->text, &r->cursor);
}

/* What libfyaml gives no place stays where we are. */
static void go_to_mark(struct reader *r, const struct fy_mark *mark)
{
	if (mark)
		go_to(r, mark->input_pos);
}

/* libfyaml's marks stand behind the sign that opens a thing: a quote, `&`, `*`. */
static void go_to_sign(struct reader *r, const struct fy_mark *mark, const char *signs)
{
	if (mark)
		go_to(r, mark->input_pos - (mark->input_pos > 0 && strchr(signs, r->text.p[mark->input_pos - 1])));
}

/* libfyaml's first complaint becomes ours. */
static int foreign_mistake(struct reader *r)
{
	void *it = NULL;
	struct fy_diag_error *e = fy_diag_errors_iterate(r->diag, &it);
	if (!e)
		return err_set(r->err, "not valid YAML");
	if (e->fyt)
		go_to_mark(r, fy_token_start_mark(e->fyt));
	return e->msg ? err_set(r->err, "not valid YAML: %s", e->msg) : err_set(r->err, "not valid YAML");
}

static int mistake(struct reader *r, const struct fy_mark *mark, const char *text)
{
	go_to_mark(r, mark);
	return err_set(r->err, "%s", _(text));
}

/* On to the next event. The end of the stream is no event. */
static int next(struct reader *r)
{
	fy_parser_event_free(r->parser, r->event);
	r->event = fy_parser_parse(r->parser);
	if (fy_parser_get_stream_error(r->parser) || fy_diag_got_error(r->diag))
		return foreign_mistake(r);
	return 0;
}

static enum fy_event_type type_of(const struct reader *r)
{
	return r->event ? r->event->type : FYET_NONE;
}

/* What is YAML, but leads to surprises. */
static int refuse_extras(struct reader *r)
{
	struct fy_token *anchor = fy_event_get_anchor_token(r->event);
	struct fy_token *tag = fy_event_get_tag_token(r->event);
	if (type_of(r) == FYET_ALIAS)
		return mistake(r, NULL, "aliases are not supported: a text that begins with `*` stands in quotes");
	if (anchor) {
		go_to_sign(r, fy_token_start_mark(anchor), "&");
		return mistake(r, NULL, "anchors are not supported");
	}
	if (tag)
		return mistake(r, fy_token_start_mark(tag), "tags are not supported");
	return 0;
}

static int read_scalar(struct reader *r, struct yaml *out)
{
	size_t n = 0;
	struct fy_token *token = r->event->scalar.value;
	const char *text = token ? fy_token_get_text(token, &n) : NULL;
	out->text = arena_str(r->a, (struct str){text ? text : "", text ? n : 0});
	out->quoted = token && fy_token_scalar_style(token) != FYSS_PLAIN;
	/* Escapes can make what the file itself may not hold. */
	if (utf8_check(out->text) < out->text.n)
		return mistake(r, NULL, "a character that is none");
	return 0;
}

static int read_node(struct reader *r, int depth, struct yaml *out);

static int read_list(struct reader *r, int depth, struct yaml *out)
{
	size_t cap = 0;
	while (type_of(r) != FYET_SEQUENCE_END) {
		struct yaml item;
		if (read_node(r, depth + 1, &item) < 0)
			return -1;
		out->item = arena_grow(r->a, out->item, out->nr, &cap, sizeof(item));
		out->item[out->nr++] = item;
	}
	return 0;
}

static int read_pair(struct reader *r, int depth, struct yaml *key, struct yaml *value)
{
	if (type_of(r) != FYET_SCALAR && type_of(r) != FYET_ALIAS)
		return mistake(r, fy_event_start_mark(r->event), "a key must be a name");
	if (read_node(r, depth + 1, key) < 0)
		return -1;
	return read_node(r, depth + 1, value);
}

static int by_text(const void *a, const void *b)
{
	const struct yaml *x = *(const struct yaml *const *)a, *y = *(const struct yaml *const *)b;
	int order = str_cmp(x->text, y->text);
	return order ? order : (x > y) - (x < y);
}

/* The first key that repeats an earlier one; NULL without one. */
static const struct yaml *doubled_key(const struct yaml *map)
{
	const struct yaml **sorted = xmalloc(map->nr * sizeof(*sorted)), *found = NULL;
	for (size_t i = 0; i < map->nr; i++)
		sorted[i] = &map->key[i];
	qsort(sorted, map->nr, sizeof(*sorted), by_text);
	for (size_t i = 1; i < map->nr; i++)
		if (str_eq(sorted[i - 1]->text, sorted[i]->text) && (!found || sorted[i] < found))
			found = sorted[i];
	free(sorted);
	return found;
}

static int refuse_doubled_key(struct reader *r, const struct yaml *map)
{
	const struct yaml *key = doubled_key(map);
	if (!key)
		return 0;
	r->cursor.line = key->line;
	r->cursor.column = key->column;
	return err_set(r->err, "the key `%.200s` stands here a second time", key->text.p);
}

static int read_map(struct reader *r, int depth, struct yaml *out)
{
	size_t keys = 0, values = 0;
	while (type_of(r) != FYET_MAPPING_END) {
		struct yaml key, value;
		if (read_pair(r, depth, &key, &value) < 0)
			return -1;
		out->key = arena_grow(r->a, out->key, out->nr, &keys, sizeof(key));
		out->item = arena_grow(r->a, out->item, out->nr, &values, sizeof(value));
		out->key[out->nr] = key;
		out->item[out->nr++] = value;
	}
	return refuse_doubled_key(r, out);
}

static const struct {
	enum fy_event_type begin;
	enum yaml_kind kind;
	int (*read)(struct reader *r, int depth, struct yaml *out);
} collections[] = {
	{FYET_SEQUENCE_START, YAML_LIST, read_list},
	{FYET_MAPPING_START, YAML_MAP, read_map},
};

static int read_collection(struct reader *r, int depth, struct yaml *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(collections); i++) {
		if (type_of(r) != collections[i].begin)
			continue;
		out->kind = collections[i].kind;
		return next(r) < 0 ? -1 : collections[i].read(r, depth, out);
	}
	return mistake(r, NULL, "not valid YAML");
}

static const char *signs_of(const struct reader *r)
{
	if (type_of(r) == FYET_ALIAS)
		return "*";
	if (type_of(r) != FYET_SCALAR || !r->event->scalar.value)
		return "";
	return fy_token_scalar_style(r->event->scalar.value) == FYSS_PLAIN ? "" : "'\"";
}

/* Reads the node that the current event begins, and stands behind it then. */
static int read_node(struct reader *r, int depth, struct yaml *out)
{
	if (!r->event)
		return mistake(r, NULL, "ends too early");
	go_to_sign(r, fy_event_start_mark(r->event), signs_of(r));
	*out = (struct yaml){.line = r->cursor.line, .column = r->cursor.column};
	if (depth > MAX_DEPTH)
		return mistake(r, NULL, "nested too deep");
	if (refuse_extras(r) < 0)
		return -1;
	int rc = type_of(r) == FYET_SCALAR ? read_scalar(r, out) : read_collection(r, depth, out);
	return rc < 0 ? -1 : next(r);
}

/* Nothing at all, and nothing behind "---", are a map without keys. */
static void read_nothing_as_map(struct yaml *root)
{
	if (root->kind == YAML_SCALAR && !root->quoted && root->text.n == 0)
		*root = (struct yaml){.kind = YAML_MAP, .line = 1, .column = 1};
}

static int read_stream(struct reader *r, struct yaml *root)
{
	if (next(r) < 0 || next(r) < 0)
		return -1;
	if (type_of(r) != FYET_DOCUMENT_START)
		return 0;
	if (next(r) < 0 || read_node(r, 1, root) < 0)
		return -1;
	if (type_of(r) != FYET_DOCUMENT_END)
		return mistake(r, NULL, "not valid YAML");
	if (next(r) < 0)
		return -1;
	if (type_of(r) == FYET_DOCUMENT_START)
		return mistake(r, fy_event_start_mark(r->event), "a second document begins here: there must be only one");
	return 0;
}

static void swallow(struct fy_diag *diag, void *user, const char *text, size_t n)
{
	(void)diag, (void)user, (void)text, (void)n;
}

static struct fy_diag *silent_diag(void)
{
	struct fy_diag_cfg cfg = {.output_fn = swallow, .level = FYET_ERROR, .module_mask = ~0U};
	struct fy_diag *diag = fy_diag_create(&cfg);
	if (diag)
		fy_diag_set_collect_errors(diag, true);
	return diag;
}

/* libfyaml takes the end of a text for a character of a last line that has only blanks. */
static struct str with_newline(struct arena *a, struct str text)
{
	return str_ends(text, STR("\n")) ? text : arena_printf(a, "%.*s\n", STR_ARG(text));
}

static int parse(struct reader *r, struct yaml *root)
{
	struct fy_parse_cfg cfg = {
		.search_path = "",
		.flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
	};
	int rc = -1;
	r->text = with_newline(r->a, r->text);
	cfg.diag = r->diag = silent_diag();
	r->parser = r->diag ? fy_parser_create(&cfg) : NULL;
	if (!r->parser || fy_parser_set_string(r->parser, r->text.p, r->text.n) < 0) {
		err_set(r->err, "cannot be read as YAML");
		goto out;
	}
	rc = read_stream(r, root);
out:
	if (r->parser) {
		fy_parser_event_free(r->parser, r->event);
		fy_parser_destroy(r->parser);
	}
	fy_diag_destroy(r->diag);
	return rc;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where more blank lines follow each other than libfyaml takes in reasonable time; text.n where nowhere. */
static size_t too_many_blank_lines(struct str text)
{
	/* CR LF counts twice. */
	size_t lines = 0;
	for (size_t i = 0; i < text.n; i++) {
		lines = is_blank(text.p[i]) ? lines + (text.p[i] == '\n' || text.p[i] == '\r') : 0;
		if (lines > MAX_BLANK_ENDINGS)
			return i;
	}
	return text.n;
}

/* What must hold before libfyaml sees a byte. */
static int check_text(struct reader *r)
{
	if (r->text.n > MAX_BYTES)
		return err_set(r->err, "too large: more than %d KiB", MAX_BYTES / 1024);
	size_t bad = utf8_check(r->text), blank = too_many_blank_lines(r->text);
	if (bad < r->text.n) {
		go_to(r, bad);
		return err_set(r->err, r->text.p[bad] ? N_("not UTF-8") : N_("a NUL byte"));
	}
	if (blank < r->text.n) {
		go_to(r, blank);
		return err_set(r->err, "too many blank lines");
	}
	return 0;
}

int yaml_parse(struct arena *a, struct str text, struct yaml **out, uint32_t *line, uint32_t *column, struct err *err)
{
	struct yaml *root = arena_new(a, struct yaml);
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_from(text, 3);
	struct reader r = {.a = a, .text = text, .cursor = beginning, .err = err};
	*root = (struct yaml){.line = 1, .column = 1};
	int rc = check_text(&r);
	if (rc == 0 && text.n > 0)
		rc = parse(&r, root);
	*line = r.cursor.line;
	*column = r.cursor.column;
	read_nothing_as_map(root);
	*out = root;
	return rc;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	for (size_t i = 0; map->kind == YAML_MAP && i < map->nr; i++)
		if (str_eqz(map->key[i].text, key))
			return &map->item[i];
	return NULL;
}
