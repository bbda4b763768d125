#include "cmd/remember.h"

#include <link.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/unicode.h"
#include "core/ioc/domain.h"
#include "core/source/paths.h"
#include "lint/memory.h"

/* For fewer texts it takes longer than looking at them. */
enum { FEWEST = 16 };

/* ---- which sdi ---- */

/* Notes: the lengths of name and value, a type, name and value, each filled up to 4 bytes. */
static struct str find_note(const char *note, size_t bytes)
{
	for (size_t at = 0; at + sizeof(ElfW(Nhdr)) <= bytes;) {
		ElfW(Nhdr) head;
		memcpy(&head, note + at, sizeof(head));
		size_t value = at + sizeof(head) + ((head.n_namesz + 3) & ~3U), next = value + ((head.n_descsz + 3) & ~3U);
		if (head.n_type == NT_GNU_BUILD_ID && value + head.n_descsz <= bytes)
			return (struct str){note + value, head.n_descsz};
		at = next;
	}
	return STR("");
}

/* The first object is the program. */
static int look_at_object(struct dl_phdr_info *info, size_t size, void *found)
{
	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &info->dlpi_phdr[i];
		if (p->p_type != PT_NOTE)
			continue;
		struct str id = find_note((const char *)(info->dlpi_addr + p->p_vaddr), p->p_memsz);
		if (id.n)
			*(struct str *)found = id;
	}
	return 1;
}

/* What the linker has made of all that it was linked from; "" where it was not told to. */
static struct str build_id(void)
{
	struct str id = STR("");
	dl_iterate_phdr(look_at_object, &id);
	return id;
}

/* With what it knows from elsewhere; "" where it cannot be told. */
static struct str which_sdi(struct arena *a)
{
	struct str id = build_id(), unicode = unicode_version(a), domains = domain_list(a);
	struct buf all = {0};
	if (!id.n)
		return id;
	buf_add(&all, id);
	buf_add(&all, unicode);
	buf_add(&all, domains);
	struct str out = arena_str(a, buf_str(&all));
	buf_release(&all);
	return out;
}

/* ---- where ---- */

const char *remember_git_dir(const struct scope *scope, const struct collection *c)
{
	if (scope->history)
		return history_git_dir(scope->history);
	for (size_t i = 0; i < c->nr; i++)
		if (c->owner[i]->repo)
			return repo_git_dir(c->owner[i]->repo);
	return NULL;
}

/* Can it be seen that a file was not written since? */
static bool is_timed(const struct scope *scope, const struct collection *c)
{
	bool timed = true;
	for (size_t i = 0; i < c->nr && !scope->snapshot && timed; i++)
		if (!i || c->owner[i] != c->owner[i - 1])
			timed = files_are_timed(c->owner[i]->root);
	return timed;
}

const char *remember_path(struct arena *a, const char *git_dir)
{
	return path_join(a, path_clean(a, git_common_dir(a, git_dir)), "sdi/archive.db");
}

struct memory *remember_open(struct arena *a, const struct scope *scope, struct collection *c)
{
	enum { SECONDS_A_DAY = 86400 };
	time_t now = time(NULL);
	const char *git_dir = c->nr + c->others < FEWEST ? NULL : remember_git_dir(scope, c);
	struct str program = git_dir ? which_sdi(a) : STR("");
	if (!program.n)
		return NULL;
	struct archive *archive = archive_open(remember_path(a, git_dir), (long)(now / SECONDS_A_DAY));
	if (!archive)
		return NULL;
	struct memory *m = arena_new(a, struct memory);
	*m = (struct memory){.archive = archive, .salt = memory_salt(program), .now = is_timed(scope, c) ? now : 0};
	for (size_t i = 0; i < c->nr; i++) {
		memory_expect(m, a, c->job[i].plan);
		c->job[i].memory = m;
	}
	for (size_t i = 0; i < c->others; i++)
		c->other[i].memory = m;
	return m;
}

void remember_close(struct memory *m)
{
	if (m)
		archive_close(m->archive);
}
