/*
 * libgit2 without its network. Linked from its archive, with these in place of the parts that speak TLS, HTTP and SSH, it needs
 * none of the 14 libraries behind them, whose loading took longer than a digest takes to check; and nothing that a repository
 * says can make it reach out. cmake/libgit2.cmake takes this file where it fits the libgit2 that is there (1.5).
 * Whoever calls one of them all the same gets an error; starting up is none.
 */
#include <stdbool.h>

#include "core/source/offline.h"

/* The linker takes what it needs first: this file, because it is called, and then no such part of the archive. */
void libgit2_go_offline(void)
{
}

#define STARTS(name) \
	int name(void);  \
	int name(void)   \
	{                \
		return 0;    \
	}

#define FAILS(name) \
	int name(void); \
	int name(void)  \
	{               \
		return -1;  \
	}

/* TLS */
STARTS(git_mbedtls_stream_global_init)
FAILS(git_mbedtls__set_cert_location)
FAILS(git_mbedtls_stream_new)
FAILS(git_mbedtls_stream_wrap)

/* SSH */
STARTS(git_transport_ssh_global_init)
FAILS(git_smart_subtransport_ssh)

/* HTTP */
extern bool git_http__expect_continue;
bool git_http__expect_continue;
FAILS(git_smart_subtransport_http)
FAILS(http_parser_parse_url)

/* SHA-256, which comes from the library for TLS; libgit2 1.5 reads no repository that has it. */
STARTS(git_hash_sha256_global_init)
FAILS(git_hash_sha256_ctx_init)
FAILS(git_hash_sha256_ctx_cleanup)
FAILS(git_hash_sha256_init)
FAILS(git_hash_sha256_update)
FAILS(git_hash_sha256_final)
