#!/usr/bin/env bash
# test.sh: everything, as CI does it. Installs what it needs; ends with one line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
rm -f artifacts/test-counts
status=0
step() { echo "== $*"; "$@" || { status=1; echo "FAILED: $*"; }; }

scripts/deps.sh test || exit 1
make --no-print-directory build || exit 1
step scripts/check.sh
step scripts/run-tests.sh root
# What was built above, and it is looked at that it is made of these sources.
unset ARGOSYD_BIN ARGOSY_BIN
echo "testing $(artifacts/bin/argosyd --version), of $(tail -n 1 artifacts/bin/argosyd.sources)"
for project in tests/System.Tests tests/Compat.Tests; do
  [ -d "$project" ] && step scripts/run-tests.sh root "$project"
done
[ -x scripts/test-shop.sh ] && step scripts/test-shop.sh

passed=$(awk '{ sum += $1 } END { print sum + 0 }' artifacts/test-counts)
failed=$(awk '{ sum += $2 } END { print sum + 0 }' artifacts/test-counts)
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed"
exit $status
