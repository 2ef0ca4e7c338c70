#include "service/key_rotation.hpp"

namespace abode::service {

base::result<bool> KeyRotation::step() {
  ports::RecordId last = after_;
  std::size_t seen = 0;
  std::uint64_t done = 0;
  auto const commit = store_.write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    seen = 0;
    done = 0;
    for (ports::KeyRow const& row : transaction.keys(after_, keys_in_a_step)) {
      auto const fresh = sealer_.rewrap(row.record, row.key);
      if (!fresh) return fresh.error();
      if (*fresh) {
        transaction.replace_key(row.record, **fresh);
        ++done;
      }
      last = row.record;
      ++seen;
    }
    return {};
  });
  if (!commit) return commit.error();
  rewrapped_ += done;
  rewrapped_in_this_pass_ += done;
  after_ = last;
  if (seen == keys_in_a_step) return false;
  bool const clean = rewrapped_in_this_pass_ == 0;
  after_ = {};
  rewrapped_in_this_pass_ = 0;
  return clean;
}

}  // namespace abode::service
