/* libcurl, loaded while the program runs: for the files that make up the door to it. */
#pragma once

#include <curl/curl.h>

#include "core/base/err.h"

#define CURL_FUNCTIONS(X)  \
	X(global_init)         \
	X(global_cleanup)      \
	X(version_info)        \
	X(easy_init)           \
	X(easy_cleanup)        \
	X(easy_reset)          \
	X(easy_setopt)         \
	X(easy_getinfo)        \
	X(slist_append)        \
	X(slist_free_all)      \
	X(share_init)          \
	X(share_setopt)        \
	X(share_cleanup)       \
	X(multi_init)          \
	X(multi_cleanup)       \
	X(multi_setopt)        \
	X(multi_add_handle)    \
	X(multi_remove_handle) \
	X(multi_perform)       \
	X(multi_poll)          \
	X(multi_wakeup)        \
	X(multi_info_read)

struct curl_functions {
#define X(name) __typeof__(curl_##name) *name;
	CURL_FUNCTIONS(X)
#undef X
};

/* Its functions, after curl_global_init. NULL: it is not there, or not as it must be. Each success is ended once. */
const struct curl_functions *curl_begin(struct err *err);
void curl_end(const struct curl_functions *);
