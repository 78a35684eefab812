# lib.sh: the head of every bench; source it with the prefix of its names. Goes to the tree's root; sets bin (the binaries), id (the name
# of the network namespace, the instance and the cgroup) and work (a directory); removes all of that at the end, and ends what is in pids.
# before_cleanup, where a bench has it, is called first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" = 0 ] || { echo "bench: root is needed" >&2; exit 1; }
bin=${ARGOSY_BIN_DIR:-$PWD/artifacts/bin}
[ -x "$bin/argosyd" ] && [ -x "$bin/argosy" ] || { echo "bench: $bin/argosyd is missing: make build" >&2; exit 1; }
id=$1$$
work=/tmp/argosy-bench-$id
mkdir -p "$work"
cut -d' ' -f1 /proc/loadavg > "$work/load"
pids=()

cleanup() {
  set +e
  if declare -F before_cleanup > /dev/null; then before_cleanup; fi
  [ -s "$work/docker.pid" ] && kill -TERM "$(cat "$work/docker.pid")" 2>/dev/null
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null; done
  ip netns delete "$id" 2>/dev/null
  grep -o "$work/[^ ]*" /proc/self/mountinfo | sort -ru | xargs -r -n 1 umount -l 2>/dev/null
  rmdir /sys/fs/cgroup/*/"$id" /sys/fs/cgroup/"$id" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT

wait_for() { for _ in $(seq 300); do "$@" > /dev/null 2>&1 && return 0; sleep 0.1; done; echo "bench: never came: $*" >&2; return 1; }

# start_dockerd ARGUMENT…: in the network namespace, with mounts of its own
start_dockerd() {
  nsenter --net="/run/netns/$id" unshare -m --propagation private dockerd --data-root "$work/d/data" --exec-root "$work/d/run" \
    -H "unix://$work/docker.sock" -p "$work/docker.pid" --cgroup-parent "/$id" "$@" >> "$work/dockerd.log" 2>&1 & pids+=("$!")
}

# socket ENGINE: its path
socket() { case $1 in argosyd) echo "$work/a/run/argosy.sock" ;; dockerd) echo "$work/docker.sock" ;; esac; }

# remove_containers: of both engines
remove_containers() {
  local engine
  for engine in argosyd dockerd; do
    DOCKER_HOST=unix://$(socket $engine) timeout 60 docker ps -aq 2>/dev/null | DOCKER_HOST=unix://$(socket $engine) timeout 120 xargs -r -n 50 docker rm -f > /dev/null 2>&1
  done
}
