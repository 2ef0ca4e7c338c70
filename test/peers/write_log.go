// Writes notes and proofs of Go's own making, for peers_check_log to check with our code. Usage: write_log DIRECTORY
package main

import (
	"encoding/hex"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	origin   = "go.example/log"
	lastSize = 70_123
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(content string, parts ...string) {
	path := filepath.Join(parts...)
	must(os.MkdirAll(filepath.Dir(path), 0o755))
	must(os.WriteFile(path, []byte(content), 0o644))
}

func signer(random *rand.Rand, name string) (note.Signer, string) {
	secret, public, err := note.GenerateKey(random, name)
	must(err)
	s, err := note.NewSigner(secret)
	must(err)
	return s, public
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

func hexOf(proof []tlog.Hash) string {
	var out strings.Builder
	for _, h := range proof {
		out.WriteString(" " + hex.EncodeToString(h[:]))
	}
	return out.String()
}

func grown(size int64) hashes {
	var tree hashes
	for i := int64(0); i < size; i++ {
		more, err := tlog.StoredHashes(i, []byte(fmt.Sprint("entry ", i)), tree)
		must(err)
		tree = append(tree, more...)
	}
	return tree
}

// sizesOf are small ones, where every shape of a proof occurs, and large ones.
func sizesOf(random *rand.Rand) []int64 {
	sizes := []int64{lastSize, 65_536}
	for i := int64(1); i <= 300; i++ {
		sizes = append(sizes, i, 1+random.Int63n(lastSize))
	}
	return sizes
}

func proofs(tree hashes, sizes []int64, random *rand.Rand) string {
	var out strings.Builder
	for i := 0; i < 1000; i++ {
		size := sizes[random.Intn(len(sizes))]
		index := random.Int63n(size)
		inclusion, err := tlog.ProveRecord(size, index, tree)
		must(err)
		fmt.Fprint(&out, "inclusion ", index, " ", size, hexOf(inclusion), "\n")

		before, after := sizes[random.Intn(len(sizes))], sizes[random.Intn(len(sizes))]
		if before > after {
			before, after = after, before
		}
		consistency, err := tlog.ProveTree(after, before, tree)
		must(err)
		fmt.Fprint(&out, "consistency ", before, " ", after, hexOf(consistency), "\n")
	}
	return out.String()
}

func main() {
	dir, random := os.Args[1], rand.New(rand.NewSource(1))
	log, key := signer(random, origin)
	write(key, dir, "log.key")
	signers := []note.Signer{}
	for i := 0; i < 16; i++ {
		stranger, _ := signer(random, fmt.Sprint("stranger.example/", i))
		signers = append(signers, stranger)
	}
	signers = append(signers, log)

	tree, sizes := grown(lastSize), sizesOf(random)
	for i, size := range sizes {
		root, err := tlog.TreeHash(size, tree)
		must(err)
		n := &note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", origin, size, root)}
		by := []note.Signer{log}
		if i%10 == 0 {
			by = signers
		}
		signed, err := note.Sign(n, by...)
		must(err)
		write(string(signed), dir, "checkpoint", fmt.Sprint(size))
	}
	write(proofs(tree, sizes, random), dir, "proofs")
}
