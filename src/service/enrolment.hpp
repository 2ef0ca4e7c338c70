// Making records: a person's, or an office's book.
#pragma once

#include <vector>

#include "identity/contact.hpp"
#include "service/journal.hpp"
#include "service/record.hpp"

namespace abode::service {

/// A new person's record with its entry 0, found by its document from now on, and their card, for which no code is
/// made. errc::conflict if the document is known.
base::result<ports::RecordId> enrol(Context const& context, ports::Transaction& transaction, Identity const& identity,
                                    std::optional<std::string> const& card = {});

/// A person on a list of those to enrol.
struct Newcomer {
  Identity identity;
  std::string card;                          ///< canonical (parse_card_number)
  std::optional<identity::Contact> contact;  ///< a blank language: the profile's first that we write in
  /// Canonical numbers of the cards of those who file for them. Only for somebody under age with a known birth date.
  std::vector<std::string> guardian_cards = {};
};

/// A new person's record with its card, unless the card or the person is known: then nothing of the record is changed,
/// a contact least of all (it may be the one that a person chose against somebody). Guardians are added in either case,
/// if card and person are one record's, those whose cards are known. What comes back is the same every time.
base::result<void> enrol_newcomer(Context const& context, ports::Transaction& transaction, Newcomer const& newcomer);

/// What a person is found by in the index of documents: document and date of birth, because documents of two states may
/// share kind and number, and no state is kept (G9).
base::Hash index_tag(Context const& context, Identity const& identity);

/// A new office's book: a record like a person's, for openings that hit nobody.
base::result<ports::RecordId> open_book(Context const& context, ports::Transaction& transaction);

}  // namespace abode::service
