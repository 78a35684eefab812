#!/bin/bash
# Makes the image debian:bookworm-slim available: pulled from a registry, or built with mmdebstrap from the
# same package mirrors, proxy settings and certificates that this machine uses.
set -euo pipefail
cd "$(dirname "$0")"

image=debian:bookworm-slim
argosy=${ARGOSY:-../../artifacts/bin/argosy}
cache=../../artifacts/base-image
tarball=$cache/bookworm.tar

sources_of_this_machine() {
  . /etc/os-release
  [ "${VERSION_CODENAME:-}" = bookworm ] || return 0
  find /etc/apt/sources.list /etc/apt/sources.list.d -maxdepth 1 -type f \( -name '*.list' -o -name '*.sources' \) -size +0 2>/dev/null
}

# What apt needs to reach the mirrors from here: proxies, time-outs, whether dates are checked.
apt_settings_of_this_machine() {
  apt-config dump | grep -E '^Acquire::(https?::|Retries|Check-Valid-Until|Check-Date|ForceIPv)' | grep -v '""' || true
  local scheme value
  for scheme in http https; do
    value=$(printenv "${scheme}_proxy" || printenv "${scheme^^}_PROXY" || true)
    [ -z "$value" ] || echo "Acquire::$scheme::Proxy \"$value\";"
  done
}

make_tarball() {
  local work sources=() extra=()
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  mapfile -t sources < <(sources_of_this_machine)
  apt_settings_of_this_machine >"$work/90host"
  [ ! -s "$work/90host" ] || extra+=(--customize-hook="copy-in $work/90host /etc/apt/apt.conf.d")
  if grep -qs 'https://' "${sources[@]}" /dev/null && [ -s /etc/ssl/certs/ca-certificates.crt ]; then
    extra+=(--customize-hook='mkdir -p "$1/etc/ssl/certs"'
      --customize-hook='copy-in /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs')
  fi
  # As in the official slim image: no manuals, no translations, no package caches.
  mmdebstrap --quiet --mode=root --variant=minbase --format=tar \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --aptopt='Acquire::Languages "none"' --aptopt='Apt::Install-Recommends "false"' \
    --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin' \
    "${extra[@]}" bookworm "$tarball.new" "${sources[@]}"
  mv "$tarball.new" "$tarball"
}

if "$argosy" image inspect "$image" >/dev/null 2>&1; then
  echo "base-image: $image is here"
elif [ ! -s "$tarball" ] && timeout 300 "$argosy" pull "$image" >/dev/null 2>&1; then
  echo "base-image: pulled $image"
else
  mkdir -p "$cache"
  if [ ! -s "$tarball" ]; then
    echo "base-image: no registry answers; making $image with mmdebstrap"
    make_tarball
  fi
  "$argosy" import --change 'CMD ["bash"]' - "$image" <"$tarball" >/dev/null
  echo "base-image: imported $image"
fi
