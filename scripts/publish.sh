#!/usr/bin/env bash
# publish.sh PROJECT NAME RID: compiles one executable ahead of time into artifacts/bin, and notes beside it what it is made of:
# the digest of the sources, which the tests compare, and the commit.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$1 name=$2 rid=$3
output=artifacts/publish/$name
sources=$(scripts/sources.sh)
commit=$(git describe --always --dirty 2>/dev/null || echo "no commit")
echo "compiling $name ($rid, Native AOT) …"
dotnet publish "src/$project" -c Release -r "$rid" -v quiet -nologo -o "$output"
mkdir -p artifacts/bin
# Renamed into place: a running binary cannot be overwritten.
install -m 755 "$output/$name" "artifacts/bin/.$name.new"
mv -f "artifacts/bin/.$name.new" "artifacts/bin/$name"
printf '%s\n' "$sources" "$commit" > "artifacts/bin/$name.sources"
for library in "$output"/*.so; do
  [ -e "$library" ] || continue
  install -m 644 "$library" "artifacts/bin/.$(basename "$library").new"
  mv -f "artifacts/bin/.$(basename "$library").new" "artifacts/bin/$(basename "$library")"
done
if [ "$(scripts/sources.sh)" != "$sources" ]; then
  echo "publish.sh: the sources of $name changed while it was compiled: build again" >&2
  # Older than any source: the next make compiles it again.
  touch -d @0 "artifacts/bin/$name"
fi
