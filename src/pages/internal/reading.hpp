// The shapes that most handlers of a holder's pages share.
#pragma once

#include <functional>

#include "api/work.hpp"
#include "pages/internal/form.hpp"
#include "service/record.hpp"

namespace abode::pages {

/// The opened record that the caller may act on, while a page is made of it. On a guardian's page the registrations are
/// those that they filed, and nothing else of the record is on the page but the child's given names.
struct RecordView {
  api::Register const& registry;
  ports::Snapshot& snapshot;
  ports::HolderSession const& session;  ///< of who looks at it
  service::RecordState const& state;
  base::Time now;         ///< the record's own: never before its last entry
  std::string root = {};  ///< in front of the paths of its forms: "", or of a guardian's page "/children/ID"

  service::Context const& context() const { return registry.context; }
  service::Mode mode() const { return registry.context.mode; }
};

/// Where a guardian's pages about a child begin.
std::string root_of(base::GuardianshipId const& id);

/// A page made of the caller's opened record, or on a guardian's route of the child's.
api::ReadWork read_record(api::Register const& registry,
                          std::function<base::result<http::Response>(RecordView const&)> show);

/// The caller's key for this form: its hidden field.
base::result<std::optional<service::RequestKey>> key_of_form(api::Caller const& caller, http::Request const& request,
                                                             Form const& form);

}  // namespace abode::pages
