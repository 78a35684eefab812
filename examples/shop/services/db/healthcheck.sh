#!/bin/sh
# Healthy means: accepts connections over TCP, and answers a query on the shop's own tables.
set -eu
/usr/lib/postgresql/15/bin/pg_isready --quiet --host=127.0.0.1 --dbname=shop
products=$(psql --no-psqlrc --tuples-only --no-align --dbname=shop --command='SELECT count(*) FROM products')
[ "$products" -gt 0 ]
