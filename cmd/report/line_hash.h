/*
 * What GitHub knows a finding by when its line moves: the `primaryLocationLineHash` of a SARIF result. A hash of the 100
 * UTF-16 code units from the line's start that are neither space nor tab; line endings count as LF, the end of the text as
 * 65535, what lies behind it as 0. Polynomial, base 37, modulo 2^64 (github/codeql-action, src/fingerprints.ts).
 */
#pragma once

#include "core/source/source.h"

struct line_hash {
	uint64_t hash;
	uint32_t turn; /* from 1: equal hashes of a text are told apart by it */
};

/* One for each line; the caller frees it. */
struct line_hash *line_hashes(const struct source *s);
