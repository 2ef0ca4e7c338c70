// Checks with our code the notes and proofs that Go has made (write_log.go). Usage: peers_check_log DIRECTORY
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include "codec/text.hpp"
#include "log/merkle.hpp"
#include "log/note.hpp"

namespace {

using namespace abode;

void require(bool holds, std::string const& what) {
  if (!holds) throw std::runtime_error("does not hold: " + what);
}

std::string read(std::filesystem::path const& path) {
  std::ifstream file{path, std::ios::binary};
  require(file.good(), "there is a file " + path.string());
  return std::string{std::istreambuf_iterator{file}, {}};
}

/// The roots by size, out of notes that hold, and that do not once a letter of the text or of the signature is another.
std::map<std::uint64_t, base::Hash> open_checkpoints(std::filesystem::path const& directory) {
  auto const key = log::VerifierKey::parse(read(directory / "log.key")).value();
  std::map<std::uint64_t, base::Hash> roots;
  std::size_t most_signatures = 0;
  for (auto const& file : std::filesystem::directory_iterator{directory / "checkpoint"}) {
    std::string const name = file.path().filename().string();
    auto note = log::parse_note(read(file.path())).value();
    auto const checkpoint = log::verify_checkpoint(note, key).value();
    require(std::to_string(checkpoint.size) == name, "the size of checkpoint " + name);
    roots[checkpoint.size] = checkpoint.root;
    most_signatures = std::max(most_signatures, note.signatures.size());
    note.text[note.text.size() - 5] ^= 1;
    require(!log::verify_note(note, {&key, 1}), "refusal of a changed text of checkpoint " + name);
    note.text[note.text.size() - 5] ^= 1;
    note.signatures.back().signature[9] ^= 1;
    require(!log::verify_note(note, {&key, 1}), "refusal of a changed signature of checkpoint " + name);
  }
  require(most_signatures == 17, "a checkpoint with 16 signatures of strangers");
  return roots;
}

log::Proof read_hashes(std::istream& words) {
  log::Proof proof;
  for (std::string word; words >> word;) {
    auto const bytes = codec::from_hex(word).value();
    require(bytes.size() == base::Hash{}.size(), "the length of a hash");
    std::copy(bytes.begin(), bytes.end(), proof.emplace_back().begin());
  }
  return proof;
}

bool accepted(std::string const& kind, std::uint64_t first, std::uint64_t size, log::Proof const& proof,
              std::map<std::uint64_t, base::Hash> const& roots) {
  if (kind == "consistency")
    return log::verify_consistency(first, size, roots.at(first), roots.at(size), proof).has_value();
  auto const leaf = log::hash_leaf(base::as_bytes("entry " + std::to_string(first)));
  return log::verify_inclusion(first, size, leaf, proof, roots.at(size)).has_value();
}

void check_proofs(std::string const& lines, std::map<std::uint64_t, base::Hash> const& roots) {
  std::map<std::string, int> counts;
  std::istringstream in{lines};
  for (std::string line; std::getline(in, line);) {
    std::istringstream words{line};
    std::string kind;
    std::uint64_t first = 0;
    std::uint64_t size = 0;
    words >> kind >> first >> size;
    auto proof = read_hashes(words);
    require(accepted(kind, first, size, proof, roots), line);
    for (auto& hash : proof) {
      hash[7] ^= 1;
      require(!accepted(kind, first, size, proof, roots), "refusal of a changed proof: " + line);
      hash[7] ^= 1;
    }
    ++counts[kind];
  }
  require(counts["inclusion"] == 1000 && counts["consistency"] == 1000, "the number of proofs");
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 2) throw std::runtime_error("usage: peers_check_log DIRECTORY");
  std::filesystem::path const directory{arguments[1]};
  auto const roots = open_checkpoints(directory);
  check_proofs(read(directory / "proofs"), roots);
  std::cout << roots.size() << " checkpoints and 2000 proofs of Go hold\n";
} catch (std::exception const& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
