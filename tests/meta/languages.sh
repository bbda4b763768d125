#!/bin/sh
# Documents that are there in two languages say the same, and no document names an option that there is not.
set -eu
cd "$SDI_SOURCE_DIR"
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
python3 tests/meta/languages.py "$SDI"
