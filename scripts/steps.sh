# shellcheck shell=bash
# One step at a time: a title, the progress of a build, the time taken, and the end of the log if it fails.
# Sourced by ./run and ./check, with the repository's root as the working directory.

# One job per core, but no more than memory allows: the largest files take more than 1 GB each to compile.
default_jobs() {
  local cores fitting
  cores=$(nproc)
  fitting=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)
  ((fitting < cores)) && cores=$((fitting > 1 ? fitting : 1))
  echo "$cores"
}
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(default_jobs)}

# On a terminal, keeps "[12/88]" of the build that writes to the log $2 after the title $1, until it is killed.
show_progress() {
  while sleep 0.5; do
    local counter
    counter=$(tail -c 4000 "$2" 2>/dev/null | grep -o '^\[[0-9]*/[0-9]*\]' | tail -n 1) || true
    printf '\r%s ... %s ' "$1" "$counter"
  done
}

# step TITLE LOG COMMAND... : runs the command with its output in LOG; returns the command's status.
step() {
  local title=$1 log=$2 started=$SECONDS status=0 reporter=
  shift 2
  mkdir -p "$(dirname "$log")"
  if [[ -t 1 ]]; then
    show_progress "$title" "$log" &
    reporter=$!
    # shellcheck disable=SC2064  # the number is meant now, not when the trap runs
    trap "kill $reporter 2>/dev/null || true" EXIT
  else
    printf '%s ... ' "$title"
  fi
  "$@" </dev/null >"$log" 2>&1 || status=$?
  if [[ -n $reporter ]]; then
    kill "$reporter" 2>/dev/null || true
    wait "$reporter" 2>/dev/null || true
    trap - EXIT
    printf '\r\033[K%s ... ' "$title"
  fi
  if ((status == 0)); then
    echo "done ($((SECONDS - started)) s)"
  else
    echo "FAILED ($((SECONDS - started)) s)"
    tail -n 60 "$log" >&2
    echo "The end of the log is above; the whole of it is in $log" >&2
  fi
  return "$status"
}

# Forgets a build folder that was made in another place (a copied or moved tree): CMake refuses to use it.
drop_foreign_build() {
  local cache=build/$1/CMakeCache.txt
  if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$cache"; then
    echo "The folder build/$1 was made for another place; building it anew."
    rm -rf "build/$1"
  fi
}
