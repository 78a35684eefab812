#!/bin/bash
# Publishes the shop's services to out/<service>/ and the .NET runtime they share to out/dotnet/.
# The services are published without a runtime (about 2 MB each); the runtime is copied into every image by the same
# step, so that all images share one layer of it. Does nothing when no source has changed.
set -euo pipefail
cd "$(dirname "$0")"

stamp=out/.published
sources=(src publish.proj publish.sh Directory.Build.props ../../Directory.Build.props ../../Directory.Packages.props)
if [ -e "$stamp" ] && [ -z "$(find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit)" ]; then
  echo "publish: the services are up to date"
  exit 0
fi

echo "publish: publishing the services"
rm -rf out
mkdir -p out
touch out/.started
dotnet msbuild publish.proj -nologo -v:quiet -maxcpucount

# The parts of the SDK's runtime that a service needs to run: the host, the runtime and ASP.NET Core, one version of each.
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
version=$(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \(10\.[0-9.]*\) .*/\1/p' | sort -V | tail -1)
[ -n "$version" ] || { echo "publish: no ASP.NET Core 10 runtime is installed" >&2; exit 1; }
for part in "host/fxr/$version" "shared/Microsoft.NETCore.App/$version" "shared/Microsoft.AspNetCore.App/$version"; do
  mkdir -p "out/dotnet/$(dirname "$part")"
  cp -a "$dotnet/$part" "out/dotnet/$part"
done
mv out/.started "$stamp"
