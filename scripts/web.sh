# shellcheck shell=bash
# The web app, built with Node into build/web. Sourced by ./run and ./check, after scripts/node.sh.

# True if nothing that the app is built from is newer than the app.
web_app_is_built() {
  local stamp=build/web/index.html
  [[ -f $stamp ]] || return 1
  [[ -z $(find web catalogs profiles src/api/openapi.json -path web/node_modules -prune -o -type f -newer "$stamp" -print -quit) ]]
}

build_web_app() {
  if web_app_is_built; then return; fi
  install_node && install_node_packages web && npm --prefix web run build
}
