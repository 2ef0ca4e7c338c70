// Identity documents as the register knows them: a kind and a number, enough to find one's own record at sign-in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "identity/mrz.hpp"

namespace abode::identity {

/// The values are part of canonical_bytes: never renumber.
enum class DocumentKind : std::uint8_t { passport = 1, identity_card = 2, other = 3 };

std::string_view name_of(DocumentKind kind);  ///< "passport", "identity-card", "other"

struct Document {
  DocumentKind kind = DocumentKind::other;
  std::string number;  ///< upper case, without blanks and signs: "L898902C3"; never blank
  bool operator==(Document const&) const = default;
};

inline constexpr std::size_t max_document_number_bytes = 64;

/// A document from a number as people write it: case, blanks, hyphens, fillers and other ASCII signs do not matter.
/// Letters beyond ASCII stay as they are. errc::invalid when nothing is left, errc::too_large.
base::result<Document> parse_document(DocumentKind kind, std::string_view number);

/// The kind goes by the first letter of the document code: P is a passport, I an identity card (Doc 9303 parts 4 to 6).
Document document_of(Mrz const& mrz);

/// The same bytes for every way to write the same document: "abode/document/v1\0", one byte of kind, the number. Made
/// to go into a keyed hash, the blind index that finds a record by its document (design.md "Data at rest").
/// There is no issuing state and no nationality in it, on purpose: for most people the one tells the other, and the
/// register stores neither (G9). So documents of two states may share these bytes: an index entry is a candidate, and
/// what proves whose it is, is the activation code.
base::Bytes canonical_bytes(Document const& document);

}  // namespace abode::identity
