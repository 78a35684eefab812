#!/usr/bin/env bash
# networks.sh [ROUNDS]: networks and names of argosyd against dockerd, interleaved, medians; writes the section "Networks" of bench/RESULTS.md.
# Servers and load generators are this machine's own (nginx, wrk, dnsperf), run inside the containers' network namespaces. dockerd has a
# network namespace of its own; everything is removed at the end.
. "$(dirname "$0")/lib.sh" an
rounds=${1:-3}
seconds=${SECONDS_EACH:-4}
for tool in dockerd nginx wrk dnsperf; do command -v $tool > /dev/null || { echo "bench: $tool is missing: scripts/deps.sh bench" >&2; exit 1; }; done
load=bench/Load/bin/Release/net10.0/load
dotnet build bench/Load -c Release -v quiet -nologo > /dev/null
mkdir -p "$work/root"/{bin,etc,proc,sys,dev,tmp}

before_cleanup() {
  for pid in $(cat "$work"/nginx-*.pid 2>/dev/null); do kill -TERM "$pid" 2>/dev/null; done
  remove_containers
  for engine in argosyd dockerd; do DOCKER_HOST=unix://$(socket $engine) timeout 30 docker network prune -f > /dev/null 2>&1; done
}
cli() { local engine=$1; shift; DOCKER_HOST=unix://$(socket "$engine") docker "$@"; }
# outside ENGINE COMMAND…: in the network namespace that is the engine's host
outside() { local engine=$1; shift; if [ "$engine" = dockerd ]; then nsenter --net="/run/netns/$id" "$@"; else "$@"; fi; }
# within ENGINE CONTAINER COMMAND…: in a container's network namespace, with its resolv.conf out of the way
within() { local engine=$1 pid; pid=$(cli "$engine" inspect -f '{{.State.Pid}}' "$2"); shift 2; nsenter --net="/proc/$pid/ns/net" "$@"; }
# note KEY ENGINE: adds the value on standard input to a series
note() { cat >> "$work/$1-$2"; }
middle() { [ -s "$work/$1-$2" ] && sort -n "$work/$1-$2" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }' || echo -; }

# One file system for all: busybox, with a link for each applet.
cp /bin/busybox "$work/root/bin/"
for applet in $(/bin/busybox --list); do [ -e "$work/root/bin/$applet" ] || ln -s busybox "$work/root/bin/$applet"; done
tar -C "$work/root" -cf "$work/busybox.tar" .
ip netns add "$id"; ip -n "$id" link set lo up
"$bin/argosyd" --data-root "$work/a/data" --exec-root "$work/a/run" --instance "$id" --bip 10.231.0.1/16 >> "$work/argosyd.log" 2>&1 & pids+=("$!")
start_dockerd --bip 10.232.0.1/16
engines="argosyd dockerd"
for engine in $engines; do
  wait_for cli "$engine" version
  cli "$engine" import "$work/busybox.tar" busybox > /dev/null
  cli "$engine" network create bench > /dev/null
  cli "$engine" run -d --name web --network bench -p 18099:8099 busybox sleep 100000 > /dev/null
  cli "$engine" run -d --name asking --network bench busybox sleep 100000 > /dev/null
  cli "$engine" run -d --name mover busybox sleep 100000 > /dev/null
  printf 'pid %s;\nworker_processes 1;\nerror_log /dev/null;\nevents { worker_connections 1024; }\nhttp { access_log off; keepalive_requests 1000000; server { listen 8099; location / { return 200 "hello\\n"; } } }\n' "$work/nginx-$engine.pid" > "$work/nginx-$engine.conf"
  within "$engine" web nginx -c "$work/nginx-$engine.conf"
done
printf 'web A\n' > "$work/questions"

# requests ENGINE URL: requests per second on connections that are kept. A connection each would measure how soon this machine's 28,000
# ports are used up: 10,000 connections a second stay two minutes in the tables of NAT.
requests() { outside "$1" wrk -t 1 -c 16 -d "${seconds}s" "$2" | awk '/Requests\/sec/ { print $2 }'; }
# ways KEY: rates to the container's own address, over 127.0.0.1, over the gateway's address and over [::1], of each engine
ways() {
  local engine address gateway
  for engine in $engines; do
    address=$(cli "$engine" inspect -f '{{.NetworkSettings.Networks.bench.IPAddress}}' web)
    gateway=$(cli "$engine" inspect -f '{{.NetworkSettings.Networks.bench.Gateway}}' web)
    requests "$engine" "http://$address:8099/" | note "$1-own" "$engine"
    requests "$engine" "http://127.0.0.1:18099/" | note "$1-loopback" "$engine"
    requests "$engine" "http://$gateway:18099/" | note "$1-host" "$engine"
    requests "$engine" "http://[::1]:18099/" | note "$1-six" "$engine"
  done
}
names() { within "$1" asking dnsperf -s 127.0.0.11 -d "$work/questions" -l "$seconds" -c 4 -q 50 2>&1 | awk '/Queries per second/ { printf "%.0f\n", $4 } /Queries lost/ && $3 > 0 { print "bench: queries lost:", $3 > "/dev/stderr" }'; }

# load ENGINE WHAT…: bench/Load on an engine. dockerd has hung while 64 containers were removed: what does not end is a row without a figure, and not the end of the run.
load() { local engine=$1; shift; timeout 90 "$load" "$(socket "$engine")" "$@" || echo "bench: $engine: $* did not end" >&2; }

for round in $(seq "$rounds"); do
  echo "bench: $(date +%T) round $round"
  for engine in $engines; do names "$engine" | note names "$engine"; done
  ways one
done
for engine in $engines; do load "$engine" ports 1000 | note ports "$engine"; done
for round in $(seq "$rounds"); do ways many; done
# Their ports are those that the next rows ask for.
for engine in $engines; do cli "$engine" rm -f ports > /dev/null; done
for round in $(seq "$rounds"); do
  echo "bench: $(date +%T) round $round of starts"
  for engine in $engines; do
    load "$engine" network 15 | note network "$engine"
    load "$engine" connect 15 bench mover | note connect "$engine"
    load "$engine" publish 15 | note publish "$engine"
    load "$engine" start 64 64 | note start64 "$engine"
    load "$engine" remove 64 8 > /dev/null
  done
done
# Names while containers come and go: nothing may be lost.
for engine in $engines; do
  within "$engine" asking dnsperf -s 127.0.0.11 -d "$work/questions" -t 2 -l 3600 -c 2 -q 10 -Q 2000 > "$work/churn-$engine" 2>&1 & asking=$!
  load "$engine" cycle 200 8 > /dev/null
  dns=$(pgrep -P "$asking" -x dnsperf || echo "$asking")
  kill -INT $dns; wait "$asking" 2>/dev/null || true
  awk '/Queries lost/ { print $3 }' "$work/churn-$engine" | note lost "$engine"
done

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a == "-" || b == "-" || a == 0) print "-"; else printf "%.1f", b / a }'; }
rate() { local a d; a=$(middle "$2" argosyd); d=$(middle "$2" dockerd); echo "| $1 | $a | $d | $(ratio "$d" "$a") |"; }
span() { local a d; a=$(middle "$2" argosyd); d=$(middle "$2" dockerd); echo "| $1 | $a | $d | $(ratio "$a" "$d") |"; }
# share TITLE KEY OF: percent of the rate to the container's own address
share() { local a d; a=$(awk -v x="$(middle "$2" argosyd)" -v y="$(middle "$3" argosyd)" 'BEGIN { printf "%.0f %%", 100 * x / y }'); d=$(awk -v x="$(middle "$2" dockerd)" -v y="$(middle "$3" dockerd)" 'BEGIN { printf "%.0f %%", 100 * x / y }'); echo "| $1 | $a | $d | |"; }
{
  echo "## Networks"
  echo
  echo "Written by \`bench/networks.sh $rounds\`: medians of $rounds interleaved rounds. Servers and load are this machine's nginx, wrk (16 connections) and dnsperf (4 sockets, 50 open questions) inside the containers' network namespaces."
  echo
  echo "- $(date -u +%Y-%m-%d), $(nproc) processors ($(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)), Linux $(uname -r); load before the run $(cat "$work/load"); argosy $("$bin/argosyd" --version), dockerd $(dockerd --version | awk '{ print $3 }' | tr -d ,)"
  echo
  echo "| | argosyd | dockerd | argosyd against dockerd |"
  echo "|---|---|---|---|"
  span '64 containers asked for at once on one bridge network: seconds until all are answered' start64
  span '`network create`, ms' network
  span 'connect a running container, ms' connect
  span 'a published port: ms that a start takes more' publish
  span 'a container with 1,000 published ports: seconds to start' ports
  rate 'names at 127.0.0.11: queries per second' names
  span 'questions lost while 200 containers come and go' lost
  rate 'HTTP to the container'"'"'s own address: requests per second' one-own
  share '… over the published port at 127.0.0.1, of that rate' one-loopback one-own
  share '… over the published port at the host'"'"'s address, of that rate' one-host one-own
  share '… at [::1], where a process copies (argosy-relay, docker-proxy)' one-six one-own
  share '… at 127.0.0.1, beside 1,000 more published ports' many-loopback many-own
  share '… at the host'"'"'s address, beside 1,000 more' many-host many-own
} > "$work/section.md"
[ "${WRITE:-1}" = 1 ] && bench/section.sh Networks "$work/section.md"
cat "$work/section.md"
