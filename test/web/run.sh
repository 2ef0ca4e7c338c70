#!/usr/bin/env bash
# Runs one of the scripts here with Node and its packages. Usage: run.sh SCRIPT [--from PROGRAM] ARGUMENT...
# --from: what the program writes is the script's input.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source ../../scripts/node.sh
require_node_packages .
script=$1
shift
if [[ ${1:-} == --from ]]; then
  "$2" | node "$script" "${@:3}"
else
  node "$script" "$@"
fi
