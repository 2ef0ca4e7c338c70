#include "service/invitations.hpp"

#include <algorithm>

#include "codec/text.hpp"
#include "service/enrolment.hpp"
#include "service/internal/officials.hpp"
#include "service/roles.hpp"
#include "service/staff_passkeys.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;

constexpr std::size_t max_id_bytes = 32;  // what an entry can hold as its actor
constexpr std::size_t max_name_bytes = 100;

base::result<void> check(Invitee const& invitee) {
  std::string const& id = invitee.id.value();
  bool const fits = id.size() >= 2 && id.size() <= max_id_bytes && std::all_of(id.begin(), id.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                    });
  if (!fits)
    return fail(errc::invalid, "An official's account has 2 to 32 small letters, digits and hyphens. Choose another.",
                "official");
  if (id == "holder" || id == "register" || id == operator_actor || id == "invited")
    return fail(errc::invalid, "Histories use this word for somebody else. Choose another account name.", "official");
  if (invitee.name.empty() || invitee.name.size() > max_name_bytes)
    return fail(errc::invalid, "Give the official's name, 100 bytes at most.", "name");
  return {};
}

base::result<ports::RecordId> book_of(Context const& context, ports::Transaction& transaction,
                                      std::string const& office) {
  if (auto const book = transaction.office_book(office)) return *book;
  return open_book(context, transaction);
}

/// The account as the operator says, with entries that say so.
base::result<void> put_account(Context const& context, ports::Transaction& transaction, Invitee const& invitee,
                               ports::RecordId book) {
  auto account = transaction.official(invitee.id).value_or(ports::OfficialRow{invitee.id, {}, {}, {}, 0, {}, {}});
  account.name = invitee.name;
  account.office = invitee.office;
  account.office_record = book;
  transaction.put_official(account);
  auto const note = [&](char const* operation) {
    return internal::append_officials_entry(context, transaction, book,
                                            {operator_actor, {}, {}, invitee.id.value(), operation, {}});
  };
  if (auto const noted = note(operation::invite_official); !noted) return noted.error();
  if (!invitee.void_passkeys) return {};
  if (auto const noted = note(operation::void_staff_passkeys); !noted) return noted.error();
  return {};
}

/// A line that was copied from a file brings blanks and a line end along.
Invitation without_blanks(Invitation const& typed) {
  std::string text = typed.reveal(base::Disclosure::to_digest);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return Invitation{std::move(text)};
}

}  // namespace

base::result<Invitation> invite(Context const& context, ports::Transaction& transaction, Invitee const& invitee) {
  if (auto const ok = check(invitee); !ok) return ok.error();
  if (context.profile().office(invitee.office) == nullptr)
    return fail(errc::invalid, "There is no office \"" + invitee.office + "\" in the profile. Choose one that it has.",
                "office");
  auto const book = book_of(context, transaction, invitee.office);
  if (!book) return book.error();
  auto const known = transaction.official(invitee.id);
  // Roles were granted to somebody of this name, in this office.
  bool const is_another = known && (known->office != invitee.office || known->name != invitee.name);
  if (known && (invitee.revoke_roles || is_another))
    if (auto const revoked = revoke_all_roles(context, transaction, invitee.id); !revoked) return revoked.error();
  if (auto const put = put_account(context, transaction, invitee, *book); !put) return put.error();
  if (invitee.void_passkeys) void_staff_passkeys(transaction, invitee.id);
  for (rules::Role const role : invitee.roles)
    if (auto const proposed = propose_by_operator(context, transaction, {invitee.id, role}); !proposed)
      return proposed.error();
  Invitation invitation{codec::to_base64url(context.random.bytes<32>())};
  transaction.put_invitation(
      {context.sealer.invitation_tag(invitation), invitee.id, context.clock.now() + invitation_life});
  return invitation;
}

base::result<SignedIn> accept_invitation(Context const& context, ports::Transaction& transaction,
                                         Invitation const& invitation) {
  base::Hash const tag = context.sealer.invitation_tag(without_blanks(invitation));
  auto const found = transaction.invitation(tag);
  if (!found || context.clock.now() >= found->expires_at)
    return fail(errc::unauthenticated,
                "This invitation does not let you in. It is good once and for seven days: ask your operator for a new "
                "one.");
  transaction.remove_invitation(tag);
  return open_official_session(context, transaction, found->official, ports::SignInProof::invitation);
}

}  // namespace abode::service
