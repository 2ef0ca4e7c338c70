// A person's rights as a client meets them: the notice, the copy, the request for a correction, the erasure.
#include <gmock/gmock.h>

#include "functional/database.hpp"
#include "service/data_inventory.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

std::string all_files(std::filesystem::path const& directory) {
  std::string bytes;
  for (auto const& file : std::filesystem::recursive_directory_iterator{directory})
    if (file.is_regular_file()) bytes += read_text(file.path());
  return bytes;
}

std::string bytes_of(std::string const& hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
  return bytes;
}

TEST(Rights, ThePrivacyNoticeIsTheInventory) {
  RunningRegister const running;
  Answer const notice = running.anyone().get("/api/v1/privacy");
  EXPECT_EQ(notice.status, 200u);
  EXPECT_EQ(notice.at("/stored").as_array().size(), service::data_inventory().size());
  std::string const page = running.anyone().get("/privacy").body;
  for (service::DataItem const& item : service::data_inventory()) EXPECT_THAT(page, HasSubstr(std::string{item.where}));
}

TEST(Rights, ACorrectionIsAskedForShownAndWithdrawn) {
  RunningRegister const running;
  auto person = running.person();
  Answer const filed = person.post("/api/v1/rectification-requests",
                                   {{"field", "given_names"}, {"wanted", "Anna-Maria"}, {"reason", "hyphen"}});
  ASSERT_EQ(filed.status, 201u) << filed.body;
  EXPECT_THAT(filed.text("/outlook"), HasSubstr("Nobody can decide on it yet"));
  std::uint64_t const entry = filed.number("/receipt/entry");
  EXPECT_EQ(filed.number("/rectification_request/entry"), entry);
  Answer const me = person.get("/api/v1/me");
  EXPECT_EQ(me.text("/rectification_requests/0/wanted"), "Anna-Maria");
  EXPECT_EQ(me.text("/person/given_names"), "ANNA MARIA") << "nothing follows by itself";
  Answer const withdrawn =
      person.post("/api/v1/rectification-requests/" + std::to_string(entry) + "/withdraw", json::object{});
  EXPECT_EQ(withdrawn.status, 200u) << withdrawn.body;
  EXPECT_TRUE(person.get("/api/v1/me").at("/rectification_requests").as_array().empty());
  EXPECT_EQ(
      person.post("/api/v1/rectification-requests", {{"field", "assurance"}, {"wanted", "x"}, {"reason", "y"}}).status,
      422u);
}

TEST(Rights, TheCopyIsAFileAndAPage) {
  RunningRegister const running;
  auto person = running.person();
  person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  Answer const copy = person.get("/api/v1/me/export");
  EXPECT_EQ(copy.status, 200u);
  EXPECT_THAT(copy.header("Content-Disposition"), HasSubstr("attachment"));
  EXPECT_EQ(copy.header("Cache-Control"), "no-store");
  EXPECT_EQ(copy.text("/registrations/0/acts/0/operation"), "file");
  EXPECT_THAT(person.get("/me/export").body, HasSubstr("You registered an address"));
  EXPECT_EQ(running.anyone().get("/api/v1/me/export").status, 401u);
}

/// Somebody who asked to be erased, in a register with one other person who registered an address.
class Erasing : public testing::Test {
 protected:
  Erasing() {
    auto other = running_.person("peter-stevenson");
    other.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
    auto person = running_.person();
    Answer const asked = person.post("/api/v1/erasure", json::object{});
    EXPECT_EQ(asked.status, 201u) << asked.body;
    EXPECT_EQ(person.get("/api/v1/me").at("/erasure/due"), asked.at("/erasure/due"));
    person.await_provable(asked.number("/receipt/entry"));
    other.await_provable(1);
    write_text(kept_, person.get("/api/v1/history/export").body);
    key_ = person.get("/log.vkey").body;
    key_.pop_back();
  }

  std::string column(char const* file, std::string const& sql) const {
    return run_sql(running_.directory() / file, sql).at(0).at(0);
  }
  std::string record() const { return column("abode.db", "SELECT id FROM record WHERE erasure_due IS NOT NULL"); }

  /// Makes the 72 hours be over, and waits for the job.
  void let_it_come_due() {
    EXPECT_EQ(running_.stop(), 0);
    run_sql(running_.directory() / "abode.db", "UPDATE record SET erasure_due = 1 WHERE erasure_due IS NOT NULL");
    running_.start();
    auto const until = std::chrono::steady_clock::now() + patience;
    while (column("abode.db", "SELECT count(*) FROM record WHERE erased_at IS NOT NULL") == "0")
      ASSERT_LT(std::chrono::steady_clock::now(), until) << "the job does not come";
  }

  RunningRegister running_;
  std::filesystem::path const kept_ = running_.directory().string() + "-kept.json";
  std::string key_;
};

TEST_F(Erasing, CanBeTakenBack) {
  auto person = running_.person();
  EXPECT_EQ(person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}}).status, 409u);
  Answer const undone = person.post("/api/v1/erasure/undo", json::object{});
  EXPECT_EQ(undone.status, 200u) << undone.body;
  EXPECT_TRUE(undone.at("/erasure").is_null());
  EXPECT_EQ(person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}}).status, 201u);
}

TEST_F(Erasing, G10DestroysTheKeyEverywhereAndLeavesEveryProofStanding) {
  std::string const id = record();
  std::string const wrapped = bytes_of(column("keys.db", "SELECT hex(wrapped) FROM record_key WHERE record = " + id));
  std::string const sealed = bytes_of(column("abode.db", "SELECT hex(sealed) FROM entry WHERE record = " + id));
  ASSERT_EQ(wrapped.size(), 64u);
  EXPECT_THAT(all_files(running_.directory()), HasSubstr(wrapped)) << "the test looks at the right bytes";
  let_it_come_due();
  EXPECT_EQ(running_.anyone().post("/api/v1/sessions", {{"test_person", "anna-eriksson"}}).status, 404u);
  EXPECT_EQ(running_.stop(), 0);
  std::string const files = all_files(running_.directory());
  EXPECT_THAT(files, Not(HasSubstr(wrapped)));
  EXPECT_THAT(files, Not(HasSubstr(sealed)));

  Outcome const doctor = run_abode({"doctor", running_.directory().string()});
  EXPECT_EQ(doctor.status, 0) << doctor.output;
  EXPECT_THAT(doctor.output, HasSubstr("1 erased with 2 entries: unreadable, their commitments stand"));
  Outcome const audit = run_abode({"audit", kept_.string(), "--key", key_});
  EXPECT_EQ(audit.status, 0) << audit.output << audit.errors;
  EXPECT_THAT(audit.output, HasSubstr("erasure"));
}

TEST_F(Erasing, DoctorStillSeesDamageInAnErasedRecord) {
  std::string const id = record();
  let_it_come_due();
  EXPECT_EQ(running_.stop(), 0);
  auto const data = running_.directory() / "abode.db";
  auto const expect_damage = [&](std::string const& named) {
    Outcome const doctor = run_abode({"doctor", running_.directory().string()});
    EXPECT_EQ(doctor.status, 1) << doctor.output;
    EXPECT_THAT(doctor.output, HasSubstr(named));
  };
  run_sql(data, "UPDATE entry SET sealed = x'00' WHERE record = " + id + " AND seq = 0");
  expect_damage("entry 0 is damaged");
  run_sql(data, "UPDATE entry SET sealed = x'' WHERE record = " + id);
  run_sql(data, "UPDATE record SET sealed_state = x'00' WHERE id = " + id);
  expect_damage("it was erased, but not wholly");
  run_sql(data, "UPDATE record SET sealed_state = x'' WHERE id = " + id);
  run_sql(data, "UPDATE entry SET commitment = zeroblob(32) WHERE record = " + id + " AND seq = 0");
  expect_damage("entry 0 is not in the log at its place");
}

}  // namespace
}  // namespace abode::functional
