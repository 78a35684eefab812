#!/usr/bin/env bash
# test-long.sh: what CI does in a short form: the tests marked Kind=Long, a hundred kills beside busy containers, ten while the shop comes up.
set -uo pipefail
cd "$(dirname "$0")/.."
rm -f artifacts/test-counts
scripts/deps.sh test || exit 1
make --no-print-directory build || exit 1
dotnet build tests/System.Tests -v quiet -nologo || exit 1
export ARGOSYD_BIN=$PWD/artifacts/bin/argosyd ARGOSY_BIN=$PWD/artifacts/bin/argosy
status=0
scripts/run-tests.sh long tests/System.Tests || status=1
export ARGOSY_CRASH_KILLS=${ARGOSY_CRASH_KILLS:-100} ARGOSY_CRASH_SEED=${ARGOSY_CRASH_SEED:-random} SHOP_KILL_SEED=${SHOP_KILL_SEED:-random}
dotnet test tests/System.Tests --no-build -nologo --filter 'FullyQualifiedName~CrashTests' --logger 'console;verbosity=normal' || status=1
SHOP_KILLS=${SHOP_KILLS:-10} SHOP_TESTS=long scripts/test-shop.sh || status=1
exit $status
