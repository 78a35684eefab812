#!/usr/bin/env bash
# check.sh: format, analysers, and every test that needs no root.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "== format"
# By folder: the same rules without loading forty projects. Style and analysers are the build's.
dotnet format whitespace . --folder --verify-no-changes --exclude '**/bin/**' '**/obj/**' artifacts
echo "== build with analysers"
dotnet build Argosy.slnx -v quiet -nologo
echo "== unit tests"
scripts/run-tests.sh unit
