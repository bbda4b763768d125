#include "core/digest/template_front.h"

#include "core/base/utf8.h"
#include "core/config/config.h"
#include "core/config/yaml.h"

struct front {
	struct arena *arena;
	const struct source *source;
	uint32_t first; /* line behind the opening fence */
	struct template *out;
	struct mistakes *mistakes;
};

static const char *const keys[] = {"path", "from", "until", NULL};

static struct span line_span(const struct source *s, uint32_t line)
{
	return lines_span(&s->lines, s->text, line);
}

static bool is_fence(const struct source *s, uint32_t line)
{
	static const struct str mark = STR_INIT("\xEF\xBB\xBF");
	if (line >= s->lines.nr)
		return false;
	struct str text = str_trim_end(str_at(s->text, line_span(s, line)));
	if (line == 0 && str_starts(text, mark))
		text = str_from(text, mark.n);
	return str_eqz(text, "---");
}

/* YAML tells lines and columns of the part between the fences. */
static uint32_t offset_of(const struct front *f, uint32_t line, uint32_t column)
{
	uint32_t index = f->first + (line ? line - 1 : 0);
	struct span at = line_span(f->source, index < f->source->lines.nr ? index : f->source->lines.nr - 1);
	struct str text = str_at(f->source->text, at);
	size_t i = 0;
	for (uint32_t c = 1; c < column && i < text.n; c++)
		utf8_next(text, &i);
	return at.off + (uint32_t)i;
}

static struct span value_span(const struct front *f, const struct yaml *value)
{
	uint32_t off = offset_of(f, value->line, value->column);
	struct span line = line_span(f->source, lines_at(&f->source->lines, off));
	struct str text = str_trim_end(str_slice(f->source->text, off, span_end(line)));
	return (struct span){off, (uint32_t)text.n};
}

static void read_path(struct front *f, const struct yaml *value)
{
	struct err err;
	size_t at = 0;
	struct span span = value_span(f, value);
	if (value->kind != YAML_SCALAR) {
		mistake_add(f->mistakes, span, "`path` must be a text such as \"{yyyy}/{MM}/{yyyy-MM-dd}.md\"");
	} else if (pattern_parse(f->arena, value->text, &f->out->path, &at, &err) < 0) {
		uint32_t inside = (uint32_t)at + (value->quoted ? 1 : 0);
		if (inside < span.len)
			span = (struct span){span.off + inside, span.len - inside};
		mistake_add(f->mistakes, span, "%s", err.text);
	} else if (!pattern_tells_date(&f->out->path)) {
		mistake_add(f->mistakes, span, "`path` must hold year, month and day, so that a path tells its date");
	} else if (str_starts(value->text, STR("/")) || str_starts(value->text, STR("../")) ||
	           str_find(value->text, 0, STR("/../")) < value->text.n) {
		mistake_add(f->mistakes, span, "`path` must stay inside the repository");
	} else if (!str_ends(value->text, STR(".md"))) {
		mistake_add(f->mistakes, span, "`path` must end in `.md`");
	}
}

static void read_day(struct front *f, const struct yaml *value, struct date *out)
{
	if (value->kind == YAML_SCALAR && date_parse(value->text, out))
		return;
	mistake_add(f->mistakes, value_span(f, value), "`%.*s` is no date such as 2024-01-15",
	            value->kind == YAML_SCALAR ? (int)value->text.n : 0, value->kind == YAML_SCALAR ? value->text.p : "");
}

static void read_key(struct front *f, const struct yaml *key, const struct yaml *value)
{
	if (str_eqz(key->text, "path")) {
		read_path(f, value);
	} else if (str_eqz(key->text, "from")) {
		read_day(f, value, &f->out->from);
	} else if (str_eqz(key->text, "until")) {
		read_day(f, value, &f->out->until);
	} else {
		uint32_t off = offset_of(f, key->line, key->column);
		const char *near = nearest_name(key->text, keys);
		struct span at = {off, (uint32_t)key->text.n};
		if (near)
			mistake_add(f->mistakes, at, "unknown key `%.*s`; did you mean `%s`?", STR_ARG(key->text), near);
		else
			mistake_add(f->mistakes, at, "unknown key `%.*s`; there are path, from and until", STR_ARG(key->text));
	}
}

static void read_map(struct front *f, const struct yaml *map)
{
	struct span fence = line_span(f->source, f->first - 1);
	for (size_t i = 0; i < map->nr; i++)
		read_key(f, &map->key[i], &map->item[i]);
	const struct yaml *until = yaml_get(map, "until");
	if (!yaml_get(map, "path"))
		mistake_add(f->mistakes, fence, "the front matter has no `path`");
	if (until && date_is_set(f->out->from) && date_is_set(f->out->until) && date_cmp(f->out->from, f->out->until) > 0)
		mistake_add(f->mistakes, value_span(f, until), "`until` is before `from`");
}

uint32_t template_front(struct arena *a, const struct source *source, struct template *out, struct mistakes *m)
{
	struct front f = {a, source, 1, out, m};
	uint32_t end = 1;
	if (!is_fence(source, 0)) {
		mistake_add(m, line_span(source, 0), "a template begins with front matter: `---`, `path: …`, `---`");
		return 0;
	}
	while (end < source->lines.nr && !is_fence(source, end))
		end++;
	if (end == source->lines.nr) {
		mistake_add(m, line_span(source, 0), "the front matter is not closed by a second `---`");
		return end;
	}
	struct str text = str_slice(source->text, source->lines.start[1], source->lines.start[end]);
	struct yaml *map;
	struct err err;
	uint32_t line = 1, column = 1;
	if (yaml_parse(a, text, &map, &line, &column, &err) < 0)
		mistake_add(m, (struct span){offset_of(&f, line, column), 0}, "%s", err.text);
	else if (map->kind != YAML_MAP)
		mistake_add(m, line_span(source, 1), "the front matter must hold keys and values");
	else
		read_map(&f, map);
	return end + 1;
}
