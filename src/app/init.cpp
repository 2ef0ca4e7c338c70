#include "app/init.hpp"

#include <fmt/format.h>

#include "app/assembly.hpp"

namespace abode::app {

int init(cli::InitOptions const& options) {
  service::Mode const mode = options.test_mode ? service::Mode::test : service::Mode::live;
  if (auto const created = create_register(options.directory, mode, options.profile, options.public_url); !created) {
    fmt::print(stderr, "abode: {}\n", created.error().detail);
    return 1;
  }
  std::string const where = options.directory.string();
  fmt::print(
      "A fresh register in {} mode is in {}, with the profile \"{}\".\n"
      "Its settings are in abode.toml. Keep a copy of keys/ in another place: without them nothing can be opened.\n",
      service::name_of(mode), where, options.profile);
  if (mode == service::Mode::live)
    fmt::print(
        "The roots of the keys that sign proofs are in {}. Take that directory to another place, off this\n"
        "machine: it is needed again only within {} days, to renew those keys.\n",
        Layout{options.directory}.roots().string(), openssl::signer_life.count());
  if (mode == service::Mode::live)
    fmt::print(
        "Set public_url to the https address that people will type. Then bring people and officials in:\n"
        "  abode enrol {0} people.csv\n"
        "  abode cards {0} --out letters.cms --print-key print.pem\n"
        "  abode invite {0} --official ACCOUNT --name NAME --office OFFICE --out invitation\n",
        where);
  fmt::print("Start it: abode serve {}\n", where);
  return 0;
}

}  // namespace abode::app
