#!/usr/bin/env bash
# run-tests.sh unit|root|long [PROJECT…]: runs test projects (built before), prints one line each and adds the counts
# to artifacts/test-counts. "unit" is what needs no root; "root" is what needs the real kernel.
set -uo pipefail
cd "$(dirname "$0")/.."
kind=$1; shift
case $kind in
  unit) filter='Needs!=Root' ;;
  root) filter='Needs=Root&Kind!=Long' ;;
  long) filter='Needs=Root&Kind=Long' ;; # longer forms of what CI runs: make test-long
  *) echo "run-tests.sh: unit, root or long" >&2; exit 2 ;;
esac
projects=("$@")
[ ${#projects[@]} -gt 0 ] || mapfile -t projects < <(ls -d tests/*.Tests | grep -v -E 'Shop.Tests|System.Tests|Compat.Tests')
mkdir -p artifacts
status=0
for project in "${projects[@]}"; do
  log=artifacts/test-$kind-$(basename "$project").log
  dotnet test "$project" --no-build -nologo --filter "$filter" --blame-hang-timeout 10m > "$log" 2>&1
  code=$?
  line=$(grep -E '(Passed|Failed)! +- ' "$log" | tail -n 1)
  if [ -n "$line" ]; then
    passed=$(sed -E 's/.*Passed: +([0-9]+).*/\1/' <<< "$line")
    failed=$(sed -E 's/.*Failed: +([0-9]+).*/\1/' <<< "$line")
    printf '%-28s %4d passed, %d failed\n' "$(basename "$project")" "$passed" "$failed"
    echo "$passed $failed" >> artifacts/test-counts
  elif grep -q 'No test matches' "$log" && [ $code -eq 0 ]; then
    continue
  else
    printf '%-28s did not run\n' "$(basename "$project")"
    echo "0 1" >> artifacts/test-counts
    code=1
  fi
  if [ $code -ne 0 ]; then
    status=1
    grep -v -E '^\s*$' "$log" | tail -n "${TEST_LOG_LINES:-80}"
  fi
done
exit $status
