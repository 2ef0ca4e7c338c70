// Printed sheets: ten codes to sign in with, each good once, and one code that freezes. For a person without a phone or
// an e-mail address of their own they are all it takes; for anybody they are the way back in.
#pragma once

#include <optional>
#include <vector>

#include "service/journal.hpp"
#include "service/request_key.hpp"
#include "service/sign_in.hpp"

namespace abode::service {

constexpr std::uint8_t codes_on_a_sheet = 10;

/// A new sheet, to be shown once: only hashes of its codes are kept.
struct MadeSheet {
  Receipt receipt;
  base::Time good_from;           ///< until then the sheet before it works
  std::vector<SignInCode> codes;  ///< number 1 first
  SignInCode freeze_code;
};

struct PrintedCode {
  std::uint8_t number;  ///< as printed
  std::optional<base::Time> used_at;
};

/// A sheet as its holder sees it later.
struct Sheet {
  std::uint64_t entry;  ///< of its making: its name among the holder's sheets
  base::Time good_from;
  std::vector<PrintedCode> codes;
  std::optional<base::Time> frozen_with_at;  ///< when its freeze code was used
};

struct Sheets {
  std::optional<Sheet> in_use;
  std::optional<Sheet> waiting;            ///< until its good_from
  std::optional<base::Time> frozen_until;  ///< nothing can be changed before
  base::Time counts_from;                  ///< what this session changes of how its holder signs in
};

/// Makes a sheet in place of the one before: at once after a sign-in with a passkey, or if nothing let its holder in
/// before; else after credential_hold, in place of another one that waits. errc::conflict while the record is frozen,
/// without a card to type with the codes, or if the same request made a sheet before (codes are shown once);
/// errc::stale_sign_in if the session is not fresh; errc::key_reused.
base::result<MadeSheet> make_sheet(Context const& context, ports::Transaction& transaction,
                                   ports::HolderSession const& session, std::optional<RequestKey> const& request);

/// Takes back a sheet that is not good yet; the one in use stays. Any session may.
/// errc::conflict if none waits.
base::result<Receipt> discard_waiting_sheet(Context const& context, ports::Transaction& transaction,
                                            ports::HolderSession const& session,
                                            std::optional<RequestKey> const& request);

Sheets list_sheets(Context const& context, ports::Snapshot& snapshot, ports::HolderSession const& session);

}  // namespace abode::service
