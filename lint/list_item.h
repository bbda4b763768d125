/* Where the list items of a text stand, in columns from 0. */
#pragma once

#include "core/digest/digest.h"

/* The outermost list item that begins on a line; BLOCK_NONE without one. */
uint32_t list_item_block(const struct digest *d, uint32_t line);
/*
 * The columns from an item's bullet to its content: what stands below it at that depth belongs to it. A tab behind the
 * bullet reaches to a multiple of four, so that the width depends on where the bullet stands.
 */
unsigned list_item_width(const struct digest *d, uint32_t line);
/* The bytes of an item's marker: `-`, `12.` */
uint32_t list_item_marker(const struct digest *d, uint32_t line);
/* May the content of an item (its block) begin at column `content` instead of `was` without a change to what is below it? */
bool list_item_can_begin_at(const struct digest *d, uint32_t item, unsigned was, unsigned content);
/*
 * Are all lines that stand deeper than the item's bullet, up to one that does not, items themselves, deeper by at least `step`
 * columns? To the eye they are below it.
 */
bool list_item_has_items_only(const struct digest *d, uint32_t line, unsigned step);
