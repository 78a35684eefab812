#!/bin/bash
# Stops and removes the shop's containers and networks; its data stays, unless -v is given. The daemon goes on running.
set -euo pipefail
cd "$(dirname "$0")"
argosy=${ARGOSY:-$(cd ../.. && pwd)/artifacts/bin/argosy}
./secrets.sh
exec "$argosy" down "$@"
