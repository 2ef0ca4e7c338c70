// One-time codes that a holder makes for an official to open chosen fields of the record; or a guardian, to open of a
// child's record who the child is and what the guardian filed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/actor.hpp"
#include "service/journal.hpp"
#include "service/request_key.hpp"

namespace abode::service {

constexpr std::size_t opening_code_characters = 10;  ///< Crockford base32: 50 random bits
constexpr std::size_t max_live_opening_codes = 20;   ///< of one holder
constexpr std::size_t max_kept_opening_codes = 200;  ///< of one holder, with those used, taken back and expired lately

/// Shown as two groups of five: "7K2PD-XQ0MV".
std::string grouped(std::string const& code);
/// As a person typed it, back to 10 characters. errc::invalid, field "code".
base::result<base::Secret<std::string>> parse_opening_code(std::string_view typed);

enum class CodeState : std::uint8_t { open, used, revoked, expired };
std::string_view name_of(CodeState state);

struct OpeningCode {
  std::uint64_t entry;                            ///< the entry of its making: its name among the holder's codes
  std::optional<base::Secret<std::string>> code;  ///< while it is open
  rules::FieldSet fields;
  base::Time expires_at;
  CodeState state;
  base::Hash commitment = {};  ///< of that entry: its name among a guardian's
  rules::Filer made_by = {};
};

struct MadeOpeningCode {
  Receipt receipt;
  OpeningCode code;
};

/// A code for `fields`, good once within `life` (bounds and default: the profile), a guardian's no longer than until
/// the child is 18. errc::invalid (no field, life out of bounds), conflict (too many live codes), key_reused.
base::result<MadeOpeningCode> make_opening_code(Context const& context, ports::Transaction& transaction,
                                                Actor const& actor, rules::FieldSet fields,
                                                std::optional<std::chrono::minutes> life,
                                                std::optional<RequestKey> const& request);

/// Takes back a code that was not used: the holder any, a guardian their own. errc::not_found, or conflict if it is no
/// longer open.
base::result<MadeOpeningCode> revoke_opening_code(Context const& context, ports::Transaction& transaction,
                                                  Actor const& actor, std::uint64_t entry,
                                                  std::optional<RequestKey> const& request);
/// The same by the commitment of the entry of its making.
base::result<MadeOpeningCode> revoke_opening_code(Context const& context, ports::Transaction& transaction,
                                                  Actor const& actor, base::Hash const& commitment,
                                                  std::optional<RequestKey> const& request);

/// The codes that the actor may see (the holder all, a guardian their own), newest first.
base::result<std::vector<OpeningCode>> list_opening_codes(Context const& context, ports::Snapshot& snapshot,
                                                          Actor const& actor);

}  // namespace abode::service
