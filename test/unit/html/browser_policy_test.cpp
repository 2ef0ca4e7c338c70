#include "html/browser_policy.hpp"

#include <gmock/gmock.h>

namespace abode::html {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Each by its name: one that is left out is one that a browser may allow.
TEST(BrowserPolicy, G1DeniesEverySensorPlaceAndDevice) {
  for (char const* feature :
       {"accelerometer", "bluetooth", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "usb"})
    EXPECT_THAT(permissions_policy, HasSubstr(std::string{feature} + "=()"));
  EXPECT_THAT(permissions_policy, Not(HasSubstr("=(self")));
}

TEST(BrowserPolicy, LetsPlainPagesShowAndSendToTheirOwnPlaceAlone) {
  EXPECT_EQ(std::string_view{plain_page_policy},
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'");
}

TEST(BrowserPolicy, LetsScriptedPagesRunScriptsOfTheirOwnPlaceBeside) {
  constexpr char const* all =
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'";
  constexpr char const* rest = "; base-uri 'none'; frame-ancestors 'none'";
  EXPECT_EQ(scripted_page_policy(), std::string{all} + rest);
  EXPECT_EQ(scripted_page_policy("https://wallet.example"), std::string{all} + " https://wallet.example" + rest);
}

}  // namespace
}  // namespace abode::html
