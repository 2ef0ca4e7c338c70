# shellcheck shell=bash
# Node 20.19 or later with npm: it builds the web app, and runs the tests that need others' code and a browser. Sourced by ./run, ./check and
# what runs tests with it.

node_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

has_modern_node() {
  local version
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  local major=${version%%.*} minor=${version#*.}
  ((major > 20 || (major == 20 && ${minor%%.*} >= 19))) && command -v npm >/dev/null
}

# Puts the Node of this machine on the path, or the one that install_node got.
use_node() {
  if has_modern_node; then return; fi
  export PATH=$node_root/build/node/node_modules/.bin:$PATH
  if has_modern_node; then return; fi
  echo "This needs Node 20.19 or later, with npm. ./run and ./check install it where it is missing." >&2
  return 1
}

# Debian 12 has Node 18 only; the package "node" of the npm registry brings a later one.
install_node() {
  if has_modern_node; then return; fi
  install_missing nodejs npm
  mkdir -p "$node_root/build/node"
  [[ -x $node_root/build/node/node_modules/.bin/node ]] ||
    npm --prefix "$node_root/build/node" install --no-save --no-audit --no-fund node@22
}

# True if the packages that the lock file in a folder names are there.
has_node_packages() {
  [[ -f $1/node_modules/.package-lock.json && ! $1/package-lock.json -nt $1/node_modules/.package-lock.json ]]
}

# Ends with a sentence that says what to do, unless Node is here, and the packages of a folder are.
require_node_packages() {
  use_node || exit 1
  if has_node_packages "$1"; then return; fi
  local folder
  folder=$(realpath --relative-to="$node_root" "$1")
  echo "The packages of $folder are missing or old. Get them with: ./check, or npm --prefix $folder ci" >&2
  exit 1
}

# Gets them, exactly as the lock file names them.
install_node_packages() {
  use_node || return
  if has_node_packages "$1"; then return; fi
  npm --prefix "$1" ci --no-audit --no-fund && touch "$1/node_modules/.package-lock.json"
}
