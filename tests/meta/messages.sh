#!/bin/sh
# Every message has its Japanese form, in the house's style; nothing else stands in the catalogs.
set -eu
cd "$SDI_SOURCE_DIR"
export PYTHONDONTWRITEBYTECODE=1
script/messages --check
python3 tests/meta/messages.py --prove
python3 tests/meta/messages.py po/*.po
