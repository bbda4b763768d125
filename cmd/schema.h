/* The JSON Schema of `.sdi.yaml`: draft-07, which editors read. */
#pragma once

#include "core/base/buf.h"

/* From the table of keys and the descriptors of all rules; ends in a newline. */
void schema_print(struct buf *out);
