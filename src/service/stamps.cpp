#include "service/stamps.hpp"

#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::service {
namespace {

// A stamp: when, in seconds; random bytes; the content; a tag over all of it.
constexpr std::size_t time_bytes = 8;
constexpr std::size_t random_bytes = 16;
constexpr std::size_t tag_bytes = 16;

base::Bytes tag_of(std::array<std::uint8_t, 32> const& key, std::uint8_t purpose, base::ByteView stamped) {
  auto const whole = digest::hmac_sha256(key, {base::ByteView{&purpose, 1}, stamped});
  return {whole.begin(), whole.begin() + tag_bytes};
}

}  // namespace

Stamps::Stamps(base::Clock& clock, base::Random& random) : clock_(clock), random_(random), key_(random.bytes<32>()) {}

std::string Stamps::make(std::uint8_t purpose, base::ByteView content) const {
  base::Bytes stamp;
  base::append_be(stamp, static_cast<std::uint64_t>(clock_.now().time_since_epoch().count()));
  base::append(stamp, random_.bytes<random_bytes>());
  base::append(stamp, content);
  base::append(stamp, tag_of(key_, purpose, stamp));
  return codec::to_base64url(stamp);
}

std::optional<base::Bytes> Stamps::read(std::uint8_t purpose, std::string_view stamp, std::chrono::seconds life) const {
  auto const bytes = codec::from_base64url(stamp);
  constexpr std::size_t head_bytes = time_bytes + random_bytes;
  if (!bytes || bytes->size() < head_bytes + tag_bytes) return {};
  base::ByteView const stamped = base::ByteView{*bytes}.first(bytes->size() - tag_bytes);
  if (!base::equal_constant_time(base::ByteView{*bytes}.last(tag_bytes), tag_of(key_, purpose, stamped))) return {};
  base::Time const made{std::chrono::seconds{base::read_be(stamped.first(time_bytes))}};
  base::Time const now = clock_.now();
  if (made > now || now >= made + life) return {};
  auto const content = stamped.subspan(head_bytes);
  return base::Bytes{content.begin(), content.end()};
}

}  // namespace abode::service
