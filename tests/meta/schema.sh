#!/bin/sh
# The JSON Schema of the config and its reader agree. Needs python3 with jsonschema and yaml.
python3 -c 'import jsonschema, yaml' 2>/dev/null || exit 77
exec python3 -W ignore "$SDI_SOURCE_DIR/tests/meta/schema.py"
