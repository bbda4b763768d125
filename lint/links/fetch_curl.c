#include "lint/links/fetch_curl.h"

#include <pthread.h>

#include "core/base/library.h"
#include "core/base/str.h"

/* CURLOPT_PROTOCOLS_STR came with 7.85. */
#define OLDEST 0x075500

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct curl_functions loaded;

static const struct library_function functions[] = {
#define X(name) {"curl_" #name, offsetof(struct curl_functions, name)},
	CURL_FUNCTIONS(X)
#undef X
};

static int suits(struct err *err)
{
	const curl_version_info_data *is = loaded.version_info(CURLVERSION_NOW);
	if (is->version_num < OLDEST)
		return err_set(err, "libcurl %s is too old: 7.85 is needed", is->version);
	if (!(is->features & CURL_VERSION_SSL))
		return err_set(err, "libcurl %s knows no TLS", is->version);
	return 0;
}

static int begin(struct err *err)
{
	if (!loaded.global_init && library_load("libcurl.so.4", functions, ARRAY_SIZE(functions), &loaded, err))
		return -1;
	if (suits(err))
		return -1;
	if (loaded.global_init(CURL_GLOBAL_DEFAULT))
		return err_set(err, "libcurl cannot be started");
	return 0;
}

const struct curl_functions *curl_begin(struct err *err)
{
	pthread_mutex_lock(&lock);
	int rc = begin(err);
	pthread_mutex_unlock(&lock);
	return rc ? NULL : &loaded;
}

void curl_end(const struct curl_functions *curl)
{
	pthread_mutex_lock(&lock);
	curl->global_cleanup();
	pthread_mutex_unlock(&lock);
}
