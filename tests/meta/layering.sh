#!/bin/sh
# Includes run one way: cmd → fix → lint → core; each outside library has one door.
set -eu
cd "$SDI_SOURCE_DIR"
export PYTHONDONTWRITEBYTECODE=1
python3 tests/meta/layering.py --prove
python3 tests/meta/layering.py .
