#!/bin/bash
# Starts PostgreSQL as this container's first process; makes the database when the volume is empty.
# The new cluster is built beside its final place and renamed when it is complete, so that a container
# that is killed half-way starts afresh and never serves half a database.
set -euo pipefail

data=/var/lib/postgresql/data
draft=/var/lib/postgresql/draft
bin=/usr/lib/postgresql/15/bin
password=$(cat "${DB_PASSWORD_FILE:?names the file that holds the password of the role shop}")
case $password in
  '' | *[!A-Za-z0-9]*) echo "entrypoint: the password must be letters and digits" >&2; exit 1 ;;
esac

create_cluster() {
  echo "entrypoint: making a new database"
  rm -rf "$draft"
  "$bin/initdb" --pgdata="$draft" --encoding=UTF8 --locale=C.UTF-8 --auth-local=peer --auth-host=scram-sha-256 \
    --data-checksums --no-instructions --no-sync >/dev/null
  echo 'host all all all scram-sha-256' >>"$draft/pg_hba.conf"
  # On a socket of its own and no TCP: nobody can reach the database before it is complete.
  "$bin/pg_ctl" --pgdata="$draft" --silent --wait --options="-c listen_addresses='' -c unix_socket_directories=/tmp" start
  psql="psql --host=/tmp --set=ON_ERROR_STOP=1 --quiet --no-psqlrc"
  $psql postgres <<<"CREATE ROLE shop LOGIN; CREATE DATABASE shop OWNER shop;"
  { echo 'SET ROLE shop;'; cat /etc/shop/schema.sql /etc/shop/seed.sql; } | $psql --single-transaction shop
  "$bin/pg_ctl" --pgdata="$draft" --silent --wait --mode=fast stop
  sync -f "$draft"
  mv "$draft" "$data"
}

[ -s "$data/PG_VERSION" ] || create_cluster

# The secret file is the truth about the password: a new one holds from the next start on.
"$bin/postgres" --single -D "$data" postgres >/dev/null <<<"ALTER ROLE shop PASSWORD '$password'"
unset password

exec "$bin/postgres" -D "$data" \
  -c listen_addresses='*' -c max_connections=120 -c shared_buffers=64MB -c password_encryption=scram-sha-256 \
  -c log_min_messages=warning -c log_line_prefix='%m level=db pid=%p '
