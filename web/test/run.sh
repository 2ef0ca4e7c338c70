#!/usr/bin/env bash
# Runs one story of the app in a browser, against the real register. Usage: run.sh STORY ABODE CHROMIUM BUILT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source ../scripts/node.sh
require_node_packages .
require_node_packages ../test/web # the wallet that shows proofs at a desk
if [[ ! -f $4/index.html ]]; then
  echo "The web app is not built. Build it with: ./check, or npm --prefix web run build" >&2
  exit 1
fi
exec node "test/$1.mjs" "${@:2}"
