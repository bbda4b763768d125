#include "cmd/hook_manager.h"

#include <unistd.h>

#include "cmd/hook_script.h"
#include "core/source/paths.h"
#include "core/source/source.h"

enum { MAX_BYTES = 1024 * 1024 };

/* They hide what is not staged, or hand on what they find: so sdi is not to write the index. */
static const struct hook_manager managers[] = {
	{"pre-commit",
     {".pre-commit-config.yaml"},
     NULL,
     NULL,
     "id: sdi",
     "    - repo: local\n"
     "      hooks:\n"
     "        - id: sdi\n"
     "          name: sdi\n"
     "          entry: sdi hook run --no-index\n"
     "          language: system\n"
     "          types: [markdown]\n"
     "          require_serial: true\n"},
	{"lefthook",
     {"lefthook.yml", ".lefthook.yml", "lefthook.yaml", ".lefthook.yaml", ".config/lefthook.yml",
      ".config/lefthook.yaml"},
     NULL,
     NULL,
     "sdi hook run",
     "    pre-commit:\n"
     "      commands:\n"
     "        sdi:\n"
     "          run: sdi hook run --no-index\n"},
	{"husky", {".husky"}, NULL, ".husky/pre-commit", "sdi hook run", "    sdi hook run || exit $?\n"},
	{"overcommit",
     {".overcommit.yml"},
     NULL,
     NULL,
     "'sdi', 'hook', 'run'",
     "    PreCommit:\n"
     "      Sdi:\n"
     "        enabled: true\n"
     "        command: ['sdi', 'hook', 'run', '--no-index']\n"
     "        include: '**/*.md'\n"},
	{"lint-staged",
     {".lintstagedrc", ".lintstagedrc.json", ".lintstagedrc.yaml", ".lintstagedrc.yml", ".lintstagedrc.js",
      ".lintstagedrc.mjs", ".lintstagedrc.cjs", "lint-staged.config.js", "lint-staged.config.mjs",
      "lint-staged.config.cjs"},
     NULL,
     NULL,
     "sdi hook run",
     "    \"*.md\": \"sdi hook run --no-index\"\n"},
	{"lint-staged",
     {"package.json"},
     "\"lint-staged\"",
     NULL,
     "sdi hook run",
     "    \"lint-staged\": {\n"
     "      \"*.md\": \"sdi hook run --no-index\"\n"
     "    }\n"},
};

static bool mentions(const char *top, const char *file, const char *words)
{
	struct arena a = {0};
	struct source s = {0};
	bool found =
		source_read_file(&a, path_join(&a, top, file), MAX_BYTES, &s, NULL) == 0 && hook_script_mentions(s.text, words);
	arena_release(&a);
	return found;
}

static bool is_there(const char *top, const char *file)
{
	struct arena a = {0};
	bool there = access(path_join(&a, top, file), F_OK) == 0;
	arena_release(&a);
	return there;
}

const struct hook_manager *hook_manager_find(const char *top, const char **file)
{
	for (size_t i = 0; i < ARRAY_SIZE(managers); i++) {
		const struct hook_manager *m = &managers[i];
		for (const char *const *f = m->files; *f; f++) {
			if (!is_there(top, *f) || (m->key && !mentions(top, *f, m->key)))
				continue;
			*file = m->goes_in ? m->goes_in : *f;
			return m;
		}
	}
	return NULL;
}

bool hook_manager_runs_sdi(const struct hook_manager *m, const char *top, const char *file)
{
	return mentions(top, file, m->mention);
}
