// A Store that counts and times its writes.
#pragma once

#include <array>

#include "metrics/metrics.hpp"
#include "ports/store.hpp"

namespace abode::app {

class MeasuredStore final : public ports::Store {
 public:
  /// Both outlive it. Makes its series in `registry`.
  MeasuredStore(ports::Store& inner, metrics::Registry& registry);

  void write(UseCase use_case, Done done) override;
  base::result<void> read(std::function<base::result<void>(ports::Snapshot&)> const& use) override;

 private:
  static constexpr std::size_t kinds = static_cast<std::size_t>(base::errc::unsupported) + 1;  // from 1; 0: committed

  ports::Store& inner_;
  metrics::Histogram& took_;
  std::array<metrics::Counter*, kinds> outcomes_{};
  metrics::Counter& failed_reads_;
};

}  // namespace abode::app
