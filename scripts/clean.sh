#!/usr/bin/env bash
# clean.sh: removes build output; ends the daemon started from this tree and its containers, and takes away every kernel object of it.
# Images, volumes and records in /var/lib/argosy stay.
set -uo pipefail
cd "$(dirname "$0")/.."
here=$PWD

daemon_pids() {
  for exe in /proc/[0-9]*/exe; do
    [ "$(readlink "$exe" 2>/dev/null | sed 's/ (deleted)$//')" = "$here/artifacts/bin/argosyd" ] && basename "$(dirname "$exe")"
  done
}

if [ "$(id -u)" = 0 ]; then
  socket=/run/argosy/argosy.sock
  if [ -S $socket ] && [ -x artifacts/bin/argosy ]; then
    mapfile -t running < <(ARGOSY_HOST=unix://$socket artifacts/bin/argosy ps -q 2>/dev/null)
    [ ${#running[@]} -gt 0 ] && ARGOSY_HOST=unix://$socket artifacts/bin/argosy stop "${running[@]}" > /dev/null
  fi
  # The resolver and the relay are the same program. The daemon ends it, and has to go first: it would start others.
  for pid in $(pgrep -x argosyd | grep -xF "$(daemon_pids)") $(daemon_pids); do
    kill "$pid" 2>/dev/null && timeout 20 tail --pid="$pid" -f /dev/null
  done
  if [ -z "$(daemon_pids)" ] && ! pgrep -x argosyd > /dev/null; then
    # Deepest mounts first.
    awk '$2 ~ "^/(run|var/lib)/argosy/" { print $2 }' /proc/mounts | sort -r | xargs -r -n 1 umount
    ip -o link show 2>/dev/null | awk -F': ' '{ sub(/@.*/, "", $2); print $2 }' | grep -E '^(argosy0|argo-[0-9a-f]{10}|argov[0-9a-f]{10}|argovgate-enter)$' | xargs -r -n 1 ip link delete
    for family in inet ip ip6; do nft delete table $family argosy 2>/dev/null; done
    find /sys/fs/cgroup -mindepth 1 -type d -path '*/argosy*' -depth -exec rmdir {} + 2>/dev/null
    rm -rf /run/argosy
  fi
fi
rm -rf artifacts
find src tests examples -depth -type d \( -name bin -o -name obj \) -exec rm -rf {} +
echo "clean; data is still in /var/lib/argosy"
