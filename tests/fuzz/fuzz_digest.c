/* Whatever the text: it is linted, the same way twice, and findings and edits lie in it, in order. */
#include <stdint.h>

#include "core/base/utf8.h"
#include "tests/fuzz/world.h"

static void check_finding(const struct finding *f, struct str text, uint32_t after)
{
	if (span_end(f->at) > text.n || f->at.off < after)
		BUG("%s at bytes %u to %u, behind %u, of %zu", f->rule->name, f->at.off, span_end(f->at), after, text.n);
	for (size_t i = 0; i < f->fix.nr; i++) {
		const struct edit *e = &f->fix.edit[i];
		if (span_end(e->at) > text.n || (i > 0 && e->at.off < span_end(e[-1].at)))
			BUG("%s edits bytes %u to %u of %zu", f->rule->name, e->at.off, span_end(e->at), text.n);
		if (utf8_check(e->text) < e->text.n)
			BUG("%s writes what is no UTF-8", f->rule->name);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size ? (const char *)data : "", size};

	if (utf8_check(text) < text.n)
		return 0;
	world_open();

	struct job first = world_job(text), second = world_job(text);
	lint_one(&first, world.parser);
	lint_one(&second, world.parser);
	if (first.findings.nr != second.findings.nr)
		BUG("%zu findings, then %zu", first.findings.nr, second.findings.nr);
	for (size_t i = 0; i < first.findings.nr; i++) {
		const struct finding *a = &first.findings.v[i], *b = &second.findings.v[i];
		if (a->rule != b->rule || a->at.off != b->at.off || !str_eq(a->message, b->message))
			BUG("%s, then %s", a->rule->name, b->rule->name);
		check_finding(a, text, i ? a[-1].at.off : 0);
	}
	job_release(&first);
	job_release(&second);
	return 0;
}
