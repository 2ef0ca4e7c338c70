// Keys in a device, against SoftHSM, which somebody else made.
#include "pkcs11/device.hpp"

#include <gtest/gtest.h>

#include <array>

#include "digest/digest.hpp"
#include "pkcs11/internal/module.hpp"
#include "support/soft_hsm.hpp"

namespace abode::pkcs11 {
namespace {

using base::errc;

class DeviceTest : public ::testing::Test {
 protected:
  static test::SoftHsm const& hsm() {
    static test::SoftHsm const made;
    return made;
  }
  static std::shared_ptr<Device> open() { return Device::open(hsm().address()).value(); }

  base::Bytes const message{1, 2, 3};
};

TEST_F(DeviceTest, SignsWithAKeyThatItMade) {
  auto const device = open();
  auto const key = device->make_key("abode proofs").value();
  ASSERT_EQ(key->public_key().size(), 64u);
  for (int i = 0; i < 3; ++i) {
    auto const signature = key->sign(message).value();
    ASSERT_EQ(signature.size(), 64u);
    EXPECT_TRUE(digest::verify_es256(key->public_key(), message, signature));
    EXPECT_FALSE(digest::verify_es256(key->public_key(), base::Bytes{1}, signature));
  }
}

TEST_F(DeviceTest, FindsAKeyByItsPublicHalf) {
  auto const device = open();
  auto const one = device->make_key("abode proofs").value();
  auto const two = device->make_key("abode proofs").value();
  EXPECT_NE(one->public_key(), two->public_key());
  auto const found = open()->find_key(two->public_key()).value();
  EXPECT_TRUE(digest::verify_es256(two->public_key(), message, found->sign(message).value()));
  EXPECT_EQ(device->find_key(base::Bytes(64, 7)).error().code, errc::not_found);
}

TEST_F(DeviceTest, DestroysKeysThatAreNotInUse) {
  auto const device = open();
  auto const old = device->make_key("abode proofs").value();
  auto const kept = device->make_key("abode proofs").value();
  auto const other = device->make_key("somebody else's").value();
  EXPECT_TRUE(old->sign(message));
  ASSERT_TRUE(device->destroy_others("abode proofs", {kept->public_key()}));
  EXPECT_EQ(device->find_key(old->public_key()).error().code, errc::not_found);
  auto const signature = old->sign(message);
  ASSERT_FALSE(signature);
  EXPECT_EQ(signature.error().code, errc::unavailable);
  EXPECT_TRUE(kept->sign(message)) << "and the next one finds its key again";
  EXPECT_TRUE(other->sign(message));
}

TEST_F(DeviceTest, SaysWhatIsWrongWithItsAddress) {
  auto const refused = [&](auto change) {
    Address address = hsm().address();
    change(address);
    auto const opened = Device::open(std::move(address));
    if (opened) return errc::conflict;
    EXPECT_FALSE(opened.error().detail.empty());
    return opened.error().code;
  };
  EXPECT_EQ(refused([](Address& it) { it.module = "/nonexistent.so"; }), errc::invalid);
  EXPECT_EQ(refused([](Address& it) { it.module = "libz.so.1"; }), errc::invalid) << "a library, but of another kind";
  EXPECT_EQ(refused([](Address& it) { it.token = "none"; }), errc::invalid);
  EXPECT_EQ(refused([](Address& it) { it.pin = base::Secret<std::string>{"0000"}; }), errc::forbidden);
}

TEST_F(DeviceTest, NeverHandsAPrivateKeyOut) {
  auto const device = open();
  ASSERT_TRUE(device->make_key("abode proofs"));
  auto const module = internal::Module::load(hsm().module()).value();
  CK_SESSION_HANDLE session = 0;  // signed in, because the process is
  ASSERT_EQ(module->C_OpenSession(internal::slot_of(module, hsm().token()).value(), CKF_SERIAL_SESSION, nullptr,
                                  nullptr, &session),
            CKR_OK);
  CK_OBJECT_CLASS wanted = CKO_PRIVATE_KEY;
  CK_ATTRIBUTE by_class{CKA_CLASS, &wanted, sizeof wanted};
  ASSERT_EQ(module->C_FindObjectsInit(session, &by_class, 1), CKR_OK);
  CK_OBJECT_HANDLE key = 0;
  CK_ULONG found = 0;
  ASSERT_EQ(module->C_FindObjects(session, &key, 1, &found), CKR_OK);
  ASSERT_EQ(found, 1u);
  std::array<std::uint8_t, 64> value{};
  CK_ATTRIBUTE secret{CKA_VALUE, value.data(), value.size()};
  EXPECT_EQ(module->C_GetAttributeValue(session, key, &secret, 1), CKR_ATTRIBUTE_SENSITIVE);
  CK_BBOOL extractable = CK_TRUE;
  CK_ATTRIBUTE may_leave{CKA_EXTRACTABLE, &extractable, sizeof extractable};
  ASSERT_EQ(module->C_GetAttributeValue(session, key, &may_leave, 1), CKR_OK);
  EXPECT_EQ(extractable, CK_FALSE);
}

}  // namespace
}  // namespace abode::pkcs11
