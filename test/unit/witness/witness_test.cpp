#include "witness/witness.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "digest/digest.hpp"
#include "support/fakes.hpp"
#include "unit/log/reference.hpp"
#include "witness/routes.hpp"

namespace abode::witness {
namespace {

using log::reference::LogKey;
using log::reference::Tree;
using log::reference::WitnessKey;

/// Checkpoints in memory, which can fail as a disk does.
class MemoryCheckpoints : public Checkpoints {
 public:
  base::result<std::optional<std::string>> latest(std::string const& origin) override {
    if (unreadable) return base::fail(base::errc::unavailable, "The disk does not read.");
    auto const found = notes.find(origin);
    return found == notes.end() ? std::nullopt : std::optional{found->second};
  }
  base::result<void> keep(std::string const& origin, std::string const& note) override {
    if (full) return base::fail(base::errc::out_of_space, "The disk is full.");
    notes[origin] = note;
    ++kept;
    return {};
  }

  std::map<std::string, std::string> notes;
  std::size_t kept = 0;
  bool unreadable = false;
  bool full = false;
};

struct WitnessTest : testing::Test {
  LogKey log{1};
  WitnessKey own{11};
  Tree tree{0};
  MemoryCheckpoints checkpoints;
  test::ManualClock clock{base::parse_time("2026-11-26T12:00:00Z").value()};
  Witness witness{{log.key, LogKey{3, "other.example/log"}.key},
                  {own.key, [this](base::ByteView message) { return own.secret.sign(message); }},
                  checkpoints,
                  clock};

  WitnessTest() {
    for (std::uint64_t i = 0; i < 40; ++i) tree.append(log::reference::nth_leaf_hash(i));
  }

  std::string text_at(std::uint64_t size) const {
    return log::format_checkpoint({log.key.name(), size, log::RightEdge::load(size, tree.reader()).value().root(), {}});
  }
  log::WitnessRequest request(std::uint64_t from, std::uint64_t to) const {
    return {from, log::consistency_proof(from, to, tree.reader()).value(), log.note_of(text_at(to))};
  }
  Answer ask(log::WitnessRequest const& request) {
    return witness.add_checkpoint(log::format_witness_request(request));
  }

  /// Expects a refusal that signs and keeps nothing.
  Answer expect_refused(unsigned status, Answer answer, std::size_t kept_before, std::string_view why = {}) {
    EXPECT_EQ(answer.status, status) << answer.body << why;
    EXPECT_EQ(answer.body.find("\u2014"), std::string::npos);
    EXPECT_EQ(checkpoints.kept, kept_before);
    return answer;
  }
};

using WitnessAnswers = WitnessTest;

TEST_F(WitnessAnswers, WithACosignatureOnceTheCheckpointIsKept) {
  for (auto const& [from, to] : {std::pair{0u, 5u}, {5u, 16u}, {16u, 16u}, {16u, 40u}}) {
    Answer const answer = ask(request(from, to));
    ASSERT_EQ(answer.status, 200u) << answer.body;
    auto const note = log::parse_note(text_at(to) + "\n" + answer.body).value();
    EXPECT_EQ(log::verify_note(note, {&own.key, 1}).value(), std::vector{own.key});
    EXPECT_EQ(log::time_of_cosignature(note.signatures.at(0)), clock.now());
    EXPECT_EQ(checkpoints.notes.at(log.key.name()), log.note_of(text_at(to)) + answer.body);
  }
}

TEST_F(WitnessAnswers, AnEmptyLogAndItsFirstLeaf) {
  Answer const empty = ask(request(0, 0));
  EXPECT_EQ(empty.status, 200u) << empty.body;
  EXPECT_EQ(ask(request(0, 1)).status, 200u);
}

TEST_F(WitnessAnswers, BadRequestFor400) {
  std::string const good = log::format_witness_request(request(0, 5));
  for (std::string const& body : {std::string{}, std::string{"hello"}, "old 0\n" + good,
                                  good.substr(0, good.size() - 1), std::string{"old 0\n\n"}, "old 0\n\n" + text_at(5)})
    expect_refused(400, witness.add_checkpoint(body), 0);
  std::string const no_checkpoint = "example\nnot a size\n";
  expect_refused(400, witness.add_checkpoint("old 0\n\n" + log.note_of(no_checkpoint)), 0);
  ASSERT_EQ(ask(request(0, 16)).status, 200u);
  log::WitnessRequest shrinking = request(0, 5);
  shrinking.old_size = 16;
  expect_refused(400, ask(shrinking), 1);
}

TEST_F(WitnessAnswers, ForbiddenUnlessAKeyOfTheLogSigned) {
  LogKey const stranger{2};
  log::WitnessRequest forged = request(0, 5);
  forged.checkpoint = stranger.note_of(text_at(5));
  expect_refused(403, ask(forged), 0);
  forged.checkpoint = text_at(5) + "\n" + log.line_under(text_at(6));
  expect_refused(403, ask(forged), 0);
  LogKey const other{3, "other.example/log"};
  forged.checkpoint = other.note_of(text_at(5));
  expect_refused(403, ask(forged), 0, "a key it knows, but of another log");
  forged.checkpoint = text_at(5) + "\n" + own.line_under(text_at(5), clock.now());
  expect_refused(403, ask(forged), 0, "its own cosignature is none of the log's");
  forged.checkpoint = log.note_of(text_at(5)) + stranger.line_under(text_at(5));
  EXPECT_EQ(ask(forged).status, 200u) << "others may have signed as well";
  EXPECT_EQ(checkpoints.notes.at(log.key.name()).find(stranger.line_under(text_at(5))), std::string::npos);
}

TEST_F(WitnessAnswers, NotFoundForALogItDoesNotKnow) {
  LogKey const unknown{4, "unknown.example/log"};
  log::WitnessRequest foreign{
      0, {}, unknown.note_of(log::format_checkpoint({unknown.key.name(), 0, log::empty_root(), {}}))};
  expect_refused(404, ask(foreign), 0);
}

TEST_F(WitnessAnswers, ConflictWithItsSizeForAnotherOldSize) {
  Answer const first = expect_refused(409, ask(request(3, 5)), 0);
  EXPECT_EQ(first.type, "text/x.tlog.size");
  EXPECT_EQ(first.body, "0\n");
  ASSERT_EQ(ask(request(0, 16)).status, 200u);
  for (std::uint64_t old : {0u, 5u, 15u, 17u}) {
    Answer const stale = expect_refused(409, ask(request(old, 40)), 1);
    EXPECT_EQ(stale.type, "text/x.tlog.size");
    EXPECT_EQ(stale.body, "16\n");
  }
}

TEST_F(WitnessAnswers, ConflictForAnotherRootOfTheSameSize) {
  ASSERT_EQ(ask(request(0, 16)).status, 200u);
  log::WitnessRequest fork = request(16, 16);
  fork.checkpoint = log.note_of(log::format_checkpoint({log.key.name(), 16, log::reference::nth_leaf_hash(1), {}}));
  Answer const answer = expect_refused(409, ask(fork), 1);
  EXPECT_NE(answer.type, "text/x.tlog.size") << "a client must not try again";
}

TEST_F(WitnessAnswers, UnprocessableForAProofThatDoesNotHold) {
  log::WitnessRequest from_nothing = request(0, 5);
  from_nothing.proof = {log::reference::nth_leaf_hash(0)};
  expect_refused(422, ask(from_nothing), 0);
  log::WitnessRequest no_empty_root = request(0, 0);
  no_empty_root.checkpoint =
      log.note_of(log::format_checkpoint({log.key.name(), 0, log::reference::nth_leaf_hash(1), {}}));
  expect_refused(422, ask(no_empty_root), 0);

  ASSERT_EQ(ask(request(0, 16)).status, 200u);
  log::WitnessRequest fork = request(16, 40);
  fork.checkpoint = log.note_of(log::format_checkpoint({log.key.name(), 40, log::reference::nth_leaf_hash(1), {}}));
  expect_refused(422, ask(fork), 1);
  for (std::size_t i = 0; i < request(16, 40).proof.size(); ++i) {
    log::WitnessRequest changed = request(16, 40);
    changed.proof[i][0] ^= 1;
    expect_refused(422, ask(changed), 1);
    changed = request(16, 40);
    changed.proof.erase(changed.proof.begin() + static_cast<std::ptrdiff_t>(i));
    expect_refused(422, ask(changed), 1);
  }
  log::WitnessRequest long_one = request(16, 40);
  long_one.proof.push_back(log::reference::nth_leaf_hash(0));
  expect_refused(422, ask(long_one), 1);
  EXPECT_EQ(ask(request(16, 40)).status, 200u) << "and goes on with an honest one";
}

TEST_F(WitnessAnswers, NothingItCannotKeep) {
  checkpoints.full = true;
  expect_refused(500, ask(request(0, 5)), 0);
  checkpoints.full = false;
  checkpoints.unreadable = true;
  expect_refused(500, ask(request(0, 5)), 0);
  checkpoints.unreadable = false;
  EXPECT_EQ(ask(request(0, 5)).status, 200u);
  for (std::string const& damaged :
       {std::string{}, std::string{"x"}, log.note_of("elsewhere\n1\n" + codec::to_base64(log::empty_root()) + "\n")}) {
    checkpoints.notes[log.key.name()] = damaged;
    expect_refused(500, ask(request(5, 16)), 1, "it never begins anew");
  }
}

TEST_F(WitnessAnswers, OneOfTwoThatContradictEachOtherAtTheSameMoment) {
  for (unsigned round = 0; round < 200; ++round) {
    checkpoints.notes.clear();
    std::atomic<unsigned> signed_ones = 0;
    std::atomic<bool> go = false;
    std::vector<std::thread> clients;
    for (std::uint8_t which : {std::uint8_t{1}, std::uint8_t{2}})
      clients.emplace_back([&, which] {
        log::WitnessRequest mine{
            0, {}, log.note_of(log::format_checkpoint({log.key.name(), 7, log::reference::nth_leaf_hash(which), {}}))};
        while (!go) std::this_thread::yield();
        if (ask(mine).status == 200) ++signed_ones;
      });
    go = true;
    for (std::thread& client : clients) client.join();
    ASSERT_EQ(signed_ones, 1u);
  }
}

http::Request http_request(http::Method method, std::string path, std::string body = {}) {
  return {method, std::move(path), {}, {}, std::move(body)};
}

using WitnessRoutes = WitnessTest;

TEST_F(WitnessRoutes, AddAndShowCheckpoints) {
  std::string const path = "/" + codec::to_hex(digest::sha256(base::as_bytes(log.key.name()))) + "/checkpoint";
  EXPECT_EQ(answer(witness, http_request(http::Method::get, path)).status, 404u) << "nothing cosigned yet";
  auto const added =
      answer(witness, http_request(http::Method::post, "/add-checkpoint", log::format_witness_request(request(0, 5))));
  EXPECT_EQ(added.status, 200u);
  auto const shown = answer(witness, http_request(http::Method::get, path));
  EXPECT_EQ(shown.status, 200u);
  EXPECT_EQ(shown.body, log.note_of(text_at(5)) + added.body);
  EXPECT_EQ(answer(witness, http_request(http::Method::get, "/witness.vkey")).body, own.key.format() + "\n");
  auto const conflict =
      answer(witness, http_request(http::Method::post, "/add-checkpoint", log::format_witness_request(request(0, 5))));
  EXPECT_EQ(http::header(conflict, "Content-Type"), "text/x.tlog.size");
}

TEST_F(WitnessRoutes, RefuseOtherPathsAndMethods) {
  for (std::string const& path : {std::string{"/"}, std::string{"/checkpoint"}, std::string{"//checkpoint"},
                                  "/" + std::string(64, '0') + "/checkpoint", std::string{"/add-checkpoint/"},
                                  std::string{"/../keys/witness.key"}})
    EXPECT_EQ(answer(witness, http_request(http::Method::get, path)).status, 404u) << path;
  auto const wrong = answer(witness, http_request(http::Method::get, "/add-checkpoint"));
  EXPECT_EQ(wrong.status, 405u);
  EXPECT_EQ(http::header(wrong, "Allow"), "POST");
  EXPECT_EQ(answer(witness, http_request(http::Method::post, "/witness.vkey")).status, 405u);
}

}  // namespace
}  // namespace abode::witness
