/* Keeps libgit2 from what it does for the network: offline_archive.c or, for the shared library, offline_shared.c. */
#pragma once

/* Before libgit2 is started. */
void libgit2_go_offline(void);
