#include "core/digest/prose.h"

#include "core/base/utf8.h"
#include "core/digest/code_span.h"
#include "core/digest/digest.h"

/* What one look at a line tells. */
struct sight {
	uint64_t leads;
	bool code, comment, bracket; /* bytes that may begin one */
};

#define BIT(byte) (UINT64_C(1) << ((byte)-0xC0))
#define BITS4(byte) \
	[byte] = BIT(byte), [(byte) + 1] = BIT((byte) + 1), [(byte) + 2] = BIT((byte) + 2), [(byte) + 3] = BIT((byte) + 3)
#define BITS16(byte) BITS4(byte), BITS4((byte) + 4), BITS4((byte) + 8), BITS4((byte) + 12)

/* Bytes that are no lead of any character give their bits to what else is looked for. */
enum { CODE = 0xFD, COMMENT = 0xFE, BRACKET = 0xFF };

static struct sight look(struct str s)
{
	static const uint64_t bits[256] = {
		['`'] = BIT(CODE), ['<'] = BIT(COMMENT), ['['] = BIT(BRACKET), BITS16(0xC0),
		BITS16(0xD0),      BITS16(0xE0),         BITS4(0xF0),          BITS4(0xF4),
	};
	uint64_t all = 0;
	for (size_t i = 0; i < s.n; i += utf8_step((unsigned char)s.p[i]))
		all |= bits[(unsigned char)s.p[i]];
	return (struct sight){
		.leads = all & ~(BIT(CODE) | BIT(COMMENT) | BIT(BRACKET)),
		.code = (all & BIT(CODE)) != 0,
		.comment = (all & BIT(COMMENT)) != 0,
		.bracket = (all & BIT(BRACKET)) != 0,
	};
}

/* A copy of the line in which holes are made, once there is one to make. */
struct mask {
	struct arena *a;
	struct prose *p;
	char *text;
};

static void hide(struct mask *m, size_t from, size_t to)
{
	if (!m->text) {
		m->text = arena_array(m->a, char, m->p->raw.n);
		memcpy(m->text, m->p->raw.p, m->p->raw.n);
		m->p->text = (struct str){m->text, m->p->raw.n};
	}
	memset(m->text + from, PROSE_HOLE, to - from);
}

static void hide_code(struct mask *m)
{
	struct str s = m->p->raw;
	for (size_t i = str_find_byte(s, 0, '`'); i < s.n; i = str_find_byte(s, i, '`')) {
		bool closed;
		size_t end = code_span_end(s, i, &closed);
		if (closed)
			hide(m, i, end);
		i = end;
	}
}

static void hide_comments(struct mask *m)
{
	struct str s = m->p->raw;
	for (size_t i = str_find(s, 0, STR("<!--")); i < s.n;) {
		size_t end = str_find(s, i, STR("-->"));
		end = end < s.n ? end + 3 : s.n;
		hide(m, i, end);
		i = str_find(s, end, STR("<!--"));
	}
}

static void hide_links(struct mask *m, const struct link *link, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		uint32_t from = link[i].at.off, to = span_end(link[i].at);
		if (link[i].kind == LINK_INLINE)
			from = span_end(link[i].text) + 1;
		hide(m, from - m->p->off, to - m->p->off);
	}
}

static bool in_value(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       (c && strchr("-_.[](){}:/@%?=&#~+", c));
}

/* What is left of defanged values: hosts and addresses without a scheme. */
static void hide_defanged(struct mask *m)
{
	struct str s = m->p->raw;
	for (size_t dot = str_find(s, 0, STR("[.]")); dot < s.n;) {
		size_t from = dot, to = dot;
		while (from && in_value((unsigned char)s.p[from - 1]))
			from--;
		while (to < s.n && in_value((unsigned char)s.p[to]))
			to++;
		hide(m, from, to);
		dot = str_find(s, to, STR("[.]"));
	}
}

static bool holds_text(const struct line *l)
{
	return l->text.len &&
	       (l->kind == LINE_TEXT || l->kind == LINE_HEADING || l->kind == LINE_ITEM || l->kind == LINE_TABLE);
}

static void mark_rows(const struct digest *d, bool *ioc)
{
	FOR_EACH_ENTRY (d, e) {
		FOR_EACH_FIELD (e, f)
			for (uint32_t i = f->line + 1; f->def && f->def->ioc && i < f->end; i++)
				ioc[i] = true;
	}
}

const struct prose *prose_read(struct arena *a, const struct digest *d, size_t *nr)
{
	struct prose *v = arena_array(a, struct prose, d->lines);
	bool *ioc = arena_array(a, bool, d->lines);
	size_t link = 0;
	mark_rows(d, ioc);
	*nr = 0;
	for (uint32_t i = 0; i < d->lines; i++) {
		size_t first = link;
		while (link < d->links && d->link[link].line == i)
			link++;
		const struct line *l = &d->line[i];
		if (!holds_text(l))
			continue;
		struct prose *p = &v[(*nr)++];
		struct str raw = digest_str(d, l->text);
		struct sight seen = look(raw);
		*p = (struct prose){.line = i, .off = l->text.off, .raw = raw, .text = raw, .leads = seen.leads, .ioc = ioc[i]};
		struct mask m = {.a = a, .p = p};
		hide_links(&m, d->link + first, link - first);
		if (seen.code)
			hide_code(&m);
		if (seen.comment)
			hide_comments(&m);
		if (seen.bracket)
			hide_defanged(&m);
	}
	return v;
}
