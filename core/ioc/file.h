/* Names of files, paths, and keys of the Windows registry. */
#pragma once

#include "core/base/str.h"

/* Does the name end in an extension that programs know? Without a path before it. */
bool file_has_extension(struct str name);
/* C:\…, \\server\…, %APPDATA%\…, ~/…, /usr/…; also with the backslashes doubled, as Markdown wants them. */
bool file_is_path(struct str s);
/* HKLM\…, HKEY_LOCAL_MACHINE\…, HKCU:\… */
bool file_is_registry(struct str s);
