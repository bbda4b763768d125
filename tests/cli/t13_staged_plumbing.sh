#!/bin/sh
# All of t13_staged.sh again, answered by git's plumbing: with a config in the environment libgit2 is not asked.
export GIT_CONFIG_COUNT=0
# shellcheck source-path=SCRIPTDIR source=t13_staged.sh
. "$(dirname "$0")/t13_staged.sh"
