#include "app/init.hpp"

#include <fmt/format.h>

#include "app/assembly.hpp"

namespace abode::app {

int init(cli::InitOptions const& options) {
  service::Mode const mode = options.test_mode ? service::Mode::test : service::Mode::live;
  if (auto const created = create_register(options.directory, mode, options.profile); !created) {
    fmt::print(stderr, "abode: {}\n", created.error().detail);
    return 1;
  }
  fmt::print(
      "A fresh register in test mode is in {}, with the profile \"{}\".\n"
      "Its settings are in abode.toml. Keep a copy of keys/ in another place: without them nothing can be opened.\n"
      "Start it: abode serve {}\n",
      options.directory.string(), options.profile, options.directory.string());
  return 0;
}

}  // namespace abode::app
