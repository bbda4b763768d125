#include "cmd/export/export.h"

#include "lint/ioc_cell.h"

static enum export_type type_of_hash(const char *what)
{
	static const struct {
		const char *what;
		enum export_type type;
	} hashes[] = {{"MD5", EXPORT_MD5}, {"SHA-1", EXPORT_SHA1}, {"SHA-256", EXPORT_SHA256}, {"SHA-512", EXPORT_SHA512}};
	for (size_t i = 0; what && i < ARRAY_SIZE(hashes); i++)
		if (strcmp(what, hashes[i].what) == 0)
			return hashes[i].type;
	return EXPORT_HASH;
}

/* What has no form of its own is what its row says; any word can name a file. */
static enum export_type type_of_word(enum ioc_word word)
{
	return word == IOC_TYPE_FILE       ? EXPORT_FILE
	       : word == IOC_TYPE_PATH     ? EXPORT_PATH
	       : word == IOC_TYPE_REGISTRY ? EXPORT_REGISTRY
	                                   : EXPORT_OTHER;
}

static enum export_type type_of_kind(const struct indicator *is)
{
	static const enum export_type types[INDICATOR_KINDS] = {
		[INDICATOR_UNKNOWN] = EXPORT_OTHER, [INDICATOR_IPV4] = EXPORT_IPV4, [INDICATOR_IPV6] = EXPORT_IPV6,
		[INDICATOR_DOMAIN] = EXPORT_DOMAIN, [INDICATOR_URL] = EXPORT_URL,   [INDICATOR_EMAIL] = EXPORT_EMAIL,
		[INDICATOR_WALLET] = EXPORT_WALLET, [INDICATOR_CVE] = EXPORT_CVE,   [INDICATOR_ASN] = EXPORT_ASN,
		[INDICATOR_FILE] = EXPORT_FILE,     [INDICATOR_PATH] = EXPORT_PATH, [INDICATOR_REGISTRY] = EXPORT_REGISTRY,
	};
	return is->kind == INDICATOR_HASH ? type_of_hash(is->what) : types[is->kind];
}

static bool has_scheme(struct str url)
{
	return str_find(url, 0, STR("://")) < url.n;
}

static enum export_type type_of(const struct ioc_cell *cell)
{
	const struct indicator *is = &cell->is;
	bool fits = ioc_type_fit(cell) == IOC_FITS;
	if (ioc_is_placeholder(cell) || ioc_is_link(cell))
		return EXPORT_OTHER;
	if (is->kind == INDICATOR_UNKNOWN || is->flaw)
		return fits ? type_of_word(cell->type) : EXPORT_OTHER;
	/* `setup.zip` is what its row says. */
	if (is->kind == INDICATOR_DOMAIN && fits && type_of_word(cell->type) != EXPORT_OTHER)
		return type_of_word(cell->type);
	/* A word that nobody knows: a version, a package, which look like addresses and hosts, but nobody defangs them. */
	if (fits && ioc_is_network(cell) && !ioc_may_be_network(cell) && spelling_is_live(&cell->spelling))
		return EXPORT_OTHER;
	/* `host@SSL\share\x.wsf`: what Windows takes for a path. */
	if (is->kind == INDICATOR_URL && !has_scheme(is->live) && str_find_byte(is->live, 0, '\\') < is->live.n)
		return EXPORT_PATH;
	/* The path of a URL without its host. */
	if (is->kind == INDICATOR_PATH && cell->type == IOC_TYPE_URL)
		return EXPORT_OTHER;
	return type_of_kind(is);
}

static struct str lowered(struct arena *a, struct str s)
{
	char *z = arena_strdup(a, arena_str(a, s).p);
	for (size_t i = 0; i < s.n; i++)
		if (z[i] >= 'A' && z[i] <= 'Z')
			z[i] = (char)(z[i] | 0x20);
	return (struct str){z, s.n};
}

/* Case means nothing there, and programs compare bytes. */
static bool has_no_case(enum export_type t)
{
	return t == EXPORT_DOMAIN || t == EXPORT_IPV6 || (t >= EXPORT_MD5 && t <= EXPORT_SHA512);
}

static const char *scope_name(enum ioc_word scope)
{
	return scope == IOC_SCOPE_GLOBAL ? "global" : scope == IOC_SCOPE_PRIVATE ? "private" : "";
}

static bool is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n;
}

/* `at` is where the host begins in the value: not before the bracket of one that has a port. */
static void split_host(struct exported *row, size_t at, size_t length)
{
	struct str rest = str_from(row->live, at + length + at);
	row->host = str_slice(row->live, at, at + length);
	row->prefix = rest.n && *rest.p == '/' && is_number(str_from(rest, 1));
	if (rest.n && *rest.p == ':' && is_number(str_from(rest, 1)))
		row->port = str_from(rest, 1);
	/* A number of the pattern language begins with no zero. */
	while (row->port.n && *row->port.p == '0')
		row->port = str_from(row->port, 1);
	/* Several ports: no program reads those. */
	if (!row->prefix && !row->port.n)
		row->live = row->host;
}

static void set_value(struct arena *a, const struct ioc_cell *cell, bool defanged, struct exported *row)
{
	const struct indicator *is = &cell->is;
	row->type = type_of(cell);
	struct str live = is->live, host = is->host;
	if (row->type <= EXPORT_EMAIL)
		live = export_host(a, live, &host);
	if (row->type == EXPORT_URL)
		live = export_url(a, live);
	row->live = has_no_case(row->type) ? lowered(a, live) : arena_str(a, live);
	row->what = is->what;
	row->nobodys = row->type <= EXPORT_URL && is->host_is_address && is->range != RANGE_GLOBAL;
	row->port = STR("");
	if (row->type <= EXPORT_DOMAIN)
		split_host(row, (size_t)(host.p - live.p), host.n);
	row->shown = row->live;
	if (defanged && row->type == EXPORT_OTHER)
		row->shown = cell->written;
	else if (defanged && row->type <= EXPORT_EMAIL)
		row->shown = defang(a, row->live);
}

static void add(struct arena *a, const struct digest *d, const struct ioc_cell *cell, bool defanged,
                struct exports *out)
{
	const struct entry *e = cell->row->entry;
	struct exported row = {
		.known = cell->known == IOC_KNOWN_WELL,
		.known_not = cell->known == IOC_KNOWN_NOT,
		.scope = scope_name(cell->scope),
		.context = digest_str(d, cell->row->context),
		.date = d->choice.date,
		.path = d->source->path,
		.line = cell->row->line + 1,
		.title = digest_str(d, e->title),
		.url = refang(a, digest_str(d, e->url)),
	};
	set_value(a, cell, defanged, &row);
	out->v = arena_grow(a, out->v, out->nr, &out->cap, sizeof(*out->v));
	out->v[out->nr++] = row;
}

static size_t count_pointers(struct arena *a, const struct digest *d)
{
	size_t nr, pointers = 0;
	const struct ioc_row *row = ioc_rows(a, d, &nr);
	for (size_t i = 0; i < nr; i++)
		pointers += row[i].kind == IOC_ROW_POINTER;
	return pointers;
}

void export_read(struct arena *a, const struct digest *d, unsigned types, bool defanged, struct exports *out)
{
	struct arena scratch = {0};
	size_t nr;
	const struct ioc_cell *cell = ioc_cells_read(&scratch, d, &nr);
	for (size_t i = 0; i < nr; i++)
		if (types >> type_of(&cell[i]) & 1)
			add(a, d, &cell[i], defanged, out);
	out->pointers += count_pointers(&scratch, d);
	arena_release(&scratch);
}
