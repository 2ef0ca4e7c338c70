#include "identity/documents.hpp"

#include "base/assert.hpp"

namespace abode::identity {
namespace {

using base::errc;

/// Doc 9303 writes a sign within a number as a filler and people write it as they like, so only letters and digits
/// count. Case is ASCII only: a locale's rules would turn i into another letter.
std::string bare_number(std::string_view number) {
  std::string bare;
  for (char c : number) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    bool const beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || beyond_ascii) bare.push_back(c);
  }
  return bare;
}

}  // namespace

std::string_view name_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::passport: return "passport";
    case DocumentKind::identity_card: return "identity-card";
    case DocumentKind::other: return "other";
  }
  base::fatal("a document kind without a name");
}

base::result<Document> parse_document(DocumentKind kind, std::string_view number) {
  if (number.size() > max_document_number_bytes)
    return base::fail(errc::too_large, "This is too long for a document number. Type only the number.",
                      "document.number");
  Document document{kind, bare_number(number)};
  if (document.number.empty())
    return base::fail(errc::invalid, "Type the document number: its letters and digits.", "document.number");
  return document;
}

Document document_of(Mrz const& mrz) {
  DocumentKind const kind = mrz.document_code.starts_with('P')   ? DocumentKind::passport
                            : mrz.document_code.starts_with('I') ? DocumentKind::identity_card
                                                                 : DocumentKind::other;
  return {kind, bare_number(mrz.document_number)};
}

base::Bytes canonical_bytes(Document const& document) {
  constexpr std::string_view domain{"abode/document/v1\0", 18};
  base::Bytes bytes = base::to_bytes(base::as_bytes(domain));
  bytes.push_back(static_cast<std::uint8_t>(document.kind));
  base::append(bytes, base::as_bytes(bare_number(document.number)));
  return bytes;
}

}  // namespace abode::identity
