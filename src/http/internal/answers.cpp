#include "http/internal/answers.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace abode::http {

Answers::Answers(boost::asio::io_context& io, std::function<void(Answer)> deliver)
    : io_{&io}, deliver_{std::move(deliver)} {}

void Answers::add(Answer answer) {
  {
    std::lock_guard const lock{mutex_};
    if (!io_) return;
    if (!io_->get_executor().running_in_this_thread()) {
      waiting_.push_back(std::move(answer));
      if (waiting_.size() == 1) boost::asio::post(*io_, [self = shared_from_this()] { self->deliver_waiting(); });
      return;
    }
  }
  deliver_(std::move(answer));
}

void Answers::close() {
  std::lock_guard const lock{mutex_};
  io_ = nullptr;
  waiting_.clear();
}

void Answers::deliver_waiting() {
  std::vector<Answer> ready;
  {
    std::lock_guard const lock{mutex_};
    ready.swap(waiting_);
  }
  for (Answer& answer : ready) deliver_(std::move(answer));
}

}  // namespace abode::http
