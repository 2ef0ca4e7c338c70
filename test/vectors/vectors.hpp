// Vectors for the web app's own code: one function for each subject, and what they have in common.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "codec/json.hpp"

namespace abode::vectors {

namespace json = codec::json;

/// Writes the files log_*.json.
void write_log_vectors(std::filesystem::path const& folder);
/// Writes the files rules_*.json.
void write_rules_vectors(std::filesystem::path const& folder);
/// Writes the files credential_*.json.
void write_credential_vectors(std::filesystem::path const& folder);

/// Writes one file; throws if it cannot.
void write(std::filesystem::path const& file, json::value const& content);

/// What makes `changed` of `base`: {"at": offset, "cut": bytes to take out there, "put": base64 of what comes instead}.
json::object patch_of(std::string_view base, std::string_view changed);

/// {"code", "field", "detail"}.
json::object refusal_of(base::Error const& error);

/// 64 bits as decimal digits: JavaScript's numbers have 53.
json::string digits(std::uint64_t number);

}  // namespace abode::vectors
