#include "pkcs11/device.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "digest/digest.hpp"
#include "pkcs11/internal/module.hpp"

namespace abode::pkcs11 {
namespace {

using base::errc;
using base::fail;
using base::result;
using internal::Module;

constexpr std::size_t half_bytes = 32;
constexpr std::size_t id_bytes = 16;
constexpr std::array<std::uint8_t, 10> p256_oid{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
constexpr std::array<std::uint8_t, 3> point_header{0x04, 0x41, 0x04};  ///< OCTET STRING of an uncompressed point

/// CKA_EC_POINT of a public key (PKCS #11 v2.40 mechanisms, 2.3.3).
base::Bytes to_point(base::ByteView public_key) {
  base::Bytes point{point_header.begin(), point_header.end()};
  base::append(point, public_key);
  return point;
}

/// Attributes of an object; what they point to is kept beside them.
class Template {
 public:
  Template& flag(CK_ATTRIBUTE_TYPE type, bool value) {
    return bytes(type, {static_cast<std::uint8_t>(value ? CK_TRUE : CK_FALSE)});
  }
  Template& number(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
    auto const* const at = reinterpret_cast<std::uint8_t const*>(&value);
    return bytes(type, {at, at + sizeof value});
  }
  Template& text(CK_ATTRIBUTE_TYPE type, std::string const& value) { return bytes(type, {value.begin(), value.end()}); }
  Template& bytes(CK_ATTRIBUTE_TYPE type, base::Bytes value) {
    kept_.emplace_back(type, std::move(value));
    return *this;
  }
  std::vector<CK_ATTRIBUTE> list() {
    std::vector<CK_ATTRIBUTE> attributes;
    for (auto& [type, value] : kept_) attributes.push_back({type, value.data(), value.size()});
    return attributes;
  }

 private:
  std::vector<std::pair<CK_ATTRIBUTE_TYPE, base::Bytes>> kept_;
};

/// What is done within one session. CKR_OK, or why not.
using Work = std::function<CK_RV(CK_SESSION_HANDLE)>;

class Token : public Device, public std::enable_shared_from_this<Token> {
 public:
  Token(Module module, Address address) : module_(module), address_(std::move(address)) {}
  ~Token() override {
    if (session_) module_->C_CloseSession(*session_);
  }
  Token(Token const&) = delete;
  Token& operator=(Token const&) = delete;

  result<void> sign_in();
  result<std::shared_ptr<DeviceKey const>> make_key(std::string const& label) override;
  result<std::shared_ptr<DeviceKey const>> find_key(base::ByteView public_key) override;
  result<void> destroy_others(std::string const& label, std::vector<base::Bytes> const& keep) override;
  result<base::Bytes> sign(base::ByteView public_key, base::ByteView message);

 private:
  result<void> run(Work const& work);
  result<void> open_session();
  CK_RV find(CK_SESSION_HANDLE session, Template wanted, std::vector<CK_OBJECT_HANDLE>& found) const;
  CK_RV read(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, base::Bytes& value) const;
  /// The private half, by the name that both halves have; none if the device has not got it.
  CK_RV find_private(CK_SESSION_HANDLE session, base::ByteView public_key, std::optional<CK_OBJECT_HANDLE>& found);

  Module module_;
  Address address_;
  std::mutex mutex_;
  std::optional<CK_SESSION_HANDLE> session_;
  std::map<base::Bytes, CK_OBJECT_HANDLE> handles_;  ///< of private halves, by the public one; good for this session
  bool pin_refused_ = false;
};

class KeyInToken : public DeviceKey {
 public:
  KeyInToken(std::shared_ptr<Token> token, base::Bytes public_key)
      : token_(std::move(token)), public_key_(std::move(public_key)) {}
  base::Bytes const& public_key() const override { return public_key_; }
  result<base::Bytes> sign(base::ByteView message) const override { return token_->sign(public_key_, message); }

 private:
  std::shared_ptr<Token> token_;
  base::Bytes public_key_;
};

result<void> Token::sign_in() {
  std::lock_guard const lock{mutex_};
  return open_session();
}

result<void> Token::open_session() {
  if (pin_refused_)
    return fail(errc::forbidden, "The device refused the PIN. Put the right one into its file, and start again.");
  auto const slot = internal::slot_of(module_, address_.token);
  if (!slot) return slot.error();
  CK_SESSION_HANDLE session = 0;
  CK_FLAGS const flags = CKF_SERIAL_SESSION | CKF_RW_SESSION;
  if (CK_RV const answer = module_->C_OpenSession(*slot, flags, nullptr, nullptr, &session); answer != CKR_OK)
    return internal::no_answer(answer);
  std::string pin = address_.pin.reveal(base::Disclosure::to_crypto);
  CK_RV const answer = module_->C_Login(session, CKU_USER, reinterpret_cast<unsigned char*>(pin.data()), pin.size());
  if (answer == CKR_OK || answer == CKR_USER_ALREADY_LOGGED_IN) {
    session_ = session;
    return {};
  }
  module_->C_CloseSession(session);
  pin_refused_ = answer == CKR_PIN_INCORRECT || answer == CKR_PIN_LOCKED || answer == CKR_PIN_EXPIRED ||
                 answer == CKR_PIN_LEN_RANGE || answer == CKR_PIN_INVALID;
  if (pin_refused_)
    return fail(
        errc::forbidden,
        "The device refuses the PIN, or is locked. Put the right one into its file; the device's maker says how "
        "to unlock it.");
  return internal::no_answer(answer);
}

/// Once more in a session of its own if the one before is gone.
result<void> Token::run(Work const& work) {
  std::lock_guard const lock{mutex_};
  for (bool again : {true, false}) {
    if (!session_)
      if (auto const opened = open_session(); !opened) return opened;
    CK_RV const answer = work(*session_);
    if (answer == CKR_OK) return {};
    if (!internal::is_gone(answer) || !again) return internal::no_answer(answer);
    module_->C_CloseSession(*session_);
    session_.reset();
    handles_.clear();
  }
  return {};
}

CK_RV Token::find(CK_SESSION_HANDLE session, Template wanted, std::vector<CK_OBJECT_HANDLE>& found) const {
  auto attributes = wanted.list();
  if (CK_RV const answer = module_->C_FindObjectsInit(session, attributes.data(), attributes.size()); answer != CKR_OK)
    return answer;
  CK_RV answer = CKR_OK;
  for (CK_ULONG count = 1; answer == CKR_OK && count > 0;) {
    CK_OBJECT_HANDLE object = 0;
    answer = module_->C_FindObjects(session, &object, 1, &count);
    if (answer == CKR_OK && count > 0) found.push_back(object);
  }
  module_->C_FindObjectsFinal(session);
  return answer;
}

CK_RV Token::read(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type,
                  base::Bytes& value) const {
  CK_ATTRIBUTE wanted{type, nullptr, 0};
  if (CK_RV const answer = module_->C_GetAttributeValue(session, object, &wanted, 1); answer != CKR_OK) return answer;
  value.resize(wanted.ulValueLen);
  wanted.pValue = value.data();
  return module_->C_GetAttributeValue(session, object, &wanted, 1);
}

CK_RV Token::find_private(CK_SESSION_HANDLE session, base::ByteView public_key,
                          std::optional<CK_OBJECT_HANDLE>& found) {
  std::vector<CK_OBJECT_HANDLE> halves;
  Template by_point;
  by_point.number(CKA_CLASS, CKO_PUBLIC_KEY).bytes(CKA_EC_POINT, to_point(public_key));
  if (CK_RV const answer = find(session, by_point, halves); answer != CKR_OK || halves.empty()) return answer;
  base::Bytes id;
  if (CK_RV const answer = read(session, halves.front(), CKA_ID, id); answer != CKR_OK) return answer;
  halves.clear();
  Template by_id;
  by_id.number(CKA_CLASS, CKO_PRIVATE_KEY).bytes(CKA_ID, id);
  if (CK_RV const answer = find(session, by_id, halves); answer != CKR_OK) return answer;
  if (!halves.empty()) found = halves.front();
  return CKR_OK;
}

result<std::shared_ptr<DeviceKey const>> Token::make_key(std::string const& label) {
  base::Bytes point;
  auto const made = run([&](CK_SESSION_HANDLE session) {
    base::Bytes id(id_bytes);
    if (CK_RV const answer = module_->C_GenerateRandom(session, id.data(), id.size()); answer != CKR_OK) return answer;
    Template open;
    open.flag(CKA_TOKEN, true).flag(CKA_VERIFY, true).text(CKA_LABEL, label).bytes(CKA_ID, id);
    open.bytes(CKA_EC_PARAMS, {p256_oid.begin(), p256_oid.end()});
    Template hidden;
    hidden.flag(CKA_TOKEN, true).flag(CKA_PRIVATE, true).flag(CKA_SENSITIVE, true).flag(CKA_EXTRACTABLE, false);
    hidden.flag(CKA_SIGN, true).text(CKA_LABEL, label).bytes(CKA_ID, id);
    auto open_list = open.list();
    auto hidden_list = hidden.list();
    CK_MECHANISM mechanism{CKM_EC_KEY_PAIR_GEN, nullptr, 0};
    CK_OBJECT_HANDLE public_half = 0;
    CK_OBJECT_HANDLE private_half = 0;
    if (CK_RV const answer =
            module_->C_GenerateKeyPair(session, &mechanism, open_list.data(), open_list.size(), hidden_list.data(),
                                       hidden_list.size(), &public_half, &private_half);
        answer != CKR_OK)
      return answer;
    return read(session, public_half, CKA_EC_POINT, point);
  });
  if (!made) return made.error();
  bool const is_point = point.size() == point_header.size() + 2 * half_bytes &&
                        std::equal(point_header.begin(), point_header.end(), point.begin());
  if (!is_point) return fail(errc::unavailable, "The device made a key that is no P-256 key as PKCS #11 has it.");
  return std::make_shared<KeyInToken>(shared_from_this(),
                                      base::Bytes{point.begin() + point_header.size(), point.end()});
}

result<std::shared_ptr<DeviceKey const>> Token::find_key(base::ByteView public_key) {
  std::optional<CK_OBJECT_HANDLE> found;
  auto const looked = run([&](CK_SESSION_HANDLE session) { return find_private(session, public_key, found); });
  if (!looked) return looked.error();
  if (!found)
    return fail(errc::not_found, "The device has no such key. Connect the one that it was made in, or make new keys.");
  return std::make_shared<KeyInToken>(shared_from_this(), base::Bytes{public_key.begin(), public_key.end()});
}

result<void> Token::destroy_others(std::string const& label, std::vector<base::Bytes> const& keep) {
  return run([&](CK_SESSION_HANDLE session) {
    std::vector<CK_OBJECT_HANDLE> all;
    Template labelled;
    labelled.number(CKA_CLASS, CKO_PUBLIC_KEY).text(CKA_LABEL, label);
    if (CK_RV const answer = find(session, labelled, all); answer != CKR_OK) return answer;
    for (CK_OBJECT_HANDLE const one : all) {
      base::Bytes point;
      base::Bytes id;
      if (CK_RV const answer = read(session, one, CKA_EC_POINT, point); answer != CKR_OK) return answer;
      if (std::ranges::any_of(keep, [&](base::Bytes const& key) { return to_point(key) == point; })) continue;
      if (CK_RV const answer = read(session, one, CKA_ID, id); answer != CKR_OK) return answer;
      std::vector<CK_OBJECT_HANDLE> halves;
      Template pair;
      pair.text(CKA_LABEL, label).bytes(CKA_ID, id);
      if (CK_RV const answer = find(session, pair, halves); answer != CKR_OK) return answer;
      for (CK_OBJECT_HANDLE const half : halves)
        if (CK_RV const answer = module_->C_DestroyObject(session, half); answer != CKR_OK) return answer;
    }
    return CK_RV{CKR_OK};
  });
}

result<base::Bytes> Token::sign(base::ByteView public_key, base::ByteView message) {
  base::Hash hash = digest::sha256(message);
  base::Bytes signature(2 * half_bytes);
  bool found_key = true;
  auto const done = run([&](CK_SESSION_HANDLE session) {
    base::Bytes const name{public_key.begin(), public_key.end()};
    if (!handles_.contains(name)) {
      std::optional<CK_OBJECT_HANDLE> key;
      if (CK_RV const answer = find_private(session, public_key, key); answer != CKR_OK) return answer;
      found_key = key.has_value();
      if (!key) return CK_RV{CKR_OK};
      handles_[name] = *key;
    }
    CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
    if (CK_RV const answer = module_->C_SignInit(session, &mechanism, handles_.at(name)); answer != CKR_OK)
      return answer;
    CK_ULONG size = signature.size();
    return module_->C_Sign(session, hash.data(), hash.size(), signature.data(), &size);
  });
  if (!done) return done.error();
  if (!found_key) return fail(errc::unavailable, "The key is not in the device any more.");
  return signature;
}

}  // namespace

result<std::shared_ptr<Device>> Device::open(Address address) {
  auto const module = Module::load(address.module);
  if (!module) return module.error();
  auto token = std::make_shared<Token>(*module, std::move(address));
  if (auto const in = token->sign_in(); !in) return in.error();
  return token;
}

}  // namespace abode::pkcs11
