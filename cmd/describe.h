/* What is said about rules: shared by `sdi rules` and `sdi explain`. */
#pragma once

#include "cmd/project.h"
#include "core/base/buf.h"

/* Everything in the order of groups, and of names within a group. */
const struct rule **rules_by_group(struct arena *a);
/* "safe", "unsafe", or "no". */
const char *fix_name(enum safety s);
/* The same for people. */
const char *fix_label(enum safety s);
/* What is in force for a rule. */
enum severity severity_in_force(const struct project *p, const struct rule *r);
/* An example's text without the digest around it. */
struct str example_body(const struct example *e);
/* All that `sdi explain` says of a rule, in Markdown. */
void explain_markdown(struct buf *out, const struct rule *r);
/* What an option of a rule is by itself, and may be. */
void describe_default(struct buf *out, const struct rule_option *o);
/* The reference of a rule without its heading and summary, in Markdown. */
void describe_markdown(struct buf *out, const struct rule *r);
/* The names of all rules, for did_you_mean. */
const char *const *rule_names(struct arena *a);
