#include "metrics/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/assert.hpp"

namespace abode::metrics {
namespace {

constexpr std::size_t max_value_bytes = 100;

std::string_view name_of(Label label) {
  switch (label) {
    case Label::route: return "route";
    case Label::method: return "method";
    case Label::status: return "status";
    case Label::outcome: return "outcome";
  }
  base::fatal("a label without a name");
}

/// Metric names as this service writes them: a part of what the format allows.
bool is_name(std::string_view text) {
  return text.starts_with("abode_") &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool is_label_value(std::string_view text) {
  return !text.empty() && text.size() <= max_value_bytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

double seconds(std::uint64_t microseconds) {
  return static_cast<double>(microseconds) / 1e6;
}

}  // namespace

void Histogram::observe_us(std::uint64_t took_us) {
  auto const* const bound = std::lower_bound(std::begin(bounds_us), std::end(bounds_us), took_us);
  counts_[bound - std::begin(bounds_us)].fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(took_us, std::memory_order_relaxed);
}

Registry::Family& Registry::family(std::string_view name, std::string_view help, Type type) {
  base::ensure(is_name(name), "a metric is named abode_... in lower case");
  base::ensure(help.find('\n') == std::string_view::npos, "a help text is one line");
  auto const found = std::find_if(families_.begin(), families_.end(), [&](Family const& f) { return f.name == name; });
  if (found == families_.end())
    return families_.emplace_back(Family{std::string{name}, std::string{help}, type, {}, {}, {}});
  base::ensure(type == Type::counter && found->type == type && found->help == help,
               "series of one name are counters with one help text");
  return *found;
}

std::string Registry::format_labels(std::initializer_list<LabelValue> labels) {
  std::string text;
  for (LabelValue const& label : labels) {
    base::ensure(is_label_value(label.value), "the value of a label is short and printable");
    fmt::format_to(std::back_inserter(text), "{}{}=\"{}\"", text.empty() ? "{" : ",", name_of(label.label),
                   label.value);
  }
  return text.empty() ? text : text + "}";
}

Counter& Registry::counter(std::string_view name, std::string_view help, std::initializer_list<LabelValue> labels) {
  base::ensure(name.ends_with("_total"), "the name of a counter ends in _total");
  Family& family = this->family(name, help, Type::counter);
  std::string text = format_labels(labels);
  auto const is_same = [&](Family::Series const& series) { return series.labels == text; };
  base::ensure(std::none_of(family.series.begin(), family.series.end(), is_same), "each series has labels of its own");
  Counter& made = counters_.emplace_back();
  family.series.push_back({std::move(text), &made});
  return made;
}

Histogram& Registry::histogram(std::string_view name, std::string_view help) {
  base::ensure(name.ends_with("_seconds"), "the name of a histogram ends in _seconds");
  Histogram& made = histograms_.emplace_back();
  family(name, help, Type::histogram).histogram = &made;
  return made;
}

void Registry::gauge(std::string_view name, std::string_view help, std::function<double()> look) {
  family(name, help, Type::gauge).look = std::move(look);
}

std::string Registry::format() const {
  std::string text;
  auto const out = std::back_inserter(text);
  constexpr std::string_view types[] = {"counter", "histogram", "gauge"};
  for (Family const& family : families_) {
    fmt::format_to(out, "# HELP {} {}\n# TYPE {} {}\n", family.name, family.help, family.name,
                   types[static_cast<std::size_t>(family.type)]);
    for (Family::Series const& series : family.series)
      fmt::format_to(out, "{}{} {}\n", family.name, series.labels, series.counter->value());
    if (family.look) fmt::format_to(out, "{} {}\n", family.name, family.look());
    if (family.histogram == nullptr) continue;
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < Histogram::buckets; ++i) {
      count += family.histogram->counts_[i].load(std::memory_order_relaxed);
      std::string const bound =
          i < std::size(Histogram::bounds_us) ? fmt::format("{}", seconds(Histogram::bounds_us[i])) : "+Inf";
      fmt::format_to(out, "{}_bucket{{le=\"{}\"}} {}\n", family.name, bound, count);
    }
    fmt::format_to(out, "{}_sum {}\n{}_count {}\n", family.name, seconds(family.histogram->sum_us_), family.name,
                   count);
  }
  return text;
}

}  // namespace abode::metrics
