// An ordered map whose copies share what they have in common: copying takes no time, and a copy never changes. What the
// memory store needs for snapshots and savepoints.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

namespace abode::test {

/// A treap without parent links, each change of which makes new nodes from the root to the place of change.
template <class Key, class Value>
class PersistentMap {
 public:
  using Item = std::pair<Key const, Value>;

  Value const* find(Key const& key) const {
    for (Node const* node = root_.get(); node != nullptr;) {
      if (key < node->item->first) {
        node = node->left.get();
      } else if (node->item->first < key) {
        node = node->right.get();
      } else {
        return &node->item->second;
      }
    }
    return nullptr;
  }

  /// Adds the item, or replaces the one of the same key.
  void put(Key key, Value value) {
    erase(key);
    auto [less, rest] = split(root_, key);
    next_priority_ = next_priority_ * 6364136223846793005U + 1442695040888963407U;
    Link const fresh = std::make_shared<Node const>(
        Node{std::make_shared<Item const>(std::move(key), std::move(value)), next_priority_ >> 32, nullptr, nullptr});
    root_ = join(join(less, fresh), rest);
    ++size_;
  }

  void erase(Key const& key) {
    if (find(key) == nullptr) return;
    auto [less, rest] = split(root_, key);
    root_ = join(less, without_first(rest));
    --size_;
  }

  std::size_t size() const { return size_; }

  /// Calls visit(key, value) from the first key that is not below `from` upwards, until it returns false.
  template <class Visit>
  void ascend(Key const& from, Visit visit) const {
    ascend(root_.get(), from, visit);
  }
  /// Calls visit(key, value) from the last key below `end` downwards, until it returns false.
  template <class Visit>
  void descend(Key const& end, Visit visit) const {
    descend(root_.get(), end, visit);
  }

 private:
  struct Node;
  using Link = std::shared_ptr<Node const>;
  struct Node {
    std::shared_ptr<Item const> item;
    std::uint64_t priority;
    Link left;
    Link right;
  };

  static Link with(Node const& node, Link left, Link right) {
    return std::make_shared<Node const>(Node{node.item, node.priority, std::move(left), std::move(right)});
  }

  /// The nodes below `key`, and the others.
  static std::pair<Link, Link> split(Link const& node, Key const& key) {
    if (!node) return {};
    if (node->item->first < key) {
      auto [less, rest] = split(node->right, key);
      return {with(*node, node->left, less), rest};
    }
    auto [less, rest] = split(node->left, key);
    return {less, with(*node, rest, node->right)};
  }

  /// All of `left` is below all of `right`.
  static Link join(Link const& left, Link const& right) {
    if (!left) return right;
    if (!right) return left;
    if (left->priority > right->priority) return with(*left, left->left, join(left->right, right));
    return with(*right, join(left, right->left), right->right);
  }

  static Link without_first(Link const& node) {
    return node->left ? with(*node, without_first(node->left), node->right) : node->right;
  }

  template <class Visit>
  static bool ascend(Node const* node, Key const& from, Visit& visit) {
    if (node == nullptr) return true;
    bool const in_range = !(node->item->first < from);
    if (in_range && !ascend(node->left.get(), from, visit)) return false;
    if (in_range && !visit(node->item->first, node->item->second)) return false;
    return ascend(node->right.get(), from, visit);
  }

  template <class Visit>
  static bool descend(Node const* node, Key const& end, Visit& visit) {
    if (node == nullptr) return true;
    bool const in_range = node->item->first < end;
    if (in_range && !descend(node->right.get(), end, visit)) return false;
    if (in_range && !visit(node->item->first, node->item->second)) return false;
    return descend(node->left.get(), end, visit);
  }

  Link root_;
  std::size_t size_ = 0;
  std::uint64_t next_priority_ = 1;
};

}  // namespace abode::test
