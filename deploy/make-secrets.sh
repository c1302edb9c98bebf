#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, once: what is there already is kept.
# usage: deploy/make-secrets.sh [folder]
set -eu
umask 022
folder="${1:-$(dirname "$0")/secrets}"
# Containers read the files under another user id; the folder keeps this machine's other users out.
mkdir -p "$folder"
chmod 700 "$folder"

keep() {
  [ -s "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
}
password() {
  openssl rand -hex 24
}

keep postgres_password "$(password)"
keep gifty_db_password "$(password)"
keep temporal_db_password "$(password)"
keep database_url "postgres://gifty:$(cat "$folder/gifty_db_password")@postgres:5432/gifty"
keep operator_token "$(openssl rand -base64 32)"
keep gifty_keys "$(date +%Y-%m):$(openssl rand -base64 32)"
echo "Secrets are in $folder. The API wants this token: $folder/operator_token"
