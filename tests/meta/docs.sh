#!/bin/sh
# README's table and the rule reference are what the rules say.
cd "$SDI_SOURCE_DIR" || exit 1
script/docs --check
