#include "lint/links/reply_page.h"

#include "core/base/unicode.h"
#include "core/base/utf8.h"

bool reply_is_html(struct str type)
{
	struct str name = str_trim(str_slice(type, 0, str_find_byte(type, 0, ';')));
	return str_eq_nocase(name, STR("text/html")) || str_eq_nocase(name, STR("application/xhtml+xml"));
}

static struct str charset_of(struct str type)
{
	struct str rest = str_from(type, str_find_byte(type, 0, ';')), part;
	while (str_split(&rest, ';', &part)) {
		struct str name = str_trim(str_slice(part, 0, str_find_byte(part, 0, '=')));
		struct str value = str_trim(str_from(part, str_find_byte(part, 0, '=') + 1));
		if (!str_eq_nocase(name, STR("charset")))
			continue;
		bool quoted = value.n > 1 && *value.p == '"' && value.p[value.n - 1] == '"';
		return quoted ? str_slice(value, 1, value.n - 1) : value;
	}
	return STR("");
}

static bool is_name_byte(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || strchr("-_.:", c);
}

/* `charset=…` at the beginning of a page, in a `meta` most likely. "" without one. */
static struct str charset_within(struct str bytes)
{
	enum { PRESCAN = 1024 };
	struct str head = str_slice(bytes, 0, PRESCAN), word = STR("charset");
	for (size_t i = 0; i + word.n < head.n; i++) {
		if (!str_eq_nocase(str_slice(head, i, i + word.n), word))
			continue;
		size_t from = i + word.n;
		while (from < head.n && strchr(" \t\r\n=\"'", head.p[from]))
			from++;
		size_t end = from;
		while (end < head.n && head.p[end] && is_name_byte(head.p[end]))
			end++;
		if (end > from)
			return str_slice(head, from, end);
	}
	return STR("");
}

/* Its last character may be cut off. */
static bool is_utf8(struct str bytes)
{
	size_t valid = utf8_check(bytes);
	bool ascii = true;
	for (size_t i = 0; ascii && i < bytes.n; i++)
		ascii = (unsigned char)bytes.p[i] < 0x80;
	return !ascii && valid + 3 >= bytes.n;
}

/* What browsers take these names for: the encodings with the characters that Windows has more. */
static struct str as_browsers_do(struct str charset)
{
	static const struct {
		const char *label, *means;
	} labels[] = {
		{"shift_jis", "CP932"},   {"shift-jis", "CP932"},   {"sjis", "CP932"},         {"x-sjis", "CP932"},
		{"windows-31j", "CP932"}, {"ms932", "CP932"},       {"x-euc-jp", "EUC-JP-MS"}, {"euc-jp", "EUC-JP-MS"},
		{"utf8", "UTF-8"},        {"iso-8859-1", "CP1252"}, {"latin1", "CP1252"},      {"us-ascii", "CP1252"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		if (str_eq_nocase(charset, str_of(labels[i].label)))
			return str_of(labels[i].means);
	return charset;
}

int reply_page(struct arena *a, struct str bytes, struct str type, struct page *out, struct err *err)
{
	*out = (struct page){.title = STR("")};
	if (!reply_is_html(type))
		return 0;
	struct str charset = charset_of(type);
	if (!charset.n)
		charset = charset_within(bytes);
	if (!charset.n)
		charset = is_utf8(bytes) ? STR("UTF-8") : str_of(unicode_guess_encoding(bytes));
	return page_read(a, bytes, as_browsers_do(charset), out, err);
}
