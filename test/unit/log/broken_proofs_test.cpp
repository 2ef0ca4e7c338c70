// Two proofs that hold, and every way in which somebody may break them: each has a name, and each must be refused for
// its own reason. (A proof does not bind the size of its tree: 41 of 70 and 41 of 71 climb the same way. The checkpoint
// does, which signs size and root together.)
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <set>

#include "digest/digest.hpp"
#include "log/merkle.hpp"
#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::Hash;
using reference::leaf_hashes;
using reference::nth_leaf_hash;

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

Hash const& other_leaf() {
  static Hash const hash = hash_leaf(base::as_bytes("a leaf of no tree"));
  return hash;
}

Hash root_of(std::size_t size) {
  return reference::root(leaf_hashes(size));
}

/// The root of a tree in which one leaf is another.
Hash root_of_fork(std::size_t size, std::size_t forked_leaf) {
  auto leaves = leaf_hashes(size);
  leaves.at(forked_leaf) = other_leaf();
  return reference::root(leaves);
}

HashReader reader_of_fork(std::size_t size, std::size_t forked_leaf) {
  reference::Tree tree{0};
  for (std::size_t i = 0; i < size; ++i) tree.append(i == forked_leaf ? other_leaf() : nth_leaf_hash(i));
  return [tree = std::move(tree)](Node node) { return tree.reader()(node); };
}

/// A way of breaking a proof, and what the refusal must be about ("root" is also either root of a consistency proof).
template <class Claim>
struct Way {
  std::string how;
  std::string field;
  std::function<void(Claim&)> apply;
};

using HashChange = std::function<void(Proof&, std::size_t at)>;

void insert_at(Proof& proof, std::size_t at, Hash const& hash) {
  proof.insert(proof.begin() + static_cast<std::ptrdiff_t>(at), hash);
}

/// What can be done to a hash at any place, without a change in their number and with one.
std::vector<std::pair<std::string, HashChange>> changes_of_one() {
  return {{"first bit flipped", [](Proof& p, std::size_t at) { p[at].front() ^= 0x80; }},
          {"last bit flipped", [](Proof& p, std::size_t at) { p[at].back() ^= 1; }},
          {"zeroed", [](Proof& p, std::size_t at) { p[at] = {}; }},
          {"bytes reversed", [](Proof& p, std::size_t at) { std::reverse(p[at].begin(), p[at].end()); }},
          {"replaced by a leaf", [](Proof& p, std::size_t at) { p[at] = other_leaf(); }},
          {"replaced by a root", [](Proof& p, std::size_t at) { p[at] = root_of(70); }}};
}
std::vector<std::pair<std::string, HashChange>> changes_of_number() {
  return {{"dropped", [](Proof& p, std::size_t at) { p.erase(p.begin() + static_cast<std::ptrdiff_t>(at)); }},
          {"doubled", [](Proof& p, std::size_t at) { insert_at(p, at, Hash{p[at]}); }},
          {"after an added one", [](Proof& p, std::size_t at) { insert_at(p, at, Hash{}); }},
          {"joined with its left neighbour into one", [](Proof& p, std::size_t at) {
             auto const left = at == 0 ? p.size() - 1 : at - 1;
             p[at] = hash_children(p[left], p[at]);
             p.erase(p.begin() + static_cast<std::ptrdiff_t>(left));
           }}};
}

/// What can be done to the hashes as a whole.
template <class Claim>
std::vector<Way<Claim>> ways_with_all_hashes() {
  return {{"hashes reversed", "root", [](Claim& c) { std::reverse(c.proof.begin(), c.proof.end()); }},
          {"hashes rotated left", "root",
           [](Claim& c) { std::rotate(c.proof.begin(), c.proof.begin() + 1, c.proof.end()); }},
          {"hashes rotated right", "root",
           [](Claim& c) { std::rotate(c.proof.begin(), c.proof.end() - 1, c.proof.end()); }},
          {"first and last hash swapped", "root", [](Claim& c) { std::swap(c.proof.front(), c.proof.back()); }},
          {"hashes all zero", "root", [](Claim& c) { std::fill(c.proof.begin(), c.proof.end(), Hash{}); }},
          {"no hashes", "proof", [](Claim& c) { c.proof.clear(); }},
          {"only the first hash", "proof", [](Claim& c) { c.proof.resize(1); }},
          {"half of the hashes", "proof", [](Claim& c) { c.proof.resize(c.proof.size() / 2); }},
          {"a hash more at the end", "proof", [](Claim& c) { c.proof.emplace_back(); }},
          {"the root once more at the end", "proof", [](Claim& c) { c.proof.push_back(root_of(70)); }},
          {"64 hashes", "proof", [](Claim& c) { c.proof.resize(64); }},
          {"100,000 hashes", "proof", [](Claim& c) { c.proof.resize(100'000); }}};
}

template <class Claim>
std::vector<Way<Claim>> ways_with_hashes(std::size_t hashes) {
  auto ways = ways_with_all_hashes<Claim>();
  for (std::size_t at = 0; at < hashes; ++at) {
    std::string const which = "hash " + std::to_string(at) + " ";
    for (auto const& [how, change] : changes_of_one())
      ways.push_back({which + how, "root", [change, at](Claim& c) { change(c.proof, at); }});
    for (auto const& [how, change] : changes_of_number())
      ways.push_back({which + how, "proof", [change, at](Claim& c) { change(c.proof, at); }});
    if (at + 1 < hashes)
      ways.push_back(
          {which + "swapped with the next", "root", [at](Claim& c) { std::swap(c.proof[at], c.proof[at + 1]); }});
  }
  return ways;
}

/// Breaks `good` in each way. No two ways may have one name or make the same claim, so that each is one of its own.
template <class Claim>
void expect_each_refused(Claim const& good, std::vector<Way<Claim>> const& ways) {
  ASSERT_EQ(good.verdict(), "accepted");
  std::set<std::string> names;
  std::vector<Claim> made{good};
  for (auto const& way : ways) {
    EXPECT_TRUE(names.insert(way.how).second) << "twice: " << way.how;
    Claim broken = good;
    way.apply(broken);
    EXPECT_EQ(std::count(made.begin(), made.end(), broken), 0) << "breaks nothing new: " << way.how;
    std::string const verdict = broken.verdict();
    EXPECT_TRUE(verdict != "accepted" && verdict.ends_with(way.field)) << way.how << ": " << verdict;
    made.push_back(std::move(broken));
  }
  EXPECT_EQ(good.verdict(), "accepted");
}

// Inclusion

struct Inclusion {
  std::uint64_t index = 41;
  std::uint64_t size = 70;
  Hash leaf = nth_leaf_hash(41);
  Hash root = root_of(70);
  Proof proof = proof_of(41, 70);

  static Proof proof_of(std::uint64_t index, std::size_t size) { return reference::path(index, leaf_hashes(size)); }
  std::string verdict() const { return field_of(verify_inclusion(index, size, leaf, proof, root)); }
  bool operator==(Inclusion const&) const = default;
};

using InclusionWay = Way<Inclusion>;

std::vector<InclusionWay> ways_with_places() {
  std::vector<InclusionWay> ways;
  for (std::uint64_t index : {0u, 40u, 42u, 9u, 32u, 63u, 57u, 45u})
    ways.push_back({"as leaf " + std::to_string(index), "root", [=](auto& c) { c.index = index; }});
  for (std::uint64_t index : {64u, 65u, 69u})
    ways.push_back({"as leaf " + std::to_string(index), "proof", [=](auto& c) { c.index = index; }});
  for (std::uint64_t index : {std::uint64_t{70}, std::uint64_t{71}, std::uint64_t{41} + (std::uint64_t{1} << 32),
                              std::uint64_t{41} + (std::uint64_t{1} << 63), largest, largest - 41})
    ways.push_back({"as leaf " + std::to_string(index), "index", [=](auto& c) { c.index = index; }});
  for (std::uint64_t size : {0u, 1u, 40u, 41u})
    ways.push_back({"in a tree of " + std::to_string(size), "index", [=](auto& c) { c.size = size; }});
  for (std::uint64_t size : {std::uint64_t{42}, std::uint64_t{64}, std::uint64_t{129}, std::uint64_t{256},
                             std::uint64_t{70} << 32, std::uint64_t{1} << 63, largest})
    ways.push_back({"in a tree of " + std::to_string(size), "proof", [=](auto& c) { c.size = size; }});
  ways.push_back({"index and size swapped", "index", [](auto& c) { std::swap(c.index, c.size); }});
  ways.push_back({"the largest index of the largest tree", "proof", [](auto& c) {
                    c.index = largest - 1;
                    c.size = largest;
                  }});
  return ways;
}

std::vector<InclusionWay> ways_with_leaf_and_root() {
  std::vector<InclusionWay> ways{
      {"leaf hash with a bit flipped", "root", [](auto& c) { c.leaf[31] ^= 1; }},
      {"leaf hash zeroed", "root", [](auto& c) { c.leaf = {}; }},
      {"leaf hashed without its prefix", "root", [](auto& c) { c.leaf = digest::sha256(base::as_bytes("leaf 41")); }},
      {"leaf hashed twice", "root", [](auto& c) { c.leaf = hash_leaf(c.leaf); }},
      {"leaf with a byte more", "root", [](auto& c) { c.leaf = hash_leaf(base::as_bytes("leaf 41 ")); }},
      {"leaf that was never in the tree", "root", [](auto& c) { c.leaf = other_leaf(); }},
      {"the root as the leaf", "root", [](auto& c) { c.leaf = c.root; }},
      {"two children passed off as a leaf", "root",
       [](auto& c) {
         base::Bytes children = base::to_bytes(c.proof[0]);
         base::append(children, c.leaf);
         c = {20, 35, hash_leaf(children), c.root, {c.proof.begin() + 1, c.proof.end()}};
       }},
      {"root with its first bit flipped", "root", [](auto& c) { c.root[0] ^= 0x80; }},
      {"root with its last bit flipped", "root", [](auto& c) { c.root[31] ^= 1; }},
      {"root zeroed", "root", [](auto& c) { c.root = {}; }},
      {"root of the empty tree", "root", [](auto& c) { c.root = empty_root(); }},
      {"the leaf as the root", "root", [](auto& c) { c.root = c.leaf; }},
      {"leaf and root swapped", "root", [](auto& c) { std::swap(c.leaf, c.root); }},
      {"the last hash as the root", "root", [](auto& c) { c.root = c.proof.back(); }}};
  for (std::size_t size : {42u, 64u, 69u, 71u, 128u})
    ways.push_back({"root of the tree of " + std::to_string(size), "root", [=](auto& c) { c.root = root_of(size); }});
  for (std::size_t leaf : {0u, 40u, 41u, 42u, 69u})
    ways.push_back({"root of a tree with another leaf " + std::to_string(leaf), "root",
                    [=](auto& c) { c.root = root_of_fork(70, leaf); }});
  for (std::uint64_t leaf : {0u, 40u, 42u, 63u})
    ways.push_back(
        {"leaf " + std::to_string(leaf) + " in its place", "root", [=](auto& c) { c.leaf = nth_leaf_hash(leaf); }});
  for (std::uint64_t leaf : {0u, 40u, 42u, 63u})
    ways.push_back(
        {"the proof of leaf " + std::to_string(leaf), "root", [=](auto& c) { c.proof = c.proof_of(leaf, 70); }});
  for (std::size_t size : {65u, 69u, 71u, 128u})
    ways.push_back(
        {"the proof in the tree of " + std::to_string(size), "root", [=](auto& c) { c.proof = c.proof_of(41, size); }});
  return ways;
}

TEST(BrokenInclusionProof, IsRefusedInEachWay) {
  Inclusion const good;
  ASSERT_EQ(good.proof.size(), 7u);
  auto ways = ways_with_hashes<Inclusion>(good.proof.size());
  for (auto const& more : {ways_with_places(), ways_with_leaf_and_root()})
    ways.insert(ways.end(), more.begin(), more.end());
  expect_each_refused(good, ways);
  EXPECT_EQ(ways.size(), 155u);
}

// The last leaf has a way up of its own, which changes with every size.
TEST(BrokenInclusionProof, OfTheLastLeafIsRefusedInEachWay) {
  Inclusion const good{69, 70, nth_leaf_hash(69), root_of(70), Inclusion::proof_of(69, 70)};
  ASSERT_EQ(good.proof.size(), 3u);
  auto ways = ways_with_hashes<Inclusion>(good.proof.size());
  std::erase_if(ways, [](auto const& way) {  // with three hashes, the same as other ways
    return way.how == "half of the hashes" || way.how == "first and last hash swapped";
  });
  ways.push_back({"in a tree of one less", "index", [](auto& c) { c.size = 69; }});
  ways.push_back({"in a tree of one more", "proof", [](auto& c) { c.size = 71; }});
  ways.push_back({"in a tree of two more", "proof", [](auto& c) { c.size = 72; }});
  ways.push_back({"as the leaf before", "root", [](auto& c) { c.index = 68; }});
  ways.push_back({"as the leaf after", "index", [](auto& c) { c.index = 70; }});
  expect_each_refused(good, ways);
  EXPECT_EQ(ways.size(), 47u);
}

// Consistency

struct Consistency {
  std::uint64_t old_size = 41;
  std::uint64_t new_size = 70;
  Hash old_root = root_of(41);
  Hash new_root = root_of(70);
  Proof proof = proof_of(41, 70);

  static Proof proof_of(std::uint64_t old_size, std::size_t new_size) {
    return reference::subproof(old_size, leaf_hashes(new_size), true);
  }
  std::string verdict() const { return field_of(verify_consistency(old_size, new_size, old_root, new_root, proof)); }
  bool operator==(Consistency const&) const = default;
};

using ConsistencyWay = Way<Consistency>;

std::vector<ConsistencyWay> ways_with_sizes() {
  std::vector<ConsistencyWay> ways;
  for (std::uint64_t size : {1u, 32u, 40u, 42u, 64u, 68u, 69u})
    ways.push_back({"from a size of " + std::to_string(size), "proof", [=](auto& c) { c.old_size = size; }});
  for (std::uint64_t size : {39u, 43u})  // those climb by as many hashes
    ways.push_back({"from a size of " + std::to_string(size), "old_root", [=](auto& c) { c.old_size = size; }});
  for (std::uint64_t size : {std::uint64_t{71}, std::uint64_t{1} << 63, largest})
    ways.push_back({"from a size of " + std::to_string(size), "size", [=](auto& c) { c.old_size = size; }});
  for (std::uint64_t size : {0u, 1u, 40u})
    ways.push_back({"to a size of " + std::to_string(size), "size", [=](auto& c) { c.new_size = size; }});
  for (std::uint64_t size : {std::uint64_t{42}, std::uint64_t{64}, std::uint64_t{129}, std::uint64_t{256},
                             std::uint64_t{70} << 32, std::uint64_t{1} << 63, largest})
    ways.push_back({"to a size of " + std::to_string(size), "proof", [=](auto& c) { c.new_size = size; }});
  ways.push_back({"from nothing", "old_root", [](auto& c) { c.old_size = 0; }});
  ways.push_back({"from nothing, with the root of nothing", "proof", [](auto& c) {
                    c.old_size = 0;
                    c.old_root = empty_root();
                  }});
  ways.push_back({"to no more than before", "new_root", [](auto& c) { c.new_size = c.old_size; }});
  ways.push_back({"from no less than after", "new_root", [](auto& c) { c.old_size = c.new_size; }});
  ways.push_back({"between equal trees, with hashes", "proof", [](auto& c) {
                    c.old_size = c.new_size;
                    c.old_root = c.new_root;
                  }});
  ways.push_back({"between empty trees, with hashes", "proof", [](auto& c) {
                    c.old_size = c.new_size = 0;
                    c.old_root = c.new_root = empty_root();
                  }});
  ways.push_back({"backwards", "size", [](auto& c) { std::swap(c.old_size, c.new_size); }});
  ways.push_back({"backwards, with the roots", "size", [](auto& c) {
                    std::swap(c.old_size, c.new_size);
                    std::swap(c.old_root, c.new_root);
                  }});
  return ways;
}

std::vector<ConsistencyWay> ways_with_roots() {
  std::vector<ConsistencyWay> ways{
      {"old root with its first bit flipped", "old_root", [](auto& c) { c.old_root[0] ^= 0x80; }},
      {"old root with its last bit flipped", "old_root", [](auto& c) { c.old_root[31] ^= 1; }},
      {"old root zeroed", "old_root", [](auto& c) { c.old_root = {}; }},
      {"old root of nothing", "old_root", [](auto& c) { c.old_root = empty_root(); }},
      {"new root with its first bit flipped", "new_root", [](auto& c) { c.new_root[0] ^= 0x80; }},
      {"new root with its last bit flipped", "new_root", [](auto& c) { c.new_root[31] ^= 1; }},
      {"new root zeroed", "new_root", [](auto& c) { c.new_root = {}; }},
      {"new root of nothing", "new_root", [](auto& c) { c.new_root = empty_root(); }},
      {"roots swapped", "old_root", [](auto& c) { std::swap(c.old_root, c.new_root); }},
      {"the old root twice", "new_root", [](auto& c) { c.new_root = c.old_root; }},
      {"the new root twice", "old_root", [](auto& c) { c.old_root = c.new_root; }}};
  for (std::size_t size : {40u, 42u, 64u})
    ways.push_back(
        {"old root of the tree of " + std::to_string(size), "old_root", [=](auto& c) { c.old_root = root_of(size); }});
  for (std::size_t size : {64u, 69u, 71u})
    ways.push_back(
        {"new root of the tree of " + std::to_string(size), "new_root", [=](auto& c) { c.new_root = root_of(size); }});
  // The log has changed a leaf that it had published.
  for (std::size_t leaf : {0u, 1u, 31u, 32u, 39u, 40u}) {
    std::string const which = "leaf " + std::to_string(leaf);
    ways.push_back({which + " was changed later", "new_root", [=](auto& c) { c.new_root = root_of_fork(70, leaf); }});
    ways.push_back({which + " was changed later, with the proof of the changed tree", "old_root", [=](auto& c) {
                      c.new_root = root_of_fork(70, leaf);
                      c.proof = consistency_proof(41, 70, reader_of_fork(70, leaf)).value();
                    }});
    ways.push_back({which + " had been another", "old_root", [=](auto& c) { c.old_root = root_of_fork(41, leaf); }});
  }
  for (std::uint64_t size : {39u, 43u, 57u})
    ways.push_back(
        {"the proof from " + std::to_string(size), "old_root", [=](auto& c) { c.proof = c.proof_of(size, 70); }});
  for (std::size_t size : {65u, 69u, 71u, 128u})
    ways.push_back(
        {"the proof to " + std::to_string(size), "new_root", [=](auto& c) { c.proof = c.proof_of(41, size); }});
  ways.push_back({"an inclusion proof", "proof", [](auto& c) { c.proof = Inclusion::proof_of(69, 70); }});
  return ways;
}

TEST(BrokenConsistencyProof, IsRefusedInEachWay) {
  Consistency const good;
  ASSERT_EQ(good.proof.size(), 8u);
  auto ways = ways_with_hashes<Consistency>(good.proof.size());
  for (auto const& more : {ways_with_sizes(), ways_with_roots()}) ways.insert(ways.end(), more.begin(), more.end());
  expect_each_refused(good, ways);
  EXPECT_EQ(ways.size(), 172u);
}

// A perfect old tree is a node of the new one, and its hash is not among the hashes of the proof.
TEST(BrokenConsistencyProof, FromAPerfectTreeIsRefusedInEachWay) {
  Consistency const good{32, 70, root_of(32), root_of(70), Consistency::proof_of(32, 70)};
  ASSERT_EQ(good.proof.size(), 2u);
  auto ways = ways_with_hashes<Consistency>(good.proof.size());
  std::erase_if(ways, [](auto const& way) {  // with two hashes, the same as other ways
    return way.how == "hashes rotated left" || way.how == "hashes rotated right" || way.how == "hashes reversed" ||
           way.how == "first and last hash swapped" || way.how == "half of the hashes" ||
           way.how == "only the first hash";
  });
  ways.push_back({"after the hash of the old tree", "proof", [](auto& c) { insert_at(c.proof, 0, c.old_root); }});
  ways.push_back({"old root flipped", "new_root", [](auto& c) { c.old_root[9] ^= 1; }});
  ways.push_back({"from a size of one less", "proof", [](auto& c) { c.old_size = 31; }});
  ways.push_back({"from a size of one more", "proof", [](auto& c) { c.old_size = 33; }});
  expect_each_refused(good, ways);
  EXPECT_EQ(ways.size(), 31u);
}

}  // namespace
}  // namespace abode::log
