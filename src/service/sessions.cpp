#include "service/sessions.hpp"

#include "codec/text.hpp"
#include "rules/guardianship.hpp"
#include "service/guardianships.hpp"
#include "service/specimens.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;

base::result<void> require_test_mode(Context const& context) {
  if (context.mode == Mode::test) return {};
  return fail(errc::forbidden, "Specimen people sign in only in test mode. Use your own card.");
}

SignedIn add_session(Context const& context, ports::Transaction& transaction, ports::SessionRow row) {
  SignedIn session{ports::SessionToken{codec::to_base64url(context.random.bytes<32>())},
                   context.clock.now() + context.profile().session_life};
  row.token_hash = ports::hash_of(session.token);
  row.expires_at = session.expires_at;
  transaction.add_session(row);
  return session;
}

}  // namespace

SignedIn open_session(Context const& context, ports::Transaction& transaction, ports::RecordId record) {
  return add_session(context, transaction, {{}, ports::Subject::person, record, {}, {}});
}

SignedIn open_official_session(Context const& context, ports::Transaction& transaction, ports::OfficialId const& id) {
  return add_session(context, transaction, {{}, ports::Subject::official, {}, id, {}});
}

base::result<SignedIn> open_account(Context const& context, ports::Transaction& transaction, ports::RecordId record) {
  SignedIn account = open_session(context, transaction, record);
  auto const session = ports::HolderSession::prove(transaction, account.token, context.clock.now());
  if (!session) return session.error();
  auto const opened = open_record(context, transaction, session->grant());
  if (!opened) return opened.error();
  auto const& identity = opened->state.reveal(base::Disclosure::to_rules).identity;
  auto const age = context.profile().own_account_age;
  if (identity && identity->birth_date && !rules::has_reached(*identity->birth_date, age, context.clock.now()))
    return fail(errc::forbidden, "You have no account of your own yet: a guardian files for you until you are " +
                                     std::to_string(age.count()) +
                                     ". Your code was not used up: it lets you in from that birthday on.");
  drop_outlived_guardianships(context, transaction, *session);
  return account;
}

base::result<SignedIn> sign_in_specimen(Context const& context, ports::Transaction& transaction,
                                        std::string_view specimen) {
  if (auto const ok = require_test_mode(context); !ok) return ok.error();
  auto const record = find_specimen(context, transaction, specimen);
  if (!record) return fail(errc::not_found, "There is no such test person. Choose one from the list.", "test_person");
  return open_account(context, transaction, *record);
}

base::result<SignedIn> sign_in_specimen_official(Context const& context, ports::Transaction& transaction,
                                                 std::string_view official) {
  if (auto const ok = require_test_mode(context); !ok) return ok.error();
  ports::OfficialId const id{std::string{official}};
  if (!transaction.official(id))
    return fail(errc::not_found, "There is no such test official. Choose one from the list.", "test_staff");
  return open_official_session(context, transaction, id);
}

void sign_out(ports::Transaction& transaction, ports::SessionToken const& token) {
  transaction.remove_session(ports::hash_of(token));
}

}  // namespace abode::service
