#!/usr/bin/env bash
# Runs one story of the app in a browser, against the real register. Usage: run.sh STORY ABODE CHROMIUM BUILT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source ../scripts/node.sh
use_node || exit 1
if ! has_node_packages . || [[ ! -f $4/index.html ]]; then
  echo "The web app is not built, or its packages are old. ./check sees to both; or: npm --prefix web ci && npm --prefix web run build" >&2
  exit 1
fi
exec node "test/$1.mjs" "${@:2}"
