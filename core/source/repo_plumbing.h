/* What repo.h asks, answered by git itself where libgit2 cannot read a repository: a part of repo.c. */
#pragma once

#include "core/source/git.h"
#include "core/source/repo.h"

struct repo_plumbing;

/* As repo_find. */
struct repo_plumbing *repo_plumbing_find(const char *path, const struct git *git, struct err *why);
void repo_plumbing_free(struct repo_plumbing *r);
const char *repo_plumbing_root(const struct repo_plumbing *r);
const char *repo_plumbing_git_dir(const struct repo_plumbing *r);
enum repo_answer repo_plumbing_tracks(struct repo_plumbing *r, const char *relative);
/* `relative` to the root. */
bool repo_plumbing_ignores(struct repo_plumbing *r, const char *relative, bool is_folder);
bool repo_plumbing_is_new(struct repo_plumbing *r, const char *relative);
