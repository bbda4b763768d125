/* Whatever bytes a server calls a page: places come sorted, a title is one line, and what is found is really asked for. */
#include <stdint.h>

#include "core/html/ids.h"
#include "core/html/page.h"
#include "lint/links/fragment.h"

static void must(bool holds)
{
	if (!holds)
		BUG("not so");
}

/* The first line is the Content-Type, the rest the page. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct page page;
	struct err err;
	struct str all = {size ? (const char *)data : "", size}, type;
	must(str_split(&all, '\n', &type) || size == 0);
	must(page_read(&a, all, STR(""), &page, &err) == 0);
	must(str_find_byte(page.title, 0, '\n') == page.title.n);
	struct html_ids ids = html_ids(&a, all);
	for (size_t i = 0; i < ids.nr; i++)
		must(ids.v[i].n && html_ids_have(&ids, ids.v[i]) && (!i || str_cmp(ids.v[i - 1], ids.v[i]) <= 0));
	struct str name = ids.nr ? ids.v[0] : STR("x");
	enum fragment_state state;
	fragment_look(&(struct fragment_page){all, type, size % 2 == 0}, &name, 1, &state);
	must(state != FRAGMENT_THERE || ids.nr);
	arena_release(&a);
	return 0;
}
