#include "log/history.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "unit/log/outcome.hpp"
#include "unit/log/story.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::Hash;
using namespace reference;

struct HistoryTest : testing::Test {
  LogKey log{1};
  Bundle honest = bundle_of(story(5), log);

  /// Expects a rejection whose reason holds `words`.
  AuditReport expect_rejected(Bundle const& bundle, std::string_view words) {
    auto const report = audit(bundle, log.key);
    EXPECT_EQ(report.verdict, AuditVerdict::rejected);
    EXPECT_NE(report.reason.find(words), std::string::npos) << report.reason;
    return report;
  }
};

using Audit = HistoryTest;
using BundleJson = HistoryTest;

TEST_F(Audit, AcceptsAnHonestHistory) {
  auto const report = audit(honest, log.key);
  EXPECT_EQ(report.verdict, AuditVerdict::accepted) << report.reason;
  EXPECT_FALSE(report.key_from_file);
  EXPECT_FALSE(report.test_mode);
  EXPECT_EQ(report.origin, "abode.example/log");
  EXPECT_EQ(report.verifier_key, log.key.format());
  EXPECT_EQ(report.checkpoint.value().size, 60u);
  ASSERT_EQ(report.rows.size(), 5u);
  for (std::size_t seq = 0; seq < 5; ++seq) {
    EXPECT_EQ(report.rows[seq].seq, seq);
    EXPECT_EQ(report.rows[seq].state, RowState::proven);
    EXPECT_EQ(report.rows[seq].verdict, "In the log at index " + std::to_string(index_of(seq)) + ".");
  }
  EXPECT_EQ(report.rows[2].entry->office, "Mitte");
  EXPECT_EQ(report.rows[2].entry->fields, std::vector<std::string>{"address"});
}

TEST_F(Audit, ListsWhenErasureWasAskedForAndTakenBack) {
  EXPECT_TRUE(audit(honest, log.key).erasures.empty());
  auto const asked = [](std::vector<Entry>& entries) {
    entries[1].operation = "erasure";
    entries[3].operation = "undo-erasure";
    entries[4].operation = "erasure";
  };
  EXPECT_EQ(audit(bundle_of(story(5), log, asked), log.key).erasures, (std::vector<std::uint64_t>{1, 3, 4}));
}

TEST_F(Audit, SaysWhenTheKeyCameFromTheFile) {
  auto const report = audit(honest, std::nullopt);
  EXPECT_EQ(report.verdict, AuditVerdict::accepted);
  EXPECT_TRUE(report.key_from_file);
}

TEST_F(Audit, ListsWhatIsNotYetProvableWithoutRejectingIt) {
  honest.epochs.resize(1);  // no other had come by then
  for (std::size_t seq : {1u, 4u}) {
    honest.entries[seq].index.reset();
    honest.entries[seq].proof.clear();
  }
  auto const report = audit(honest, log.key);
  EXPECT_EQ(report.verdict, AuditVerdict::incomplete);
  EXPECT_EQ(report.not_yet_provable, (std::vector<std::uint64_t>{1, 4}));
  EXPECT_EQ(report.rows[1].state, RowState::not_yet_provable);
  EXPECT_EQ(report.rows[2].state, RowState::proven);
  EXPECT_TRUE(report.reason.starts_with("2 of 5 entries")) << report.reason;
}

TEST_F(Audit, RejectsAnotherKeyThanTheTrustedOne) {
  auto const other = audit(honest, LogKey{2}.key);
  EXPECT_EQ(other.verdict, AuditVerdict::rejected);
  EXPECT_NE(other.reason.find("another key"), std::string::npos);
  EXPECT_EQ(other.rows[0].state, RowState::unchecked);
  honest.verifier_key = LogKey{2}.key.format();
  expect_rejected(honest, "another key");
  EXPECT_EQ(audit(honest, std::nullopt).verdict, AuditVerdict::rejected);
  honest.verifier_key = "nonsense";
  expect_rejected(honest, "not a verifier key");
}

TEST_F(Audit, RejectsACheckpointThatIsNotSignedOrNotOfThisLog) {
  Bundle changed = honest;
  changed.checkpoint[20] = '9';
  auto const report = expect_rejected(changed, "is not good");
  EXPECT_FALSE(report.checkpoint.has_value());
  EXPECT_EQ(report.rows[3].state, RowState::unchecked);
  changed = honest;
  changed.checkpoint = "nonsense";
  expect_rejected(changed, "not a signed note");
  changed = honest;
  changed.checkpoint = log.note_of("hello\n");
  expect_rejected(changed, "not a checkpoint");
  changed = honest;
  changed.checkpoint = log.note_of(format_checkpoint({"other.example", 60, filled(1), {}}));
  expect_rejected(changed, "other.example");
  changed = honest;
  changed.origin = "other.example";
  expect_rejected(changed, "another log than its checkpoint");
}

TEST_F(Audit, RejectsAHistoryWithoutEntries) {
  honest.entries.clear();
  expect_rejected(honest, "no entries");
}

TEST_F(Audit, NamesAnEntryThatDoesNotDecode) {
  honest.entries[2].encoded.push_back(0);
  auto const report = expect_rejected(honest, "Entry 2: This is not a journal entry");
  EXPECT_FALSE(report.rows[2].entry.has_value());
  EXPECT_EQ(report.rows[1].state, RowState::proven);
  EXPECT_EQ(report.rows[3].state, RowState::rejected);  // it follows another one
  EXPECT_EQ(report.rows[4].state, RowState::proven);
}

TEST_F(Audit, NamesAGapADoublingAndAWrongOrder) {
  Bundle changed = honest;
  changed.entries.erase(changed.entries.begin() + 2);
  expect_rejected(changed, "Entry 2: This should be entry 2 of the record but it is entry 3");
  changed = honest;
  changed.entries.erase(changed.entries.begin());
  expect_rejected(changed, "Entry 0: This should be entry 0");
  changed = honest;
  changed.entries.insert(changed.entries.begin() + 1, changed.entries[1]);
  expect_rejected(changed, "Entry 2: This should be entry 2 of the record but it is entry 1");
  changed = honest;
  std::swap(changed.entries[1], changed.entries[3]);
  expect_rejected(changed, "Entry 1: This should be entry 1 of the record but it is entry 3");
}

TEST_F(Audit, NamesAnEntryOfAnotherRecordWithoutTellingThePosition) {
  auto const mixed = bundle_of(story(5), log, [](std::vector<Entry>& entries) { entries[3].position = 4712; });
  auto const report = expect_rejected(mixed, "Entry 3: This entry belongs to another record");
  EXPECT_EQ(report.reason.find("4712"), std::string::npos);
  honest.position = 1;
  expect_rejected(honest, "Entry 0: This entry belongs to another record");
}

TEST_F(Audit, NamesAnEntryThatDoesNotFollowTheOneBefore) {
  auto const forked = bundle_of(story(5), log, [](std::vector<Entry>& entries) { entries[2].previous = filled(9); });
  auto const report = expect_rejected(forked, "Entry 2: This entry does not follow the one before it");
  EXPECT_EQ(report.rows[3].state, RowState::proven);
}

TEST_F(Audit, NamesATimeThatGoesBackwardsAndAllowsAnEqualOne) {
  auto const back = [](std::vector<Entry>& entries) { entries[3].time = entries[2].time - std::chrono::seconds{1}; };
  expect_rejected(bundle_of(story(5), log, back), "Entry 3: This entry is dated before");
  auto const equal = [](std::vector<Entry>& entries) { entries[3].time = entries[2].time; };
  EXPECT_EQ(audit(bundle_of(story(5), log, equal), log.key).verdict, AuditVerdict::accepted);
}

TEST_F(Audit, NamesAnEntryThatTheLogDoesNotHold) {
  Bundle changed = honest;
  changed.entries[1].index = 11;
  expect_rejected(changed, "Entry 1: The log does not hold this entry");
  changed = honest;
  changed.entries[1].index = 60;
  expect_rejected(changed, "no leaf of this index");
  changed = honest;
  changed.entries[1].proof.pop_back();
  expect_rejected(changed, "fewer hashes");
  changed = honest;
  changed.entries[1].proof.push_back(filled(1));
  expect_rejected(changed, "more hashes");
  changed = honest;
  changed.entries[1].index.reset();
  expect_rejected(changed, "a proof for this entry, but not the index");
  changed = honest;
  changed.entries[3].index = changed.entries[1].index;
  expect_rejected(changed, "Entry 3: This entry claims the same place in the log as entry 1");
}

TEST_F(Audit, NamesAStateThatTheLastEntryDidNotLeave) {
  Bundle changed = honest;
  changed.state.push_back(7);
  expect_rejected(changed, "Entry 4: The record does not stand as this last entry left it");
  changed = honest;
  changed.state_key[0] ^= 1;
  expect_rejected(changed, "Entry 4: The record does not stand as this last entry left it");
  changed = honest;
  changed.entries.pop_back();
  expect_rejected(changed, "Entry 3: The record does not stand as this last entry left it");
}

TEST_F(Audit, NamesEveryAlteredByteOfAnEntryAndItsProof) {
  for (std::size_t seq = 0; seq < honest.entries.size(); ++seq) {
    auto const expect_named = [&](Bundle const& changed, std::string const& what) {
      auto const report = audit(changed, log.key);
      EXPECT_EQ(report.verdict, AuditVerdict::rejected) << what;
      EXPECT_EQ(report.rows[seq].state, RowState::rejected) << what;
      EXPECT_FALSE(report.rows[seq].verdict.empty()) << what;
      EXPECT_TRUE(report.reason.starts_with("Entry " + std::to_string(seq) + ": ")) << what << report.reason;
    };
    for (std::size_t i = 0; i < honest.entries[seq].encoded.size(); ++i) {
      Bundle changed = honest;
      changed.entries[seq].encoded[i] ^= 1;
      expect_named(changed, "entry byte " + std::to_string(i));
    }
    for (std::size_t i = 0; i < 32; ++i) {
      Bundle changed = honest;
      changed.entries[seq].salt[i] ^= 1;
      expect_named(changed, "salt byte " + std::to_string(i));
    }
    for (std::size_t h = 0; h < honest.entries[seq].proof.size(); ++h) {
      Bundle changed = honest;
      changed.entries[seq].proof[h][h % 32] ^= 1;
      expect_named(changed, "proof hash " + std::to_string(h));
    }
  }
}

TEST_F(Audit, RejectsEveryAlteredCharacterOfTheWholeFile) {
  std::string const file = encode_bundle(honest);
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string changed = file;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    auto const bundle = decode_bundle(changed);
    EXPECT_FALSE(bundle && audit(*bundle, log.key).verdict != AuditVerdict::rejected) << "byte " << i;
  }
}

TEST_F(Audit, KnowsTestModeByTheNameOfTheLog) {
  LogKey const test_log{1, "test-mode.abode.invalid/log"};
  auto const report = audit(bundle_of(story(2), test_log), test_log.key);
  EXPECT_EQ(report.verdict, AuditVerdict::accepted) << report.reason;
  EXPECT_TRUE(report.test_mode);
}

TEST_F(Audit, NamesItsVerdicts) {
  EXPECT_EQ(name_of(AuditVerdict::accepted), "accepted");
  EXPECT_EQ(name_of(AuditVerdict::incomplete), "incomplete");
  EXPECT_EQ(name_of(AuditVerdict::rejected), "rejected");
  EXPECT_EQ(name_of(RowState::proven), "proven");
  EXPECT_EQ(name_of(RowState::not_yet_provable), "not-yet-provable");
  EXPECT_EQ(name_of(RowState::unchecked), "unchecked");
  EXPECT_EQ(name_of(RowState::rejected), "rejected");
}

std::string replaced(std::string in, std::string_view from, std::string_view to) {
  auto const at = in.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return in.replace(at, from.size(), to);
}

TEST_F(BundleJson, GoesThereAndBack) {
  EXPECT_EQ(decode_bundle(encode_bundle(honest)).value(), honest);
  honest.entries[1].index.reset();
  honest.entries[1].proof.clear();
  honest.entries[2].proof.clear();
  honest.position = ~std::uint64_t{0};
  EXPECT_EQ(decode_bundle(encode_bundle(honest)).value(), honest);
  honest.entries.clear();
  EXPECT_EQ(decode_bundle(encode_bundle(honest)).value(), honest);
}

TEST_F(BundleJson, HasItsMembersInTheDocumentedOrder) {
  std::string const file = encode_bundle(honest);
  std::size_t at = 0;
  for (std::string_view member :
       {"{\"version\":2,", "\"origin\":\"abode.example/log\",", "\"verifier_key\":", "\"checkpoint\":",
        "\"position\":\"4711\",", "\"entries\":[{\"entry\":", "\"salt\":", "\"index\":3,", "\"proof\":[\"",
        "\"state\":\"", "\"state_key\":\"", "\"seen\":[", "\"epochs\":[{\"leaf\":\"", "\"index\":1,", "\"proof\":[\"",
        "\"index\":14,", "\"head\":{\"count\":2,", "\"blind\":\"", "\"proof\":[\""}) {
    std::size_t const found = file.find(member, at);
    ASSERT_NE(found, std::string::npos) << member;
    at = found;
  }
}

TEST_F(BundleJson, RefusesWhatIsNotABundle) {
  honest = bundle_of(story(1), log);
  std::string const file = encode_bundle(honest);
  std::string const salt = codec::to_base64(honest.entries[0].salt);
  struct Case {
    std::string file;
    errc code;
    std::string field;
  };
  for (Case const& c : std::vector<Case>{
           {"", errc::malformed, ""},
           {file.substr(0, file.size() - 1), errc::malformed, ""},
           {file + "x", errc::malformed, ""},
           {"[]", errc::invalid, ""},
           {"{}", errc::invalid, "version"},
           {replaced(file, "\"version\":2", "\"version\":1"), errc::unsupported, "version"},
           {replaced(file, "\"version\":2", "\"version\":\"2\""), errc::invalid, "version"},
           {replaced(file, "\"version\":2", "\"version\":2,\"version\":2"), errc::malformed, ""},
           {replaced(file, "\"version\":2", "\"version\":2,\"more\":1"), errc::invalid, "more"},
           {replaced(file, "\"origin\"", "\"0rigin\""), errc::invalid, "origin"},
           {replaced(file, "\"4711\"", "4711"), errc::invalid, "position"},
           {replaced(file, "\"4711\"", "\"04711\""), errc::invalid, "position"},
           {replaced(file, "\"4711\"", "\"-1\""), errc::invalid, "position"},
           {replaced(file, "\"entries\":[", "\"entries\":{\"a\":["), errc::malformed, ""},
           {replaced(file, "\"entries\":[", "\"entries\":[7,"), errc::invalid, "entries.0"},
           {replaced(file, "\"salt\":\"", "\"salt\":\"A"), errc::invalid, "entries.0.salt"},
           {replaced(file, salt, "AAAA"), errc::invalid, "entries.0.salt"},
           {replaced(file, "{\"entry\":\"", "{\"entry\":\"*"), errc::invalid, "entries.0.entry"},
           {replaced(file, "\"index\":3", "\"index\":-3"), errc::invalid, "entries.0.index"},
           {replaced(file, "\"index\":3", "\"index\":3.5"), errc::invalid, "entries.0.index"},
           {replaced(file, "\"index\":3", "\"index\":null"), errc::invalid, "entries.0.index"},
           {replaced(file, "\"index\":3", "\"index\":9007199254740992"), errc::invalid, "entries.0.index"},
           {replaced(file, "\"index\":3", "\"index\":18446744073709551615"), errc::invalid, "entries.0.index"},
           {replaced(file, "\"index\":3,", ""), errc::invalid, "entries.0.proof"},
           {replaced(file, "\"proof\":[", "\"proof\":[\"AAAA\","), errc::invalid, "entries.0.proof"},
           {replaced(file, "\"proof\":[", "\"proof\":[1,"), errc::invalid, "entries.0.proof"},
           {replaced(file, "\"proof\":[", "\"more\":0,\"proof\":["), errc::invalid, "entries.0.more"},
           {replaced(file, "\"epochs\":[", "\"epochs\":[7,"), errc::invalid, "epochs.0"},
           {replaced(file, "\"epochs\":[", "\"more\":["), errc::invalid, "epochs"},
           {replaced(file, "{\"leaf\":\"", "{\"leaf\":\"*"), errc::invalid, "epochs.0.leaf"},
           {replaced(file, "\"index\":14", "\"index\":-1"), errc::invalid, "epochs.1.index"},
           {replaced(file, "\"index\":14,", ""), errc::invalid, "epochs.1.index"},
           {replaced(file, "\"head\":{", "\"head\":{\"more\":1,"), errc::invalid, "epochs.1.head.more"},
           {replaced(file, "\"head\":{\"count\":1,", "\"head\":{"), errc::invalid, "epochs.1.head.count"},
           {replaced(file, "\"count\":1", "\"count\":\"1\""), errc::invalid, "epochs.1.head.count"},
           {replaced(file, "\"blind\":\"", "\"blind\":\"AAAA"), errc::invalid, "epochs.1.head.blind"},
           {replaced(file, "\"head\":{", "\"head\":null,\"more\":{"), errc::invalid, "epochs.1.more"},
           {replaced(file, "\"state\":\"", "\"state\":\"*"), errc::invalid, "state"},
           {replaced(file, "\"state_key\":\"", "\"state_key\":\"AAAA"), errc::invalid, "state_key"}}) {
    auto const decoded = decode_bundle(c.file);
    ASSERT_TRUE(decoded.has_error()) << c.file;
    EXPECT_EQ(code_of(decoded), c.code) << decoded.error().detail;
    EXPECT_EQ(field_of(decoded), c.field) << decoded.error().detail;
  }
}

TEST_F(BundleJson, RefusesFilesOverTheLimits) {
  EXPECT_EQ(code_of(decode_bundle(std::string(max_bundle_size_bytes + 1, ' '))), errc::too_large);
  honest.entries.resize(1);
  honest.entries[0].proof.resize(65);
  EXPECT_EQ(field_of(decode_bundle(encode_bundle(honest))), "entries.0.proof");
  Bundle many = honest;
  many.entries.assign(max_bundle_entries + 1, {});
  EXPECT_EQ(code_of(decode_bundle(encode_bundle(many))), errc::too_large);
  many = bundle_of(story(1), log);
  many.epochs.assign(max_bundle_epochs + 1, many.epochs[1]);
  EXPECT_EQ(code_of(decode_bundle(encode_bundle(many))), errc::too_large);
}

}  // namespace
}  // namespace abode::log
