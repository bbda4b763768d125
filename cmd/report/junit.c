/* JUnit's XML, as CI servers show it: a file is a suite, a finding a test that failed. */
#include "cmd/report/place.h"
#include "cmd/report/report.h"
#include "cmd/term.h"
#include "core/base/utf8.h"

/* What XML 1.0 cannot hold is escaped before; noncharacters it can hold only some of. */
static void add_char(struct buf *out, uint32_t c)
{
	switch (c) {
	case '&':
		buf_addz(out, "&amp;");
		break;
	case '<':
		buf_addz(out, "&lt;");
		break;
	case '>':
		buf_addz(out, "&gt;");
		break;
	case '"':
		buf_addz(out, "&quot;");
		break;
	case '[':
		/* "##[" in a log is a command to the runner of GitHub. */
		buf_addz(out, str_ends(buf_str(out), STR("##")) ? "&#91;" : "[");
		break;
	case '\'':
		buf_addz(out, "&apos;");
		break;
	default:
		buf_add_char(out, c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
	}
}

static void add_text(struct buf *out, struct str text)
{
	struct buf plain = {0};
	term_escape(&plain, text);
	struct str s = buf_str(&plain);
	for (size_t i = 0; i < s.n;)
		add_char(out, utf8_next(s, &i));
	buf_release(&plain);
}

static void add_attribute(struct buf *out, const char *name, struct str value)
{
	buf_printf(out, " %s=\"", name);
	add_text(out, value);
	buf_addc(out, '"');
}

static void add_failure(struct buf *out, struct place *place, const struct finding *f)
{
	struct position at = place_of(place, f->source, f->at.off);
	struct str path = str_of(f->source->path);
	/* The place makes the name one of its own: equal names would be taken for one test. */
	buf_printf(out, "    <testcase name=\"%s:%u:%u\"", f->rule->name, at.line, at.column);
	add_attribute(out, "classname", path);
	add_attribute(out, "file", path);
	buf_printf(out, " line=\"%u\">\n      <failure", at.line);
	add_attribute(out, "message", f->message);
	buf_printf(out, " type=\"%s\">", severity_name(f->severity));
	add_text(out, path);
	buf_printf(out, ":%u:%u: %s %s: ", at.line, at.column, severity_name(f->severity), f->rule->name);
	add_text(out, f->message);
	buf_addz(out, "</failure>\n    </testcase>\n");
}

static void add_suite(struct buf *out, struct place *place, const struct job *job)
{
	const struct findings *f = &job->findings;
	struct str path = str_of(job->source.path);
	buf_addz(out, "  <testsuite");
	add_attribute(out, "name", path);
	buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\">\n", f->nr ? f->nr : 1, f->nr);
	for (size_t i = 0; i < f->nr; i++)
		add_failure(out, place, &f->v[i]);
	if (!f->nr) {
		buf_addz(out, "    <testcase name=\"no findings\"");
		add_attribute(out, "classname", path);
		add_attribute(out, "file", path);
		buf_addz(out, "/>\n");
	}
	buf_addz(out, "  </testsuite>\n");
}

void report_junit(const struct report *r, struct buf *out)
{
	struct place place = {.unit = UNIT_CHARACTERS};
	size_t tests = 0, failures = 0;
	for (size_t i = 0; i < r->nr; i++) {
		failures += r->job[i]->findings.nr;
		tests += r->job[i]->findings.nr ? r->job[i]->findings.nr : 1;
	}
	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_printf(out, "<testsuites name=\"sdi\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n", tests, failures);
	for (size_t i = 0; i < r->nr; i++)
		add_suite(out, &place, r->job[i]);
	buf_addz(out, "</testsuites>\n");
}
