#!/bin/bash
# Builds and starts the shop, and says where it is. May be run again at any time: it does what is still to be done.
#   ARGOSY      the argosy binary          (default: artifacts/bin/argosy of this repository)
#   ARGOSY_HOST the daemon's socket        (default: argosy's own)
#   SHOP_PORT   the published port         (default: 8080)
set -euo pipefail
cd "$(dirname "$0")"

bin=$(cd ../.. && pwd)/artifacts/bin
export ARGOSY=${ARGOSY:-$bin/argosy} SHOP_PORT=${SHOP_PORT:-8080}
[ -x "$ARGOSY" ] || { echo "up: $ARGOSY is missing: run make build" >&2; exit 1; }

daemon_answers() { "$ARGOSY" version >/dev/null 2>&1; }

start_daemon() {
  if [ -n "${ARGOSY_HOST:-}" ]; then
    echo "up: no daemon answers at $ARGOSY_HOST" >&2
    exit 1
  fi
  [ "$(id -u)" = 0 ] || { echo "up: no daemon is running, and only root can start one" >&2; exit 1; }
  echo "up: starting $bin/argosyd; its log is /var/log/argosyd.log"
  setsid "$bin/argosyd" >>/var/log/argosyd.log 2>&1 </dev/null &
  wait_for "the daemon" 30 daemon_answers
}

# wait_for WHAT SECONDS COMMAND…
wait_for() {
  local what=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "up: $what does not answer" >&2; return 1; }
    sleep 0.2
  done
}

storefront_answers() {
  local line
  { exec 3<>"/dev/tcp/127.0.0.1/$SHOP_PORT"; } 2>/dev/null || return 1
  printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  read -r -t 10 line <&3 || line=
  exec 3>&-
  [[ $line == *' 200 '* ]]
}

./secrets.sh
./publish.sh
daemon_answers || start_daemon
./base-image.sh
"$ARGOSY" up -d --build
if ! wait_for "the storefront" 120 storefront_answers; then
  "$ARGOSY" ps -a >&2
  exit 1
fi
echo
echo "The shop is open: http://localhost:$SHOP_PORT/   (its state: http://localhost:$SHOP_PORT/status)"
