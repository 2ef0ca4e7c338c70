#include "ports/store.hpp"

#include <algorithm>
#include <future>
#include <memory>

namespace abode::ports {

bool Commit::journalled_access_to(RecordId record) const {
  return std::find(accesses_.begin(), accesses_.end(), record) != accesses_.end();
}

base::result<Commit> Store::write_and_wait(UseCase use_case) {
  auto const answer = std::make_shared<std::promise<base::result<Commit>>>();
  auto waiting = answer->get_future();
  write(std::move(use_case), [answer](base::result<Commit> outcome) { answer->set_value(std::move(outcome)); });
  return waiting.get();
}

}  // namespace abode::ports
