#!/usr/bin/env bash
# Has Go's own code check a log that ours wrote. Usage: check.sh WRITER SCRATCH_DIRECTORY
set -euo pipefail
writer=$1 scratch=$2
go=$(command -v go) && [[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]] || {
  echo "The peer checks need Go: install the Debian packages golang-go and golang-golang-x-mod-dev." >&2
  exit 1
}
rm -rf "$scratch/log"
mkdir -p "$scratch"
"$writer" "$scratch/log"
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$scratch/go-cache GOFLAGS='' CGO_ENABLED=0
"$go" build -o "$scratch/check_log" "$(dirname "${BASH_SOURCE[0]}")/check_log.go"
"$scratch/check_log" "$scratch/log"

# Four changed bytes in a tile must not pass.
printf '\0\0\0\0' | dd of="$scratch/log/tile/0/100" bs=1 seek=9 conv=notrunc status=none
if "$scratch/check_log" "$scratch/log" 2>/dev/null; then
  echo "Go accepted a log with a changed tile." >&2
  exit 1
fi
