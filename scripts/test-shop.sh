#!/usr/bin/env bash
# test-shop.sh: brings the shop up on a private daemon that is killed meanwhile, runs tests/Shop.Tests against it, and looks at what is left.
#   SHOP_KILLS      how often the daemon is killed while up.sh works (default 3)
#   SHOP_KILL_SEED  decides about the moments (default 1; "random" for others each time); it is printed
set -uo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d /tmp/argosy-shop-XXXXXX)
export ARGOSY_HOST=unix://$work/argosy.sock ARGOSY_BIN=${ARGOSY_BIN:-$PWD/artifacts/bin/argosy}
export ARGOSY=$ARGOSY_BIN SHOP_PORT=${SHOP_PORT:-18080}
export SHOP_URL=http://127.0.0.1:$SHOP_PORT
argosyd=${ARGOSYD_BIN:-$PWD/artifacts/bin/argosyd}
[ "${SHOP_KILL_SEED:=1}" != random ] || SHOP_KILL_SEED=$((RANDOM % 10000))
RANDOM=$SHOP_KILL_SEED

daemon_pid() { cat "$work/argosyd.pid" 2>/dev/null; }

start_daemon() {
  setsid "$argosyd" --instance shoptest --bridge shoptest0 --bip 172.29.0.1/16 --data-root "$work/data" --exec-root "$work/run" \
    --host "$ARGOSY_HOST" --pidfile "$work/argosyd.pid" >>"$work/argosyd.log" 2>&1 </dev/null &
  disown
  for _ in $(seq 100); do
    "$ARGOSY" version >/dev/null 2>&1 && return
    sleep 0.1
  done
}

# kill_during_up: up.sh, and kill -9 of the daemon some time later. It may fail then; that is for the next up.sh to make good.
kill_during_up() {
  local wait=$((RANDOM % 30)).$((RANDOM % 10)) up pid
  setsid examples/shop/up.sh >>artifacts/test-shop-up.log 2>&1 &
  up=$!
  timeout "$wait" tail --pid="$up" -f /dev/null
  pid=$(daemon_pid)
  kill -9 "$pid"
  timeout 10 tail --pid="$pid" -f /dev/null
  wait "$up"
  echo "the daemon was killed ${wait} s after up.sh began; up.sh ended with $?"
  start_daemon
}

# left_behind: what the kernel still has of this daemon.
left_behind() {
  grep -o " $work/[^ ]*" /proc/self/mountinfo
  ip -o link show | grep -w 'alias argosy:shoptest'
  nft list tables | grep -x 'table inet shoptest'
  find /sys/fs/cgroup -mindepth 1 -maxdepth 2 -type d -name shoptest
  pgrep -af "$work/run"
}

clean_up() {
  examples/shop/down.sh -v >/dev/null 2>&1
  # It was killed and started again: its pid is in the file, not in $!.
  local pid left
  pid=$(daemon_pid) && kill "$pid" 2>/dev/null && timeout 30 tail --pid="$pid" -f /dev/null
  cp "$work/argosyd.log" artifacts/test-shop-argosyd.log 2>/dev/null
  # The kernel takes a namespace's devices away behind it: some moments later, or a minute when many go at once.
  for _ in $(seq 900); do
    left=$(left_behind)
    [ -n "$left" ] || break
    sleep 0.1
  done
  rm -rf --one-file-system "$work"
  [ -n "$left" ] || return 0
  echo "left behind by the shop's daemon:"
  echo "$left"
  echo "0 1" >>artifacts/test-counts
  exit 1
}
trap clean_up EXIT

mkdir -p artifacts
dotnet build tests/Shop.Tests -v quiet -nologo || exit 1
scripts/run-tests.sh unit tests/Shop.Tests || exit 1

rm -f artifacts/test-shop-up.log
start_daemon
echo "SHOP_KILL_SEED=$SHOP_KILL_SEED"
for _ in $(seq "${SHOP_KILLS:-3}"); do kill_during_up; done
if ! examples/shop/up.sh >>artifacts/test-shop-up.log 2>&1; then
  echo "the shop did not come up:"
  tail -n 60 artifacts/test-shop-up.log
  echo "0 1" >>artifacts/test-counts
  exit 1
fi
scripts/run-tests.sh "${SHOP_TESTS:-root}" tests/Shop.Tests
