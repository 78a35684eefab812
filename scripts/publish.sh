#!/usr/bin/env bash
# publish.sh PROJECT NAME RID: compiles one executable ahead of time into artifacts/bin.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$1 name=$2 rid=$3
output=artifacts/publish/$name
echo "compiling $name ($rid, Native AOT) …"
dotnet publish "src/$project" -c Release -r "$rid" -v quiet -nologo -o "$output"
mkdir -p artifacts/bin
# Renamed into place: a running binary cannot be overwritten.
install -m 755 "$output/$name" "artifacts/bin/.$name.new"
mv -f "artifacts/bin/.$name.new" "artifacts/bin/$name"
for library in "$output"/*.so; do
  [ -e "$library" ] || continue
  install -m 644 "$library" "artifacts/bin/.$(basename "$library").new"
  mv -f "artifacts/bin/.$(basename "$library").new" "artifacts/bin/$(basename "$library")"
done
