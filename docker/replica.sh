#!/bin/sh
# Starts a streaming replica. With an empty volume it copies the primary first. If it was away for longer than the primary keeps its log
# (wal_keep_size), remove the replica's volume: it is copied anew.
set -eu

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  until PGPASSWORD="$REPLICATION_PASSWORD" pg_basebackup --pgdata "$PGDATA" --wal-method stream --checkpoint fast --write-recovery-conf \
    --dbname "host=primary user=replication password=$REPLICATION_PASSWORD application_name=replica"; do
    echo "The primary cannot be copied yet; trying again."
    rm -rf "${PGDATA:?}"/*
    sleep 2
  done
fi
exec postgres "$@"
