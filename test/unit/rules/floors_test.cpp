#include "rules/floors.hpp"

#include <gtest/gtest.h>

namespace abode::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// A profile that stands on every floor.
Profile lowest() {
  Profile made;
  made.name = "lowest";
  made.procedure = {floor_reply_period, floor_officials};
  made.fresh_proof_life = floor_fresh_proof_life;
  made.lasting_proof_life = floor_lasting_proof_life;
  made.undo_window = undo_window;
  made.opening_code_min = floor_opening_code_min;
  made.opening_code_max = floor_opening_code_max;
  made.opening_code_default = floor_opening_code_max;
  made.session_life = floor_session_life;
  made.own_account_age = floor_own_account_age;
  for (Purpose const& purpose : purposes) made.purposes.push_back({std::string{purpose.name}, purpose.fields});
  for (EvidenceKind const& kind : evidence_kinds)
    made.evidence.push_back({std::string{kind.id}, Assurance::evidence_reviewed});
  return made;
}

void expect_below(std::string const& floor, void (*weaken)(Profile&)) {
  Profile profile = lowest();
  weaken(profile);
  auto const held = check_floors(profile);
  ASSERT_FALSE(held) << floor;
  EXPECT_EQ(held.error().field, "floor." + floor);
  EXPECT_NE(held.error().detail.find("the floor \"" + floor + "\""), std::string::npos) << held.error().detail;
}

TEST(Floors, AProfileMayStandOnThem) {
  auto const held = check_floors(lowest());
  EXPECT_TRUE(held) << held.error().detail;
}

TEST(Floors, AProfileMayTighten) {
  Profile profile = lowest();
  profile.procedure = {days{60}, 3};
  profile.fresh_proof_life = days{1};
  profile.lasting_proof_life = days{30};
  profile.opening_code_max = hours{1};
  profile.opening_code_default = minutes{30};
  profile.session_life = hours{1};
  profile.own_account_age = std::chrono::years{14};
  profile.purposes = {{"counter-help", {Field::main_address}}};
  profile.evidence.clear();
  EXPECT_TRUE(check_floors(profile));
  profile.purposes.clear();
  EXPECT_TRUE(check_floors(profile)) << "a profile may give officials nothing at all";
}

TEST(Floors, G3ReplyPeriod) {
  expect_below("reply-period", [](Profile& p) { p.procedure.reply_period = days{13}; });
}

TEST(Floors, G3TwoOfficials) {
  expect_below("two-officials", [](Profile& p) { p.procedure.officials = 1; });
}

TEST(Floors, NoPolicing) {
  expect_below("no-policing", [](Profile& p) { p.purposes = {{"policing", {Field::main_address}}}; });
  expect_below("no-policing", [](Profile& p) { p.purposes = {{"crime-prevention", {Field::main_address}}}; });
  expect_below("no-policing", [](Profile& p) { p.purposes = {{"migration-control", {Field::main_address}}}; });
}

TEST(Floors, Purposes) {
  expect_below("purposes", [](Profile& p) { p.purposes.push_back({"marketing", {Field::main_address}}); });
}

TEST(Floors, PurposeFields) {
  expect_below("purpose-fields", [](Profile& p) { p.purposes = {{"school-enrolment", {Field::other_addresses}}}; });
}

TEST(Floors, EvidenceIsNeverALandlordsConsent) {
  for (EvidenceKind const& kind : evidence_kinds) EXPECT_EQ(kind.id.find("landlord"), std::string_view::npos);
  expect_below("evidence", [](Profile& p) { p.evidence = {{"landlord-consent", Assurance::evidence_reviewed}}; });
}

TEST(Floors, FreshProofLife) {
  expect_below("fresh-proof-life", [](Profile& p) { p.fresh_proof_life = days{15}; });
}

TEST(Floors, LastingProofLife) {
  expect_below("lasting-proof-life", [](Profile& p) { p.lasting_proof_life = days{366}; });
}

TEST(Floors, Undo) {
  EXPECT_EQ(undo_window, hours{72}) << "design.md";
  expect_below("undo", [](Profile& p) { p.undo_window = hours{71}; });
}

TEST(Floors, OpeningCodeLife) {
  expect_below("opening-code-life", [](Profile& p) { p.opening_code_min = minutes{14}; });
  expect_below("opening-code-life", [](Profile& p) { p.opening_code_max += minutes{1}; });
  expect_below("opening-code-life", [](Profile& p) { p.opening_code_default = p.opening_code_max + minutes{1}; });
  expect_below("opening-code-life", [](Profile& p) { p.opening_code_default = p.opening_code_min - minutes{1}; });
}

TEST(Floors, SessionLife) {
  expect_below("session-life", [](Profile& p) { p.session_life = hours{25}; });
}

TEST(Floors, OwnAccountAge) {
  expect_below("own-account-age", [](Profile& p) { p.own_account_age = std::chrono::years{19}; });
}

TEST(Profile, FieldsForAPurposeAreThoseOfBothTables) {
  Profile profile = lowest();
  profile.purposes = {{"school-enrolment", {Field::family_name, Field::other_addresses}},
                      {"marketing", {Field::assurance}}};
  EXPECT_EQ(profile.fields_for("school-enrolment"), FieldSet{Field::family_name}) << "the compiled table is the most";
  EXPECT_TRUE(profile.fields_for("marketing").empty());
  EXPECT_TRUE(profile.fields_for("social-benefit").empty()) << "not in the profile";
}

TEST(Profile, ChecksWhichKindsCanBeFiled) {
  Profile profile;
  profile.kinds = {{Kind::main, false, StatedEnd::none, {}, ""}, {Kind::secondary, true, StatedEnd::none, {}, ""}};
  using namespace std::chrono_literals;
  auto const filed = [](Kind kind) { return File{RegistrationId{"A"}, kind, {}, 2026y / 1 / 1}; };
  Residence residence;
  EXPECT_TRUE(check_kind(profile, residence, filed(Kind::main)));
  EXPECT_EQ(check_kind(profile, residence, filed(Kind::secondary)).error().code, base::errc::conflict);
  EXPECT_EQ(check_kind(profile, residence, filed(Kind::temporary)).error().code, base::errc::invalid);
  residence.registrations.push_back({RegistrationId{"M"}, Kind::main, Assurance::declared, {}, 2026y / 1 / 1, {}, {}});
  EXPECT_TRUE(check_kind(profile, residence, filed(Kind::secondary)));
  EXPECT_TRUE(check_kind(profile, residence, Undo{RegistrationId{"M"}})) << "only filing asks for a kind";
}

TEST(Profile, TellsTheFirstRuleThatIsNotInForce) {
  Profile profile;
  profile.provenance = {{"undo", base::parse_date("2026-01-01").value(), "x"},
                        {"kind.main", base::parse_date("2026-07-01").value(), "x"}};
  EXPECT_EQ(not_yet_in_force(profile, base::parse_date("2026-07-01").value()), nullptr);
  ASSERT_NE(not_yet_in_force(profile, base::parse_date("2026-06-30").value()), nullptr);
  EXPECT_EQ(not_yet_in_force(profile, base::parse_date("2026-06-30").value())->rule, "kind.main");
}

}  // namespace
}  // namespace abode::rules
