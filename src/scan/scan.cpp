#include "scan/scan.hpp"

namespace abode::scan {
namespace {

bool begins(base::ByteView file, std::string_view with) {
  return base::as_text(file).starts_with(with);
}

}  // namespace

Kind kind_of(base::ByteView file) {
  if (begins(file, "\x89PNG\r\n\x1a\n")) return Kind::png;
  if (begins(file, "\xff\xd8\xff")) return Kind::jpeg;
  if (begins(file, "%PDF-")) return Kind::pdf;
  return Kind::other;
}

base::result<void> check_size(base::ByteView file) {
  if (file.size() > max_file_bytes)
    return base::fail(base::errc::too_large, "This file is larger than 32 MiB. Make it smaller.");
  return {};
}

}  // namespace abode::scan
