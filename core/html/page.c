#include "core/html/page.h"

#include <libxml/HTMLparser.h>
#include <pthread.h>
#include <stdlib.h>

#include "core/base/library.h"

enum { MOST = 128 << 10, LONGEST_TITLE = 1000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct {
	__typeof__(xmlInitParser) *init;
	__typeof__(xmlSetStructuredErrorFunc) *set_error;
	__typeof__(htmlReadMemory) *read;
	__typeof__(xmlFreeDoc) *free_doc;
	const char *const *version;
} xml;

static const struct library_function functions[] = {
	{"xmlInitParser", offsetof(__typeof__(xml), init)},
	{"xmlSetStructuredErrorFunc", offsetof(__typeof__(xml), set_error)},
	{"htmlReadMemory", offsetof(__typeof__(xml), read)},
	{"xmlFreeDoc", offsetof(__typeof__(xml), free_doc)},
	{"xmlParserVersion", offsetof(__typeof__(xml), version)},
};

static int load(struct err *err)
{
	int bad = 0;
	pthread_mutex_lock(&lock);
	if (!xml.init) {
		bad = library_load("libxml2.so.2", functions, ARRAY_SIZE(functions), &xml, err);
		if (!bad)
			xml.init();
	}
	pthread_mutex_unlock(&lock);
	return bad;
}

/* ---- the tree ---- */

/* In the order of the text, without recursion: a page may be as deep as it likes. */
static const xmlNode *next_node(const xmlNode *n, const xmlNode *root)
{
	if (n->children && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n && n != root && !n->next)
		n = n->parent;
	return !n || n == root ? NULL : n->next;
}

static struct str text_of(const xmlChar *s)
{
	return str_of((const char *)s);
}

static bool is(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && str_eqz(text_of(n->name), name);
}

/* White space as one blank each. */
static struct str one_line(struct arena *a, struct str s)
{
	char *out = arena_array(a, char, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool blank = s.p[i] && strchr(" \t\r\n\f", s.p[i]);
		if (!blank)
			out[n++] = s.p[i];
		else if (n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return str_trim((struct str){out, n});
}

static struct str title_of(struct arena *a, const xmlNode *n)
{
	struct str s = n->children ? text_of(n->children->content) : STR("");
	return s.n <= LONGEST_TITLE ? one_line(a, s) : STR("");
}

/* Its title, if it is one that has any; the first counts. */
static struct str find_title(struct arena *a, const xmlNode *root)
{
	for (const xmlNode *n = root; n; n = next_node(n, root)) {
		struct str title = is(n, "title") ? title_of(a, n) : STR("");
		if (title.n)
			return title;
	}
	return STR("");
}

/* ---- reading ---- */

#if LIBXML_VERSION >= 21200
static void ignore(void *context, const xmlError *error)
#else
static void ignore(void *context, xmlErrorPtr error)
#endif
{
	(void)context;
	(void)error;
}

int page_read(struct arena *a, struct str bytes, struct str charset, struct page *out, struct err *err)
{
	enum { OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET };
	*out = (struct page){.title = STR("")};
	if (load(err))
		return -1;
	if (!bytes.n)
		return 0;
	bytes = str_slice(bytes, 0, MOST);
	xml.set_error(NULL, ignore);
	const char *encoding = charset.n ? arena_str(a, charset).p : NULL;
	xmlDoc *doc = xml.read(bytes.p, (int)bytes.n, NULL, encoding, OPTIONS);
	for (const xmlNode *n = doc ? doc->children : NULL; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE) {
			out->title = find_title(a, n);
			break;
		}
	if (doc)
		xml.free_doc(doc);
	return 0;
}

int page_library(struct arena *a, struct str *version, struct err *err)
{
	if (load(err))
		return -1;
	long number = strtol(*xml.version, NULL, 10);
	*version = arena_printf(a, "%ld.%ld.%ld", number / 10000, number / 100 % 100, number % 100);
	return 0;
}
