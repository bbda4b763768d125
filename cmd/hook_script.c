#include "cmd/hook_script.h"

#include "core/base/buf.h"
#include "core/base/hash.h"

#define SHEBANG STR("#!/bin/sh\n")
#define MARK STR("# sdi-hook v1 ")
#define SUM STR("@SUM@")
#define SDI STR("@SDI@")

enum { SUM_BYTES = 32 };

static struct str add_sum(struct arena *a, struct str text)
{
	unsigned char sum[SUM_BYTES];
	struct buf hex = {0};
	hash_sha256(str_trim_end(text), sum);
	for (size_t i = 0; i < SUM_BYTES; i++)
		buf_printf(&hex, "%02x", sum[i]);
	struct str out = arena_str(a, buf_str(&hex));
	buf_release(&hex);
	return out;
}

/* As a word of the shell. */
static struct str quote(struct arena *a, const char *path)
{
	struct buf out = {0};
	buf_addc(&out, '\'');
	for (; *path; path++) {
		if (*path == '\'')
			buf_addz(&out, "'\\'");
		buf_addc(&out, *path);
	}
	buf_addc(&out, '\'');
	struct str quoted = arena_str(a, buf_str(&out));
	buf_release(&out);
	return quoted;
}

static struct str replace(struct arena *a, struct str text, struct str what, struct str with)
{
	size_t at = str_find(text, 0, what);
	return arena_printf(a, "%.*s%.*s%.*s", STR_ARG(str_slice(text, 0, at)), STR_ARG(with),
	                    STR_ARG(str_from(text, at + what.n)));
}

/* What follows the line with the mark: what the sum is of. `*sum` is what that line says. */
static bool split(struct str text, struct str *sum, struct str *rest)
{
	if (str_starts(text, SHEBANG))
		text = str_from(text, SHEBANG.n);
	if (!str_starts(text, MARK))
		return false;
	size_t end = str_find_byte(text, 0, '\n');
	*sum = str_slice(text, MARK.n, end);
	*rest = str_from(text, end + 1);
	return true;
}

struct str hook_script_file(struct arena *a, const char *sdi)
{
	struct str text = {hook_scripts[0].bytes, hook_scripts[0].size}, sum, rest;
	text = replace(a, text, SDI, quote(a, sdi));
	return split(text, &sum, &rest) ? replace(a, text, SUM, add_sum(a, rest)) : text;
}

struct str hook_script_command(struct arena *a, const char *sdi)
{
	return str_trim_end(str_from(hook_script_file(a, sdi), SHEBANG.n));
}

enum hook_author hook_script_author(struct str text)
{
	struct arena a = {0};
	struct str sum, rest;
	enum hook_author author = HOOK_OTHERS;
	if (split(text, &sum, &rest) && str_eq(sum, add_sum(&a, rest)))
		author = HOOK_OURS;
	else if (str_find(text, 0, MARK) < text.n)
		author = HOOK_EDITED;
	arena_release(&a);
	return author;
}

/* The text of a word in single quotes, with `'\''` for one of them. */
static const char *unquote(struct arena *a, struct str word)
{
	struct buf out = {0};
	const char *text = NULL;
	for (size_t i = 1; i < word.n && !text; i++) {
		if (word.p[i] != '\'')
			buf_addc(&out, word.p[i]);
		else if (!str_starts(str_from(word, i), STR("'\\''")))
			text = arena_str(a, buf_str(&out)).p;
		else
			buf_addc(&out, word.p[i += 3]);
	}
	buf_release(&out);
	return text;
}

const char *hook_script_sdi(struct arena *a, struct str text)
{
	static const struct str name = STR_INIT("\nsdi=");
	size_t at = str_find(text, 0, STR("\nsdi='"));
	return at < text.n ? unquote(a, str_from(text, at + name.n)) : NULL;
}

bool hook_script_mentions(struct str text, const char *words)
{
	struct str line;
	while (str_split(&text, '\n', &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("#")) && str_find(line, 0, str_of(words)) < line.n)
			return true;
	}
	return false;
}

bool hook_script_runs_sdi(struct str text)
{
	return hook_script_mentions(text, "sdi hook run") || hook_script_mentions(text, "sdi\" hook run");
}
