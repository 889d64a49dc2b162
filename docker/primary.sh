#!/bin/sh
# Run once by the postgres image, when the primary's volume is empty: the platform's own role and database, and a role for the replica.
set -eu

psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
  --set scoretree="$SCORETREE_PASSWORD" --set replication="$REPLICATION_PASSWORD" <<'SQL'
CREATE ROLE platform LOGIN PASSWORD :'scoretree';
CREATE DATABASE platform OWNER platform;
CREATE ROLE replication LOGIN REPLICATION PASSWORD :'replication';
SQL

echo "host replication replication samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
