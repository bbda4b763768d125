#include "core/base/date.h"

#include <stdio.h>

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

bool date_valid(struct date d)
{
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= days_in_month(d.year, d.month);
}

static bool parse_digits(struct str text, size_t from, size_t count, int *out)
{
	*out = 0;
	for (size_t i = from; i < from + count; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		*out = *out * 10 + (text.p[i] - '0');
	}
	return true;
}

bool date_parse(struct str text, struct date *out)
{
	struct date d;
	if (text.n != 10 || text.p[4] != '-' || text.p[7] != '-')
		return false;
	if (!parse_digits(text, 0, 4, &d.year) || !parse_digits(text, 5, 2, &d.month) || !parse_digits(text, 8, 2, &d.day))
		return false;
	if (!date_valid(d))
		return false;
	*out = d;
	return true;
}

long date_number(struct date d)
{
	long year = d.month <= 2 ? d.year - 1 : d.year;
	long era = (year >= 0 ? year : year - 399) / 400;
	long of_era = year - era * 400;
	long of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_from_number(long number)
{
	number += 719468;
	long era = (number >= 0 ? number : number - 146096) / 146097;
	long day_of_era = number - era * 146097;
	long of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	long day_of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
	long shifted = (5 * day_of_year + 2) / 153;
	struct date d;
	d.day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
	d.month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	d.year = (int)(of_era + era * 400 + (d.month <= 2));
	return d;
}

int date_cmp(struct date a, struct date b)
{
	long x = date_number(a), y = date_number(b);
	return (x > y) - (x < y);
}

struct date_text date_text(struct date d)
{
	struct date_text out;
	snprintf(out.z, sizeof(out.z), "%04d-%02d-%02d", d.year % 10000, d.month % 100, d.day % 100);
	return out;
}
