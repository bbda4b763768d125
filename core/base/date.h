/*
 * Days of the (proleptic) Gregorian calendar, without time or zone.
 * Day numbers after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
#pragma once

#include "core/base/str.h"

struct date {
	int year, month, day; /* 1…; all 0: no date */
};

static inline bool date_is_set(struct date d)
{
	return d.year != 0;
}

/* Years 1–9999 and a day that the month has. */
bool date_valid(struct date d);
/* YYYY-MM-DD, all of the text, and valid. */
bool date_parse(struct str text, struct date *out);
/* Days since 1970-01-01; negative before. */
long date_number(struct date d);
struct date date_from_number(long number);
int date_cmp(struct date a, struct date b);
/* "YYYY-MM-DD" and a NUL. */
struct date_text {
	char z[16];
} date_text(struct date d);
