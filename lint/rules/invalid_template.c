#include "lint/check.h"

static void check(struct check *c, const struct template *t)
{
	for (size_t i = 0; i < t->mistakes; i++)
		report(c, t->mistake[i].at, "%.*s", STR_ARG(t->mistake[i].message));
}

const struct rule rule_invalid_template = {
	.name = "invalid-template",
	.group = "meta",
	.severity = SEVERITY_ERROR,
	.summary = "A template cannot be used as it is written",
	.why =
		"The template says what a digest is. One with a mistake checks nothing, so that digests which are wrong would pass.",
	.bad = {.text =
                "---\npath: \"{yyyy-MM-dd}.md\"\n---\n# Daily Security Info\n\n### ニュース <!-- sdi: entries -->\n\n"
                "#### {title}\n{url}\n\n- 要約 <!-- sdi: max-item=3 -->\n    - {text}\n"},
	.good = {.text =
                 "---\npath: \"{yyyy-MM-dd}.md\"\n---\n# Daily Security Info\n\n### ニュース <!-- sdi: entries -->\n\n"
                 "#### {title}\n{url}\n\n- 要約 <!-- sdi: max-items=3 -->\n    - {text}\n"},
	.check_template = check,
};
