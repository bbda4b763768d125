/* Run while sdi is built, with the path of a file: writes the C table that core/base/unicode_text.c looks into, as ICU has it. */
#include <stdint.h>
#include <stdio.h>

#include <unicode/ucnv.h>
#include <unicode/uset.h>

enum { PLANE = 0x10000, WORD = 64 };

int main(int argc, char **argv)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *windows_31j = ucnv_open("ibm-943", &status);
	USet *set = uset_openEmpty();
	ucnv_getUnicodeSet(windows_31j, set, UCNV_ROUNDTRIP_SET, &status);
	ucnv_close(windows_31j);
	if (U_FAILURE(status) || argc != 2 || !freopen(argv[1], "w", stdout))
		return 1;
	puts(
		"/* Made by cmake/windows_31j.c. */\n#include \"core/base/unicode_31j.h\"\n\nconst uint64_t windows_31j[] = {");
	for (UChar32 from = 0; from < PLANE; from += WORD) {
		uint64_t word = 0;
		for (UChar32 i = 0; i < WORD; i++)
			word |= (uint64_t)(uset_contains(set, from + i) != 0) << i;
		printf("\t0x%016llX,\n", (unsigned long long)word);
	}
	puts("};");
	uset_close(set);
	return fclose(stdout) != 0;
}
