/* What an indicator is known by, however it is written. */
#pragma once

#include "lint/ioc_cell.h"

/* False: values of its kind are not compared. Two keys are of the same thing when their types are equal, too. */
bool ioc_key(struct arena *a, const struct ioc_cell *cell, struct str *key, struct str *type);
/* The same of a value that stands in no row; "" for none. */
struct str ioc_value_key(struct arena *a, struct str written);
/* Is it the same thing in another digest as well? A file's name, a word or an address that many have is not. */
bool ioc_is_unique(const struct ioc_cell *cell);
