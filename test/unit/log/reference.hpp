// What the tests of the log hold it against: RFC 9162 section 2.1 written down word for word over a list of leaf
// hashes, slow and without any cleverness; and a log key that signs.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "codec/text.hpp"
#include "log/merkle.hpp"
#include "log/note.hpp"
#include "log/tiles.hpp"
#include "support/ed25519.hpp"

namespace abode::log::reference {

using base::Hash;
using Leaves = std::span<Hash const>;

inline Hash nth_leaf_hash(std::uint64_t n) {
  return hash_leaf(base::as_bytes("leaf " + std::to_string(n)));
}

inline std::vector<Hash> leaf_hashes(std::size_t count) {
  std::vector<Hash> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(nth_leaf_hash(i));
  return out;
}

inline std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

/// MTH(D[n]), section 2.1.1
inline Hash root(Leaves d) {
  if (d.empty()) return empty_root();
  if (d.size() == 1) return d[0];
  std::size_t const k = split(d.size());
  return hash_children(root(d.first(k)), root(d.subspan(k)));
}

/// PATH(m, D[n]), section 2.1.3.1
inline Proof path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  std::size_t const k = split(d.size());
  Proof out = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  out.push_back(m < k ? root(d.subspan(k)) : root(d.first(k)));
  return out;
}

/// SUBPROOF(m, D[n], b), section 2.1.4.1
inline Proof subproof(std::size_t m, Leaves d, bool b) {
  if (m == d.size()) return b ? Proof{} : Proof{root(d)};
  std::size_t const k = split(d.size());
  Proof out = m <= k ? subproof(m, d.first(k), b) : subproof(m - k, d.subspan(k), false);
  out.push_back(m <= k ? root(d.subspan(k)) : root(d.first(k)));
  return out;
}

/// A tree that was grown leaf by leaf and remembers every hash.
class Tree {
 public:
  explicit Tree(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) append(nth_leaf_hash(i));
  }
  void append(Hash const& leaf_hash) {
    edge_.append(leaf_hash, [this](Node node, Hash const& hash) { nodes_.emplace(node, hash); });
  }
  HashReader reader() const {
    return [this](Node node) -> base::result<Hash> {
      auto const found = nodes_.find(node);
      if (found == nodes_.end()) return base::fail(base::errc::not_found, "no such node");
      return found->second;
    };
  }
  RightEdge const& edge() const { return edge_; }
  std::map<Node, Hash> const& nodes() const { return nodes_; }

 private:
  RightEdge edge_;
  std::map<Node, Hash> nodes_;
};

/// A key with a name.
struct LogKey {
  test::Ed25519 secret;
  VerifierKey key;

  explicit LogKey(std::uint8_t seed, std::string name = "abode.example/log")
      : secret(seed), key(VerifierKey::create(std::move(name), SignatureType::ed25519, secret.public_key()).value()) {}

  std::string line_under(std::string_view text) const { return signature_line(key, secret.sign(base::as_bytes(text))); }
  std::string note_of(std::string const& text) const { return text + "\n" + line_under(text); }
};

/// A witness that signs whatever it is given, at any time.
struct WitnessKey {
  test::Ed25519 secret;
  VerifierKey key;

  explicit WitnessKey(std::uint8_t seed, std::string name = "witness.example/w1")
      : secret(seed),
        key(VerifierKey::create(std::move(name), SignatureType::cosignature_v1, secret.public_key()).value()) {}

  std::string line_under(std::string_view text, base::Time time) const {
    return signature_line(key, cosignature(time, secret.sign(cosignature_message(time, text))));
  }
};

}  // namespace abode::log::reference
