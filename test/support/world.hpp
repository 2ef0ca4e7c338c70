// A whole register in memory, with its two specimen people, the child they file for, and two officials, and short ways
// to act in it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "openssl/vault.hpp"
#include "service/history.hpp"
#include "service/opening_codes.hpp"
#include "service/openings.hpp"
#include "service/registrations.hpp"
#include "service/sequencer.hpp"
#include "service/wallet_desk.hpp"
#include "support/fakes.hpp"
#include "support/memory_store.hpp"
#include "support/memory_tiles.hpp"
#include "support/proof_keys.hpp"
#include "support/specimen_profile.hpp"
#include "support/using_store.hpp"

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
  explicit World(std::uint64_t seed = 1, std::unique_ptr<ports::Store> with_store = make_memory_store());
  World(World const&) = delete;
  World& operator=(World const&) = delete;

  // Who is who.

  /// In a session that begins now.
  ports::HolderSession holder(std::string_view specimen);
  ports::HolderSession anna() { return holder("anna-eriksson"); }
  ports::HolderSession peter() { return holder("peter-stevenson"); }
  ports::HolderSession emma() { return holder("emma-eriksson"); }
  /// A person as Emma's guardian, proven anew.
  ports::GuardianSession guardian(std::string_view specimen);
  ports::OfficialSession official(std::string const& id) {
    return official_session(*store, ports::OfficialId{id}, clock.now());
  }
  ports::OfficialSession clerk() { return official("clerk-school"); }
  ports::OfficialSession registrar() { return official("clerk-civic"); }

  // What they do.

  base::result<service::Acted> act(service::Actor const& session, rules::Command const& command,
                                   std::optional<RequestKey> const& request = {},
                                   std::optional<base::Time> first_tried = {});
  rules::File file(rules::Kind kind = rules::Kind::main, std::string const& line = "Invalidenstr. 1");
  base::result<service::MadeOpeningCode> make_code(service::Actor const& session, rules::FieldSet fields,
                                                   std::optional<std::chrono::minutes> life = {},
                                                   std::optional<RequestKey> const& request = {});
  base::result<service::MadeOpeningCode> revoke_code(service::Actor const& session, std::uint64_t entry,
                                                     std::optional<RequestKey> const& request = {});
  base::result<std::vector<service::OpeningCode>> codes(service::Actor const& session);
  /// The two steps of an opening, as the API takes them. The official's session is proven anew, as for each request.
  base::result<service::OpenedFields> open(std::string_view official, service::OpeningRequest const& request,
                                           std::optional<RequestKey> const& key = {});
  /// One step of a sequencer of its own, which must succeed: how many entries came into the log.
  std::size_t sequence();
  /// Closes an epoch over what is published, and puts its leaf into the log with whatever waits.
  void close_epoch();

  // What is there.

  service::RecordState state(ports::HolderSession const& session);
  ports::RecordRow row(ports::RecordId record);
  /// All entries of a record, oldest first.
  std::vector<ports::EntryRow> entries(ports::RecordId record);
  std::vector<service::Opened> opened_entries(ports::HolderSession const& session);

  std::string const origin = "example.org/abode";
  ManualClock clock{noon};
  SeededRandom random;
  openssl::Keys keys;
  std::unique_ptr<ports::Sealer> sealer;
  std::unique_ptr<ports::Signer> signer;
  MemoryTiles tiles;
  rules::Profile profile = specimen_profile();  ///< of this world alone: a test may change it
  MemoryProofKeys proof_keys{noon};
  MemoryStatusFiles status_files;
  service::WalletDesk desk{clock, random};
  service::Context context{clock, random, *sealer, profile, service::Mode::test, {}, "https://register.example"};
  service::PublicLog log{tiles, service::log_key(*signer, origin)};
  std::unique_ptr<ports::Store> store;  // goes first: its thread uses the rest
};

}  // namespace abode::test
