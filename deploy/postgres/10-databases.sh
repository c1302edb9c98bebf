#!/bin/bash
# Run once by the Postgres image on an empty volume: one role and database for the program, one role with two for Temporal.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 \
  --set gifty="$(cat /run/secrets/gifty_db_password)" \
  --set temporal="$(cat /run/secrets/temporal_db_password)" <<'SQL'
create role gifty login password :'gifty';
create database gifty owner gifty;
create role temporal login password :'temporal';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
\connect gifty
-- Only a superuser may create it; the migrations find it there.
create extension vector;
SQL
