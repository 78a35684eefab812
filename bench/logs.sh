#!/usr/bin/env bash
# logs.sh [ROUNDS] [LINES]: a container writes LINES short lines, then they are read back; argosyd against dockerd, interleaved, medians in seconds.
# Every engine has roots of its own, dockerd a network namespace too. Prints a table; everything is removed at the end.
. "$(dirname "$0")/lib.sh" al
rounds=${1:-5}
lines=${2:-1000000}
mkdir -p "$work/root"/{bin,etc,proc,sys,dev,tmp}
before_cleanup() { remove_containers; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%.2f", v[int((NR + 1) / 2)] }'; }
# timed NAME COMMAND…: adds the seconds that it takes to the series NAME.
timed() { local name=$1 start=$EPOCHREALTIME; shift; "$@" > "$work/output"; awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }' >> "$work/$name"; }

cp /bin/busybox "$work/root/bin/"
ln -s busybox "$work/root/bin/seq"
tar -C "$work/root" -cf "$work/busybox.tar" .
"$bin/argosyd" --data-root "$work/a/data" --exec-root "$work/a/run" --instance "$id" --bridge "$id" --bip 10.231.0.1/24 > "$work/argosyd.log" 2>&1 & pids+=("$!")
engines=argosyd
if command -v dockerd > /dev/null; then
  engines+=" dockerd"
  ip netns add "$id"; ip -n "$id" link set lo up
  start_dockerd --bip 10.232.0.1/24
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
    if [ "$engine" = argosyd ] && [ -x "$bin/argosy" ]; then
      timed argosyd.own env ARGOSY_HOST="$DOCKER_HOST" "$bin/argosy" logs "$container"
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
