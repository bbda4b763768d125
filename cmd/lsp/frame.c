#include "cmd/lsp/frame.h"

static struct str rest_of(const struct frames *f)
{
	return str_from(buf_str(&f->in), f->at);
}

void frames_add(struct frames *f, struct str bytes)
{
	if (f->at) {
		memmove(f->in.p, f->in.p + f->at, f->in.n - f->at);
		f->in.n -= f->at;
		f->at = 0;
	}
	buf_add(&f->in, bytes);
}

static int read_length(struct str digits, size_t *out, struct err *err)
{
	enum { MOST_DIGITS = sizeof(size_t) < 8 ? 9 : 18 };
	size_t length = 0;
	bool fine = digits.n > 0 && digits.n <= MOST_DIGITS;
	for (size_t i = 0; fine && i < digits.n; i++) {
		fine = digits.p[i] >= '0' && digits.p[i] <= '9';
		length = length * 10 + (size_t)(digits.p[i] - '0');
	}
	if (!fine)
		return err_set(err, "the length of a message is no number: `%.*s`", digits.n < 40 ? (int)digits.n : 40,
		               digits.p);
	*out = length;
	return 0;
}

/* Other fields, as Content-Type, say nothing that is asked for: the text is UTF-8. */
static int read_field(struct str line, size_t *length, bool *found, struct err *err)
{
	size_t colon = str_find_byte(line, 0, ':');
	if (colon == line.n)
		return err_set(err, "the head of a message is not readable");
	if (!str_eq_nocase(str_trim(str_slice(line, 0, colon)), STR("Content-Length")))
		return 0;
	if (*found)
		return err_set(err, "the head of a message has two lengths");
	*found = true;
	return read_length(str_trim(str_from(line, colon + 1)), length, err);
}

/* As frames_next. */
static int read_head(struct frames *f, struct err *err)
{
	struct str all = rest_of(f), line;
	size_t at = 0, end;
	bool found = false;
	while ((end = str_find_byte(all, at, '\n')) < all.n && end < FRAME_MOST_HEAD) {
		line = str_trim_end(str_slice(all, at, end));
		at = end + 1;
		if (line.n && read_field(line, &f->body, &found, err))
			return -1;
		if (line.n)
			continue;
		if (!found)
			return err_set(err, "the head of a message does not say its length");
		f->has_head = true;
		f->at += at;
		return 1;
	}
	return all.n < FRAME_MOST_HEAD ? 0 : err_set(err, "the head of a message is too large");
}

static void skip_some(struct frames *f)
{
	size_t here = rest_of(f).n, some = f->skip < here ? f->skip : here;
	f->at += some;
	f->skip -= some;
}

static int skip_body(struct frames *f, struct err *err)
{
	f->skip = f->body;
	f->has_head = false;
	err_set(err, "a message of %zu bytes is too large", f->body);
	return FRAME_TOO_LARGE;
}

int frames_next(struct frames *f, struct str *body, struct err *err)
{
	skip_some(f);
	if (f->skip)
		return 0;
	int state = f->has_head ? 1 : read_head(f, err);
	if (state <= 0)
		return state;
	if (f->body > FRAME_MOST_BODY)
		return skip_body(f, err);
	if (rest_of(f).n < f->body)
		return 0;
	*body = str_slice(rest_of(f), 0, f->body);
	f->at += f->body;
	f->has_head = false;
	return FRAME_WHOLE;
}

bool frames_pending(const struct frames *f)
{
	return f->has_head || f->skip || f->at < f->in.n;
}

void frames_release(struct frames *f)
{
	buf_release(&f->in);
	*f = (struct frames){0};
}
