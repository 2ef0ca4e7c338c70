// What browsers may do with our pages, whoever serves them.
#pragma once

#include <string>
#include <string_view>

namespace abode::html {

/// Permissions-Policy. G1: no page uses a sensor, a place or a device of the person who looks at it.
inline constexpr char const* permissions_policy =
    "accelerometer=(), bluetooth=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), usb=()";

/// The same for the one page that reads codes with the camera, which starts by a button of its own.
inline constexpr char const* scan_permissions_policy =
    "accelerometer=(), bluetooth=(), camera=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "usb=()";

/// Content-Security-Policy of pages that run no script.
inline constexpr char const* plain_page_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for the few that run a script of ours. `forms_lead_to` is one more source that an answer to a form may send
/// the browser to.
std::string scripted_page_policy(std::string_view forms_lead_to = {});

}  // namespace abode::html
