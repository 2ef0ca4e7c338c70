// The shapes that most handlers of a holder's pages share.
#pragma once

#include <functional>

#include "api/work.hpp"
#include "pages/internal/form.hpp"
#include "service/record.hpp"

namespace abode::pages {

/// A holder's opened record, while a page is made of it.
struct RecordView {
  api::Register const& registry;
  ports::Snapshot& snapshot;
  ports::HolderSession const& session;
  service::RecordState const& state;
  base::Time now;  ///< the record's own: never before its last entry

  service::Context const& context() const { return registry.context; }
  service::Mode mode() const { return registry.context.mode; }
};

/// A page made of the caller's opened record.
api::ReadWork read_record(api::Register const& registry,
                          std::function<base::result<http::Response>(RecordView const&)> show);

/// The caller's key for this form: its hidden field.
base::result<std::optional<service::RequestKey>> key_of_form(api::Caller const& caller, http::Request const& request,
                                                             Form const& form);

}  // namespace abode::pages
