#include "lint/links/target_path.h"

#include "core/base/percent.h"
#include "core/ioc/url.h"

static bool is_unreserved(int c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c > 0 && strchr("-._~", c));
}

static void add_encoded(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c > 0x20 && c < 0x7F && !strchr("\"<>\\^`{|}", c))
			buf_addc(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
}

/* A percent sign alone is encoded here: `%a%30` would read as something else once its zero is decoded. */
static void add_alike(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		int byte = percent_byte(s, i);
		if (byte < 0 && s.p[i] == '%') {
			buf_addz(out, "%25");
			continue;
		}
		if (byte >= 0) {
			if (is_unreserved(byte))
				buf_addc(out, (char)byte);
			else
				buf_printf(out, "%%%02X", (unsigned)byte);
			i += 2;
		} else {
			add_encoded(out, str_slice(s, i, i + 1));
		}
	}
}

/* How many dots a segment consists of, written as `%2e` or not; 0: of other things, too. */
static size_t count_dots(struct str segment)
{
	size_t dots = 0;
	for (size_t i = 0; i < segment.n; i++, dots++) {
		if (segment.p[i] == '.')
			continue;
		if (percent_byte(segment, i) != '.')
			return 0;
		i += 2;
	}
	return dots;
}

/* Every path begins with a slash; `..` never climbs above it. */
static void add_segments(struct buf *out, struct str path)
{
	size_t from = out->n;
	struct str rest = str_from(path, 1), segment;
	bool folder = true;
	while (path.n && str_split(&rest, '/', &segment)) {
		size_t dots = count_dots(segment);
		bool up = dots == 2;
		folder = up || dots == 1;
		while (up && out->n > from && out->p[--out->n] != '/')
			;
		if (folder)
			continue;
		buf_addc(out, '/');
		add_encoded(out, segment);
	}
	if (folder)
		buf_addc(out, '/');
}

void target_path_add(struct buf *out, struct str path_and_query)
{
	size_t query = str_find_byte(path_and_query, 0, '?');
	add_segments(out, str_slice(path_and_query, 0, query));
	add_encoded(out, str_from(path_and_query, query));
}

static void add_parameters(struct buf *out, struct str query)
{
	char before = '?';
	struct str part;
	while (str_split(&query, '&', &part)) {
		if (!part.n || url_is_tracker(part))
			continue;
		buf_addc(out, before);
		buf_add(out, part);
		before = '&';
	}
}

void target_path_add_key(struct buf *out, struct str path_and_query)
{
	struct buf alike = {0};
	add_alike(&alike, path_and_query);
	struct str s = buf_str(&alike);
	size_t query = str_find_byte(s, 0, '?');
	add_segments(out, str_slice(s, 0, query));
	add_parameters(out, str_from(s, query + 1));
	buf_release(&alike);
}
