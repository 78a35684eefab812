#!/usr/bin/env bash
# test-shop.sh: brings the shop up on a private daemon and runs tests/Shop.Tests against it; leaves nothing behind.
set -uo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d /tmp/argosy-shop-XXXXXX)
export ARGOSY_HOST=unix://$work/argosy.sock ARGOSY_BIN=${ARGOSY_BIN:-$PWD/artifacts/bin/argosy}
export ARGOSY=$ARGOSY_BIN SHOP_PORT=${SHOP_PORT:-18080}
export SHOP_URL=http://127.0.0.1:$SHOP_PORT
argosyd=${ARGOSYD_BIN:-$PWD/artifacts/bin/argosyd}

clean_up() {
  examples/shop/down.sh -v >/dev/null 2>&1
  # A test kills the daemon and starts it again: its pid is in the file, not in $!.
  local pid
  pid=$(cat "$work/argosyd.pid" 2>/dev/null) && kill "$pid" 2>/dev/null && timeout 30 tail --pid="$pid" -f /dev/null
  cp "$work/argosyd.log" artifacts/test-shop-argosyd.log 2>/dev/null
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

mkdir -p artifacts
dotnet build tests/Shop.Tests -v quiet -nologo || exit 1
scripts/run-tests.sh unit tests/Shop.Tests || exit 1

setsid "$argosyd" --instance shoptest --bridge shoptest0 --bip 172.29.0.1/16 --data-root "$work/data" --exec-root "$work/run" \
  --host "$ARGOSY_HOST" --pidfile "$work/argosyd.pid" >"$work/argosyd.log" 2>&1 </dev/null &
for _ in $(seq 100); do
  "$ARGOSY" version >/dev/null 2>&1 && break
  sleep 0.1
done
if ! examples/shop/up.sh >artifacts/test-shop-up.log 2>&1; then
  echo "the shop did not come up:"
  tail -n 60 artifacts/test-shop-up.log
  echo "0 1" >>artifacts/test-counts
  exit 1
fi
scripts/run-tests.sh "${SHOP_TESTS:-root}" tests/Shop.Tests
