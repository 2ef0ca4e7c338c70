#include "service/sessions.hpp"

#include <algorithm>
#include <span>

#include "base/assert.hpp"
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

constexpr std::size_t session_id_bytes = 8;

std::string id_of(ports::SessionRow const& row) {
  return codec::to_hex(std::span{row.token_hash}.first(session_id_bytes));
}

base::Time end_if_idle(ports::SessionRow const& row, base::Time now) {
  return std::min(row.last_end, now + session_idle_life);
}

SignedIn add_session(Context const& context, ports::Transaction& transaction, ports::SessionRow row,
                     std::chrono::seconds life) {
  base::Time const now = context.clock.now();
  SignedIn session{ports::SessionToken{codec::to_base64url(context.random.bytes<32>())}, now + life};
  row.token_hash = ports::hash_of(session.token);
  row.begun_at = now;
  row.last_end = session.expires_at;
  row.expires_at = end_if_idle(row, now);
  transaction.add_session(row);
  return session;
}

std::vector<ports::SessionRow> live_sessions(Context const& context, ports::Snapshot& snapshot,
                                             ports::HolderSession const& session) {
  auto rows = snapshot.sessions(session.record());
  std::erase_if(rows, [now = context.clock.now()](auto const& row) { return now >= row.expires_at; });
  return rows;
}

}  // namespace

SignedIn open_session(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                      ports::SignInProof proof) {
  return add_session(context, transaction, {{}, ports::Subject::person, record, {}, {}, {}, {}, proof},
                     context.profile().session_life);
}

SignedIn open_official_session(Context const& context, ports::Transaction& transaction, ports::OfficialId const& id,
                               ports::SignInProof proof) {
  bool const invited = proof == ports::SignInProof::invitation;
  return add_session(context, transaction, {{}, ports::Subject::official, {}, id, {}, {}, {}, proof},
                     invited ? session_idle_life : context.profile().session_life);
}

base::result<SignedIn> open_account(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                                    ports::SignInProof proof) {
  SignedIn account = open_session(context, transaction, record, proof);
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
  return open_account(context, transaction, *record, ports::SignInProof::test_name);
}

base::result<SignedIn> sign_in_specimen_official(Context const& context, ports::Transaction& transaction,
                                                 std::string_view official) {
  if (auto const ok = require_test_mode(context); !ok) return ok.error();
  ports::OfficialId const id{std::string{official}};
  if (!transaction.official(id))
    return fail(errc::not_found, "There is no such test official. Choose one from the list.", "test_staff");
  return open_official_session(context, transaction, id, ports::SignInProof::test_name);
}

void sign_out(ports::Transaction& transaction, ports::SessionToken const& token) {
  transaction.remove_session(ports::hash_of(token));
}

bool is_fresh(base::Time begun_at, base::Time now) {
  return now < begun_at + fresh_sign_in;
}

base::result<void> require_fresh(Context const& context, base::Time begun_at) {
  if (is_fresh(begun_at, context.clock.now())) return {};
  return fail(errc::stale_sign_in,
              "You signed in more than 15 minutes ago. Sign in once more, and send this again right after that: so "
              "nobody does it who only found your phone open.");
}

bool is_extension_due(ports::SessionRow const& session, base::Time now) {
  return session.expires_at < session.last_end && session.expires_at < now + session_idle_life - session_extension_step;
}

void extend_session(Context const& context, ports::Transaction& transaction, base::Hash const& token_hash) {
  base::Time const now = context.clock.now();
  auto const row = transaction.session(token_hash);
  if (row && now < row->expires_at && is_extension_due(*row, now))
    transaction.extend_session(token_hash, end_if_idle(*row, now));
}

std::string_view name_of(ports::SignInProof proof) {
  switch (proof) {
    case ports::SignInProof::test_name: return "test-name";
    case ports::SignInProof::activation_code: return "activation-code";
    case ports::SignInProof::invitation: return "invitation";
    case ports::SignInProof::printed_code: return "printed-code";
    case ports::SignInProof::passkey: return "passkey";
  }
  base::fatal("a proof without a name");
}

std::vector<SessionListed> list_sessions(Context const& context, ports::Snapshot& snapshot,
                                         ports::HolderSession const& session) {
  auto rows = live_sessions(context, snapshot, session);
  std::stable_sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.begun_at > b.begun_at; });
  std::vector<SessionListed> all;
  for (ports::SessionRow const& row : rows)
    all.push_back({id_of(row), row.proof, row.begun_at, row.expires_at, row.last_end,
                   row.token_hash == session.row().token_hash});
  return all;
}

base::result<void> end_session(Context const& context, ports::Transaction& transaction,
                               ports::HolderSession const& session, std::string_view id) {
  for (ports::SessionRow const& row : live_sessions(context, transaction, session)) {
    if (id_of(row) != id) continue;
    transaction.remove_session(row.token_hash);
    return {};
  }
  return fail(errc::not_found, "There is no such session among yours; it may have ended. Look it up in your list.");
}

std::size_t end_other_sessions(Context const& context, ports::Transaction& transaction,
                               ports::HolderSession const& session) {
  auto rows = live_sessions(context, transaction, session);
  std::erase_if(rows, [&](auto const& row) { return row.token_hash == session.row().token_hash; });
  for (ports::SessionRow const& row : rows) transaction.remove_session(row.token_hash);
  return rows.size();
}

}  // namespace abode::service
