// How rows that are no single value stand in a column.
#pragma once

#include "ports/store.hpp"

namespace abode::sqlite::internal {

/// What is stored is not of its form: throws errc::corrupted.
[[noreturn]] void corrupted(char const* what);

/// The first 4 bytes, big-endian.
std::uint32_t read_be32(base::ByteView bytes);

/// The column `requests`. Decoding throws errc::corrupted.
base::Bytes encode_requests(std::vector<ports::RequestRow> const& requests);
std::vector<ports::RequestRow> decode_requests(base::ByteView encoded);
/// The column `last_request_at`: NULL if none is remembered.
std::optional<base::Time> last_request_at(std::vector<ports::RequestRow> const& requests);

/// The batch table's blobs. Decoding throws errc::corrupted.
base::Bytes encode_places(std::vector<std::uint32_t> const& origin, std::uint64_t taken);
std::vector<std::uint32_t> decode_origin(base::ByteView places, std::size_t leaves);
base::Bytes encode_leaves(std::vector<base::Bytes> const& leaves);
std::vector<base::Bytes> decode_leaves(base::ByteView encoded);

}  // namespace abode::sqlite::internal
