#include "core/digest/scan.h"

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"

/* Blanks to whoever reads the text, but not to Markdown. */
static const struct str wide_space = STR_INIT("\xE3\x80\x80"), no_break_space = STR_INIT("\xC2\xA0");

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct span trim_end(struct str text, struct span at)
{
	for (;;) {
		struct str s = str_at(text, at);
		if (s.n && is_blank(s.p[s.n - 1]))
			at.len--;
		else if (str_ends(s, wide_space))
			at.len -= 3;
		else if (str_ends(s, no_break_space))
			at.len -= 2;
		else
			return at;
	}
}

/* Bytes of one blank at the start, of whatever kind; 0 for none. */
static size_t blank_length(struct str s)
{
	if (s.n && is_blank(s.p[0]))
		return 1;
	if (str_starts(s, wide_space))
		return wide_space.n;
	return str_starts(s, no_break_space) ? no_break_space.n : 0;
}

struct span scan_trim(struct str text, struct span at)
{
	at = trim_end(text, at);
	for (;;) {
		struct str s = str_at(text, at);
		uint32_t step = (uint32_t)blank_length(s);
		if (!step)
			return at;
		at.off += step;
		at.len -= step;
	}
}

struct span scan_without_comment(struct str text, struct span at)
{
	struct str s = str_at(text, trim_end(text, at));
	if (!str_ends(s, STR("-->")))
		return at;
	for (size_t i = s.n - 3; i-- > 0;) {
		if (!str_starts(str_from(s, i), STR("<!--")))
			continue;
		at.len = (uint32_t)i;
		return trim_end(text, at);
	}
	return at;
}

/* Moves `*off` behind blanks; the columns they take. */
static unsigned skip_blanks(struct str text, uint32_t *off, uint32_t end)
{
	unsigned column = 0;
	while (*off < end && is_blank(text.p[*off])) {
		column = text.p[*off] == '\t' ? (column / 4 + 1) * 4 : column + 1;
		++*off;
	}
	return column;
}

/* The bytes of a list marker at `s`, without what must follow it; 0 for none. */
static uint32_t marker_length(struct str s, uint8_t *marker)
{
	uint32_t n = 0;
	*marker = 0;
	if (!s.n)
		return 0;
	if (s.p[0] == '-' || s.p[0] == '*' || s.p[0] == '+') {
		*marker = (uint8_t)s.p[0];
		return 1;
	}
	while (n < s.n && n < 9 && is_digit(s.p[n]))
		n++;
	if (!n || n >= s.n || (s.p[n] != '.' && s.p[n] != ')'))
		return 0;
	*marker = '1';
	return n + 1;
}

static bool looks_like_item(struct str s, uint8_t *marker, uint32_t *length)
{
	*length = marker_length(s, marker);
	return *length && (*length == s.n || is_blank(s.p[*length]));
}

/* "-要約", "-[題](…)": a bullet that lost its space. */
static bool looks_glued(struct str s)
{
	return s.n > 1 && s.p[0] == '-' && !is_blank(s.p[1]) && s.p[1] != '-' && !is_digit(s.p[1]) && s.p[1] != '>';
}

static unsigned hashes(struct str s)
{
	unsigned n = 0;
	while (n < s.n && s.p[n] == '#')
		n++;
	return n;
}

/* "###題": two to six hashes that lost their space, or have a full-width one. */
static bool looks_like_heading(struct str s)
{
	unsigned n = hashes(s);
	return n >= 2 && n <= 6 && n < s.n && !is_blank(s.p[n]) && (unsigned char)s.p[n] >= 0x80;
}

static struct span heading_text(struct str text, struct span at)
{
	struct str s = str_at(text, at);
	unsigned n = hashes(s);
	struct span inner = scan_trim(text, (struct span){at.off + n, at.len - n});
	/* A closing run of hashes counts only behind a blank. */
	struct str t = str_at(text, inner);
	size_t end = t.n;
	while (end && t.p[end - 1] == '#')
		end--;
	if (end < t.n && (end == 0 || is_blank(t.p[end - 1])))
		inner.len = (uint32_t)end;
	return scan_trim(text, inner);
}

/* Bytes of one thing that may stand before a heading's hashes and hide them; 0 for none. */
static size_t disguise_length(struct str s)
{
	static const struct str disguises[] = {
		STR_INIT("\xE3\x80\x80"), STR_INIT("\xEF\xBB\xBF"), STR_INIT("\xC2\xA0"), STR_INIT("- "),
		STR_INIT("* "),           STR_INIT("> "),           STR_INIT("\\"),       STR_INIT(" "),
		STR_INIT("\t"),           STR_INIT("・"),           STR_INIT("+ ")};
	for (size_t i = 0; i < ARRAY_SIZE(disguises); i++)
		if (str_starts(s, disguises[i]))
			return disguises[i].n;
	size_t i = 0;
	uint32_t c = s.n ? utf8_next(s, &i) : 0;
	return c > 0x7F && (unicode_is_invisible(c) || unicode_is_bidi_control(c)) ? i : 0;
}

/* Bytes of a hash, or of what looks like one; 0 for none. */
static size_t hash_length(struct str s)
{
	static const struct str likes[] = {STR_INIT("#"), STR_INIT("＃"), STR_INIT("♯"), STR_INIT("﹟"), STR_INIT("⋕")};
	for (size_t i = 0; i < ARRAY_SIZE(likes); i++)
		if (str_starts(s, likes[i]))
			return likes[i].n;
	return 0;
}

/* Few lines have one at all; and no disguise holds a letter or a kanji. */
static bool may_have_hash(struct str s)
{
	static const char firsts[] = {'\xEF', '\xE2'};
	size_t begin = 0;
	while (begin < s.n && strchr(" \t-*>+\\", s.p[begin]))
		begin++;
	unsigned char c = begin < s.n ? (unsigned char)s.p[begin] : 0;
	if ((c < 0x80 && c != '#') || (c >= 0xE4 && c <= 0xE9))
		return false;
	if (str_find_byte(s, 0, '#') < s.n)
		return true;
	for (size_t k = 0; k < ARRAY_SIZE(firsts); k++)
		for (size_t i = str_find_byte(s, 0, firsts[k]); i < s.n; i = str_find_byte(s, i + 1, firsts[k]))
			if (hash_length(str_from(s, i)))
				return true;
	return false;
}

size_t scan_hashes(struct str s, unsigned *level)
{
	size_t i = 0, step, end = 0;
	for (*level = 0; *level < 7 && (step = hash_length(str_from(s, i))); ++*level) {
		i += step;
		end = i;
		/* "# # # 題" */
		while ((step = blank_length(str_from(s, i))))
			i += step;
	}
	return end;
}

bool scan_disguised(struct str text, const struct line *l, unsigned *level, struct span *inner)
{
	struct str s = str_at(text, l->at);
	size_t i = 0, step;
	if (!may_have_hash(s))
		return false;
	while ((step = disguise_length(str_from(s, i))))
		i += step;
	i += scan_hashes(str_from(s, i), level);
	*inner = scan_trim(text, span_make(l->at.off + i, span_end(l->at)));
	return *level >= 1 && *level <= 6 && inner->len > 0;
}

/* What authors put where a bullet belongs; some of it only with a blank behind, as it may as well begin a word. */
static const struct str false_bullets[] = {
	STR_INIT("・"),   STR_INIT("－"),  STR_INIT("ー"),  STR_INIT("–"),   STR_INIT("—"),    STR_INIT("‑"),
	STR_INIT("−"),    STR_INIT("•"),   STR_INIT("●"),   STR_INIT("◦"),   STR_INIT("▪"),    STR_INIT("･"),
	STR_INIT("‐"),    STR_INIT("―"),   STR_INIT("‒"),   STR_INIT("⁃"),   STR_INIT("﹣"),   STR_INIT("■"),
	STR_INIT("□"),    STR_INIT("◆"),   STR_INIT("◇"),   STR_INIT("▶"),   STR_INIT("►"),    STR_INIT("▷"),
	STR_INIT("➤"),    STR_INIT("➢"),   STR_INIT("‣"),   STR_INIT("∙"),   STR_INIT("·"),    STR_INIT("▫"),
	STR_INIT("◾"),    STR_INIT("◉"),   STR_INIT("→"),   STR_INIT("⇒"),   STR_INIT("➡"),    STR_INIT("○ "),
	STR_INIT("◎ "),   STR_INIT("★ "),  STR_INIT("☆ "),  STR_INIT("- "),  STR_INIT("\\- "), STR_INIT("\\* "),
	STR_INIT("\\+ "), STR_INIT("＊ "), STR_INIT("＋ "), STR_INIT("-- "), STR_INIT("--- "), STR_INIT("~ "),
	STR_INIT("～ "),  STR_INIT("☐"),   STR_INIT("☑"),   STR_INIT("✓"),   STR_INIT("✔"),    STR_INIT("└"),
	STR_INIT("├"),    STR_INIT("∟")};

size_t scan_false_bullet(struct str s)
{
	size_t i = 0, step;
	while ((step = blank_length(str_from(s, i))))
		i += step;
	for (size_t k = 0; k < ARRAY_SIZE(false_bullets); k++) {
		if (!str_starts(str_from(s, i), false_bullets[k]))
			continue;
		i += false_bullets[k].n;
		while ((step = blank_length(str_from(s, i))))
			i += step;
		return i < s.n ? i : 0;
	}
	return 0;
}

bool scan_is_dot(struct str s)
{
	static const struct str dots[] = {STR_INIT("・"), STR_INIT("•"), STR_INIT("●"), STR_INIT("◦"), STR_INIT("▪"),
	                                  STR_INIT("･"),  STR_INIT("■"), STR_INIT("□"), STR_INIT("‣"), STR_INIT("⁃"),
	                                  STR_INIT("▫"),  STR_INIT("∙"), STR_INIT("◆"), STR_INIT("◇")};
	for (size_t i = 0; i < ARRAY_SIZE(dots); i++)
		if (str_starts(s, dots[i]))
			return scan_false_bullet(s) > 0;
	return false;
}

struct scanner {
	struct str text;
	const struct blocks *blocks;
	struct line *line;
	uint32_t nr;
	bool *item; /* lines on which the tree has a list item begin */
};

static const struct block *block_of(const struct scanner *s, const struct line *l)
{
	return l->block == BLOCK_NONE ? NULL : &s->blocks->v[l->block];
}

static void set_item(struct scanner *s, struct line *l, uint32_t start, uint32_t length, uint8_t marker)
{
	uint32_t end = span_end(l->at);
	l->kind = LINE_ITEM;
	l->marker = marker;
	l->bullet = start;
	l->text = scan_trim(s->text, span_make(start + length, end));
}

/* A URL that is indented by four columns is code to Markdown only. */
static bool is_address(struct str s)
{
	bool web = str_starts(s, STR("https://")) || str_starts(s, STR("http://"));
	return web && str_find_byte(str_trim_end(s), 0, ' ') == str_trim_end(s).n;
}

static void classify_text(struct scanner *s, struct line *l, uint32_t start, bool item, bool code)
{
	struct str rest = str_slice(s->text, start, span_end(l->at));
	uint8_t marker;
	uint32_t length;
	bool looks = looks_like_item(rest, &marker, &length);
	if (looks && (item || l->indent || marker == '-')) {
		set_item(s, l, start, length, marker);
		l->lazy = !item;
	} else if (code && !is_address(rest)) {
		l->kind = LINE_CODE;
	} else if (looks_glued(rest)) {
		uint32_t behind = 1;
		for (size_t step; (step = blank_length(str_from(rest, behind))); behind += (uint32_t)step)
			;
		set_item(s, l, start, behind, '-');
		l->glued = true;
	} else if (l->indent < 4 && looks_like_heading(rest)) {
		l->kind = LINE_HEADING;
		l->glued = true;
		l->level = (uint8_t)hashes(rest);
		l->text = heading_text(s->text, span_make(start, span_end(l->at)));
	} else {
		l->kind = LINE_TEXT;
		l->text = trim_end(s->text, span_make(start, span_end(l->at)));
	}
}

/*
 * "- IOC" above "    -" is a heading to Markdown, which takes the empty bullet for an underline. To its author it is an
 * item, as "- # IOC" is: a heading that begins a list item is none of the digest's.
 */
static void classify_heading_item(struct scanner *s, struct line *l, const struct block *b, uint32_t index,
                                  uint32_t start)
{
	bool underline = b->setext && index + 1 == b->end;
	classify_text(s, l, start, !underline, false);
	if (underline && l->kind == LINE_TEXT)
		l->kind = LINE_OTHER;
}

static void classify_heading(struct scanner *s, struct line *l, const struct block *b, uint32_t index, uint32_t start)
{
	if (s->item[b->first]) {
		classify_heading_item(s, l, b, index, start);
		return;
	}
	l->level = b->level;
	l->kind = LINE_HEADING;
	if (!b->setext) {
		l->text = heading_text(s->text, span_make(start, span_end(l->at)));
		return;
	}
	if (index + 1 == b->end)
		l->kind = LINE_OTHER;
	else
		l->text = trim_end(s->text, span_make(start, span_end(l->at)));
}

static void skip_quote(struct scanner *s, const struct line *l, uint32_t *start)
{
	while (*start < span_end(l->at) && (s->text.p[*start] == '>' || is_blank(s->text.p[*start])))
		++*start;
}

static void classify(struct scanner *s, uint32_t index)
{
	struct line *l = &s->line[index];
	const struct block *b = block_of(s, l);
	uint32_t start = l->at.off;
	l->indent = (uint16_t)skip_blanks(s->text, &start, span_end(l->at));
	l->text = span_make(start, span_end(l->at));
	bool blank = scan_trim(s->text, l->text).len == 0;
	l->kind = blank ? LINE_BLANK : LINE_TEXT;
	if (b && b->kind == BLOCK_FENCE)
		l->kind = LINE_CODE;
	if (blank)
		return;
	switch (b ? b->kind : BLOCK_PARAGRAPH) {
	case BLOCK_FENCE:
		return;
	case BLOCK_HEADING:
		classify_heading(s, l, b, index, start);
		break;
	case BLOCK_HTML:
		l->kind = LINE_HTML;
		return;
	case BLOCK_TABLE:
		l->kind = LINE_TABLE;
		return;
	case BLOCK_RULE:
	case BLOCK_FRONT:
		l->kind = LINE_OTHER;
		return;
	case BLOCK_QUOTE:
		skip_quote(s, l, &start);
		l->text = trim_end(s->text, span_make(start, span_end(l->at)));
		return;
	case BLOCK_CODE:
		classify_text(s, l, start, false, true);
		break;
	default:
		classify_text(s, l, start, s->item[index], false);
		break;
	}
	l->text = scan_without_comment(s->text, l->text);
}

bool scan_in_quote(const struct blocks *blocks, uint32_t index)
{
	while (index != BLOCK_NONE && blocks->v[index].kind != BLOCK_QUOTE)
		index = blocks->v[index].parent;
	return index != BLOCK_NONE;
}

/* Children come behind their parents, so the innermost block is painted last. */
static void paint_blocks(struct scanner *s)
{
	for (uint32_t i = 0; i < s->blocks->nr; i++) {
		const struct block *b = &s->blocks->v[i];
		if (b->kind == BLOCK_ITEM && b->first < s->nr)
			s->item[b->first] = true;
		for (uint32_t line = b->first; line < b->end && line < s->nr; line++)
			s->line[line].block = i;
	}
}

/* What a quote holds is somebody else's text: no items, no headings of the digest. */
static void quote_lines(struct scanner *s)
{
	for (uint32_t i = 0; i < s->nr; i++) {
		struct line *l = &s->line[i];
		if (l->kind != LINE_BLANK && scan_in_quote(s->blocks, l->block)) {
			l->kind = l->kind == LINE_CODE ? LINE_CODE : LINE_TEXT;
			l->level = l->marker = 0;
			l->glued = l->lazy = false;
		}
	}
}

struct line *scan_lines(struct arena *a, const struct source *source, const struct blocks *blocks)
{
	uint32_t nr = source->lines.nr;
	struct scanner s = {source->text, blocks, arena_array(a, struct line, nr), nr, arena_array(a, bool, nr)};
	for (uint32_t i = 0; i < nr; i++) {
		s.line[i].at = lines_span(&source->lines, source->text, i);
		uint32_t next = source->lines.start[i + 1];
		s.line[i].ending = (uint8_t)(next - span_end(s.line[i].at));
		s.line[i].block = BLOCK_NONE;
	}
	if (nr && str_starts(str_at(source->text, s.line[0].at), STR("\xEF\xBB\xBF"))) {
		s.line[0].at.off += 3;
		s.line[0].at.len -= 3;
	}
	paint_blocks(&s);
	for (uint32_t i = 0; i < nr; i++)
		classify(&s, i);
	quote_lines(&s);
	return s.line;
}
