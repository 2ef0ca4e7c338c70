// Writes a log as our code makes it, for a program that shares no code with ours to check: files of tiles and entries,
// a checkpoint at each of many sizes, and proofs. Usage: peers_write_log DIRECTORY
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "log/merkle.hpp"
#include "log/note.hpp"
#include "log/tiles.hpp"
#include "support/ed25519.hpp"

namespace {

using namespace abode;

constexpr std::uint64_t last_size = 70'123;
constexpr std::int64_t seen_at = 1'700'000'000;

void write(std::filesystem::path const& path, std::string_view content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file{path, std::ios::binary};
  file << content;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string_view text_of(base::Bytes const& bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

// Every width of a partial tile from 1 to 255 at level 0 and at level 1.
std::vector<std::uint64_t> sizes() {
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 1; i < 256; ++i) all.push_back(i * 256 + i);
  all.push_back(65'536);
  all.push_back(last_size);
  return all;
}

void write_hashes(std::ostream& out, log::Proof const& proof) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (auto const& hash : proof) {
    out << ' ';
    for (auto const byte : hash) out << digits[byte >> 4U] << digits[byte & 15U];
  }
  out << '\n';
}

class Writer {
 public:
  explicit Writer(std::filesystem::path directory) : directory_{std::move(directory)} {}

  void run() {
    for (auto const size : sizes()) {
      grow(size);
      write_checkpoint(size);
    }
    write_proofs();
    write(directory_ / "log.key", log_key_.format());
    write(directory_ / "witness.key", witness_key_.format());
  }

 private:
  /// Answers from the files alone, as a prover or a mirror would.
  log::TileHashReader reader(std::uint64_t size) const {
    return {size, [this](log::TileId const& tile) -> base::result<base::Bytes> {
              std::ifstream file{directory_ / log::path_of(tile), std::ios::binary};
              if (!file) return base::fail(base::errc::not_found, "There is no tile " + log::path_of(tile));
              std::string const content{std::istreambuf_iterator{file}, {}};
              return base::to_bytes(base::as_bytes(content));
            }};
  }

  void grow(std::uint64_t size) {
    std::uint64_t const old_size = edge_.size();
    std::vector<base::Hash> hashes;
    while (entries_.size() < size) {
      entries_.push_back(base::to_bytes(base::as_bytes("entry " + std::to_string(entries_.size()))));
      hashes.push_back(log::hash_leaf(entries_.back()));
    }
    auto older = reader(old_size);
    auto growth = log::grow(std::move(edge_), hashes, std::ref(older)).value();
    for (log::Tile const& tile : growth.tiles) write(directory_ / log::path_of(tile.id), text_of(tile.content));
    for (auto const& id : log::new_entries(old_size, size)) {
      std::span const entries = std::span{entries_}.subspan(id.index * log::full_width, id.width);
      write(directory_ / log::path_of(id), text_of(log::encode_entries(entries).value()));
    }
    edge_ = std::move(growth.edge);
  }

  void write_checkpoint(std::uint64_t size) {
    std::string const text = log::format_checkpoint({log_key_.name(), size, edge_.root(), {}});
    base::Time const time{std::chrono::seconds{seen_at}};
    auto const seen = log::cosignature(time, witness_.sign(log::cosignature_message(time, text)));
    write(directory_ / "checkpoint" / std::to_string(size),
          text + "\n" + log::signature_line(log_key_, log_.sign(base::as_bytes(text))) +
              log::signature_line(witness_key_, seen));
  }

  void write_proofs() const {
    std::mt19937_64 random{1};
    auto const all = sizes();
    std::ofstream out{directory_ / "proofs"};
    for (int i = 0; i < 1000; ++i) {
      auto const size = all[random() % all.size()];
      auto const index = random() % size;
      auto of_one = reader(size);
      out << "inclusion " << index << ' ' << size;
      write_hashes(out, log::inclusion_proof(index, size, std::ref(of_one)).value());
      auto const a = all[random() % all.size()];
      auto const b = all[random() % all.size()];
      out << "consistency " << std::min(a, b) << ' ' << std::max(a, b);
      auto of_larger = reader(std::max(a, b));
      write_hashes(out, log::consistency_proof(std::min(a, b), std::max(a, b), std::ref(of_larger)).value());
    }
    if (!out.flush()) throw std::runtime_error("cannot write the proofs");
  }

  std::filesystem::path directory_;
  test::Ed25519 log_{1};
  test::Ed25519 witness_{2};
  log::VerifierKey log_key_ =
      log::VerifierKey::create("log.example", log::SignatureType::ed25519, log_.public_key()).value();
  log::VerifierKey witness_key_ =
      log::VerifierKey::create("witness.example", log::SignatureType::cosignature_v1, witness_.public_key()).value();
  log::RightEdge edge_;
  std::vector<base::Bytes> entries_;
};

}  // namespace

int main(int count, char** arguments) try {
  if (count != 2) throw std::runtime_error("usage: peers_write_log DIRECTORY");
  Writer{arguments[1]}.run();
} catch (std::exception const& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
