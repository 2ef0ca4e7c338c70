// JSON forms of the register's types, in both directions. Names are the API's, see openapi.json.
#pragma once

#include "codec/json.hpp"
#include "http/message.hpp"
#include "rules/purposes.hpp"
#include "rules/residence.hpp"
#include "service/guardianships.hpp"
#include "service/history.hpp"
#include "service/opening_codes.hpp"
#include "service/openings.hpp"
#include "service/proofs.hpp"
#include "service/rectification.hpp"
#include "service/registrations.hpp"

namespace abode::api {

namespace json = codec::json;

// In.

/// The body as JSON; an empty body is an empty object. errc::unsupported for another media type, errc::malformed.
base::result<json::value> json_body(http::Request const& request);
/// For requests that say everything in their path.
base::result<void> require_no_fields(http::Request const& request);

/// The header field First-Tried, if there is one: when the request was first tried, by the sender's own clock. It is no
/// part of the body, so that a request whose answer was lost stays the same request when it comes again with it.
base::result<std::optional<base::Time>> read_first_tried(http::Request const& request);

/// All texts cleaned (text::clean_line); the rules for what is in it are rules::check_address's.
base::result<rules::Address> read_address(json::value const& value, std::string const& path);
base::result<base::Date> read_date(std::string_view text, std::string const& field);
/// A date that may be left out (null pointer) or be null, for none.
base::result<std::optional<base::Date>> read_date_or_none(json::value const* value, std::string const& field);
/// `wish` is "secondary" or "ended"; the last day of one that ends is `today` unless it is given.
base::result<rules::FormerMain> read_former_main(std::string_view wish, std::optional<std::string> const& on,
                                                 base::Date today);
base::result<rules::FieldSet> read_fields(std::vector<std::string> const& names);
/// Texts cleaned, and checked (service::check_rectification).
base::result<service::RectificationWish> read_rectification(std::string_view field, std::string_view wanted,
                                                            std::string_view reason);
/// A number in a path or query.
base::result<std::uint64_t> read_number(std::string_view text, std::string const& field);

/// The name of an entry where it has no number, in hex.
base::result<base::Hash> read_commitment(std::string_view text, std::string const& field);

// Out.

json::object to_json(rules::Address const& address);
json::object to_json(rules::Registration const& registration, std::optional<base::Time> undo_until);
json::object to_json(service::Receipt const& receipt, service::Context const& context);
/// For a guardian a receipt, or an entry of the child's history, has no number: it would tell how many others there
/// are.
json::object without_number(json::object entry);
/// As a guardian sees a code of theirs: it goes by the commitment of the entry of its making.
json::object for_guardian(service::OpeningCode const& code);
json::array to_json(std::vector<service::Shown> const& registrations);
json::object to_json(service::Child const& child);
json::object to_json(service::OpeningCode const& code);
json::object to_json(service::ListedProof const& proof);
json::object to_json(service::HistoryItem const& item, rules::Profile const& profile);
json::object to_json(service::OpenedFields const& opened);
json::object to_json(service::Identity const& identity);
json::array to_json(rules::FieldSet fields);

/// What an act came to: receipt and registration.
http::Response acted_answer(service::Context const& context, unsigned status, service::Acted const& acted,
                            bool for_child);

/// A JSON answer, with the mode in it.
http::Response answer(service::Mode mode, unsigned status, json::object body);

}  // namespace abode::api
