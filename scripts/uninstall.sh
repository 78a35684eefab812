#!/usr/bin/env bash
# uninstall.sh DESTDIR PREFIX: removes what install.sh put there. Images, containers and volumes stay in /var/lib/argosy.
set -euo pipefail
destination=$1 prefix=$2
if [ -z "$destination" ] && [ -d /run/systemd/system ]; then
  systemctl disable --now argosy 2>/dev/null || true
fi
rm -f "$destination$prefix/bin/argosy" "$destination$prefix/bin/argosyd" "$destination/lib/systemd/system/argosy.service" \
  "$destination$prefix/share/bash-completion/completions/argosy" "$destination$prefix/share/zsh/site-functions/_argosy" \
  "$destination$prefix/share/fish/vendor_completions.d/argosy.fish"
rm -rf "$destination$prefix/lib/argosy"
rmdir "$destination/etc/argosy" 2>/dev/null || true
echo "removed; data is still in /var/lib/argosy"
