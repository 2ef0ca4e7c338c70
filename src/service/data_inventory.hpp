// The data inventory: every column of the store and every member of what is sealed, with what it is for, on what legal
// ground, who sees it and when it goes. Tests hold it against the real schema, against the codecs, against what a
// person is given as a copy, and against the retention job. The privacy notice is made from it.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "rules/profile.hpp"

namespace abode::service {

/// Why the register may hold it (Regulation (EU) 2016/679).
enum class Ground : std::uint8_t {
  public_task,     ///< Article 6(1)(e): the register's task
  own_wish,        ///< Article 6(1)(e), at the person's own request: nothing of it is there unless they asked
  accountability,  ///< Articles 5(2) and 32: who did what, and the security of it
  none_needed,     ///< tells nothing about a person
};

enum class End : std::uint8_t {
  on_time,         ///< `after` from `counted_from`, by the retention job
  on_next_act,     ///< the same time, but when the holder writes next: nobody opens a record for that (G4)
  on_sign_in,      ///< the same time, but when its holder signs in next, for the same reason; it is of no use before
  on_later_epoch,  ///< when `counted_from` says; the thread that closes epochs does it
  by_holder,       ///< when its holder removes or replaces it, or has the record erased
  with_erasure,    ///< when its holder has the record erased, and not before: it is their history
  stays,           ///< `counted_from` says why
};

struct Expiry {
  End end;
  std::chrono::seconds after{0};
  std::string_view counted_from = {};
  bool by_profile = false;  ///< `after` is the profile's period for ended registrations
};

/// One stored thing. All texts are whole phrases for people, and name no value.
struct DataItem {
  std::string_view group;  ///< heading for people, such as "Who you are"
  /// Where it is: "abode.db record.position" is a column. In what is sealed, members go by their path in the CBOR, a
  /// star for any member of a list, two at the end for all that is below: "state 1/1/*/2", "entry 5".
  std::string_view where;
  std::string_view what;
  std::string_view purpose;
  Ground ground;
  std::string_view seen_by;
  Expiry expiry;
  /// JSON pointer (RFC 6901) to it in the copy that a person is given, or a sentence that says why it is not there.
  std::string_view in_copy;

  bool is_in_copy() const { return in_copy.starts_with('/'); }
};

std::span<DataItem const> data_inventory();

std::string_view in_words(Ground ground);
/// "72 hours after the newest of them", "When you have your record erased".
std::string in_words(Expiry const& expiry, rules::Profile const& profile);

}  // namespace abode::service
