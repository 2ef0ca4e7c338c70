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
	"sort"
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

// hashes is a tree in memory, by the numbers that Go gives to its nodes.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		out = append(out, h[i])
	}
	return out, nil
}

// bundle is the name of the file with the entries around number at, in a log of this size.
func bundle(at, size int64) string {
	width := size - at/256*256
	if width > 256 {
		width = 256
	}
	path := tlog.Tile{H: 8, L: -1, N: at / 256, W: int(width)}.Path()
	return strings.Replace(path, "tile/8/data/", "tile/entries/", 1)
}

// grown is the tree over all entries, made by Go. Each entry says its own number.
func grown(dir string, size int64) hashes {
	var tree hashes
	for at := int64(0); at < size; {
		data := read(dir, bundle(at, size))
		for len(data) > 0 {
			end := 2 + int(binary.BigEndian.Uint16(data))
			require(string(data[2:end]) == fmt.Sprint("entry ", at), "entry", at)
			more, err := tlog.StoredHashes(at, data[2:end], tree)
			must(err)
			tree = append(tree, more...)
			data = data[end:]
			at++
		}
		require(at%256 == 0 || at == size, "end of the entries before", at)
	}
	return tree
}

// checkFiles compares every file, byte by byte, with what Go would write; TileHashReader of the x/mod of Debian 12 does
// not hold all the tiles that it reads against the root (it skips some if two of a root's subtrees share a tile).
func checkFiles(dir string, sizes []int64, tree hashes) {
	expected, old := map[string]bool{}, int64(0)
	for _, size := range sizes {
		for _, t := range tlog.NewTiles(8, old, size) {
			if t.W < 256 && t.N*256+int64(t.W) != size>>(8*t.L) {
				continue // of a width that only a size in between has
			}
			name := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
			want, err := tlog.ReadTileData(t, tree)
			must(err)
			require(bytes.Equal(read(dir, name), want), name)
			expected[name] = true
		}
		for at := old / 256 * 256; at < size; at += 256 {
			name, want := bundle(at, size), []byte{}
			for i := at; i < at+256 && i < size; i++ {
				entry := fmt.Sprint("entry ", i)
				want = append(append(want, 0, byte(len(entry))), entry...)
			}
			require(bytes.Equal(read(dir, name), want), name)
			expected[name] = true
		}
		old = size
	}
	must(filepath.Walk(filepath.Join(dir, "tile"), func(path string, info os.FileInfo, err error) error {
		must(err)
		name, err := filepath.Rel(dir, path)
		must(err)
		require(info.IsDir() || expected[name], "need of", name)
		return nil
	}))
}

func checkProofs(dir string, trees map[int64]tlog.Tree, tree hashes) {
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
			leaf, err := tree.ReadHashes([]int64{tlog.StoredHashIndex(0, a)})
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
	trees, widths, sizes := map[int64]tlog.Tree{}, map[int64]bool{}, []int64{}
	for _, name := range names {
		tree := open(dir, name.Name(), verifier, string(read(dir, "witness.key")))
		trees[tree.N], widths[tree.N%256] = tree, true
		sizes = append(sizes, tree.N)
	}
	sort.Slice(sizes, func(i, j int) bool { return sizes[i] < sizes[j] })
	last := sizes[len(sizes)-1]
	require(len(widths) == 256 && last > 70000, "every width of a tile")

	tree := grown(dir, last)
	checkFiles(dir, sizes, tree)
	for _, size := range sizes {
		root, err := tlog.TreeHash(size, tree)
		must(err)
		require(root == trees[size].Hash, "root of", size)
		root, err = tlog.TreeHash(size, tlog.TileHashReader(trees[size], files{dir}))
		must(err, "tiles of", size)
		require(root == trees[size].Hash, "root by the tiles of", size)
	}
	checkProofs(dir, trees, tree)
	fmt.Println(len(trees), "checkpoints and", last, "entries hold")
}
