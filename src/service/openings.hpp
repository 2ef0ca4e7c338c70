// An official's read of one record, by its holder's one-time code. Two steps, so that nothing can be read unlogged
// (G4): attempt_opening() journals inside the transaction and opens nothing; complete_opening() needs the Commit.
#pragma once

#include <optional>
#include <string>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/request_key.hpp"

namespace abode::service {

struct OpeningRequest {
  base::Secret<std::string> code;  ///< 10 characters (parse_opening_code)
  rules::Purpose const* purpose;   ///< from the compiled table and in the profile, never null
  std::string reference;           ///< the official's own file number: the holder will see it
  rules::FieldSet fields;          ///< asked for
};

/// errc::invalid, naming the field. What it says depends on the request alone, never on a record (G11).
base::result<OpeningRequest> check_opening_request(rules::Profile const& profile, std::string_view code,
                                                   std::string_view purpose, std::string reference,
                                                   rules::FieldSet fields);

/// A journalled attempt. Whether it hit is not to be told before the commit.
class OpeningAttempt {
 public:
  ports::RecordId record() const { return row_.id; }

 private:
  friend base::result<OpeningAttempt> attempt_opening(Context const&, ports::Transaction&,
                                                      ports::OfficialSession const&, OpeningRequest const&,
                                                      std::optional<RequestKey> const&);
  friend base::result<struct OpenedFields> complete_opening(Context const&, OpeningAttempt const&,
                                                            ports::Commit const&);

  bool hit_ = false;
  ports::RecordRow row_;  ///< of the record as it was when the entry was written
  ports::WrappedKey key_;
  rules::FieldSet granted_;
  rules::Filer made_by_;  ///< of whom the code was
  base::Time at_;
};

/// Finds the code and writes exactly one entry: into the holder's record if there is one for the code (used, expired,
/// revoked, no common field: the holder learns of that as well), else into the book of the official's office. A miss, a
/// refusal and a block do the same work on either (a block always on the office's book). errc::key_reused if the key
/// came with another request; the same request again is a new entry and, within 15 minutes of a hit, a new read.
base::result<OpeningAttempt> attempt_opening(Context const& context, ports::Transaction& transaction,
                                             ports::OfficialSession const& session, OpeningRequest const& request,
                                             std::optional<RequestKey> const& key);

/// What the official gets: the fields that were asked for, that the purpose allows under the profile and that the
/// holder chose. By a guardian's code, of the registrations those that the guardian filed.
struct OpenedFields {
  rules::FieldSet fields;
  base::Time at;
  base::Personal<RecordState> state;  ///< the renderer shows `fields` of it and nothing else
};

/// errc::opening_refused for every attempt that did not hit, whatever the reason (G11).
base::result<OpenedFields> complete_opening(Context const& context, OpeningAttempt const& attempt,
                                            ports::Commit const& commit);

}  // namespace abode::service
