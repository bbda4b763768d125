/*
 * The files tests/rules/NAME.case.
 *
 *     == two spaces after an item ==
 *     -- in path=2026-11-22.md --
 *     - Foo␠␠
 *     -- lint --
 *     1:6 warning trailing-space: 2 trailing spaces
 *     -- fixed --
 *     - Foo
 *
 * A case is linted by its rule alone. Settings of `in`: path=P, option=NAME:VALUE, new, twin=P, today=DATE, template=FILE (below
 * the repository), with=RULE (runs, too, but is not shown), targets=P,P and untracked=P,P (files that local links may lead to;
 * with neither nothing is known of files). A part `template` replaces the example template, a part `config` is a `.sdi.yaml`, a
 * part `target` the text of each target, a part `before` another digest, whose path the setting before=P tells
 * ("2026-11-21.md" without it), a part `answers` what was learnt of links, as in rule.h; `fixed` is the text after the safe edits, `unsafe` after all; where a part is missing
 * nothing is expected: no finding, no change.
 * ␠ → ␍ ␛ ␀ are space, tab, CR, ESC, NUL; ∎ stands where the text ends without a newline; ⟨U+200B⟩ is a code point, ⟨EF⟩ a
 * byte, ⟨BOM⟩ a byte order mark. One blank line parts two cases.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/str.h"

enum part {
	PART_IN,
	PART_TEMPLATE,
	PART_CONFIG,
	PART_TARGET,
	PART_BEFORE,
	PART_ANSWERS,
	PART_LINT,
	PART_FIXED,
	PART_UNSAFE,
	PARTS
};
extern const char *const fixture_part_names[PARTS];

struct test {
	struct str title, settings;
	struct str part[PARTS]; /* as written; p is NULL without one */
};

/* False where there is no such file. */
bool fixture_read_file(struct arena *a, const char *path, struct str *out);
/* The cases of a file's text, and what stands above them. */
size_t fixture_cases(struct arena *a, struct str text, struct test **out, struct str *head);
/* A part's text without the marks, and with them. */
struct str fixture_decode(struct arena *a, struct str s);
void fixture_encode(struct buf *out, struct str s);
