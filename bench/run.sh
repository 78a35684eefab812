#!/usr/bin/env bash
# run.sh [ROUNDS [LOAD_ROUNDS]]: measures argosyd against dockerd, podman and bare crun, interleaved, and writes bench/RESULTS.md.
# Every engine has roots of its own; dockerd and podman a network namespace too, so that they cannot touch the host's firewall.
# What is not installed is left out. Everything is removed at the end.
. "$(dirname "$0")/lib.sh" ab
rounds=${1:-25}
load_rounds=${2:-3}
load=bench/Load/bin/Release/net10.0/load
dotnet build bench/Load -c Release -v quiet -nologo > /dev/null
mkdir -p "$work/bundle/rootfs"

before_cleanup() {
  remove_containers
  command -v podman > /dev/null && podman_in rm -af > /dev/null 2>&1
}

argosy_cli() { DOCKER_HOST=unix://$work/a/run/argosy.sock docker "$@"; }
argosy_own() { DOCKER_HOST=unix://$work/a/run/argosy.sock "$bin/argosy" "$@"; }
dockerd_cli() { DOCKER_HOST=unix://$work/docker.sock docker "$@"; }
podman_in() { CONTAINERS_CONF=$work/containers.conf nsenter --net="/run/netns/$id" podman --root "$work/p/data" --runroot "$work/p/run" --cgroup-manager cgroupfs "$@"; }

# One file system for all: busybox, with a link for each applet.
root=$work/bundle/rootfs
mkdir -p "$root"/{bin,etc,proc,sys,dev,tmp}
cp /bin/busybox "$root/bin/"
for applet in $(/bin/busybox --list); do [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:/root:/bin/sh\n' > "$root/etc/passwd"
tar -C "$root" -cf "$work/busybox.tar" .

# podman asks for a million open files; the host's hard limits may be below that.
printf '[containers]\ndefault_ulimits = ["nofile=%s:%s", "nproc=4096:4096"]\n' "$(ulimit -Hn)" "$(ulimit -Hn)" > "$work/containers.conf"
ip netns add "$id"; ip -n "$id" link set lo up
start_argosyd() {
  "$bin/argosyd" --data-root "$work/a/data" --exec-root "$work/a/run" --instance "$id" --bip 10.231.0.1/24 >> "$work/argosyd.log" 2>&1 & argosyd=$!; pids+=("$argosyd")
}
start_lasting_dockerd() {
  rm -f "$work/docker.pid"
  start_dockerd --live-restore --bip 10.232.0.1/24
  while [ ! -s "$work/docker.pid" ]; do sleep 0.005; done
  dockerd=$(cat "$work/docker.pid")
}
start_argosyd
wait_for argosy_cli version
argosy_cli import "$work/busybox.tar" busybox > /dev/null
engines="crun argosy argosyd"
if command -v dockerd > /dev/null; then
  engines+=" dockerd"
  start_lasting_dockerd
  wait_for dockerd_cli version
  dockerd_cli import "$work/busybox.tar" busybox > /dev/null
fi
if command -v podman > /dev/null; then
  engines+=" podman"
  podman_in import -q "$work/busybox.tar" busybox > /dev/null
fi
(cd "$work/bundle" && crun spec && jq '.process.args = ["true"] | .process.terminal = false' config.json > c && mv c config.json)

# now in microseconds without a process
now() { local t=$EPOCHREALTIME; echo "${t/[.,]/}"; }
# sample NAME COMMAND…: one measurement
sample() { local name=$1 begin; shift; begin=$(now); "$@" > /dev/null 2>&1 || { echo "bench: failed: $*" >&2; "$@" >&2 || true; exit 1; }; echo $(($(now) - begin)) >> "$work/$name"; }
median() { [ -s "$work/$1" ] && sort -n "$work/$1" | awk '{ v[NR] = $1 } END { printf "%.1f", (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) / 1000 }' || echo -; }

run_one() {
  case $1 in
    crun) crun run --bundle "$work/bundle" "bench-$$" ;;
    argosy) argosy_own run --rm busybox true ;;
    argosyd) argosy_cli run --rm busybox true ;;
    dockerd) dockerd_cli run --rm busybox true ;;
    podman) podman_in run --rm busybox true ;;
  esac
}
exec_one() {
  case $1 in
    argosy) argosy_own exec target true ;;
    argosyd) argosy_cli exec target true ;;
    dockerd) dockerd_cli exec target true ;;
    podman) podman_in exec target true ;;
  esac
}
list_one() {
  case $1 in
    argosy) argosy_own ps -a ;;
    argosyd) argosy_cli ps -a ;;
    dockerd) dockerd_cli ps -a ;;
    podman) podman_in ps -a ;;
  esac
}
memory() { awk '/^(Rss|Pss):/ { v[$1] = $2 } END { printf "%.1f %.1f", v["Rss:"] / 1024, v["Pss:"] / 1024 }' "/proc/$1/smaps_rollup"; }
argosyd_idle=$(memory "$argosyd")
[ -n "${dockerd:-}" ] && dockerd_idle=$(memory "$dockerd")
[ -n "${dockerd:-}" ] && containerd_idle=$(memory "$(pgrep -P "$dockerd" -x containerd)")

echo "bench: $rounds rounds of: $engines"
for engine in $engines; do sample warm-up run_one "$engine"; done
for _ in $(seq "$rounds"); do for engine in $engines; do sample "run-$engine" run_one "$engine"; done; done
argosy_cli run -d --name target busybox sleep 100000 > /dev/null
case $engines in *dockerd*) dockerd_cli run -d --name target busybox sleep 100000 > /dev/null ;; esac
case $engines in *podman*) podman_in run -d --name target busybox sleep 100000 > /dev/null ;; esac
for _ in $(seq "$rounds"); do for engine in ${engines#crun }; do sample "exec-$engine" exec_one "$engine"; done; done
for n in $(seq 99); do
  argosy_cli create --name "c$n" busybox true > /dev/null
  case $engines in *dockerd*) dockerd_cli create --name "c$n" busybox true > /dev/null ;; esac
  case $engines in *podman*) podman_in create --name "c$n" busybox true > /dev/null ;; esac
done
for _ in $(seq "$rounds"); do for engine in ${engines#crun }; do sample "list-$engine" list_one "$engine"; done; done


# What is asked of the daemons over their sockets, by bench/Load; the daemons in turn, several times, the median.
declare -A socket=([argosyd]=$work/a/run/argosy.sock [dockerd]=$work/docker.sock)
daemons=argosyd; case $engines in *dockerd*) daemons+=" dockerd" ;; esac
load() { "$load" "${socket[$1]}" "${@:2}"; }
# figure KEY VERB…: one round for each daemon
figure() {
  local key=$1 daemon
  shift
  for daemon in $daemons; do load "$daemon" "$@" >> "$work/load-$key-$daemon"; done
}
restart() {
  case $1 in
    argosyd) kill -9 "$argosyd"; wait "$argosyd" 2>/dev/null || true; start_argosyd ;;
    # dockerd with a kill -9 takes its containerd along, which then does not come up again in time: it gets a fair signal.
    dockerd) kill -TERM "$dockerd"; while [ -e "/proc/$dockerd" ]; do sleep 0.01; done; start_lasting_dockerd ;;
  esac
}
# helpers DAEMON: proportional memory of the processes that stand beside the containers, MB for each of 100
helpers() {
  local name=conmon pid total=0
  [ "$1" = argosyd ] || name=containerd-shim
  for pid in $(pgrep -f "$name.*$work|$work.*$name"); do total=$((total + $(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null || echo 0))); done
  awk -v t="$total" 'BEGIN { printf "%.2f\n", t / 1024 / 100 }'
}
for daemon in $daemons; do load "$daemon" list 1 1 > /dev/null; done
for _ in $(seq "$load_rounds"); do
  figure list1 list 2 1
  figure list4 list 2 4
  figure exec exec 15 target
done
argosy_cli rm -f target $(seq -f 'c%.0f' 99) > /dev/null
case $engines in *dockerd*) dockerd_cli rm -f target $(seq -f 'c%.0f' 99) > /dev/null ;; esac
for _ in $(seq "$load_rounds"); do
  figure cycle1 cycle 20 1
  figure cycle10 cycle 60 10
  figure start1 start 100 1
  figure remove8 remove 100 8
  figure start8 start 100 8
  for daemon in $daemons; do
    helpers "$daemon" >> "$work/load-helpers-$daemon"
    restart "$daemon"
    load "$daemon" answered >> "$work/load-answered-$daemon"
  done
  figure remove1 remove 100 8
done

middle() { [ -s "$work/load-$1" ] && sort -n "$work/load-$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }' || echo -; }
rate() { local a d; a=$(middle "$2-argosyd"); d=$(middle "$2-dockerd"); echo "| $1 | $a | $d | $(ratio "$d" "$a") |"; }
span() { local a d; a=$(middle "$2-argosyd"); d=$(middle "$2-dockerd"); echo "| $1 | $a | $d | $(ratio "$a" "$d") |"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a == "-" || b == "-" || a == 0) print "-"; else printf "%.1f", b / a }'; }
row() { local title=$1 key=$2 a d; a=$(median "$key-argosy"); d=$(median "$key-dockerd")
  echo "| $title | $(median "$key-crun") | $a | $(median "$key-argosyd") | $d | $(median "$key-podman") | $(ratio "$a" "$d") | $(ratio "$(median "$key-argosyd")" "$d") |"; }
{
  echo "# Results"
  echo
  echo "Written by \`make bench\` (\`bench/run.sh $rounds\`): medians of $rounds interleaved rounds in one run, wall-clock milliseconds of the whole command."
  echo
  echo "- $(date -u +%Y-%m-%d), $(nproc) processors ($(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)), $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo), Linux $(uname -r); load before the run $(cut -d' ' -f1 "$work/load")"
  echo "- argosy $("$bin/argosyd" --version), docker client $(docker version --format '{{.Client.Version}}' 2> /dev/null || true), dockerd $(dockerd --version 2> /dev/null | awk '{ print $3 }' | tr -d , || true), podman $(podman --version 2> /dev/null | awk '{ print $3 }' || echo "not installed"), crun $(crun --version | awk 'NR == 1 { print $3 }')"
  echo
  echo "| | bare crun | argosy | docker client, argosyd | docker client, dockerd | podman | argosy against dockerd | argosyd against dockerd |"
  echo "|---|---|---|---|---|---|---|---|"
  row '`run --rm busybox true`' run
  row '`exec target true`' exec
  row '`ps -a`, 100 containers' list
  echo
  echo "Over the API alone (\`bench/Load\`, medians of $load_rounds rounds, the daemons in turn):"
  echo
  echo "| | argosyd | dockerd | argosyd against dockerd |"
  echo "|---|---|---|---|"
  rate 'create, start, wait, delete: per second, one at a time' cycle1
  rate '… ten at a time' cycle10
  span '100 containers started one after the other, seconds' start1
  span '… eight at a time' start8
  span '100 running containers removed, eight at a time, seconds' remove8
  rate '`GET /containers/json?all=1`, 100 containers: per second, one at a time' list1
  rate '… four at a time' list4
  span '`exec true`, detached, until it is seen to have ended, ms' exec
  span 'kill -9 (dockerd: SIGTERM, --live-restore) and start of the daemon beside 100 running containers: ms until the list is answered' answered
  span 'processes beside the containers (conmon, shim): PSS for each of 100, MB' helpers
  echo
  echo "| | argosyd | dockerd |"
  echo "|---|---|---|"
  echo "| memory idle, RSS and PSS in MB | $argosyd_idle | ${dockerd_idle:--} and containerd ${containerd_idle:--} |"
  echo
  echo "Logs have a table of their own: \`bench/logs.sh\`, [docs/design/logs.md](../docs/design/logs.md)."
  echo "Where the time goes, which goals are not reached and why: [docs/design/start-path.md](../docs/design/start-path.md)."
  # bench/images.sh writes the section at the end.
} > "$work/RESULTS.md"
# The sections that other scripts write stay.
awk '/^## / { found = 1 } found' bench/RESULTS.md > "$work/sections"
{ cat "$work/RESULTS.md"; if [ -s "$work/sections" ]; then echo; cat "$work/sections"; fi; } > "$work/all"
cp "$work/all" bench/RESULTS.md
cat bench/RESULTS.md
