#!/usr/bin/env bash
# prepare-host.sh: what the kernel must offer before argosyd starts. The daemon itself never changes the host's set-up.
set -euo pipefail

for module in overlay bridge veth nf_tables nf_nat br_netfilter; do
  modprobe "$module" 2>/dev/null || true # built in, or named otherwise; what is really missing shows below
done
grep -qw overlay /proc/filesystems || { echo "this kernel has no overlay file system" >&2; exit 1; }

# crun refuses a hybrid cgroup hierarchy while a version-2 controller is left over: give it to version 1.
if [ ! -e /sys/fs/cgroup/cgroup.controllers ] && [ -e /sys/fs/cgroup/unified/cgroup.controllers ]; then
  for controller in $(cat /sys/fs/cgroup/unified/cgroup.controllers); do
    [ -d "/sys/fs/cgroup/$controller" ] && mountpoint -q "/sys/fs/cgroup/$controller" && continue
    echo "cgroups: mounting the left-over controller $controller as version 1, which crun needs"
    mkdir -p "/sys/fs/cgroup/$controller"
    mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller"
  done
fi
if ! getent group argosy > /dev/null; then
  echo "adding the group argosy: its members may use the daemon's socket"
  groupadd --system argosy
fi
echo "host: ready"
