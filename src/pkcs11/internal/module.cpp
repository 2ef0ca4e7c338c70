#include "pkcs11/internal/module.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace abode::pkcs11::internal {
namespace {

using base::errc;
using base::fail;
using base::result;

/// A label is padded with blanks (PKCS #11, 3.2, CK_TOKEN_INFO).
std::string_view without_padding(unsigned char const* text, std::size_t size) {
  std::string_view label{reinterpret_cast<char const*>(text), size};
  return label.substr(0, label.find_last_not_of(' ') + 1);
}

}  // namespace

result<Module> Module::load(std::filesystem::path const& file) {
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    return fail(errc::invalid, file.string() + " cannot be loaded. Name the library (.so) of the device's maker.");
  auto const get_functions = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (get_functions == nullptr || get_functions(&functions) != CKR_OK || functions == nullptr)
    return fail(errc::invalid, file.string() + " is no PKCS #11 library. Name that of the device's maker.");
  CK_C_INITIALIZE_ARGS threads{};
  threads.flags = CKF_OS_LOCKING_OK;
  CK_RV const started = functions->C_Initialize(&threads);
  if (started != CKR_OK && started != CKR_CRYPTOKI_ALREADY_INITIALIZED) return no_answer(started);
  return Module{functions};
}

result<CK_SLOT_ID> slot_of(Module const& module, std::string const& label) {
  CK_ULONG count = 0;
  if (CK_RV const answer = module->C_GetSlotList(CK_TRUE, nullptr, &count); answer != CKR_OK) return no_answer(answer);
  std::vector<CK_SLOT_ID> slots(count);
  if (CK_RV const answer = module->C_GetSlotList(CK_TRUE, slots.data(), &count); answer != CKR_OK)
    return no_answer(answer);
  slots.resize(count);
  std::optional<CK_SLOT_ID> found;
  for (CK_SLOT_ID const slot : slots) {
    CK_TOKEN_INFO info{};
    if (module->C_GetTokenInfo(slot, &info) != CKR_OK) continue;
    if (without_padding(info.label, sizeof info.label) != label) continue;
    if (found) return fail(errc::invalid, "Several tokens are called \"" + label + "\". Give each a label of its own.");
    found = slot;
  }
  if (!found)
    return fail(errc::invalid, "There is no token called \"" + label +
                                   "\". See that the device is connected, and name "
                                   "it as it calls itself.");
  return *found;
}

bool is_gone(CK_RV answer) {
  constexpr std::array gone{CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED,    CKR_DEVICE_REMOVED,
                            CKR_DEVICE_ERROR,           CKR_TOKEN_NOT_PRESENT, CKR_USER_NOT_LOGGED_IN,
                            CKR_OBJECT_HANDLE_INVALID,  CKR_KEY_HANDLE_INVALID};
  return std::ranges::find(gone, answer) != gone.end();
}

base::Error no_answer(CK_RV answer) {
  return fail(errc::unavailable,
              fmt::format("The device with the keys does not do its work (PKCS #11 answer {:#x}). See that it is "
                          "connected and unlocked.",
                          answer));
}

}  // namespace abode::pkcs11::internal
