#include "unit/credential/proof_world.hpp"

#include "codec/text.hpp"

namespace abode::test {

std::string ProofWorld::show_only(std::string const& text, std::set<std::string> const& names) {
  auto const parts = credential::split_sd_jwt(text).value();
  std::string shown = parts.jws + "~";
  for (std::string const& disclosure : parts.disclosures) {
    auto const content = codec::parse_json(base::as_text(codec::from_base64url(disclosure).value())).value();
    if (names.contains(std::string{content.at(1).as_string()})) shown += disclosure + "~";
  }
  return shown;
}

}  // namespace abode::test
