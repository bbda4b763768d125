#include "cmd/term.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/command.h"
#include "core/base/message.h"
#include "core/base/unicode.h"
#include "core/base/utf8.h"
#include "core/source/draft.h"

/* What happened to stdout. */
static int out_errno;

static bool env_is_set(const char *name)
{
	const char *value = getenv(name);
	return value && *value;
}

static bool env_is(const char *name, const char *value)
{
	const char *set = getenv(name);
	return set && strcmp(set, value) == 0;
}

bool term_colour(enum colour wish, int stream)
{
	if (wish != COLOUR_AUTO)
		return wish == COLOUR_ALWAYS;
	if (env_is_set("FORCE_COLOR"))
		return true;
	if (env_is_set("CLICOLOR_FORCE") && !env_is("CLICOLOR_FORCE", "0"))
		return true;
	if (env_is_set("NO_COLOR") || env_is("TERM", "dumb"))
		return false;
	return isatty(stream);
}

void term_escape_char(struct buf *out, uint32_t codepoint, bool ill_formed)
{
	static const char *const shorts[] = {['\t'] = "\\t", ['\n'] = "\\n", ['\r'] = "\\r"};
	if (ill_formed || (codepoint < 0x80 && unicode_is_control(codepoint))) {
		if (!ill_formed && codepoint < ARRAY_SIZE(shorts) && shorts[codepoint])
			buf_addz(out, shorts[codepoint]);
		else
			buf_printf(out, "\\x%02x", (unsigned)codepoint);
	} else if (!unicode_is_control(codepoint)) {
		buf_add_char(out, codepoint);
	} else if (codepoint < 0x10000) {
		buf_printf(out, "\\u%04x", (unsigned)codepoint);
	} else {
		buf_printf(out, "\\U%08x", (unsigned)codepoint);
	}
}

void term_escape(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n;) {
		size_t at = i;
		i = utf8_skip_common(text, i);
		buf_add(out, str_slice(text, at, i));
		if (i == text.n)
			return;
		at = i;
		uint32_t c = utf8_next(text, &i);
		bool ill_formed = c == 0xFFFD && i == at + 1;
		term_escape_char(out, ill_formed ? (unsigned char)text.p[at] : c, ill_formed);
	}
}

/* Does the line begin, blanks aside, with the marks of a command? .NET's blanks are Unicode's. */
static bool begins_command(struct str line)
{
	size_t i = 0, at = 0;
	while (i < line.n && unicode_is_space(utf8_next(line, &i)))
		at = i;
	return str_starts(str_from(line, at), STR("::"));
}

static void add_disarmed(struct buf *out, struct str line)
{
	size_t from = 0, at = 0;
	if (begins_command(line)) {
		from = str_find_byte(line, 0, ':') + 1;
		buf_add(out, str_slice(line, 0, from - 1));
		buf_addz(out, "\\x3a");
	}
	while ((at = str_find(line, from, STR("##["))) < line.n) {
		buf_add(out, str_slice(line, from, at + 2));
		buf_addz(out, "\\x5b");
		from = at + 3;
	}
	buf_add(out, str_from(line, from));
}

void term_disarm(struct buf *text)
{
	struct buf out = {0};
	struct str rest = buf_str(text), line;
	if (!env_is("GITHUB_ACTIONS", "true"))
		return;
	while (str_split(&rest, '\n', &line)) {
		add_disarmed(&out, line);
		if (rest.p)
			buf_addc(&out, '\n');
	}
	buf_release(text);
	*text = out;
}

static void say(const char *prefix, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

static void say(const char *prefix, const char *fmt, va_list ap)
{
	struct arena a = {0};
	struct buf line = {0};
	buf_addz(&line, prefix);
	term_escape(&line, arena_vprintf(&a, message(fmt), ap));
	buf_addc(&line, '\n');
	term_disarm(&line);
	write_all(STDERR_FILENO, buf_str(&line));
	buf_release(&line);
	arena_release(&a);
}

void term_error(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say("sdi: ", fmt, ap);
	va_end(ap);
}

void term_say(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}

void term_out(struct str text)
{
	if (!out_errno && !write_all(STDOUT_FILENO, text))
		out_errno = errno;
}

void term_err(struct str text)
{
	/* Nobody is left to be told. */
	if (!write_all(STDERR_FILENO, text))
		return;
}

void term_outz(const char *text)
{
	term_out(str_of(text));
}

bool term_out_failed(void)
{
	return out_errno != 0;
}

int term_finish(int code)
{
	/* Whoever closed the pipe has seen enough; what was found stays found. */
	if (!out_errno || out_errno == EPIPE)
		return code;
	term_error("cannot write to standard output: %s", err_reason(out_errno));
	return EXIT_TROUBLE;
}

void term_start(void)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	/* Whoever started this may have left it ignored, and then nobody hears how git ended. */
	signal(SIGCHLD, SIG_DFL);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		/* Opened the wrong way round, so that using it is still an error. */
		if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			_exit(EXIT_TROUBLE);
	}
}
