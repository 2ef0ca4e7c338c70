// Making something with signatures of a key that may be out of reach.
#include "ports/proof_keys.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace abode::ports {
namespace {

/// Signs as often as it is told to, and is out of reach after that.
class Key : public CertifiedKey {
 public:
  explicit Key(int signatures) : left_(signatures) {}

  std::vector<certificates::Certificate> const& chain() const override { throw std::logic_error{"nobody asks"}; }
  certificates::Certificate const& anchor() const override { throw std::logic_error{"nobody asks"}; }
  certificates::Life life() const override { throw std::logic_error{"nobody asks"}; }
  base::result<base::Bytes> sign(base::ByteView message) const override {
    if (left_-- > 0) return base::Bytes{message.begin(), message.end()};
    return base::fail(base::errc::unavailable, "The device is away.");
  }

 private:
  mutable int left_;
};

/// Two messages, each with its signature.
base::result<std::string> make_two(Sign const& sign) {
  std::string made;
  for (char const* message : {"a", "b"}) made += std::string{base::as_text(sign(base::as_bytes(message)))} + ";";
  return made;
}

TEST(MakeSigned, GivesWhatWasMadeWithItsSignatures) {
  EXPECT_EQ(make_signed(Key{2}, make_two).value(), "a;b;");
}

TEST(MakeSigned, GivesNothingThatLacksASignature) {
  for (int const signatures : {0, 1}) {
    auto const made = make_signed(Key{signatures}, make_two);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, base::errc::unavailable);
    EXPECT_EQ(made.error().detail, "The device is away.");
  }
}

TEST(MakeSigned, PassesOnWhyNothingWasMade) {
  auto const refuse = [](Sign const&) -> base::result<std::string> { return base::fail(base::errc::too_large, "No."); };
  EXPECT_EQ(make_signed(Key{0}, refuse).error().code, base::errc::too_large);
}

}  // namespace
}  // namespace abode::ports
