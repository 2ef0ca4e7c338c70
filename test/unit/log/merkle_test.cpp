#include "log/merkle.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "codec/text.hpp"
#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::Hash;
using reference::Tree;

Hash flipped(Hash hash) {
  hash[7] ^= 1;
  return hash;
}

// The eight leaves that the first implementations of RFC 6962 tested with.
TEST(Merkle, GivesTheKnownRootsOfRfc6962Trees) {
  constexpr std::string_view leaves[] = {
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  constexpr std::string_view roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  RightEdge edge;
  EXPECT_EQ(codec::to_hex(edge.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < std::size(leaves); ++i) {
    edge.append(hash_leaf(codec::from_hex(leaves[i]).value()));
    EXPECT_EQ(codec::to_hex(edge.root()), roots[i]) << "size " << i + 1;
  }
}

TEST(Merkle, RootsMatchTheDefinitionForEverySizeUpTo260) {
  auto const leaves = reference::leaf_hashes(260);
  RightEdge edge;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    EXPECT_EQ(edge.size(), size);
    EXPECT_EQ(edge.root(), reference::root(std::span{leaves}.first(size))) << "size " << size;
    if (size < leaves.size()) edge.append(leaves[size]);
  }
}

TEST(Merkle, AppendingTellsEachPerfectSubtreeOnceAndBottomUp) {
  auto const leaves = reference::leaf_hashes(130);
  RightEdge edge;
  std::map<Node, Hash> seen;
  for (Hash const& leaf : leaves) {
    std::optional<unsigned> last_level;
    edge.append(leaf, [&](Node node, Hash const& hash) {
      EXPECT_TRUE(seen.emplace(node, hash).second) << node.level << "/" << node.index;
      EXPECT_EQ(node.level, last_level ? *last_level + 1 : 0);
      last_level = node.level;
    });
  }
  std::size_t expected = 0;
  for (unsigned level = 0; level < 8; ++level)
    for (std::size_t i = 0; i < leaves.size() >> level; ++i, ++expected)
      EXPECT_EQ(seen.at({level, i}), reference::root(std::span{leaves}.subspan(i << level, std::size_t{1} << level)));
  EXPECT_EQ(seen.size(), expected);
}

TEST(RightEdge, GoesOnAfterBeingStoredOrReadBack) {
  for (std::size_t size : {0u, 1u, 2u, 5u, 64u, 77u, 255u}) {
    Tree const tree{size};
    auto stored = RightEdge::restore(tree.edge().size(), tree.edge().hashes()).value();
    auto loaded = RightEdge::load(size, tree.reader()).value();
    EXPECT_EQ(stored, tree.edge());
    EXPECT_EQ(loaded, tree.edge());
    stored.append(reference::nth_leaf_hash(size));
    EXPECT_EQ(stored.root(), reference::root(reference::leaf_hashes(size + 1)));
  }
}

TEST(RightEdge, RefusesAnEdgeThatDoesNotFitItsSize) {
  Tree const tree{7};
  EXPECT_EQ(code_of(RightEdge::restore(6, tree.edge().hashes())), base::errc::corrupted);
  EXPECT_EQ(code_of(RightEdge::restore(7, {})), base::errc::corrupted);
  EXPECT_EQ(code_of(RightEdge::restore(0, {Hash{}})), base::errc::corrupted);
  EXPECT_EQ(code_of(RightEdge::load(8, tree.reader())), base::errc::not_found);
}

TEST(InclusionProof, MatchesTheDefinitionAndVerifiesForEveryLeafOfEverySizeUpTo70) {
  auto const leaves = reference::leaf_hashes(70);
  Tree const tree{leaves.size()};
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    auto const d = std::span{leaves}.first(size);
    Hash const root = reference::root(d);
    for (std::size_t index = 0; index < size; ++index) {
      auto const proof = inclusion_proof(index, size, tree.reader()).value();
      EXPECT_EQ(proof, reference::path(index, d)) << index << " of " << size;
      EXPECT_TRUE(verify_inclusion(index, size, leaves[index], proof, root)) << index << " of " << size;
    }
  }
}

TEST(ConsistencyProof, MatchesTheDefinitionAndVerifiesForEveryPairOfSizesUpTo70) {
  auto const leaves = reference::leaf_hashes(70);
  Tree const tree{leaves.size()};
  for (std::size_t new_size = 0; new_size <= leaves.size(); ++new_size) {
    auto const d = std::span{leaves}.first(new_size);
    for (std::size_t old_size = 0; old_size <= new_size; ++old_size) {
      auto const proof = consistency_proof(old_size, new_size, tree.reader()).value();
      auto const expected = old_size == 0 ? Proof{} : reference::subproof(old_size, d, true);
      EXPECT_EQ(proof, expected) << old_size << " to " << new_size;
      EXPECT_TRUE(verify_consistency(old_size, new_size, reference::root(d.first(old_size)), reference::root(d), proof))
          << old_size << " to " << new_size;
    }
  }
}

TEST(Proofs, AreRefusedForPlacesThatDoNotExist) {
  Tree const tree{5};
  EXPECT_EQ(field_of(inclusion_proof(5, 5, tree.reader())), "index");
  EXPECT_EQ(field_of(inclusion_proof(0, 0, tree.reader())), "index");
  EXPECT_EQ(field_of(consistency_proof(6, 5, tree.reader())), "size");
  EXPECT_EQ(code_of(inclusion_proof(2, 9, tree.reader())), base::errc::not_found);
  EXPECT_EQ(code_of(consistency_proof(3, 9, tree.reader())), base::errc::not_found);
}

/// Every way of breaking a list of hashes: each flipped, dropped, doubled and swapped, one added at either end, all
/// gone.
std::vector<Proof> broken(Proof const& proof) {
  std::vector<Proof> out;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    auto const at = static_cast<std::ptrdiff_t>(i);
    Proof changed = proof;
    changed[i] = flipped(changed[i]);
    out.push_back(changed);
    changed = proof;
    changed.erase(changed.begin() + at);
    out.push_back(changed);
    changed = proof;
    changed.insert(changed.begin() + at, proof[i]);
    out.push_back(changed);
    if (i + 1 < proof.size()) {
      changed = proof;
      std::swap(changed[i], changed[i + 1]);
      out.push_back(changed);
    }
  }
  out.push_back(proof);
  out.back().insert(out.back().begin(), Hash{});
  out.push_back(proof);
  out.back().push_back(Hash{});
  if (proof.size() > 1) out.push_back({});
  return out;
}

TEST(InclusionProof, IsRejectedHoweverItIsBroken) {
  std::size_t ways = 0;
  Tree const tree{100};
  for (auto const& [index, size] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {0, 8}, {5, 8}, {7, 8}, {6, 7}, {4, 5}, {41, 70}, {69, 70}, {64, 65}, {99, 100}}) {
    SCOPED_TRACE(std::to_string(index) + " of " + std::to_string(size));
    Hash const leaf = reference::nth_leaf_hash(index);
    Hash const root = reference::root(reference::leaf_hashes(size));
    auto const proof = inclusion_proof(index, size, tree.reader()).value();
    ASSERT_TRUE(verify_inclusion(index, size, leaf, proof, root));
    for (Proof const& changed : broken(proof)) {
      EXPECT_FALSE(verify_inclusion(index, size, leaf, changed, root));
      ++ways;
    }
    for (std::uint64_t other = 0; other < size; ++other) {
      if (other == index) continue;
      EXPECT_FALSE(verify_inclusion(other, size, leaf, proof, root)) << "as index " << other;
      ++ways;
    }
    EXPECT_EQ(field_of(verify_inclusion(index, size, flipped(leaf), proof, root)), "root");
    EXPECT_EQ(field_of(verify_inclusion(index, size, leaf, proof, flipped(root))), "root");
    EXPECT_EQ(field_of(verify_inclusion(size, size, leaf, proof, root)), "index");
    EXPECT_EQ(field_of(verify_inclusion(index, index, leaf, proof, root)), "index");
    EXPECT_EQ(field_of(verify_inclusion(index, 0, leaf, proof, root)), "index");
    EXPECT_EQ(field_of(verify_inclusion(index, size * 4, leaf, proof, root)), "proof");
    EXPECT_FALSE(verify_inclusion(std::numeric_limits<std::uint64_t>::max(), size, leaf, proof, root));
    EXPECT_FALSE(verify_inclusion(index, std::numeric_limits<std::uint64_t>::max(), leaf, proof, root));
    ways += 8;
  }
  EXPECT_GE(ways, 90u);
}

TEST(ConsistencyProof, IsRejectedHoweverItIsBroken) {
  std::size_t ways = 0;
  Tree const tree{100};
  for (auto const& [old_size, new_size] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {1, 2}, {3, 7}, {4, 7}, {6, 8}, {7, 8}, {8, 9}, {41, 70}, {64, 70}, {63, 64}, {99, 100}}) {
    SCOPED_TRACE(std::to_string(old_size) + " to " + std::to_string(new_size));
    Hash const old_root = reference::root(reference::leaf_hashes(old_size));
    Hash const new_root = reference::root(reference::leaf_hashes(new_size));
    auto const proof = consistency_proof(old_size, new_size, tree.reader()).value();
    ASSERT_TRUE(verify_consistency(old_size, new_size, old_root, new_root, proof));
    for (Proof const& changed : broken(proof)) {
      EXPECT_FALSE(verify_consistency(old_size, new_size, old_root, new_root, changed));
      ++ways;
    }
    EXPECT_FALSE(verify_consistency(old_size, new_size, flipped(old_root), new_root, proof));
    EXPECT_EQ(field_of(verify_consistency(old_size, new_size, old_root, flipped(new_root), proof)), "new_root");
    EXPECT_FALSE(verify_consistency(old_size, new_size, new_root, old_root, proof));
    EXPECT_EQ(field_of(verify_consistency(new_size, old_size, old_root, new_root, proof)), "size");
    EXPECT_EQ(field_of(verify_consistency(old_size, new_size * 4, old_root, new_root, proof)), "proof");
    EXPECT_EQ(field_of(verify_consistency(new_size, new_size, old_root, new_root, proof)), "new_root");
    EXPECT_EQ(field_of(verify_consistency(new_size, new_size, new_root, new_root, proof)), "proof");
    EXPECT_EQ(field_of(verify_consistency(0, new_size, old_root, new_root, proof)), "old_root");
    EXPECT_EQ(field_of(verify_consistency(0, new_size, empty_root(), new_root, proof)), "proof");
    EXPECT_EQ(field_of(verify_consistency(old_size, new_size, old_root, new_root, {})), "proof");
    ways += 10;
  }
  EXPECT_GE(ways, 90u);
}

TEST(ConsistencyProof, OfAnEmptyOrEqualTreeNeedsTheRightRoots) {
  Hash const root = reference::root(reference::leaf_hashes(5));
  EXPECT_TRUE(verify_consistency(0, 5, empty_root(), root, {}));
  EXPECT_TRUE(verify_consistency(5, 5, root, root, {}));
  EXPECT_TRUE(verify_consistency(0, 0, empty_root(), empty_root(), {}));
  EXPECT_EQ(field_of(verify_consistency(0, 5, root, root, {})), "old_root");
  EXPECT_EQ(field_of(verify_consistency(5, 5, root, flipped(root), {})), "new_root");
  EXPECT_EQ(field_of(verify_consistency(0, 0, root, root, {})), "old_root");
}

// A random proof for a random place must never be accepted, nor crash, at any size up to the largest.
TEST(Proofs, OfRandomBytesAreRejectedAtAnySize) {
  std::uint64_t const seed = 20261121;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random{seed};
  for (int round = 0; round < 2000; ++round) {
    std::uint64_t const size = random() >> (random() % 64);
    std::uint64_t const place = random() >> (random() % 64);
    Proof proof(random() % 70);
    for (Hash& hash : proof)
      for (auto& byte : hash) byte = static_cast<std::uint8_t>(random());
    EXPECT_FALSE(verify_inclusion(place, size, reference::nth_leaf_hash(0), proof, reference::nth_leaf_hash(1)));
    EXPECT_FALSE(verify_consistency(place, size, reference::nth_leaf_hash(2), reference::nth_leaf_hash(1), proof));
  }
}

}  // namespace
}  // namespace abode::log
