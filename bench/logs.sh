#!/usr/bin/env bash
# logs.sh [ROUNDS] [LINES]: a container writes LINES short lines, then they are read back; argosyd against dockerd, interleaved, medians in seconds.
# Every engine has roots of its own, dockerd a network namespace too. Prints a table; everything is removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "bench: root is needed" >&2; exit 1; }
rounds=${1:-5}
lines=${2:-1000000}
argosyd=${ARGOSYD_BIN:-$PWD/artifacts/bin/argosyd}
argosy=${ARGOSY_BIN:-$PWD/artifacts/bin/argosy}
id=al$$
work=/tmp/argosy-bench-$$
mkdir -p "$work/root"/{bin,etc,proc,sys,dev,tmp}
pids=()

cleanup() {
  set +e
  for host in a/run/argosy.sock docker.sock; do
    DOCKER_HOST=unix://$work/$host docker ps -aq 2>/dev/null | DOCKER_HOST=unix://$work/$host xargs -r docker rm -f > /dev/null 2>&1
  done
  [ -s "$work/docker.pid" ] && kill -TERM "$(cat "$work/docker.pid")" 2>/dev/null
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; done
  ip netns delete "$id" 2>/dev/null
  grep -o "$work/[^ ]*" /proc/self/mountinfo | sort -ru | xargs -r -n 1 umount -l 2>/dev/null
  rmdir /sys/fs/cgroup/*/"$id" /sys/fs/cgroup/"$id" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
wait_for() { for _ in $(seq 300); do "$@" > /dev/null 2>&1 && return 0; sleep 0.1; done; echo "bench: never came: $*" >&2; return 1; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%.2f", v[int((NR + 1) / 2)] }'; }
# timed NAME COMMAND…: adds the seconds that it takes to the series NAME.
timed() { local name=$1 start=$EPOCHREALTIME; shift; "$@" > "$work/output"; awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }' >> "$work/$name"; }

cp /bin/busybox "$work/root/bin/"
ln -s busybox "$work/root/bin/seq"
tar -C "$work/root" -cf "$work/busybox.tar" .
"$argosyd" --data-root "$work/a/data" --exec-root "$work/a/run" --instance "$id" --bridge "$id" --bip 10.231.0.1/24 > "$work/argosyd.log" 2>&1 & pids+=("$!")
engines=argosyd
socket() { case $1 in argosyd) echo "$work/a/run/argosy.sock" ;; dockerd) echo "$work/docker.sock" ;; esac; }
if command -v dockerd > /dev/null; then
  engines+=" dockerd"
  ip netns add "$id"; ip -n "$id" link set lo up
  nsenter --net="/run/netns/$id" unshare -m --propagation private dockerd --data-root "$work/d/data" --exec-root "$work/d/run" \
    -H "unix://$work/docker.sock" -p "$work/docker.pid" --bip 10.232.0.1/24 --cgroup-parent "/$id" > "$work/dockerd.log" 2>&1 & pids+=("$!")
fi
for engine in $engines; do
  export DOCKER_HOST=unix://$(socket "$engine")
  wait_for docker version
  docker import "$work/busybox.tar" busybox > /dev/null
done

for _ in $(seq "$rounds"); do
  for engine in $engines; do
    export DOCKER_HOST=unix://$(socket "$engine")
    container=$(docker create busybox seq "$lines")
    timed "$engine.write" sh -c "docker start $container && docker wait $container"
    timed "$engine.read" docker logs "$container"
    [ "$(wc -l < "$work/output")" = "$lines" ] || { echo "bench: $engine gave $(wc -l < "$work/output") of $lines lines" >&2; exit 1; }
    timed "$engine.raw" curl -sf --unix-socket "$(socket "$engine")" "http://x/containers/$container/logs?stdout=1"
    timed "$engine.tail" docker logs --tail 10 "$container"
    if [ "$engine" = argosyd ] && [ -x "$argosy" ]; then
      timed argosyd.own env ARGOSY_HOST="$DOCKER_HOST" "$argosy" logs "$container"
    fi
    docker rm "$container" > /dev/null
  done
done

printf '%-34s' "$lines short lines, seconds"; for engine in $engines; do printf '%10s' "$engine"; done; echo
row() { printf '%-34s' "$2"; for engine in $engines; do if [ -s "$work/$engine.$1" ]; then printf '%10s' "$(median "$work/$engine.$1")"; else printf '%10s' -; fi; done; echo; }
row write "written (start to exit)"
row read "read by \`docker logs\`"
row own "read by \`argosy logs\`"
row raw "read by curl (the engine alone)"
row tail "the last ten (\`docker logs --tail\`)"
