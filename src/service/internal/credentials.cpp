#include "service/internal/credentials.hpp"

#include <algorithm>

#include "service/internal/one_time_codes.hpp"
#include "service/internal/sheets.hpp"
#include "service/journal.hpp"

namespace abode::service::internal {
namespace {

using base::errc;
using base::fail;

bool has_way_in(ports::Snapshot& snapshot, ports::RecordId record, base::Time now) {
  auto const good = [now](auto const& row) { return is_good(row, now); };
  return std::ranges::any_of(snapshot.printed_codes(record), good) ||
         std::ranges::any_of(snapshot.passkeys(record), good);
}

}  // namespace

base::result<void> check_not_frozen(Context const& context, ports::Snapshot& snapshot, ports::RecordId record) {
  auto const until = frozen_until(snapshot.printed_codes(record), context.clock.now());
  if (!until) return {};
  return fail(errc::conflict, "Your record is frozen until " + base::format_time(*until) +
                                  ": until then nobody can change how you sign in or where you are written to.");
}

base::result<void> check_may_change(Context const& context, ports::Snapshot& snapshot,
                                    ports::HolderSession const& session) {
  if (auto const open = check_not_frozen(context, snapshot, session.record()); !open) return open;
  return require_fresh(context, session.row().begun_at);
}

base::Time counts_from(Context const& context, ports::Snapshot& snapshot, ports::HolderSession const& session) {
  base::Time const now = context.clock.now();
  bool const at_once =
      session.row().proof == ports::SignInProof::passkey || !has_way_in(snapshot, session.record(), now);
  return at_once ? now : now + credential_hold;
}

bool is_good(ports::PasskeyRow const& passkey, base::Time now) {
  return passkey.good_from <= now && (!passkey.good_until || now < *passkey.good_until);
}

void drop_waiting_passkeys(ports::Transaction& transaction, ports::RecordId record, base::Time now) {
  for (ports::PasskeyRow row : transaction.passkeys(record)) {
    if (now < row.good_from) {
      transaction.remove_passkey(row.credential_tag);
    } else if (row.good_until && now < *row.good_until) {
      row.good_until.reset();
      transaction.put_passkey(row);
    }
  }
}

base::result<SignedIn> let_in(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                              ports::SignInProof proof, std::string reference) {
  auto known = load(transaction, record);
  if (!known) return known.error();
  Draft const draft{"holder", {}, {}, std::move(reference), operation::sign_in, {}};
  auto const receipt = append_entry(context, transaction, known->row, known->key, draft, known->row.state_tag,
                                    filing_time(context, known->row), EntryKind::write);
  if (!receipt) return receipt.error();
  transaction.update_record(known->row);
  return open_account(context, transaction, record, proof);
}

}  // namespace abode::service::internal
