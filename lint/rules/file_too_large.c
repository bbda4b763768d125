#include "lint/check.h"

static const struct rule_option options[] = {
	{.name = "max-bytes",
     .doc = "The most bytes that a file may have",
     .value = 1048576,
     .least = 1024,
     .most = 104857600},
	{.name = "max-lines", .doc = "The most lines that a file may have", .value = 20000, .least = 100, .most = 10000000},
	{0},
};

static void check(struct check *c, const struct source *source)
{
	long bytes = option(c, "max-bytes"), lines = option(c, "max-lines");
	if (source->size > (uint64_t)bytes)
		report(c, (struct span){0, 0}, "the file has %llu bytes, more than %ld", (unsigned long long)source->size,
		       bytes);
	else if (source->lines.nr > lines)
		report(c, (struct span){0, 0}, "the file has %u lines, more than %ld", source->lines.nr, lines);
}

#define LINE "    - 一行の要約が、とても長く、とても長く、とても長く、とても長く続く。\n"
#define LINES LINE LINE LINE LINE LINE LINE

const struct rule rule_file_too_large = {
	.name = "file-too-large",
	.group = "meta",
	.severity = SEVERITY_ERROR,
	.summary = "A file is too large to be a digest",
	.why =
		"A day's digest has some ten thousand bytes. One that is a hundred times larger holds something that was pasted by "
		"accident, such as a log or a binary, and would slow down everything that reads the archive. It is not checked.",
	.bad = {.text = EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n" LINES LINES EXAMPLE_END,
            .option = "max-bytes",
            .value = 1024},
	.good = {.text = EXAMPLE_IOC "    - IOC情報なし\n" EXAMPLE_END, .option = "max-bytes", .value = 1024},
	.options = options,
	.check_source = check,
};
