#!/usr/bin/env bash
# Has Go's own code check a log that ours wrote, and our code check what Go wrote.
# Usage: check.sh OUR_WRITER OUR_CHECKER SCRATCH_DIRECTORY
set -euo pipefail
our_writer=$1 our_checker=$2 scratch=$3
sources=$(dirname "${BASH_SOURCE[0]}")
if ! go=$(command -v go) || [[ ! -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]]; then
  echo "The peer checks need Go: install the Debian packages golang-go and golang-golang-x-mod-dev." >&2
  exit 1
fi
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$scratch/go-cache GOFLAGS='' GOPROXY=off CGO_ENABLED=0
rm -rf "$scratch/ours" "$scratch/gos"
mkdir -p "$scratch"
for program in check_log write_log; do "$go" build -o "$scratch/$program" "$sources/$program.go"; done

"$our_writer" "$scratch/ours"
"$scratch/check_log" "$scratch/ours"
"$scratch/write_log" "$scratch/gos"
"$our_checker" "$scratch/gos"

# Puts a file aside, changes it by sed, and asks for the complaint of the checker named first, then puts it back.
must_refuse() {
  local checker=$1 directory=$2 file=$2/$3 change=$4 complaint=$5 said
  cp "$file" "$scratch/aside"
  LC_ALL=C sed -i "$change" "$file"
  if cmp -s "$file" "$scratch/aside"; then echo "The change of $file changes nothing." >&2 && exit 1; fi
  if said=$("$checker" "$directory" 2>&1); then echo "Accepted, although $file was changed." >&2 && exit 1; fi
  [[ $said == *"$complaint"* ]] || { echo "Refused for another reason than the change of $file: $said" >&2 && exit 1; }
  mv "$scratch/aside" "$file"
}
go_check=$scratch/check_log ours=$scratch/ours gos=$scratch/gos hash='[0-9a-f]\{64\}'
swap_hashes="s/ \\($hash\\) \\($hash\\)\$/ \\2 \\1/"
must_refuse "$go_check" "$ours" tile/0/100 '1s/^./\x01/' 'tile/0/100 does not hold'
must_refuse "$go_check" "$ours" tile/2/000.p/1 '1s/^./&&/' 'tile/2/000.p/1 does not hold'
must_refuse "$go_check" "$ours" tile/entries/100 's/entry 25700/entry 25701/' 'entry 25700'
must_refuse "$go_check" "$ours" checkpoint/70123 '/witness/s/[A-Z]/a/' 'cosignature'
must_refuse "$go_check" "$ours" checkpoint/70123 's/^70123$/70124/' 'invalid signature'
must_refuse "$go_check" "$ours" proofs "/^inclusion/$swap_hashes" 'inclusion'
must_refuse "$go_check" "$ours" proofs "/^consistency/$swap_hashes" 'consistency'
must_refuse "$our_checker" "$gos" checkpoint/70123 's/^70123$/70124/' 'altered'
must_refuse "$our_checker" "$gos" proofs "/^inclusion/$swap_hashes" 'does not hold: inclusion'
must_refuse "$our_checker" "$gos" proofs "/^consistency/$swap_hashes" 'does not hold: consistency'
