#!/usr/bin/env bash
# sources.sh: a digest of everything that argosy and argosyd are compiled from. Of content alone: a clone and a checkout change times.
set -euo pipefail
cd "$(dirname "$0")/.."
find src Directory.Build.props Directory.Packages.props global.json -type d \( -name bin -o -name obj \) -prune -o -type f -print0 |
  LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
