/*
 * Rows of indicators as rules look at them: the value read, the words of its columns understood, and how they fit together.
 */
#pragma once

#include "core/digest/ioc_row.h"
#include "core/ioc/defang.h"
#include "core/ioc/indicator.h"

struct ioc_cell {
	const struct ioc_row *row;
	const struct template_field *def; /* the template's say on the field */
	struct span at;                   /* the value, without quotes around it */
	struct str written;               /* the text there */
	struct spelling spelling;
	struct indicator is;
	struct str type_word;             /* the text of the type column */
	enum ioc_word type, known, scope; /* IOC_WORD_UNKNOWN also where there is no such column, or nothing in it */
};

struct check;

/* The rows that hold values, in the order of the text. */
const struct ioc_cell *ioc_cells_read(struct arena *a, const struct digest *d, size_t *nr);
/* The same, read once for all rules. */
const struct ioc_cell *ioc_cells(struct check *c, const struct digest *d, size_t *nr);

#define FOR_EACH_CELL(c, d, cell)                            \
	for (size_t cells_ = 0, begun_ = 0; !begun_; begun_ = 1) \
		for (const struct ioc_cell *cell = ioc_cells(c, d, &cells_); cells_; cell++, cells_--)

/* Is the value an address, a URL, a domain or an e-mail address? */
bool ioc_is_network(const struct ioc_cell *cell);
/* Does the template say which columns its rows have? */
bool ioc_has_columns(const struct ioc_cell *cell);
/* May the type column's word stand for a network address of some kind: an address, a URL, a domain, an e-mail address? */
bool ioc_may_be_network(const struct ioc_cell *cell);
/* Is a part of the value left out, or a stand-in: `<IP>`, `evil[.]com/...`, `192[.]0[.]2[.]X`? */
bool ioc_is_placeholder(const struct ioc_cell *cell);
/* Is a part of it a stand-in that says so: all of these but what is cut short by dots? */
bool ioc_is_stand_in(const struct ioc_cell *cell);

/* A link of Markdown, `[evil](https://…)`, and no value. */
bool ioc_is_link(const struct ioc_cell *cell);

/* A machine's name without a domain, and a type that says no more than that it is a host: `ホスト名`. */
bool ioc_is_machine(const struct ioc_cell *cell);

/* How a value fits what its type column says. */
enum ioc_fit {
	IOC_FITS,    /* or nobody can tell */
	IOC_MISFITS, /* the value is clearly something else */
	IOC_IS_NONE, /* the value is something else, whatever that is */
};
enum ioc_fit ioc_type_fit(const struct ioc_cell *cell);
/* The meaning that the type column should have; IOC_WORD_UNKNOWN where nobody can tell. */
enum ioc_word ioc_type_of(const struct ioc_cell *cell);
/* The meaning that the scope column should have; IOC_WORD_UNKNOWN where any is right, or nobody can tell. */
enum ioc_word ioc_scope_of(const struct ioc_cell *cell);
/* Does the scope column say another meaning than the one that it should have? */
bool ioc_scope_misfits(const struct ioc_cell *cell);
