#!/bin/bash
# Makes the database's password, once. The directory keeps other users of this machine out; the file itself is
# readable, because a container sees only the file, and its service does not run as root.
set -euo pipefail
cd "$(dirname "$0")"

mkdir -p .secrets
chmod 0700 .secrets
if [ ! -s .secrets/db-password ]; then
  (umask 077; head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >.secrets/db-password.new)
  chmod 0444 .secrets/db-password.new
  mv .secrets/db-password.new .secrets/db-password
  echo "secrets: made a password for the database"
fi
