#!/usr/bin/env bash
# check.sh: format, analysers, and every test that needs no root.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "== format"
dotnet format whitespace Argosy.slnx --verify-no-changes --no-restore 2>/dev/null \
  || { dotnet restore -v quiet Argosy.slnx; dotnet format whitespace Argosy.slnx --verify-no-changes; }
echo "== build with analysers"
dotnet build Argosy.slnx -v quiet -nologo
echo "== unit tests"
scripts/run-tests.sh unit
