#include "app/invite.hpp"

#include <fmt/format.h>

#include "app/assembly.hpp"
#include "service/invitations.hpp"
#include "system/files.hpp"
#include "text/text.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

result<void> write_invitation(cli::InviteOptions const& options, Assembly const& assembly) {
  if (std::error_code problem; std::filesystem::exists(options.out, problem))
    return fail(errc::conflict, options.out.string() + " is there already. Choose a new file.");
  auto const name = text::clean_line(options.name, "name");
  if (!name) return name.error();
  service::Invitee invitee{
      ports::OfficialId{options.official}, *name, options.office, {}, options.void_passkeys, options.revoke_roles};
  for (std::string const& wanted : options.roles) {
    auto const role = rules::role_named(wanted);
    if (!role)
      return fail(errc::invalid, "There is no role \"" + wanted + "\": write clerk, reviewer, supervisor or auditor.");
    invitee.roles.push_back(*role);
  }
  service::Invitation invitation;
  auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
    auto made = service::invite(assembly.context(), transaction, invitee);
    if (!made) return made.error();
    invitation = std::move(*made);
    return {};
  });
  if (!commit) return commit.error();
  std::string const line = invitation.reveal(base::Disclosure::to_official) + "\n";
  return system::write_file(options.out, base::as_bytes(line), system::Access::owner_only);
}

}  // namespace

int invite(cli::InviteOptions const& options) {
  auto const assembly = open_register(options.directory);
  auto const written = assembly ? write_invitation(options, *assembly) : result<void>{assembly.error()};
  if (!written) {
    fmt::print(stderr, "abode: {}\n", written.error().detail);
    return 1;
  }
  fmt::print(
      "The invitation for {} is in {}: one line, good once, for seven days, in place of any before.\n"
      "Hand it to them in person. They paste it on the start page, under \"For officials\", and add a passkey with it: "
      "that\nis what they sign in with.\n",
      options.official, options.out.string());
  if (!options.roles.empty())
    fmt::print(
        "Their role is proposed: a supervisor approves it within seven days, under \"Roles\". Only the very "
        "first\nsupervisor has theirs at once.\n");
  return 0;
}

}  // namespace abode::app
