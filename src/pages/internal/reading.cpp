#include "pages/internal/reading.hpp"

namespace abode::pages {

api::ReadWork read_record(api::Register const& registry,
                          std::function<base::result<http::Response>(RecordView const&)> show) {
  return {[&registry, show = std::move(show)](ports::Snapshot& snapshot,
                                              api::Caller const& caller) -> base::result<http::Response> {
    auto const record = service::open_record(registry.context, snapshot, caller.holder().grant());
    if (!record) return record.error();
    return show({registry, snapshot, caller.holder(), record->state.reveal(base::Disclosure::to_holder),
                 service::filing_time(registry.context, record->row)});
  }};
}

base::result<std::optional<service::RequestKey>> key_of_form(api::Caller const& caller, http::Request const& request,
                                                             Form const& form) {
  return caller.request_key(form.text(request_key_field), api::fingerprint(request));
}

}  // namespace abode::pages
