/* A config of any bytes is read or refused, with a place inside the text; so is what it says of the rules. */
#include <stdlib.h>

#include "core/base/unicode.h"
#include "core/config/config.h"
#include "core/config/yaml.h"
#include "lint/lint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libfyaml 0.7.12 forgets a buffer when it gives up in the middle of some scalars. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfyaml\nleak:fy_*";
}

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_tree(const struct yaml *y)
{
	must(y->line > 0 && y->column > 0);
	must(y->kind == YAML_SCALAR ? y->nr == 0 : y->text.n == 0);
	for (size_t i = 0; i < y->nr; i++) {
		check_tree(&y->item[i]);
		if (y->kind != YAML_MAP)
			continue;
		check_tree(&y->key[i]);
		must(y->key[i].kind == YAML_SCALAR);
	}
}

static void check_layer(const struct layer *l)
{
	for (size_t i = 0; i < l->nr; i++)
		must(l->set[i].line > 0 && l->set[i].column > 0 && l->set[i].rule_line > 0 && l->set[i].option.p);
}

static void check_settings(const struct config *c)
{
	check_layer(&c->base);
	must(c->overrides <= 64);
	for (size_t i = 0; i < c->overrides; i++) {
		check_layer(&c->override[i].layer);
		must(c->override[i].paths.nr > 0);
	}
	must(!config_overrides_of(c, ".") && !globs_cover(&c->excluded, STR("")));
	config_overrides_of(c, "2023/01/2023-01-01.md");
	must(c->templates[0] != '/' && !str_starts(str_of(c->templates), STR("../")));
	must(!c->baseline || c->baseline[0] != '/');
	must(unicode_is_zone(c->timezone));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct str text = {(const char *)data, size};
	struct yaml *root;
	struct config c;
	struct err err = {""}, config_err = {""};
	uint32_t line, column;
	int rc = yaml_parse(&a, text, &root, &line, &column, &err);
	must(rc == 0 || (err.text[0] && line > 0 && column > 0));
	if (rc == 0)
		check_tree(root);
	int config_rc = config_parse(&a, "c", text, &c, &config_err);
	must(config_rc == 0 || str_starts(str_of(config_err.text), STR("c:")));
	must(rc == 0 || config_rc < 0);
	if (config_rc == 0) {
		struct lint_plan plan;
		check_settings(&c);
		int plan_rc = lint_plan_make(&a, &c, NULL, UINT64_MAX, &plan, &config_err);
		must(plan_rc == 0 || str_starts(str_of(config_err.text), STR("c:")));
	}
	arena_release(&a);
	return 0;
}
