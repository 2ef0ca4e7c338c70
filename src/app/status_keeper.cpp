#include "app/status_keeper.hpp"

#include <algorithm>

#include "app/issuer_files.hpp"
#include "credential/status_list.hpp"

namespace abode::app {
namespace {

using base::result;

constexpr std::chrono::seconds step{1};

std::string pack(std::vector<std::uint64_t> const& revoked) {
  credential::StatusList list{1, service::status_list_places};
  for (std::uint64_t const place : revoked) list.set(place, static_cast<std::uint8_t>(credential::Status::invalid));
  return list.encode();
}

}  // namespace

StatusKeeper::StatusKeeper(Assembly const& assembly, OperatorLog& operator_log)
    : assembly_(assembly), context_(assembly.context()), operator_log_(operator_log) {
  thread_ = std::thread{[this] { run(); }};
}

StatusKeeper::~StatusKeeper() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

/// A failure is told once and tried again: until then the lists before stay in force.
void StatusKeeper::run() {
  auto next = std::chrono::steady_clock::now();
  do {
    take_up_keys();
    bool const due = std::chrono::steady_clock::now() >= next;
    auto const outcome = due ? publish() : publish_new();
    if (due && outcome) next += assembly_.config.status_interval;
    tell(outcome);
  } while (wait(step));
}

void StatusKeeper::take_up_keys() {
  auto const renewed = assembly_.proof_keys->reload();
  if (!renewed && renewed.error().detail != last_key_failure_)
    operator_log_.write(Event::proof_keys_kept, {{"kind", renewed.error().code}, {"why", renewed.error()}});
  last_key_failure_ = renewed ? std::string{} : renewed.error().detail;
  if (renewed && *renewed) operator_log_.write(Event::proof_keys_renewed);
}

result<void> StatusKeeper::publish() {
  std::vector<service::StatusListNews> news;
  auto const told = assembly_.store->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
    news = service::tell_status_lists(context_, transaction);
    return {};
  });
  if (!told) return told.error();
  std::vector<std::string> names;
  for (service::StatusListNews const& one : news) {
    if (auto const published = publish(one); !published) return published;
    names.push_back(service::status_list_name(one.list));
  }
  std::erase_if(packed_, [&](auto const& one) {
    return std::ranges::find(news, one.first, &service::StatusListNews::list) == news.end();
  });
  return assembly_.status_files->keep_only(names);
}

result<void> StatusKeeper::publish_new() {
  std::vector<ports::StatusListRow> lists;
  auto const read = assembly_.store->read([&](ports::Snapshot& snapshot) -> result<void> {
    lists = snapshot.status_lists();
    return {};
  });
  if (!read) return read;
  for (ports::StatusListRow const& list : lists)
    if (list.last_needed > context_.clock.now() && !packed_.contains(list.number))
      if (auto const published = publish({list.number, {}}); !published) return published;
  return {};
}

result<void> StatusKeeper::publish(service::StatusListNews const& news) {
  Packed& packed = packed_[news.list];
  if (packed.lst.empty() || packed.revoked != news.revoked.size()) packed = {news.revoked.size(), pack(news.revoked)};
  auto const key = assembly_.proof_keys->for_status_lists();
  base::Time const now = context_.clock.now();
  auto const token = ports::make_signed(*key, [&](ports::Sign const& sign) {
    return credential::make_status_token(service::status_list_uri(context_, news.list), now, now + list_life,
                                         assembly_.config.status_interval, credential::PackedStatusList{1, packed.lst},
                                         key->chain(), sign);
  });
  if (!token) return token.error();
  return assembly_.status_files->put(service::status_list_name(news.list), *token);
}

void StatusKeeper::tell(result<void> const& outcome) {
  if (!outcome && outcome.error().detail != last_failure_)
    operator_log_.write(Event::status_waits, {{"kind", outcome.error().code}, {"why", outcome.error()}});
  if (outcome && !last_failure_.empty()) operator_log_.write(Event::status_goes_on);
  last_failure_ = outcome ? std::string{} : outcome.error().detail;
}

bool StatusKeeper::wait(std::chrono::steady_clock::duration pause) {
  std::unique_lock lock{mutex_};
  return !wake_.wait_for(lock, pause, [this] { return stopping_; });
}

}  // namespace abode::app
