// A whole register in memory, with its two specimen people, the child they file for, and two officials, and short ways
// to act in it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "openssl/vault.hpp"
#include "service/epochs.hpp"
#include "service/history.hpp"
#include "service/opening_codes.hpp"
#include "service/openings.hpp"
#include "service/registrations.hpp"
#include "service/sequencer.hpp"
#include "service/specimens.hpp"
#include "support/fakes.hpp"
#include "support/memory_store.hpp"
#include "support/specimen_profile.hpp"
#include "support/using_store.hpp"
#include "unit/service/memory_tiles.hpp"

namespace abode::test {

using service::RequestKey;

inline base::Time const noon = base::parse_time("2026-11-21T12:00:00Z").value();

/// The value of a result that must be there.
template <class T>
T must(base::result<T> made) {
  if (made) return std::move(*made);
  ADD_FAILURE() << made.error().detail;
  throw std::runtime_error("a step of the test failed: " + made.error().detail);
}

inline rules::Address address(std::string const& line) {
  return {.country = "DE", .lines = {line, "10115 Berlin"}};
}

inline RequestKey request_key(std::string const& key, std::string const& body = "body") {
  return service::make_request_key("test", key, body);
}

class World {
 public:
  explicit World(std::uint64_t seed = 1, std::unique_ptr<ports::Store> with_store = make_memory_store())
      : random(seed),
        keys(openssl::make_keys(random)),
        sealer(openssl::make_sealer(keys)),
        signer(openssl::make_signer(keys)),
        store(std::move(with_store)) {
    auto const seeded =
        write(*store, [&](ports::Transaction& transaction) { return service::seed_specimens(context, transaction); });
    if (!seeded) throw std::runtime_error(seeded.error().detail);
    auto const opened = write(*store, [&](ports::Transaction& transaction) {
      return service::open_first_epoch(*sealer, random, clock.now(), transaction, std::chrono::days{1});
    });
    if (!opened) throw std::runtime_error(opened.error().detail);
  }
  World(World const&) = delete;
  World& operator=(World const&) = delete;

  // Who is who.

  ports::HolderSession holder(std::string_view specimen) {
    auto const record = read(*store, [&](ports::Snapshot& snapshot) -> base::result<ports::RecordId> {
      return service::find_specimen(context, snapshot, specimen).value();
    });
    return holder_session(*store, must(record));
  }
  ports::HolderSession anna() { return holder("anna-eriksson"); }
  ports::HolderSession peter() { return holder("peter-stevenson"); }
  ports::HolderSession emma() { return holder("emma-eriksson"); }
  /// A person as Emma's guardian, proven anew.
  ports::GuardianSession guardian(std::string_view specimen) {
    auto const session = holder(specimen);
    ports::RecordId const child = emma().record();
    return must(read(*store, [&](ports::Snapshot& s) -> base::result<ports::GuardianSession> {
      for (auto const& row : s.guardianships_of(session.record()))
        if (row.child == child) return ports::GuardianSession::prove(s, session, row.id);
      return ports::GuardianSession::none();
    }));
  }
  ports::OfficialSession clerk() { return official_session(*store, ports::OfficialId{"clerk-school"}); }
  ports::OfficialSession registrar() { return official_session(*store, ports::OfficialId{"clerk-civic"}); }

  // What they do.

  base::result<service::Acted> act(service::Actor const& session, rules::Command const& command,
                                   std::optional<RequestKey> const& request = {}) {
    return write(*store, [&](ports::Transaction& t) { return service::act(context, t, session, command, request); });
  }
  rules::File file(rules::Kind kind = rules::Kind::main, std::string const& line = "Invalidenstr. 1") {
    return {service::new_registration_id(random), kind, address(line), base::day_of(clock.now())};
  }

  base::result<service::MadeOpeningCode> make_code(service::Actor const& session, rules::FieldSet fields,
                                                   std::optional<std::chrono::minutes> life = {},
                                                   std::optional<RequestKey> const& request = {}) {
    return write(*store, [&](ports::Transaction& t) {
      return service::make_opening_code(context, t, session, fields, life, request);
    });
  }
  base::result<service::MadeOpeningCode> revoke_code(service::Actor const& session, std::uint64_t entry,
                                                     std::optional<RequestKey> const& request = {}) {
    return write(*store, [&](ports::Transaction& t) {
      return service::revoke_opening_code(context, t, session, entry, request);
    });
  }
  base::result<std::vector<service::OpeningCode>> codes(service::Actor const& session) {
    return read(*store, [&](ports::Snapshot& s) { return service::list_opening_codes(context, s, session); });
  }

  /// The two steps of an opening, as the API takes them. The official's session is proven anew, as for each request.
  base::result<service::OpenedFields> open(std::string_view official, service::OpeningRequest const& request,
                                           std::optional<RequestKey> const& key = {}) {
    auto const session = official_session(*store, ports::OfficialId{std::string{official}});
    std::optional<service::OpeningAttempt> attempt;
    auto const commit = store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
      auto made = service::attempt_opening(context, transaction, session, request, key);
      if (!made) return made.error();
      attempt = std::move(*made);
      return {};
    });
    if (!commit) return commit.error();
    return service::complete_opening(context, *attempt, *commit);
  }

  /// One step of a sequencer of its own, which must succeed: how many entries came into the log.
  std::size_t sequence() { return must(service::Sequencer{*store, tiles, *signer, random, origin}.step()); }

  /// Closes an epoch over what is published, and puts its leaf into the log with whatever waits.
  void close_epoch() {
    auto const closed = service::close_epoch(context, *store, std::chrono::days{1});
    if (!closed) throw std::runtime_error("the epoch is not closed: " + closed.error().detail);
    sequence();
  }

  // What is there.

  service::RecordState state(ports::HolderSession const& session) {
    return must(read(*store, [&](ports::Snapshot& snapshot) -> base::result<service::RecordState> {
      auto record = service::open_record(context, snapshot, session.grant());
      if (!record) return record.error();
      return record->state.reveal(base::Disclosure::to_holder);
    }));
  }
  ports::RecordRow row(ports::RecordId record) {
    return must(
        read(*store, [&](ports::Snapshot& s) -> base::result<ports::RecordRow> { return s.record(record).value(); }));
  }
  /// All entries of a record, oldest first.
  std::vector<ports::EntryRow> entries(ports::RecordId record) {
    auto rows = must(read(*store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::EntryRow>> {
      return s.entries(record, 1'000'000, 1'000'000);
    }));
    std::reverse(rows.begin(), rows.end());
    return rows;
  }
  std::vector<service::Opened> opened_entries(ports::HolderSession const& session) {
    return must(read(*store, [&](ports::Snapshot& snapshot) -> base::result<std::vector<service::Opened>> {
      std::vector<service::Opened> out;
      auto const key = snapshot.key(session.record()).value();
      auto rows = snapshot.entries(session.record(), 1'000'000, 1'000'000);
      std::reverse(rows.begin(), rows.end());
      for (auto const& entry : rows) out.push_back(must(service::open_entry(context, entry, key, session.grant())));
      return out;
    }));
  }

  std::string const origin = "example.org/abode";
  ManualClock clock{noon};
  SeededRandom random;
  openssl::Keys keys;
  std::unique_ptr<ports::Sealer> sealer;
  std::unique_ptr<ports::Signer> signer;
  MemoryTiles tiles;
  rules::Profile profile = specimen_profile();  ///< of this world alone: a test may change it
  service::Context context{clock, random, *sealer, profile, service::Mode::test};
  service::PublicLog log{tiles, service::log_key(*signer, origin)};
  std::unique_ptr<ports::Store> store;  // goes first: its thread uses the rest
};

}  // namespace abode::test
