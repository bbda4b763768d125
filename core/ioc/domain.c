#include "core/ioc/domain.h"

#include <libpsl.h>
#include <pthread.h>
#include <sys/stat.h>

#include "core/base/unicode_host.h"

enum { LONGEST_LABEL = 63, LONGEST_NAME = 253 };

static const psl_ctx_t *list;
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_list(void)
{
	list = psl_latest(NULL);
	if (!list)
		list = psl_builtin();
}

static const psl_ctx_t *suffixes(void)
{
	pthread_once(&opened, open_list);
	return list;
}

struct str domain_list(struct arena *a)
{
	struct stat st = {0};
	const char *file = psl_dist_filename();
	stat(file, &st);
	return arena_printf(a, "%s %s %lld %lld", psl_get_version(), file, (long long)st.st_mtime, (long long)st.st_size);
}

static struct str without_root(struct str host)
{
	return host.n && host.p[host.n - 1] == '.' ? str_slice(host, 0, host.n - 1) : host;
}

static struct str last_label(struct str host)
{
	const char *dot = host.n ? memrchr(host.p, '.', host.n) : NULL;
	return dot ? str_from(host, (size_t)(dot + 1 - host.p)) : host;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* In lower case and with a NUL, as the library wants it; false: too long to be a name. */
static bool lower_name(struct str host, char name[LONGEST_NAME + 1])
{
	if (!host.n || host.n > LONGEST_NAME || memchr(host.p, 0, host.n))
		return false;
	for (size_t i = 0; i < host.n; i++)
		name[i] = lower(host.p[i]);
	name[host.n] = 0;
	return true;
}

static bool is_tld(struct str label)
{
	char name[LONGEST_NAME + 1];
	/* Without the star rule: it makes a suffix of every last label. */
	return lower_name(label, name) && psl_is_public_suffix2(suffixes(), name, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}

bool domain_has_tld(struct str host)
{
	struct str label = last_label(without_root(host));
	if (is_ascii(label))
		return is_tld(label);
	struct arena scratch = {0};
	bool has = is_tld(last_label(unicode_host_ascii(&scratch, label)));
	arena_release(&scratch);
	return has;
}

struct str domain_registered(struct str host)
{
	char name[LONGEST_NAME + 1];
	host = without_root(host);
	const char *found = lower_name(host, name) ? psl_registrable_domain(suffixes(), name) : NULL;
	return found ? str_from(host, (size_t)(found - name)) : (struct str){"", 0};
}

bool domain_shaped(struct str host)
{
	struct str label = last_label(without_root(host));
	if (str_eq_nocase(str_slice(label, 0, 4), STR("xn--")))
		return label.n > 4;
	for (size_t i = 0; i < label.n; i++)
		if ((unsigned char)label.p[i] < 0x80 && (lower(label.p[i]) < 'a' || lower(label.p[i]) > 'z'))
			return false;
	return label.n > 1 && label.n < without_root(host).n;
}

static bool is_label(struct str label)
{
	if (!label.n || label.n > LONGEST_LABEL)
		return false;
	for (size_t i = 0; i < label.n; i++) {
		char c = lower(label.p[i]);
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_')
			return false;
	}
	return true;
}

/* Labels that are no ASCII, or were not once: ICU knows what they may hold. */
static bool is_foreign_label(struct str label)
{
	struct arena scratch = {0};
	struct str ascii = {"", 0};
	if (label.n && !unicode_host_hides(label))
		ascii = unicode_host_ascii(&scratch, label);
	bool fine = ascii.n > 0 && is_label(ascii);
	arena_release(&scratch);
	return fine;
}

enum indicator_flaw domain_flaw(struct str host, struct str *part)
{
	struct str rest = without_root(host), label;
	*part = host;
	/* In ASCII a name may become shorter, but no more than four times. */
	if (rest.n > (is_ascii(rest) ? LONGEST_NAME : 4 * LONGEST_NAME))
		return FLAW_LABEL;
	for (bool first = true; str_split(&rest, '.', &label); first = false) {
		bool foreign = !is_ascii(label) || str_eq_nocase(str_slice(label, 0, 4), STR("xn--"));
		*part = label;
		if (first && str_eq(label, STR("*")))
			continue;
		if (!(foreign ? is_foreign_label(label) : is_label(label)))
			return FLAW_LABEL;
	}
	return domain_has_tld(host) ? FLAW_NONE : FLAW_TLD;
}
