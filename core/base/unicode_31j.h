/* The characters of windows-31j: a bit for each of U+0000 to U+FFFF. Made by cmake/windows_31j.c. */
#pragma once

#include <stdint.h>

extern const uint64_t windows_31j[0x10000 / 64];
