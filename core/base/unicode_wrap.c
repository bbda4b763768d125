#include "core/base/unicode.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "core/base/buf.h"
#include "core/base/str.h"

/* Strict: no line begins with a small kana or a long-vowel mark. */
static const char locale[] = "ja@lb=strict";

struct wrapper {
	struct str text;
	size_t columns;
	size_t line, end; /* the line in hand: what is sure to stay in it */
	struct buf out;
};

static bool is_quoted(struct str line)
{
	bool quoted = false;
	for (size_t i = 0; i < line.n; i++)
		quoted ^= line.p[i] == '`';
	return quoted;
}

static void end_line(struct wrapper *w)
{
	buf_add(&w->out, str_trim_end(str_slice(w->text, w->line, w->end)));
	w->line = w->end;
}

/* A line may end at `at`. */
static void add_break(struct wrapper *w, size_t at)
{
	struct str line = str_slice(w->text, w->line, at);
	if (is_quoted(line) && at < w->text.n)
		return;
	if (w->end > w->line && unicode_columns(str_trim_end(line), 0) > w->columns) {
		end_line(w);
		buf_addc(&w->out, '\n');
	}
	w->end = at;
}

struct str unicode_wrap(struct arena *a, struct str s, size_t columns)
{
	UErrorCode status = U_ZERO_ERROR;
	UText *text = utext_openUTF8(NULL, s.p, (int64_t)s.n, &status);
	UBreakIterator *it = ubrk_open(UBRK_LINE, locale, NULL, 0, &status);
	struct wrapper w = {.text = s, .columns = columns};
	ubrk_setUText(it, text, &status);
	while (U_SUCCESS(status)) {
		int32_t at = ubrk_next(it);
		if (at == UBRK_DONE)
			break;
		add_break(&w, (size_t)at);
	}
	w.end = s.n;
	end_line(&w);
	utext_close(text);
	ubrk_close(it);
	struct str wrapped = arena_str(a, buf_str(&w.out));
	buf_release(&w.out);
	return wrapped;
}
