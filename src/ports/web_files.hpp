// The WebFiles port: the built files of the web app.
#pragma once

#include <string>
#include <string_view>

namespace abode::ports {

/// One file, as it was built. Its encodings hold the same content.
struct WebFile {
  std::string media_type;  ///< such as "text/css; charset=utf-8"
  std::string content;
  std::string gzip;    ///< RFC 1952; empty: only without
  std::string brotli;  ///< RFC 7932; empty: only without
  std::string etag;    ///< RFC 9110, 8.8.3: weak, since one for all encodings; another content has another one
};

/// Does not change while it is there; any thread may ask at any time.
class WebFiles {
 public:
  virtual ~WebFiles() = default;

  /// Null if there is none. `name` is its path below the folder, such as "assets/index-4f2a.js".
  virtual WebFile const* find(std::string_view name) const = 0;
};

}  // namespace abode::ports
