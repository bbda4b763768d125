#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/str.h"
#include "lint/links/resolve.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static unsigned asked, hanging, woken;
static bool released;

static struct addrinfo *address(uint32_t a, struct addrinfo *next)
{
	struct addrinfo *out = calloc(1, sizeof(*out) + sizeof(struct sockaddr_in));
	struct sockaddr_in *in = (void *)(out + 1);
	*in = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(a)};
	out->ai_addr = (void *)in;
	out->ai_addrlen = sizeof(*in);
	out->ai_next = next;
	return out;
}

static void hang(void)
{
	pthread_mutex_lock(&lock);
	hanging++;
	pthread_cond_broadcast(&moved);
	while (!released)
		pthread_cond_wait(&moved, &lock);
	hanging--;
	pthread_cond_broadcast(&moved);
	pthread_mutex_unlock(&lock);
}

static void count(unsigned *n)
{
	pthread_mutex_lock(&lock);
	++*n;
	pthread_cond_broadcast(&moved);
	pthread_mutex_unlock(&lock);
}

static void wait_until(const unsigned *n, unsigned value)
{
	pthread_mutex_lock(&lock);
	while (*n != value)
		pthread_cond_wait(&moved, &lock);
	pthread_mutex_unlock(&lock);
}

/* In place of the system's: its name servers are a table of names. */
int getaddrinfo(const char *restrict name, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict out)
{
	(void)service;
	count(&asked);
	if (strncmp(name, "hang", 4) == 0)
		hang();
	if (strcmp(name, "none") == 0)
		return EAI_NONAME;
	if (strcmp(name, "later") == 0)
		return EAI_AGAIN;
	errno = ENETDOWN;
	if (strcmp(name, "broken") == 0)
		return EAI_SYSTEM;
	if (strcmp(name, "revived") == 0 && asked == 1)
		return EAI_AGAIN;
	*out = address(0xc0000201, strcmp(name, "two") == 0 ? address(0xc0000202, NULL) : NULL);
	if (hints->ai_flags & AI_CANONNAME && strcmp(name, "alias") == 0)
		(*out)->ai_canonname = strdup("one");
	return 0;
}

void freeaddrinfo(struct addrinfo *a)
{
	while (a) {
		struct addrinfo *next = a->ai_next;
		free(a->ai_canonname);
		free(a);
		a = next;
	}
}

static void wake(void *context)
{
	count(context);
}

static int begin(void **state)
{
	asked = hanging = woken = 0;
	released = false;
	*state = resolver_new(8, wake, &woken);
	return 0;
}

static int end(void **state)
{
	resolver_free(*state);
	return 0;
}

static struct resolved take(struct resolver *r)
{
	struct resolved out;
	for (int i = 0; i < 10000; i++) {
		if (resolver_take(r, &out))
			return out;
		usleep(1000);
	}
	fail_msg("no answer came");
	return out;
}

static struct resolved ask(struct resolver *r, const char *host)
{
	resolver_ask(r, host);
	struct resolved out = take(r);
	assert_string_equal(out.host, host);
	return out;
}

static void test_answers(void **state)
{
	struct resolved got = ask(*state, "two");
	assert_int_equal(got.error, 0);
	assert_int_equal(got.nr, 2);
	const struct sockaddr_in *in = (const void *)&got.address[1];
	assert_int_equal(in->sin_family, AF_INET);
	assert_int_equal(ntohl(in->sin_addr.s_addr), 0xc0000202);
	assert_int_equal(ask(*state, "one").nr, 1);
	assert_null(ask(*state, "one").canonical);
	assert_string_equal(ask(*state, "alias").canonical, "one");
	assert_int_equal(ask(*state, "none").error, EAI_NONAME);
	assert_int_equal(ask(*state, "later").error, EAI_AGAIN);
	got = ask(*state, "broken");
	assert_int_equal(got.error, EAI_SYSTEM);
	assert_int_equal(got.os_error, ENETDOWN);
	assert_int_equal(got.nr, 0);
}

static void test_once(void **state)
{
	for (int i = 0; i < 50; i++)
		resolver_ask(*state, "none");
	for (int i = 0; i < 50; i++)
		assert_int_equal(take(*state).error, EAI_NONAME);
	assert_int_equal(ask(*state, "none").error, EAI_NONAME);
	assert_int_equal(asked, 1);
	struct resolved none;
	assert_false(resolver_take(*state, &none));
	assert_true(woken > 0);
}

static void test_forget(void **state)
{
	assert_int_equal(ask(*state, "revived").error, EAI_AGAIN);
	assert_int_equal(ask(*state, "revived").error, EAI_AGAIN);
	resolver_forget(*state, "revived");
	struct resolved got = ask(*state, "revived");
	assert_int_equal(got.error, 0);
	assert_int_equal(got.nr, 1);
	assert_int_equal(asked, 2);
}

static void test_many(void **state)
{
	char name[20];
	for (int i = 0; i < 2000; i++) {
		snprintf(name, sizeof(name), "host%d", i);
		resolver_ask(*state, name);
	}
	for (int i = 0; i < 2000; i++)
		assert_int_equal(take(*state).nr, 1);
	assert_int_equal(asked, 2000);
}

/* One thread each for those who hang, and one that goes on with the rest. */
static void test_hanging(void **state)
{
	char name[20];
	for (int i = 0; i < 7; i++) {
		snprintf(name, sizeof(name), "hang%d", i);
		resolver_ask(*state, name);
	}
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "host%d", i);
		assert_int_equal(ask(*state, name).error, 0);
	}
	wait_until(&hanging, 7);
}

/* The threads that hung come back to a resolver that has no owner any more. */
static void test_freed_while_hanging(void **state)
{
	test_hanging(state);
	resolver_free(*state);
	*state = NULL;
	unsigned before = woken;
	pthread_mutex_lock(&lock);
	released = true;
	pthread_cond_broadcast(&moved);
	pthread_mutex_unlock(&lock);
	wait_until(&hanging, 0);
	usleep(20000);
	assert_int_equal(woken, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_answers, begin, end),
		cmocka_unit_test_setup_teardown(test_once, begin, end),
		cmocka_unit_test_setup_teardown(test_forget, begin, end),
		cmocka_unit_test_setup_teardown(test_many, begin, end),
		cmocka_unit_test_setup_teardown(test_freed_while_hanging, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
