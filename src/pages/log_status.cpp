// The public log as everybody may see it.
#include "service/log_status.hpp"

#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

std::string listed(std::vector<std::string> const& names) {
  std::string out;
  for (std::string const& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? "None" : out;
}

std::string age_in_words(std::chrono::seconds age) {
  auto const minutes = std::chrono::floor<std::chrono::minutes>(age).count();
  if (minutes < 1) return "less than a minute ago";
  if (minutes == 1) return "a minute ago";
  return std::to_string(minutes) + " minutes ago";
}

Html witnesses(service::LogStatus const& status, base::Time now) {
  if (status.witnesses.empty())
    return el("p", "Nobody cosigns this log. What it shows to one person and to another is compared by nobody.");
  Html rows = group(row("Witnesses", listed(status.witnesses)), row("Signed the newest", listed(status.cosigners)));
  rows.add(status.quorum_at
               ? row("Enough of them", group(when(*status.quorum_at), ", ", age_in_words(now - *status.quorum_at)))
               : row("Enough of them", "never yet"));
  return group(el("p",
                  "Witnesses are other people's computers. They sign only what grew out of what they signed before: "
                  "so the register cannot show you another log than it shows to others."),
               el("dl", rows));
}

Html numbers(api::Register const& registry, service::LogStatus const& status) {
  Html rows = group(row("Name", el("span", {{"class", "code"}}, registry.log.key.name())),
                    row("Key", el("span", {{"class", "code"}}, registry.log.key.format())),
                    row("Leaves, signed", std::to_string(status.signed_size)));
  rows.add(row("Leaves, shown", status.shown_size ? std::to_string(*status.shown_size) : std::string{"none yet"}));
  return el("dl", rows);
}

Html epochs(service::LogStatus const& status) {
  Html const what = el("p",
                       "When an epoch ends, the log binds how many entries every record has: nobody can afterwards say "
                       "that there were fewer, or others. Your history file holds the proof for yours.");
  if (!status.epoch) return group(what, el("p", "None has ended yet."));
  log::Epoch const& epoch = *status.epoch;
  return group(what, el("dl", group(row("The newest", std::to_string(epoch.number)), row("Ended", when(epoch.time)),
                                    row("The next one is due", when(epoch.time + epoch.length)),
                                    row("Covers", std::to_string(epoch.covered) + " leaves"),
                                    row("Places in it, used and unused", std::to_string(epoch.positions)))));
}

}  // namespace

api::Reply get_log_status(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const&) -> base::result<http::Response> {
    auto const status = service::log_status(registry.log, snapshot);
    if (!status) return status.error();
    return page(
        registry.context.mode, {Visitor::nobody, "The public log"},
        group(el("h1", "The public log"),
              el("p", {{"class", "lead"}},
                 "Each entry in anybody's record leaves a hash here. It tells nothing about anybody, and nobody can "
                 "change it afterwards without everybody seeing it."),
              numbers(registry, *status),
              el("p", el("a", {{"href", "/checkpoint"}}, "The newest checkpoint"), ", as programs read it"),
              el("section", {{"aria-labelledby", "epochs"}}, el("h2", {{"id", "epochs"}}, "Epochs"), epochs(*status)),
              el("section", {{"aria-labelledby", "witnesses"}}, el("h2", {{"id", "witnesses"}}, "Witnesses"),
                 witnesses(*status, registry.context.clock.now()))));
  }};
}

}  // namespace abode::pages
