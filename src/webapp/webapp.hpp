// The web app as a browser gets it: built files with their encodings, how long they may be kept, and what its pages may
// do.
#pragma once

#include <cstdint>
#include <string_view>

#include "http/message.hpp"
#include "ports/web_files.hpp"

namespace abode::webapp {

/// The path that the app is built for, with the slash at its end.
inline constexpr std::string_view base_path = "/app/";

/// What serves the build: each has pages of its own, and none of the other's.
enum class ServedBy : std::uint8_t {
  registry,  ///< the app for residents, officials and the public, and the page that checks proofs
  verifier   ///< the page that checks proofs and the desk that asks wallets, and no app
};

/// The built files as one of the two serves them. They outlive it.
struct App {
  ports::WebFiles const& files;
  ServedBy served_by;
};

/// Answers a GET of /app/NAME. At a register, any name that is no file is a page of the app, which finds its way by
/// itself: the app's document is the answer. At a verifier it is 404, and so is a missing file of assets/ anywhere, as
/// plain text.
http::Response answer(App const& app, http::Request const& request, std::string_view name);

/// The pages of a verifier, by their names below base_path.
inline constexpr std::string_view scan_page = "scan.html";
inline constexpr std::string_view desk_page = "desk.html";

}  // namespace abode::webapp
