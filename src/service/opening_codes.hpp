// One-time codes that a holder makes for an official to open chosen fields of the record.
#pragma once

#include <optional>
#include <string>
#include <vector>

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
};

struct MadeOpeningCode {
  Receipt receipt;
  OpeningCode code;
};

/// A code for `fields`, good once within `life` (bounds and default: the profile). errc::invalid (no field, life out of
/// bounds), conflict (too many live codes), key_reused.
base::result<MadeOpeningCode> make_opening_code(Context const& context, ports::Transaction& transaction,
                                                ports::HolderSession const& session, rules::FieldSet fields,
                                                std::optional<std::chrono::minutes> life,
                                                std::optional<RequestKey> const& request);

/// Takes back a code that was not used. errc::not_found, or conflict if it is no longer open.
base::result<MadeOpeningCode> revoke_opening_code(Context const& context, ports::Transaction& transaction,
                                                  ports::HolderSession const& session, std::uint64_t entry,
                                                  std::optional<RequestKey> const& request);

/// The holder's codes, newest first.
base::result<std::vector<OpeningCode>> list_opening_codes(Context const& context, ports::Snapshot& snapshot,
                                                          ports::HolderSession const& session);

}  // namespace abode::service
