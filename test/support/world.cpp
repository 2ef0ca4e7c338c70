#include "support/world.hpp"

#include <algorithm>

#include "service/epochs.hpp"
#include "service/specimens.hpp"

namespace abode::test {

World::World(std::uint64_t seed, std::unique_ptr<ports::Store> with_store)
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

ports::HolderSession World::holder(std::string_view specimen) {
  auto const record = read(*store, [&](ports::Snapshot& snapshot) -> base::result<ports::RecordId> {
    return service::find_specimen(context, snapshot, specimen).value();
  });
  return holder_session(*store, must(record), clock.now());
}

ports::GuardianSession World::guardian(std::string_view specimen) {
  auto const session = holder(specimen);
  ports::RecordId const child = emma().record();
  return must(read(*store, [&](ports::Snapshot& s) -> base::result<ports::GuardianSession> {
    for (auto const& row : s.guardianships_of(session.record()))
      if (row.child == child) return ports::GuardianSession::prove(s, session, row.id);
    return ports::GuardianSession::none();
  }));
}

base::result<service::Acted> World::act(service::Actor const& session, rules::Command const& command,
                                        std::optional<RequestKey> const& request,
                                        std::optional<base::Time> first_tried) {
  return write(*store,
               [&](ports::Transaction& t) { return service::act(context, t, session, command, request, first_tried); });
}

rules::File World::file(rules::Kind kind, std::string const& line) {
  return {service::new_registration_id(random), kind, address(line), base::day_of(clock.now())};
}

base::result<service::MadeOpeningCode> World::make_code(service::Actor const& session, rules::FieldSet fields,
                                                        std::optional<std::chrono::minutes> life,
                                                        std::optional<RequestKey> const& request) {
  return write(*store, [&](ports::Transaction& t) {
    return service::make_opening_code(context, t, session, fields, life, request);
  });
}

base::result<service::MadeOpeningCode> World::revoke_code(service::Actor const& session, std::uint64_t entry,
                                                          std::optional<RequestKey> const& request) {
  return write(
      *store, [&](ports::Transaction& t) { return service::revoke_opening_code(context, t, session, entry, request); });
}

base::result<std::vector<service::OpeningCode>> World::codes(service::Actor const& session) {
  return read(*store, [&](ports::Snapshot& s) { return service::list_opening_codes(context, s, session); });
}

base::result<service::OpenedFields> World::open(std::string_view official, service::OpeningRequest const& request,
                                                std::optional<RequestKey> const& key) {
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

std::size_t World::sequence() {
  return must(service::Sequencer{*store, tiles, *signer, random, origin}.step());
}

void World::close_epoch() {
  auto const closed = service::close_epoch(context, *store, std::chrono::days{1});
  if (!closed) throw std::runtime_error("the epoch is not closed: " + closed.error().detail);
  sequence();
}

service::RecordState World::state(ports::HolderSession const& session) {
  return must(read(*store, [&](ports::Snapshot& snapshot) -> base::result<service::RecordState> {
    auto record = service::open_record(context, snapshot, session.grant());
    if (!record) return record.error();
    return record->state.reveal(base::Disclosure::to_holder);
  }));
}

ports::RecordRow World::row(ports::RecordId record) {
  return must(
      read(*store, [&](ports::Snapshot& s) -> base::result<ports::RecordRow> { return s.record(record).value(); }));
}

std::vector<ports::EntryRow> World::entries(ports::RecordId record) {
  auto rows = must(read(*store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::EntryRow>> {
    return s.entries(record, 1'000'000, 1'000'000);
  }));
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::vector<service::Opened> World::opened_entries(ports::HolderSession const& session) {
  return must(read(*store, [&](ports::Snapshot& snapshot) -> base::result<std::vector<service::Opened>> {
    std::vector<service::Opened> out;
    auto const key = snapshot.key(session.record()).value();
    auto rows = snapshot.entries(session.record(), 1'000'000, 1'000'000);
    std::reverse(rows.begin(), rows.end());
    for (auto const& entry : rows) out.push_back(must(service::open_entry(context, entry, key, session.grant())));
    return out;
  }));
}

}  // namespace abode::test
