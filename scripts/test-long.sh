#!/usr/bin/env bash
# test-long.sh: the tests marked Kind=Long: the daemon killed at random instants, beside containers and under the shop's customers.
set -uo pipefail
cd "$(dirname "$0")/.."
rm -f artifacts/test-counts
scripts/deps.sh test || exit 1
make --no-print-directory build || exit 1
dotnet build tests/System.Tests -v quiet -nologo || exit 1
export ARGOSYD_BIN=$PWD/artifacts/bin/argosyd ARGOSY_BIN=$PWD/artifacts/bin/argosy
status=0
scripts/run-tests.sh long tests/System.Tests || status=1
SHOP_TESTS=long scripts/test-shop.sh || status=1
exit $status
