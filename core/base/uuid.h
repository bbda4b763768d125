/* UUIDs that are made of names (RFC 4122 §4.3, version 5): the same name gives the same one, everywhere. */
#pragma once

#include "core/base/str.h"

struct uuid {
	unsigned char v[16];
};

/* RFC 4122's own namespace for names that are URLs. */
extern const struct uuid uuid_of_urls;

struct uuid uuid_make(const struct uuid *space, struct str name);
/* 36 characters in lower case, and a NUL. */
struct uuid_text {
	char z[37];
} uuid_text(const struct uuid *u);
