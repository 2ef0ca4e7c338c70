# shellcheck shell=bash disable=SC2034
# The Debian 12 packages that Abode needs, and how to get the missing ones. Sourced by ./run and ./check.

packages_to_build=(
  g++ cmake ninja-build pkg-config
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libcairo2-dev libcli11-dev libcurl4-openssl-dev libfido2-dev libfmt-dev libicu-dev libmimalloc-dev libp11-kit-dev libpango1.0-dev libqrencode-dev libsqlite3-dev
  libssl-dev libtomlplusplus-dev zlib1g-dev
  fonts-noto-core libpng-dev libpoppler-glib-dev libturbojpeg0-dev libzxing-dev
)

# In addition, to run every check. ccache is used where present (cmake/tools.cmake) and never required.
packages_to_check=(
  libgtest-dev libgmock-dev
  clang-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev llvm-19
  mold chromium curl golang-go golang-golang-x-mod-dev openssl poppler-utils python3 python3-aiosmtpd python3-pil softhsm2 sqlite3 zbar-tools
)

# Prints those of the named packages that are not installed, in one look at dpkg's database.
missing_packages() {
  local -A have=()
  local name status
  while read -r name status; do
    if [[ $status == installed ]]; then have[$name]=1; fi
  done < <(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null)
  for name in "$@"; do
    if [[ -z ${have[$name]:-} ]]; then echo "$name"; fi
  done
}

warn_unless_debian_12() {
  local system
  system=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${VERSION_ID:-}") || system=unknown
  [[ $system == 'debian 12' ]] && return
  echo "Warning: Abode is built and tested on Debian 12; this is \"$system\". Packages may be missing here or have other versions." >&2
}

# Installs those of the named packages that are missing. The output of apt goes to build/packages.log.
install_missing() {
  warn_unless_debian_12
  if ! command -v dpkg-query apt-get >/dev/null; then
    echo "Warning: this system has no apt, so nothing is installed. Abode needs what these Debian packages hold: $*" >&2
    return
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    if command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      echo "These packages are missing, and installing them needs root or sudo. Ask an administrator to run:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
      return 1
    fi
  fi
  echo "Installing ${#missing[@]} missing packages (this needs the network): ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
  mkdir -p build
  # --no-remove: never take something away that the owner of this machine has chosen to have.
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends --no-remove "${missing[@]}"; } \
    </dev/null >build/packages.log 2>&1; then
    tail -n 20 build/packages.log >&2
    echo "Some packages could not be installed; apt's answer is above and in build/packages.log." >&2
    return 1
  fi
}
