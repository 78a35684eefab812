#!/usr/bin/env bash
# images.sh [ROUNDS]: measures what people wait for with images (pull, load, save, push, build, list) on argosyd, dockerd and podman,
# interleaved, and writes the section "Images" of bench/RESULTS.md. About eight minutes for three rounds on two cores.
# Every engine has roots of its own and a network namespace of its own with two registries in it; everything is removed at the end.
. "$(dirname "$0")/lib.sh" ai
rounds=${1:-3}
only=${ONLY:-argosyd dockerd podman}
data=${BENCH_DATA:-$work/data}
mkdir -p "$data"
declare -A registry

# Not for what runs in the background: the pid would be that of a shell between.
inside() { nsenter --net="/run/netns/$id" "$@"; }
argosyd_cli() { DOCKER_BUILDKIT=0 DOCKER_HOST=unix://$work/a/run/argosy.sock docker "$@"; }
argosy_cli() { DOCKER_HOST=unix://$work/a/run/argosy.sock "$bin/argosy" "$@"; }
dockerd_cli() { DOCKER_BUILDKIT=0 DOCKER_HOST=unix://$work/docker.sock docker "$@"; }
podman_cli() { CONTAINERS_CONF=$work/containers.conf inside podman --root "$work/p/data" --runroot "$work/p/run" --cgroup-manager cgroupfs "$@"; }
now() { local t=$EPOCHREALTIME; echo "${t/[.,]/}"; }
# sample NAME COMMAND…: one measurement, in microseconds
sample() { local name=$1 begin; shift; begin=$(now); "$@" > "$work/out" 2>&1 || { echo "bench: failed: $*" >&2; cat "$work/out" >&2; exit 1; }; echo $(($(now) - begin)) >> "$work/$name"; say "$name $(tail -n 1 "$work/$name" | awk '{ printf "%.2f", $1 / 1000000 }') s"; }
median() { [ -s "$work/$1" ] && sort -n "$work/$1" | awk '{ v[NR] = $1 } END { printf "%.2f", (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) / 1000000 }' || echo -; }
say() { echo "bench: $(date +%T) $*"; }

# start_registry NAME PORT: an empty registry in the engines' network namespace
start_registry() {
  mkdir -p "$work/r-$1"
  printf 'version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}\nhttp: {addr: "127.0.0.1:%s"}\n' "$work/r-$1" "$2" > "$work/r-$1.yml"
  nsenter --net="/run/netns/$id" docker-registry serve "$work/r-$1.yml" > "$work/r-$1.log" 2>&1 &
  registry[$1]=$!
  pids+=("$!")
  wait_for inside curl -sf "http://127.0.0.1:$2/v2/"
}
empty_registry() {
  kill "${registry[push]}" 2>/dev/null || true; wait "${registry[push]}" 2>/dev/null || true
  rm -rf "$work/r-push"; start_registry push 5002
}

# layer FILE: the tar FILE becomes a gzip blob of the layout, its diff id and descriptor are noted
layer() {
  local diff blob size
  diff=$(sha256sum "$1" | cut -d' ' -f1)
  gzip -6 -n -c "$1" > "$1.gz"
  blob=$(sha256sum "$1.gz" | cut -d' ' -f1); size=$(stat -c %s "$1.gz")
  mv "$1.gz" "$data/oci/blobs/sha256/$blob"
  echo "$diff $blob $size" > "$1.done"
}
document() { local digest; digest=$(sha256sum "$1" | cut -d' ' -f1); mv "$1" "$data/oci/blobs/sha256/$digest"; echo "$digest"; }
# An image of five layers made of this machine's own programs and libraries: 845 MB of files, as they compress.
make_image() {
  mkdir -p "$data/oci/blobs/sha256"
  find /usr/bin /usr/lib /usr/share -xdev -type f -size -40000k -printf '%s %p\n' 2>/dev/null | LC_ALL=C sort -k 2 |
    awk -v each=177209344 -v to="$data/list" '{ if (total + $1 > each) { n++; total = 0 } if (n > 4) next; total += $1; sub(/^[0-9]+ \//, ""); print > (to n + 0) }'
  local n
  for n in 0 1 2 3 4; do tar -C / --no-recursion --numeric-owner -T "$data/list$n" -cf "$data/layer$n.tar"; done
  for n in 0 1 2 3 4; do echo "$n"; done | xargs -P 2 -I{} bash -c "$(declare -f layer); data=$data; layer $data/layer{}.tar"
  for n in 0 1 2 3 4; do cat "$data/layer$n.tar.done"; done > "$data/layers"
  jq -R -s 'split("\n") | map(select(. != "") | split(" ")) | {architecture: "amd64", os: "linux", config: {Cmd: ["true"]}, rootfs: {type: "layers", diff_ids: map("sha256:" + .[0])}}' "$data/layers" > "$data/config"
  local size config
  size=$(stat -c %s "$data/config"); config=$(document "$data/config")
  jq -R -s --arg config "sha256:$config" --argjson size "$size" 'split("\n") | map(select(. != "") | split(" ")) | {schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json", config: {mediaType: "application/vnd.oci.image.config.v1+json", digest: $config, size: $size}, layers: map({mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: ("sha256:" + .[1]), size: (.[2] | tonumber)})}' "$data/layers" > "$data/manifest"
  size=$(stat -c %s "$data/manifest"); config=$(document "$data/manifest")
  printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":"big"}}]}' "$config" "$size" > "$data/oci/index.json"
  printf '{"imageLayoutVersion":"1.0.0"}' > "$data/oci/oci-layout"
  rm -f "$data"/layer?.tar "$data"/layer?.tar.done "$data"/list?
  skopeo copy -q "oci:$data/oci:big" "docker-archive:$data/big.tar:bench/loaded:1"
}

say "making the image"
[ -s "$data/big.tar" ] || make_image
ip netns add "$id"; ip -n "$id" link set lo up
start_registry pull 5001
start_registry push 5002
inside skopeo copy -q --dest-tls-verify=false "oci:$data/oci:big" docker://127.0.0.1:5001/big:1
compressed=$(find "$data/oci/blobs" -type f -printf '%s\n' | awk '{ s += $1 } END { printf "%.0f", s / 1e6 }')
unpacked=$(stat -c %s "$data/big.tar" | awk '{ printf "%.0f", $1 / 1e6 }')

printf '[containers]\ndefault_ulimits = ["nofile=%s:%s", "nproc=4096:4096"]\n' "$(ulimit -Hn)" "$(ulimit -Hn)" > "$work/containers.conf"
engines=
for engine in $only; do
  case $engine in
    argosyd)
      # In the namespace of the registries; its own bridge and table are made there too.
      nsenter --net="/run/netns/$id" "$bin/argosyd" --data-root "$work/a/data" --exec-root "$work/a/run" --instance "$id" --bip 10.231.0.1/24 >> "$work/argosyd.log" 2>&1 & argosyd=$!; pids+=("$argosyd")
      wait_for argosyd_cli version ;;
    dockerd)
      command -v dockerd > /dev/null || continue
      start_dockerd --bip 10.232.0.1/24
      wait_for dockerd_cli version ;;
    podman) command -v podman > /dev/null || continue ;;
  esac
  engines+=" $engine"
done

# bare: fetch, inflate, hash twice and unpack the five layers side by side, with the tools that are made for each
bare() {
  local blob target=$work/bare-tree
  rm -rf "$target"; mkdir -p "$target"
  jobs_=()
  for blob in $(jq -r '.layers[].digest' "$data/oci/blobs/sha256/$(jq -r '.manifests[0].digest' "$data/oci/index.json" | cut -d: -f2)"); do
    mkdir "$target/${blob#sha256:}"
    (inside curl -sf "http://127.0.0.1:5001/v2/big/blobs/$blob" | tee >(sha256sum > /dev/null) | gzip -dc | tee >(sha256sum > /dev/null) | bsdtar -C "$target/${blob#sha256:}" -xpf -) & jobs_+=("$!")
  done
  wait "${jobs_[@]}"
}
pull() { case $1 in podman) podman_cli pull -q --tls-verify=false 127.0.0.1:5001/big:1 ;; *) "$1_cli" pull -q 127.0.0.1:5001/big:1 ;; esac }
remove() { "$1_cli" rmi -f "$2"; }
push() { "$1_cli" tag bench/loaded:1 127.0.0.1:5002/big:1; case $1 in podman) podman_cli push -q --tls-verify=false 127.0.0.1:5002/big:1 ;; *) "$1_cli" push -q 127.0.0.1:5002/big:1 ;; esac }
build() { case $1 in podman) podman_cli build --layers --network none "${@:2}" "$work/context" ;; argosy) argosy_cli build --network none "${@:2}" "$work/context" ;; *) "$1_cli" build --network none "${@:2}" "$work/context" ;; esac }

root=$work/rootfs
mkdir -p "$root/bin" "$root/etc" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$work/context/files"
cp /bin/busybox "$root/bin/"; for applet in sh cat true ls; do ln -s busybox "$root/bin/$applet"; done
tar -C "$root" -cf "$work/busybox.tar" .
for n in $(seq 1000); do head -c $((n % 50 * 40 + 100)) /dev/urandom > "$work/context/files/f$n"; done
printf 'FROM busybox\nCOPY files /files\nRUN ls /files > /list\nRUN cat /list > /copy\nCMD ["true"]\n' > "$work/context/Dockerfile"
for engine in $engines; do "${engine}_cli" import "$work/busybox.tar" busybox > /dev/null 2>&1; done

for round in $(seq "$rounds"); do
  say "round $round of $rounds"
  case $engines in *argosyd*) sample bare bare; rm -rf "$work/bare-tree" ;; esac
  for engine in $engines; do
    if [ "$engine" = argosyd ]; then echo 5 > "/proc/$argosyd/clear_refs"; fi
    sample "pull-$engine" pull "$engine"
    if [ "$engine" = argosyd ]; then awk '/^VmHWM:/ { print $2 }' "/proc/$argosyd/status" >> "$work/peak"; fi
    remove "$engine" 127.0.0.1:5001/big:1 > /dev/null 2>&1
  done
  for engine in $engines; do sample "load-$engine" "${engine}_cli" load -i "$data/big.tar"; done
  for engine in $engines; do rm -f "$work/saved.tar"; sample "save-$engine" "${engine}_cli" save -o "$work/saved.tar" bench/loaded:1; done
  rm -f "$work/saved.tar"
  for engine in $engines; do
    [ "$round" -gt 2 ] && continue
    empty_registry
    sample "push-$engine" push "$engine"
    remove "$engine" 127.0.0.1:5002/big:1 > /dev/null 2>&1
  done
  for engine in $engines; do remove "$engine" bench/loaded:1 > /dev/null 2>&1 || true; done
  builders=$engines; case $engines in *argosyd*) builders="argosy$engines" ;; esac
  for engine in $builders; do
    # Another context for everyone: nobody finds a step of an earlier round.
    echo "$round $engine" > "$work/context/files/f1"
    sample "cold-$engine" build "$engine" -t small
    for _ in 1 2 3; do sample "cached-$engine" build "$engine" -t small; done
  done
done

if [[ $engines == *argosyd* ]]; then
  say "a pull of 1 GB, 500 images"
  for n in 0 1; do
    mkdir -p "$work/gb$n"; head -c 512M /dev/urandom > "$work/gb$n/noise$n"
    bsdtar -C "$work/gb$n" --options gzip:compression-level=1 -czf "$work/gb$n.tar.gz" .
    rm -rf "$work/gb$n"
  done
  argosyd_cli import "$work/gb0.tar.gz" gb:0 > /dev/null
  argosyd_cli tag gb:0 127.0.0.1:5001/gb:0; argosyd_cli push -q 127.0.0.1:5001/gb:0 > /dev/null
  argosyd_cli import "$work/gb1.tar.gz" gb:1 > /dev/null
  argosyd_cli tag gb:1 127.0.0.1:5001/gb:1; argosyd_cli push -q 127.0.0.1:5001/gb:1 > /dev/null
  argosyd_cli rmi -f gb:0 gb:1 127.0.0.1:5001/gb:0 127.0.0.1:5001/gb:1 > /dev/null
  echo 5 > "/proc/$argosyd/clear_refs"
  argosyd_cli pull -q 127.0.0.1:5001/gb:0 > /dev/null & first=$!
  argosyd_cli pull -q 127.0.0.1:5001/gb:1 > /dev/null & wait "$!" "$first"
  awk '/^VmHWM:/ { print $2 }' "/proc/$argosyd/status" > "$work/peak-gb"
  mkdir "$work/tiny"
  for n in $(seq 500); do echo "$n" > "$work/tiny/file"; tar -C "$work/tiny" -c . | argosy_cli import - "many:$n" > /dev/null; done
  for _ in $(seq 9); do sample images-argosy argosy_cli images; sample images-argosyd argosyd_cli images; done
fi

ratio() { awk -v a="$1" -v b="$2" -v c="$3" 'BEGIN { best = (b == "-" ? c : c == "-" ? b : (b < c ? b : c)); if (a == "-" || best == "-" || a == 0) print "-"; else printf "%.1f", best / a }'; }
row() { local a d p; a=$(median "$2-argosyd"); d=$(median "$2-dockerd"); p=$(median "$2-podman"); echo "| $1 | ${3:--} | $a | $d | $p | $(ratio "$a" "$d" "$p") |"; }
megabytes() { [ -s "$work/$1" ] && sort -n "$work/$1" | awk '{ v[NR] = $1 } END { printf "%.0f", v[NR] / 1024 }' || echo -; }
{
  echo "## Images"
  echo
  echo "Written by \`bench/images.sh $rounds\`: medians of $rounds interleaved rounds in one run (push: at most two), wall-clock seconds of the whole command. The image has five layers of this machine's own files, $compressed MB compressed, $unpacked MB unpacked; the registry is Debian's docker-registry on the loopback address. \"Bare\" is curl, gzip, sha256sum (of both streams) and bsdtar for each layer, side by side. What argosyd acknowledges is on the device (syncfs); nobody else waits for that."
  echo
  echo "- $(date -u +%Y-%m-%d), $(nproc) processors ($(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)), Linux $(uname -r); load before the run $(cat "$work/load"); argosy $("$bin/argosyd" --version)"
  echo
  echo "| | bare, or argosy's own client | docker client, argosyd | docker client, dockerd | podman | argosyd against the faster peer |"
  echo "|---|---|---|---|---|---|"
  row 'pull' pull "$(median bare)"
  row 'load' load
  row 'save' save
  row 'push to an empty registry, compressing' push
  row 'build, 1,000 small files, two `RUN`, cold' cold "$(median cold-argosy)"
  row '… everything in the cache' cached "$(median cached-argosy)"
  row '`images`, 500 images' images "$(median images-argosy)"
  echo
  echo "argosyd's memory (highest resident set): $(megabytes peak) MB during the pulls above, $(megabytes peak-gb) MB while two layers of 512 MB are pulled at once."
  echo "Where the time goes: [docs/design/images.md](../docs/design/images.md)."
} > "$work/section.md"
if [ "${WRITE:-1}" = 1 ]; then
  bench/section.sh Images "$work/section.md"
fi
cat "$work/section.md"
