#!/usr/bin/env bash
# deps.sh [test] [bench]: installs the system packages Argosy needs and prepares the host. Safe to run again.
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "make deps: root is needed to install packages" >&2; exit 1; }

# What the engine runs on; clang and zlib are the Native AOT linker's.
packages=(crun runc conmon libnftables1 nftables libarchive13 libdeflate0 golang-github-containers-common ca-certificates
  catatonit busybox-static mmdebstrap kmod procps curl make clang zlib1g-dev)
for group in "$@"; do
  case $group in
    # docker.io: the stock client, and the dockerd that proves the compatibility tests' expectations; it is not started.
    test) packages+=(bind9-dnsutils btrfs-progs docker.io docker-compose docker-registry podman skopeo umoci attr libcap2-bin libarchive-tools chromium fonts-dejavu-core postgresql-15 redis-server git iproute2 jq openssh-client sqlite3 xz-utils zstd)
      # Node from elsewhere is as good as Debian's, and does not go together with its npm.
      command -v node > /dev/null || packages+=(nodejs)
      command -v npm > /dev/null || packages+=(npm) ;;
    bench) packages+=(docker.io podman docker-registry skopeo libarchive-tools hyperfine jq iproute2 iptables nginx-light wrk dnsperf) ;;
    *) echo "deps.sh: unknown group $group (test, bench)" >&2; exit 2 ;;
  esac
done

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}"
  # Installing a package must not start its daemon: dockerd would rewrite the host's firewall.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' > $policy
    chmod 755 $policy
    trap 'rm -f $policy' EXIT
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /tmp/argosy-apt.log 2>&1 \
    || { tail -n 20 /tmp/argosy-apt.log >&2; exit 1; }
else
  echo "packages: all there"
fi
command -v dotnet > /dev/null || { echo "the .NET 10 SDK is missing (dotnet is not on PATH)" >&2; exit 1; }

"$(dirname "$0")/prepare-host.sh"
