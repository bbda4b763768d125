#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/message.h"

/* For po/: what the system says is translated where it is one of these. */
static const char *const reasons[] __attribute__((unused)) = {
	N_("Bad file descriptor"),
	N_("Device or resource busy"),
	N_("Directory not empty"),
	N_("Disk quota exceeded"),
	N_("File exists"),
	N_("File name too long"),
	N_("File too large"),
	N_("Input/output error"),
	N_("Invalid argument"),
	N_("Invalid cross-device link"),
	N_("Is a directory"),
	N_("No such file or directory"),
	N_("No space left on device"),
	N_("Not a directory"),
	N_("Operation not permitted"),
	N_("Permission denied"),
	N_("Read-only file system"),
	N_("Resource temporarily unavailable"),
	N_("Stale file handle"),
	N_("Text file busy"),
	N_("Too many levels of symbolic links"),
	N_("Too many open files"),
};

const char *err_reason(int number)
{
	return message(strerror(number));
}

int err_set(struct err *err, const char *fmt, ...)
{
	if (!err)
		return -1;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), message(fmt), ap);
	va_end(ap);
	return -1;
}
