#!/bin/sh
# The C sources are formatted as .clang-format says.
set -eu
command -v clang-format >/dev/null || exit 77
exec "$SDI_SOURCE_DIR/script/format"
