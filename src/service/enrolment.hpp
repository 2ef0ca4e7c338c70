// Making records: a person's, or an office's book. (Enrolment of real people from lists comes later; specimens use
// this.)
#pragma once

#include "service/journal.hpp"
#include "service/record.hpp"

namespace abode::service {

/// A new person's record with its entry 0, found by its document from now on. errc::conflict if the document is known.
base::result<ports::RecordId> enrol(Context const& context, ports::Transaction& transaction, Identity const& identity);

/// An official's account in an office of the profile, which keeps the book `book`. errc::invalid for an unknown office.
base::result<void> add_official(Context const& context, ports::Transaction& transaction, ports::OfficialId const& id,
                                std::string const& name, std::string const& office, ports::RecordId book);

/// A new office's book: a record like a person's, for openings that hit nobody.
base::result<ports::RecordId> open_book(Context const& context, ports::Transaction& transaction);

}  // namespace abode::service
