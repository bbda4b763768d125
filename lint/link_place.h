/* Where a link stands, and whether it is one: what rules about links share. */
#pragma once

#include "core/digest/link.h"

/* Is the line a row of indicators? */
bool line_is_ioc(const struct digest *d, uint32_t line);
/* Is it a live address of the web, and none of the front matter's? */
bool link_is_live(const struct digest *d, const struct link *l);
/* May a reader follow it: an address of the web, live, and in no row of indicators? */
bool link_is_followed(const struct digest *d, const struct link *l);
/* What an inline link holds between its parentheses: target and title, without blanks at its ends. */
struct span link_inside(const struct digest *d, const struct link *l);
/*
 * Does nothing but a title follow an inline link's target? Otherwise Markdown sees no link: `[text](two words)`.
 */
bool link_is_whole(const struct digest *d, const struct link *l);
/* `[https://…](text)`: text and address have changed places. */
bool link_is_reversed(const struct digest *d, const struct link *l);
/* Is the text nothing but a live address of the web? */
bool link_is_address(struct str text);
/* Can it be a link's text as it is: its brackets pair, and no escape, code or tag changes what they mean? */
bool link_can_hold(struct str text);
/* Without blanks, and `<…>` or `"…"` around it. */
struct str link_undressed(struct str s);
/* Is an inline link all of a list item that is not nested? */
bool link_is_item(const struct digest *d, const struct link *l);
/* The links of a section: numbers in d->link. */
struct link_range {
	size_t first, end;
	bool list; /* the template says that it is a list of links, or most of its items are, and two or more */
};

/* Those from number `from` on, which is at the section's first or before it; `first` and `end` are alike where it has none. */
struct link_range link_range_of(const struct digest *d, const struct section *s, size_t from);

struct check;
typedef void link_section_visit(struct check *c, const struct digest *d, const struct section *s,
                                const struct link_range *r);
/* Shows all sections that have links. */
void link_sections(struct check *c, const struct digest *d, link_section_visit *visit);
/* Is it the article's own URL? */
bool link_is_article(const struct digest *d, const struct link *l);
