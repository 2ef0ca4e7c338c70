// Checks a log that peers_write_log has written, with Go's own notes and tiles and none of our code.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// files reads tiles by their C2SP names.
type files struct{ dir string }

func (f files) Height() int                     { return 8 }
func (f files) SaveTiles([]tlog.Tile, [][]byte) {}
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		name := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(f.dir, name))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func must(err error, what ...interface{}) {
	if err != nil {
		fmt.Fprintln(os.Stderr, append(what, err)...)
		os.Exit(1)
	}
}

func require(ok bool, what ...interface{}) {
	if !ok {
		must(fmt.Errorf("does not hold"), what...)
	}
}

func read(parts ...string) []byte {
	data, err := os.ReadFile(filepath.Join(parts...))
	must(err)
	return data
}

// From the text of tlog-cosignature alone.
func cosigned(key, text, line string) bool {
	fields := strings.SplitN(key, "+", 3)
	public, err := base64.StdEncoding.DecodeString(fields[2])
	must(err)
	sig, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(line, "— "+fields[0]+" "))
	must(err)
	if len(public) != 33 || public[0] != 4 || len(sig) != 76 || hex.EncodeToString(sig[:4]) != fields[1] {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig[4:12]), text)
	return ed25519.Verify(public[1:], []byte(message), sig[12:])
}

func open(dir, name string, verifier note.Verifier, witness string) tlog.Tree {
	raw := read(dir, "checkpoint", name)
	n, err := note.Open(raw, note.VerifierList(verifier))
	must(err, "checkpoint", name)
	lines := strings.Split(n.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	require(lines[0] == "log.example" && lines[1] == name && len(root) == 32, "text of checkpoint", name)
	all := strings.Split(strings.TrimSpace(string(raw)), "\n")
	require(cosigned(witness, n.Text, all[len(all)-1]), "cosignature", name)
	require(!cosigned(witness, n.Text+"x", all[len(all)-1]), "refusal of a cosignature of another text")
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func checkEntries(dir string, tree tlog.Tree) {
	reader := tlog.TileHashReader(tree, files{dir})
	for at := int64(0); at < tree.N; {
		width := tree.N - at
		if width > 256 {
			width = 256
		}
		path := tlog.Tile{H: 8, L: -1, N: at / 256, W: int(width)}.Path()
		data := read(dir, strings.Replace(path, "tile/8/data/", "tile/entries/", 1))
		var indexes []int64
		for i := at; i < at+width; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, i))
		}
		hashes, err := reader.ReadHashes(indexes)
		must(err)
		for _, h := range hashes {
			size := int(binary.BigEndian.Uint16(data))
			require(tlog.RecordHash(data[2:2+size]) == h, "entry", at)
			data = data[2+size:]
			at++
		}
		require(len(data) == 0, "end of the entries before", at)
	}
}

func checkProofs(dir string, trees map[int64]tlog.Tree, last tlog.Tree) {
	reader := tlog.TileHashReader(last, files{dir})
	counts := map[string]int{}
	lines := bufio.NewScanner(bytes.NewReader(read(dir, "proofs")))
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		a, err := strconv.ParseInt(f[1], 10, 64)
		must(err)
		b, err := strconv.ParseInt(f[2], 10, 64)
		must(err)
		var proof []tlog.Hash
		for _, text := range f[3:] {
			var h tlog.Hash
			raw, err := hex.DecodeString(text)
			must(err)
			copy(h[:], raw)
			proof = append(proof, h)
		}
		check := func() error { return tlog.CheckTree(proof, b, trees[b].Hash, a, trees[a].Hash) }
		if f[0] == "inclusion" {
			leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, a)})
			must(err)
			check = func() error { return tlog.CheckRecord(proof, b, trees[b].Hash, a, leaf[0]) }
		}
		must(check(), lines.Text())
		if len(proof) > 0 {
			proof[len(proof)/2][7] ^= 1
			require(check() != nil, "refusal of a changed proof", lines.Text())
		}
		counts[f[0]]++
	}
	require(counts["inclusion"] == 1000 && counts["consistency"] == 1000, "number of proofs")
}

func main() {
	dir := os.Args[1]
	verifier, err := note.NewVerifier(string(read(dir, "log.key")))
	must(err)
	names, err := os.ReadDir(filepath.Join(dir, "checkpoint"))
	must(err)
	trees, widths, last := map[int64]tlog.Tree{}, map[int64]bool{}, tlog.Tree{}
	for _, name := range names {
		tree := open(dir, name.Name(), verifier, string(read(dir, "witness.key")))
		root, err := tlog.TreeHash(tree.N, tlog.TileHashReader(tree, files{dir}))
		must(err, "tiles of", tree.N)
		require(root == tree.Hash, "root of", tree.N)
		trees[tree.N], widths[tree.N%256] = tree, true
		if tree.N > last.N {
			last = tree
		}
	}
	require(len(widths) == 256 && last.N > 70000, "every width of a tile")
	checkEntries(dir, last)
	checkProofs(dir, trees, last)
	fmt.Println(len(trees), "checkpoints and", last.N, "entries hold")
}
