#include "core/base/unicode_slug.h"

#include <unicode/uchar.h>

#include "core/base/buf.h"
#include "core/base/utf8.h"

static bool stays(UChar32 c)
{
	const uint32_t kept = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_PC_MASK;
	return c == '-' || (U_MASK(u_charType(c)) & kept);
}

struct str unicode_slug(struct arena *a, struct str text)
{
	struct buf out = {0};
	for (size_t i = 0; i < text.n;) {
		UChar32 c = (UChar32)utf8_next(text, &i);
		if (c == ' ')
			buf_addc(&out, '-');
		else if (stays(c))
			buf_add_char(&out, (uint32_t)u_tolower(c));
	}
	struct str slug = arena_str(a, buf_str(&out));
	buf_release(&out);
	return slug;
}
