#!/usr/bin/env bash
# fuzz.sh: the fuzz tests with ARGOSY_FUZZ_FACTOR (20) times the inputs of CI, and others each time. A failure prints its ARGOSY_FUZZ_SEED.
set -euo pipefail
cd "$(dirname "$0")/.."
export ARGOSY_FUZZ_FACTOR=${ARGOSY_FUZZ_FACTOR:-20} ARGOSY_FUZZ_SEED=${ARGOSY_FUZZ_SEED:-$RANDOM}
for project in tests/Images.Tests tests/Build.Tests; do
  dotnet test "$project" -nologo -v quiet --filter 'FullyQualifiedName~Fuzz' --logger 'console;verbosity=normal'
done
