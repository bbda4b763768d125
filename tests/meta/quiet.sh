#!/bin/sh
# Below cmd/ nothing prints, ends the program, or asks for clock, environment or terminal; some functions nobody calls.
set -eu
cd "$SDI_SOURCE_DIR"
export PYTHONDONTWRITEBYTECODE=1
python3 tests/meta/quiet.py --prove
python3 tests/meta/quiet.py .
