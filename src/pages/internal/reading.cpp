#include "pages/internal/reading.hpp"

#include "pages/internal/layout.hpp"

namespace abode::pages {

std::string root_of(base::GuardianshipId const& id) {
  return path_of({"children", id.value()});
}

api::ReadWork read_record(api::Register const& registry,
                          std::function<base::result<http::Response>(RecordView const&)> show) {
  return {[&registry, show = std::move(show)](ports::Snapshot& snapshot,
                                              api::Caller const& caller) -> base::result<http::Response> {
    service::Actor const actor = caller.actor();
    auto record = service::open_record(registry.context, snapshot, actor);
    if (!record) return record.error();
    service::RecordState& state = record->state.reveal(base::Disclosure::to_holder);
    base::Time const now = service::filing_time(registry.context, record->row);
    if (!actor.is_guardian()) return show({registry, snapshot, caller.holder(), state, now});
    std::erase_if(state.residence.registrations,
                  [&](rules::Registration const& one) { return one.filed_by != actor.guardianship(); });
    return show({registry, snapshot, caller.guardian().guardian(), state, now, root_of(*actor.guardianship())});
  }};
}

base::result<std::optional<service::RequestKey>> key_of_form(api::Caller const& caller, http::Request const& request,
                                                             Form const& form) {
  return caller.request_key(form.text(request_key_field), api::fingerprint(request));
}

}  // namespace abode::pages
