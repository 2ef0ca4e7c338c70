// Any bytes: reading CBOR never crashes or reads past the end, and what is accepted is the one deterministic form, so
// writing it again gives the same bytes (RFC 8949 section 4.2).
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/cbor.hpp"

namespace codec = abode::codec;
using abode::base::Bytes;
using abode::base::ByteView;

namespace {

constexpr std::uint64_t size_limit = 64;
constexpr int depth_limit = 8;

void copy_items(codec::CborReader& reader, codec::CborWriter& writer, std::uint64_t count, int depth);

// The reader does not tell what comes next: its callers know. Here, a copy of it tries each type.
template <class Read>
bool next_is(codec::CborReader const& reader, Read read) {
  codec::CborReader trial = reader;
  read(trial);
  return !trial.failed();
}

void copy_item(codec::CborReader& reader, codec::CborWriter& writer, int depth) {
  using codec::CborReader;
  if (reader.failed()) return;
  if (next_is(reader, [](CborReader& r) { r.unsigned_int(); })) {
    writer.unsigned_int(reader.unsigned_int());
  } else if (next_is(reader, [](CborReader& r) { r.signed_int(); })) {
    writer.signed_int(reader.signed_int());
  } else if (next_is(reader, [](CborReader& r) { r.hash(); })) {
    writer.bytes(reader.hash());
  } else if (next_is(reader, [](CborReader& r) { r.bytes(); })) {
    writer.bytes(reader.bytes());
  } else if (next_is(reader, [](CborReader& r) { r.text(); })) {
    writer.text(reader.text());
  } else if (next_is(reader, [](CborReader& r) { r.boolean(); })) {
    writer.boolean(reader.boolean());
  } else if (reader.null()) {
    writer.null();
  } else if (depth == 0) {
    reader.fail();
  } else if (next_is(reader, [](CborReader& r) { r.array(size_limit); })) {
    std::uint64_t const size = reader.array(size_limit);
    writer.array(size);
    copy_items(reader, writer, size, depth);
  } else {
    std::uint64_t const size = reader.map(size_limit);
    writer.map(size);
    copy_items(reader, writer, 2 * size, depth);
  }
}

void copy_items(codec::CborReader& reader, codec::CborWriter& writer, std::uint64_t count, int depth) {
  for (std::uint64_t i = 0; i < count && !reader.failed(); ++i) copy_item(reader, writer, depth - 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteView const in{data, size};
  codec::CborReader reader{in};
  codec::CborWriter writer;
  copy_item(reader, writer, depth_limit);
  if (!reader.finish()) return 0;
  Bytes const written = std::move(writer).take();
  if (written != Bytes(in.begin(), in.end())) std::abort();
  return 0;
}
