#include "cmd/manual/manual.h"

#include "core/base/date.h"
#include "core/base/unicode.h"

enum { COLUMNS = 77 };

#ifndef SDI_DATE
#define SDI_DATE "2026-11-27"
#endif

/* ---- characters ---- */

struct writer {
	struct buf *out;
	size_t column; /* bytes of the line that is written, in roff's own ASCII */
	bool code;     /* inside of `…` */
};

static const char *escape_of(char c, bool code)
{
	static const struct {
		char c;
		bool everywhere;
		const char *escape;
	} escapes[] = {
		{'\\', true, "\\e"}, {'~', true, "\\(ti"},   {'^', true, "\\(ha"},
		{'-', false, "\\-"}, {'\'', false, "\\(aq"}, {'"', false, "\\(dq"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(escapes); i++)
		if (escapes[i].c == c && (code || escapes[i].everywhere))
			return escapes[i].escape;
	return NULL;
}

/* A line of roff has 80 bytes, in which a character beyond ASCII is \[uXXXX]. */
static size_t width_of(struct str piece)
{
	size_t width = 0;
	for (size_t i = 0; i < piece.n; i++) {
		unsigned char c = (unsigned char)piece.p[i];
		width += c == '`' ? 3 : c == '-' ? 2 : c >= 0xc0 ? 10 : c < 0x80;
	}
	return width;
}

static void add_char(struct writer *w, char c)
{
	const char *escape = escape_of(c, w->code);
	if (!w->column && (c == '.' || c == '\''))
		buf_addz(w->out, "\\&");
	w->column++;
	if (escape)
		buf_addz(w->out, escape);
	else
		buf_addc(w->out, c);
}

static void add_piece(struct writer *w, struct str piece)
{
	size_t column = w->column + width_of(piece);
	for (size_t i = 0; i < piece.n; i++) {
		if (piece.p[i] != '`') {
			add_char(w, piece.p[i]);
			continue;
		}
		w->code = !w->code;
		buf_addz(w->out, w->code ? "\\fB" : "\\fP");
	}
	w->column = column;
}

static void end_line(struct writer *w)
{
	buf_addc(w->out, '\n');
	w->column = 0;
}

/* ---- prose ---- */

/* A line that went on would have two sentences. */
static bool ends_sentence(struct str piece)
{
	while (piece.n && strchr("`)\"'", piece.p[piece.n - 1]))
		piece.n--;
	return piece.n && strchr(".!?", piece.p[piece.n - 1]);
}

/* Kana, kanji and their punctuation, which stand without blanks: three bytes or more, from U+3000 on. */
static bool begins_japanese(struct str s)
{
	return s.n && (unsigned char)s.p[0] >= 0xe3;
}

static bool ends_japanese(struct str s)
{
	return s.n >= 3 && (unsigned char)s.p[s.n - 1] >= 0x80 && (unsigned char)s.p[s.n - 3] >= 0xe3;
}

/* Up to where a line of roff may end again: the next blank, but one in `code`. */
static size_t width_ahead(const char *at, struct str piece)
{
	size_t width = width_of(piece), run = width_of((struct str){at, strcspn(at, " ")});
	return run > width ? run : width;
}

/* Before `piece`, which is at `at`: a blank, or a place where Japanese may be broken. */
static void add_gap(struct writer *w, struct str before, struct str piece, const char *at, bool blank)
{
	if (!blank) {
		if (ends_japanese(before) || begins_japanese(piece))
			buf_addz(w->out, "\\:");
	} else if (ends_sentence(before) || w->column + 1 + width_ahead(at, piece) > COLUMNS) {
		end_line(w);
	} else {
		add_char(w, ' ');
	}
}

void manual_text(struct buf *out, const char *text)
{
	struct arena a = {0};
	struct writer w = {.out = out};
	/* Every place where a line may end, whether for a blank or for the script. */
	struct str rest = unicode_wrap(&a, str_of(text), 1), piece, before = {0};
	const char *at = text;
	while (str_split(&rest, '\n', &piece)) {
		bool blank = *at == ' ';
		at += strspn(at, " ");
		if (before.n && piece.n)
			add_gap(&w, before, piece, at, blank);
		add_piece(&w, piece);
		at += piece.n;
		before = piece;
	}
	end_line(&w);
	arena_release(&a);
}

/* Lines of a paragraph as one; Japanese ones without a blank between them. */
static const char *joined(struct arena *a, struct str paragraph)
{
	struct buf out = {0};
	struct str line;
	while (str_split(&paragraph, '\n', &line)) {
		line = str_trim(line);
		if (out.n && line.n && !ends_japanese(buf_str(&out)) && !begins_japanese(line))
			buf_addc(&out, ' ');
		buf_add(&out, line);
	}
	const char *text = arena_str(a, buf_str(&out)).p;
	buf_release(&out);
	return text;
}

/* ---- what a paragraph is ---- */

static bool is_indented(struct str paragraph)
{
	struct str line;
	while (str_split(&paragraph, '\n', &line))
		if (!str_starts(line, STR("  ")))
			return false;
	return true;
}

/* The length of the "word" in "word: what it does"; 0 where the line is none. */
static size_t tag_length(struct str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] >= 'a' && line.p[n] <= 'z')
		n++;
	return str_starts(str_from(line, n), STR(": ")) ? n : 0;
}

static bool is_list(struct str paragraph)
{
	struct str line;
	while (str_split(&paragraph, '\n', &line))
		if (!tag_length(line) && !str_starts(line, STR("  ")))
			return false;
	return true;
}

void manual_literal(struct buf *out, struct str text)
{
	struct str line;
	buf_addz(out, ".Bd -literal -offset indent\n");
	while (str_split(&text, '\n', &line)) {
		struct writer w = {.out = out, .code = true};
		for (size_t i = 0; i < line.n; i++)
			add_char(&w, line.p[i]);
		end_line(&w);
	}
	buf_addz(out, ".Ed\n");
}

static void add_item(struct arena *a, struct buf *out, struct str item)
{
	size_t tag = tag_length(item);
	buf_printf(out, ".It Cm %.*s\n", (int)tag, item.p);
	manual_text(out, joined(a, str_from(item, tag + 2)));
}

static void add_list(struct arena *a, struct buf *out, struct str paragraph)
{
	struct str rest = paragraph, line;
	size_t begin = 0;
	buf_addz(out, ".Bl -tag -width Ds\n");
	while (str_split(&rest, '\n', &line)) {
		size_t at = (size_t)(line.p - paragraph.p);
		if (at > begin && tag_length(line)) {
			add_item(a, out, str_slice(paragraph, begin, at - 1));
			begin = at;
		}
	}
	add_item(a, out, str_from(paragraph, begin));
	buf_addz(out, ".El\n");
}

static void add_paragraph(struct arena *a, struct buf *out, struct str paragraph)
{
	if (is_indented(paragraph)) {
		struct buf lines = {0};
		for (struct str line; str_split(&paragraph, '\n', &line);)
			buf_printf(&lines, "%s%.*s", lines.n ? "\n" : "", STR_ARG(str_from(line, 2)));
		manual_literal(out, buf_str(&lines));
		buf_release(&lines);
	} else if (is_list(paragraph)) {
		add_list(a, out, paragraph);
	} else {
		manual_text(out, joined(a, paragraph));
	}
}

void manual_prose(struct buf *out, struct str text)
{
	struct arena a = {0};
	const char *between = "";
	text = str_trim_end(text);
	while (text.n) {
		size_t end = str_find(text, 0, STR("\n\n"));
		struct str paragraph = str_slice(text, 0, end);
		bool set_off = is_indented(paragraph) || is_list(paragraph);
		buf_addz(out, set_off ? "" : between);
		add_paragraph(&a, out, paragraph);
		between = ".Pp\n";
		text = str_from(text, end + 2);
	}
	arena_release(&a);
}

/* "November 27, 2026" */
static void add_date(struct buf *out)
{
	static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
	                                     "July",    "August",   "September", "October", "November", "December"};
	struct date d = {0};
	if (!date_parse(STR(SDI_DATE), &d))
		BUG("the date of this version is none");
	buf_printf(out, ".Dd %s %d, %d\n", months[d.month - 1], d.day, d.year);
}

void manual_head(struct buf *out, const char *name, const char *section, const char *about)
{
	add_date(out);
	buf_addz(out, ".Dt ");
	for (const char *c = name; *c; c++)
		buf_addc(out, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
	buf_printf(out, " %s\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", section, name);
	struct writer w = {.out = out, .column = 4};
	add_piece(&w, str_of(about));
	/* What follows hides the last byte of Japanese from those who look for a full stop. */
	buf_addz(out, ends_japanese(str_of(about)) ? "\\&\n" : "\n");
}
