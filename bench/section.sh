#!/usr/bin/env bash
# section.sh TITLE FILE: makes FILE the section "## TITLE" of bench/RESULTS.md; other sections stay.
set -euo pipefail
results=$(dirname "$0")/RESULTS.md
awk -v title="## $1" '/^## / { skip = ($0 == title) } !skip' "$results" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' > "$results.new"
{ echo; cat "$2"; } >> "$results.new"
mv "$results.new" "$results"
