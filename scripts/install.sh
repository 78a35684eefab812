#!/usr/bin/env bash
# install.sh DESTDIR PREFIX: binaries, systemd unit, completions.
set -euo pipefail
cd "$(dirname "$0")/.."
destination=$1 prefix=$2
lib=$destination$prefix/lib/argosy
install -d "$lib" "$destination$prefix/bin" "$destination/lib/systemd/system" "$destination/etc/argosy"
install -m 755 artifacts/bin/argosyd artifacts/bin/argosy "$lib/"
install -m 644 artifacts/bin/*.so "$lib/"
install -m 755 scripts/prepare-host.sh "$lib/prepare-host"
ln -sfn "$prefix/lib/argosy/argosy" "$destination$prefix/bin/argosy"
ln -sfn "$prefix/lib/argosy/argosyd" "$destination$prefix/bin/argosyd"
sed "s|@LIB@|$prefix/lib/argosy|g" packaging/systemd/argosy.service > "$destination/lib/systemd/system/argosy.service"
install -D -m 644 packaging/completions/argosy.bash "$destination$prefix/share/bash-completion/completions/argosy"
install -D -m 644 packaging/completions/_argosy "$destination$prefix/share/zsh/site-functions/_argosy"
install -D -m 644 packaging/completions/argosy.fish "$destination$prefix/share/fish/vendor_completions.d/argosy.fish"
if [ -z "$destination" ] && [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  echo "installed; start it with: systemctl enable --now argosy"
else
  echo "installed below $destination$prefix; start it with: argosyd"
fi
