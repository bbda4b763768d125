#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, const char *fmt, ...)
{
	if (!err)
		return -1;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return -1;
}

int err_context(struct err *err, const char *fmt, ...)
{
	if (!err)
		return -1;
	char inner[sizeof(err->text)];
	memcpy(inner, err->text, sizeof(inner));
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n + 2 >= sizeof(err->text))
		return -1;
	char *tail = err->text + n;
	size_t length = strnlen(inner, sizeof(err->text) - (size_t)n - 3);
	memcpy(tail, ": ", 2);
	memcpy(tail + 2, inner, length);
	tail[2 + length] = 0;
	return -1;
}
