#include "core/digest/block_mask.h"

#include "core/digest/block_prefix.h"

enum { CRCRLF = 3 };

struct mask {
	const struct source *source;
	char *out;
	enum block_mask_mode mode;
	bool reference; /* the lines up to the next blank one may define a link */
	bool html;      /* there has been a line that may begin an HTML block */
};

static void paint(char *from, const char *to, int value)
{
	memset(from, value, (size_t)(to - from));
}

static void hide(char *p, const char *end, char c)
{
	while ((p = memchr(p, c, (size_t)(end - p))))
		*p++ = (char)BLOCK_MASK_LETTER;
}

static char *skip_blanks(char *p, const char *end)
{
	while (p < end && block_is_blank(*p))
		p++;
	return p;
}

static bool holds(const char *p, const char *end, char c)
{
	return memchr(p, c, (size_t)(end - p)) != NULL;
}

/* The end of the run of ` or ~ that makes `p` a line that opens or closes a code block; NULL where it does neither. */
static char *fence(char *p, const char *end)
{
	char c = *p, *behind = p;

	if (c != '`' && c != '~')
		return NULL;
	while (behind < end && *behind == c)
		behind++;
	if (behind - p < 3 || (c == '`' && holds(behind, end, '`')))
		return NULL;
	return behind;
}

/* A fence from `p` to `behind`, on a line that ends at `end`. */
static void mask_fence(char *p, char *behind, char *end)
{
	const ptrdiff_t most = 255;
	char *info = skip_blanks(behind, end);

	/* The parser counts in a byte. */
	if (behind - p > most)
		paint(p + most, behind, BLOCK_MASK_GLUE);
	/* The parser closes a block only where the line ends with the fence. */
	if (info == end)
		paint(behind, end, BLOCK_MASK_GLUE);
	else
		paint(info, end, BLOCK_MASK_LETTER);
}

/* The parser closes a code block at any ``` with which a line ends, and takes any [ for the start of a definition. */
static void mask_faults(const struct mask *m, char *body, const char *end)
{
	if (*body == '<')
		return;
	if (*body == '[' && !m->reference)
		*body = (char)BLOCK_MASK_LETTER;
	hide(body, end, '`');
	hide(body, end, '~');
}

/* What block structure is made of: where a line has begun with only these, the next byte may still count. */
static bool is_structural(char c)
{
	return c != 0 && strchr(" \t>*+-#=_0123456789.)", c);
}

/* A number that text follows is no item's, nor is one that was not taken for an item's at the line's beginning. */
static char *number_start(char *line, char *body)
{
	if (*line >= '0' && *line <= '9')
		return line;
	while (body > line && strchr("0123456789.)", body[-1]))
		body--;
	return body;
}

static void mask_text(struct mask *m, char *body, char *end)
{
	char *line = body;

	while (end > body && block_is_blank(end[-1]))
		end--;
	while (body < end && is_structural(*body))
		body++;
	if (body == end)
		return;
	/* Stars and underscores that text follows are no rule: the parser would count them again from each one of them. */
	for (char *p = line; p < body; p++)
		if (*p == '*' || *p == '_') {
			paint(p, body, BLOCK_MASK_LETTER);
			body = p;
		}
	if (*body == '<')
		m->html = true;
	bool tag = m->html && (holds(body, end, '<') || holds(body, end, '>'));
	bool table = *body == ':' || holds(body, end, '|');
	if (!tag && !table && !m->reference)
		paint(number_start(line, body), end, BLOCK_MASK_LETTER);
}

static void mask_line(struct mask *m, char *line, char *end)
{
	struct str text = {line, (size_t)(end - line)};
	char *body = line + block_prefix(text).n;

	if (body == end)
		return;
	char *behind = fence(body, end);
	if (behind) {
		mask_fence(body, behind, end);
		return;
	}
	mask_faults(m, body, end);
	if (m->mode == BLOCK_MASK_ALL)
		mask_text(m, body, end);
}

/*
 * The metadata at the top must be told by an exact `---`. The parser also takes `+++`, and blanks around; a rule that
 * is one is left a rule.
 */
static void mask_front(char *line, char *end)
{
	char *p = skip_blanks(line, end);

	if (end - p < 3)
		return;
	if (memcmp(p, "+++", 3) == 0)
		paint(p, p + 3, BLOCK_MASK_LETTER);
	else if (memcmp(p, "---", 3) == 0 && p - line < 4 && end - line > 3 && skip_blanks(p + 3, end) == end)
		paint(line, end, '-');
}

static bool is_blank_line(const struct source *s, uint32_t line)
{
	struct str text = str_at(s->text, lines_span(&s->lines, s->text, line));
	size_t i = 0;

	while (i < text.n && block_is_blank(text.p[i]))
		i++;
	return i == text.n;
}

/* May the lines from `line` up to the next blank one hold a link reference definition? */
static bool is_reference(const struct source *s, uint32_t line)
{
	uint32_t from = s->lines.start[line];

	while (line < s->lines.nr && !is_blank_line(s, line))
		line++;
	struct str run = str_slice(s->text, from, s->lines.start[line]);
	size_t at = str_find_byte(run, 0, ']');
	while (at < run.n && !str_starts(str_from(run, at), STR("]:")))
		at = str_find_byte(run, at + 1, ']');
	return at < run.n;
}

static void mask_lines(struct mask *m, uint32_t skip)
{
	const struct source *s = m->source;
	bool was_blank = true;

	for (uint32_t i = 0; i < s->lines.nr; i++) {
		struct span at = lines_span(&s->lines, s->text, i);
		char *line = m->out + (i == 0 ? skip : at.off), *end = m->out + span_end(at);
		bool blank = skip_blanks(line, end) == end;
		/* CR CR LF is one ending, and two to the parser. */
		if (m->out + s->lines.start[i + 1] - end == CRCRLF)
			*end = blank ? ' ' : (char)BLOCK_MASK_GLUE;
		/* Two blank lines are no more than one, but some of the parser's lists end there. */
		if (blank && was_blank && i > 0)
			paint(line, m->out + s->lines.start[i + 1], BLOCK_MASK_GLUE);
		if (was_blank && !blank)
			m->reference = is_reference(s, i);
		was_blank = blank;
		if (i == 0)
			mask_front(line, end);
		if (!blank)
			mask_line(m, line, end);
	}
}

void block_mask(char *out, const struct source *source, uint32_t skip, enum block_mask_mode mode)
{
	struct str text = source->text;
	struct mask m = {.source = source, .out = out, .mode = mode};

	if (text.n)
		memcpy(out, text.p, text.n);
	out[text.n] = '\n';
	hide(out, out + text.n, 0);
	mask_lines(&m, skip);
}

size_t block_mask_run(const char *p, size_t n)
{
	const uint64_t highs = UINT64_C(0x8080808080808080);
	size_t i = 0;
	uint64_t word;

	for (; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, p + i, sizeof(word));
		if ((word & highs) != highs)
			break;
	}
	while (i < n && (unsigned char)p[i] >= 0x80)
		i++;
	return i;
}
