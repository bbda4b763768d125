#include "lint/newline.h"

#include "core/base/buf.h"

struct str newline_of(const struct digest *d)
{
	if (!d->lines || !d->line[0].ending)
		return STR("\n");
	return digest_str(d, (struct span){span_end(d->line[0].at), d->line[0].ending});
}

struct str newline_text(struct arena *a, const struct digest *d, struct str text)
{
	struct buf out = {0};
	struct str newline = newline_of(d), line;
	if (str_eqz(newline, "\n"))
		return text;
	for (bool first = true; str_split(&text, '\n', &line); first = false) {
		if (!first)
			buf_add(&out, newline);
		buf_add(&out, line);
	}
	struct str copy = arena_str(a, buf_str(&out));
	buf_release(&out);
	return copy;
}
