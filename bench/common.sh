# shellcheck shell=bash disable=SC2034
# What bench/run, bench/scale and bench/log have in common. They set $build (a build directory) and $work (for everything that a run
# makes) and source scripts/packages.sh and scripts/steps.sh.

connections=64
bench=$PWD/bench
server=
url=
work=

refuse() {
  echo "bench/$(basename "$0"): $1" >&2
  exit 2
}

stop_server() {
  [[ -n $server ]] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

clean_up() {
  stop_server
  [[ -z $work ]] || rm -rf "$work"
}

build_abode() {
  cmake --preset release -B "$build" -DABODE_BENCH=ON -DABODE_TESTS=OFF &&
    cmake --build "$build" --target abode bench_populate bench_accounts
}

# start_server COMMAND... : runs it in the background until it has printed its address, which goes to $url.
start_server() {
  : >"$work/server.log"  # an address of the server before must not be found in it
  "$@" >"$work/server.log" 2>&1 &
  server=$!
  local try
  for ((try = 0; try < 500; ++try)); do
    url=$(grep -o -m 1 'http://localhost:[0-9]*' "$work/server.log") && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.02
  done
  cat "$work/server.log" >&2
  refuse "the server did not start: $*"
}

# Waits until the public log has taken in all entries: three looks, further apart than its interval, find one size.
wait_for_log() {
  local size before='' same=0
  while ((same < 2)); do
    kill -0 "$server" 2>/dev/null || refuse "the server has stopped: $(cat "$work/server.log")"
    sleep 0.7
    size=$(curl -s "$url/readyz" | grep -o '"log_size":[0-9]*') || size=
    if [[ -n $size && $size == "$before" ]]; then same=$((same + 1)); else same=0; fi
    before=$size
  done
}

serve_abode() {
  start_server "$build/abode" serve "$1" --listen localhost:0
  wait_for_log
}

# load SCRIPT SECONDS FIRST REGISTER [CONNECTIONS]: prints "RESULT requests seconds p50_ms p99_ms errors". What the load
# needs to know of its people is in REGISTER/bench.
load() {
  (cd "$bench" && FIRST=$3 TOKENS=$4/bench/tokens.txt CODES=$4/bench/codes.txt OFFICIAL=$4/bench/official.txt \
    HISTORY=$4/bench/history.txt \
    wrk --threads 1 --connections "${5:-$connections}" --duration "$2s" --timeout 10s --script "$1.lua" "$url" |
    grep '^RESULT')
}

# Prints how long a small write with its sync takes, in microseconds: what a commit waits for. On a shared disk, nothing
# changes more from minute to minute.
time_sync() {
  local writes=50 begun=${EPOCHREALTIME/[.,]/}
  dd if=/dev/zero of="$work/sync" bs=4k count="$writes" oflag=dsync status=none
  echo $(((${EPOCHREALTIME/[.,]/} - begun) / writes))
}

# On what was measured.
describe_machine() {
  local processor memory_gib
  processor=$(awk -F ': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)
  memory_gib=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
  echo "$(date +%F), $(nproc) cores of $processor, $memory_gib GiB, $(. /etc/os-release && echo "$PRETTY_NAME")"
}
