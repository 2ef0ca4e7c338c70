// Children and those who file for them: what a guardian sees, may do, and until when.
#include "service/guardianships.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "service/cards.hpp"
#include "service/enrolment.hpp"
#include "service/erasure.hpp"
#include "service/personal_copy.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using test::address;
using test::must;

base::Time at(char const* time) {
  return base::parse_time(time).value();
}

class Guardians : public ::testing::Test {
 protected:
  ports::GuardianSession anna() { return world.guardian("anna-eriksson"); }
  ports::GuardianSession peter() { return world.guardian("peter-stevenson"); }

  std::vector<Child> children_of(ports::HolderSession const& session) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return children(world.context, s, session); }));
  }
  base::result<Child> child_of(ports::GuardianSession const& session) {
    return test::read(*world.store, [&](ports::Snapshot& s) { return child(world.context, s, session); });
  }
  base::result<std::vector<HistoryItem>> history_of(ports::GuardianSession const& session) {
    return test::read(*world.store,
                      [&](ports::Snapshot& s) { return guardian_history(world.context, s, session, {}, 100); });
  }
  base::result<ports::GuardianSession> prove(ports::HolderSession const& session, base::GuardianshipId const& id) {
    return test::read(*world.store, [&](ports::Snapshot& s) { return ports::GuardianSession::prove(s, session, id); });
  }
  base::result<SignedIn> sign_in(char const* specimen) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return sign_in_specimen(world.context, t, specimen); });
  }
  std::size_t guardianships_over_emma() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return s.guardianships_over(world.emma().record()).size();
    }));
  }
  std::vector<ports::NoticeRow> notices_of_emma() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::NoticeRow>> {
      return s.notices(world.emma().record(), std::numeric_limits<std::int64_t>::max(), 1000);
    }));
  }

  test::World world;  // Emma, born on 17 May 2019, is seven
};

TEST_F(Guardians, SeeTheChildAndWhatTheyFiled) {
  auto const filed = must(world.act(Actor{anna()}, world.file(rules::Kind::main, "Birkenweg 1")));
  must(world.act(Actor{peter()}, world.file(rules::Kind::temporary, "Eichenweg 2")));
  auto const of_anna = children_of(world.anna());
  ASSERT_EQ(of_anna.size(), 1u);
  EXPECT_EQ(of_anna[0].id, anna().id());
  EXPECT_EQ(of_anna[0].given_names, "EMMA");
  EXPECT_EQ(of_anna[0].birth_date, base::parse_date("2019-05-17").value());
  ASSERT_EQ(of_anna[0].registrations.size(), 1u);
  EXPECT_EQ(of_anna[0].registrations[0].registration, *filed.registration);
  EXPECT_EQ(of_anna[0].registrations[0].registration.filed_by, anna().id());
  auto const of_peter = children_of(world.peter());
  ASSERT_EQ(of_peter.at(0).registrations.size(), 1u);
  EXPECT_EQ(of_peter[0].registrations[0].registration.address, address("Eichenweg 2"));
  EXPECT_NE(of_peter[0].id, of_anna[0].id);
  EXPECT_TRUE(children_of(world.emma()).empty());
}

TEST_F(Guardians, AreNamedToTheChildByEntryAndNotice) {
  must(world.act(Actor{anna()}, world.file()));
  auto const entries = world.opened_entries(world.emma());
  ASSERT_EQ(entries.size(), 4u) << "enrolment, two guardianships, one act";
  EXPECT_EQ(entries[1].entry.operation, operation::guardianship);
  EXPECT_EQ(entries[1].entry.reference, anna().id().value());
  EXPECT_EQ(entries[3].entry.actor, "guardian:" + anna().id().value());
  EXPECT_EQ(guardianship_in(entries[3].entry), anna().id());
  EXPECT_EQ(notices_of_emma().size(), 3u);
  EXPECT_EQ(notices_of_emma()[0].seq, 3u);
  EXPECT_FALSE(notices_of_emma()[0].read);
}

TEST_F(Guardians, AnOfficialsAccountIsNoGuardianWhateverItsName) {
  log::Entry entry;
  entry.actor = "guardian:" + anna().id().value();
  EXPECT_TRUE(guardianship_in(entry));
  entry.office = "school-office";
  EXPECT_FALSE(guardianship_in(entry));
}

TEST_F(Guardians, HaveTheHistoryOfTheirOwnActsWithProofs) {
  auto const first = must(world.act(Actor{anna()}, world.file()));
  auto const foreign = must(world.act(Actor{peter()}, world.file(rules::Kind::temporary)));
  must(world.act(Actor{anna()}, rules::Confirm{first.registration->id}));
  auto const own = must(history_of(anna()));
  ASSERT_EQ(own.size(), 2u);
  EXPECT_EQ(own[0].entry.operation, "confirm");
  EXPECT_EQ(own[1].commitment, first.receipt.commitment);
  world.sequence();
  auto const proof = [&](base::Hash const& commitment) {
    return test::read(*world.store, [&](ports::Snapshot& s) {
      return guardian_inclusion_of(world.context, world.log, s, anna(), commitment);
    });
  };
  EXPECT_TRUE(proof(first.receipt.commitment));
  EXPECT_EQ(proof(foreign.receipt.commitment).error().code, errc::not_found);
  EXPECT_EQ(proof(base::Hash{1}).error().detail, proof(foreign.receipt.commitment).error().detail);
  auto const older = must(test::read(*world.store, [&](ports::Snapshot& s) {
    return guardian_history(world.context, s, anna(), own[0].commitment, 1);
  }));
  ASSERT_EQ(older.size(), 1u);
  EXPECT_EQ(older[0].commitment, own[1].commitment);
}

TEST_F(Guardians, AForeignGuardianshipIsNoOtherThanOneThatThereIsNot) {
  auto const foreign = prove(world.peter(), anna().id());
  auto const missing = prove(world.peter(), base::GuardianshipId{"0000000000000000"});
  ASSERT_FALSE(foreign);
  ASSERT_FALSE(missing);
  EXPECT_EQ(foreign.error().code, errc::not_found);
  EXPECT_EQ(foreign.error().detail, missing.error().detail);
  EXPECT_FALSE(prove(world.emma(), anna().id())) << "the child is no guardian of her own";
}

TEST_F(Guardians, AccessEndsOnTheEighteenthBirthday) {
  auto const session = anna();
  auto const filed = must(world.act(Actor{session}, world.file()));
  world.clock.set(at("2037-05-16T23:59:59Z"));
  EXPECT_TRUE(child_of(session));
  EXPECT_TRUE(world.act(Actor{session}, rules::Confirm{filed.registration->id}));
  world.clock.set(at("2037-05-17T00:00:00Z"));
  auto const missing = prove(world.peter(), base::GuardianshipId{"0000000000000000"}).error().detail;
  for (auto const& error :
       {child_of(session).error(), history_of(session).error(),
        world.act(Actor{session}, rules::Confirm{filed.registration->id}).error(), world.codes(Actor{session}).error(),
        world.make_code(Actor{session}, {rules::Field::given_names}).error()}) {
    EXPECT_EQ(error.code, errc::not_found);
    EXPECT_EQ(error.detail, missing);
  }
  EXPECT_TRUE(children_of(world.anna()).empty());
  EXPECT_EQ(world.state(world.emma()).residence.registrations.size(), 1u) << "what was filed stands";
}

TEST_F(Guardians, AClockThatRunsBackwardsOpensNothingAgain) {
  world.clock.set(at("2037-05-17T00:00:00Z"));
  must(world.act(world.emma(), world.file()));
  world.clock.set(at("2036-01-01T00:00:00Z"));
  EXPECT_EQ(child_of(anna()).error().code, errc::not_found);
}

TEST_F(Guardians, TheRowGoesWhenEitherSignsInAfterwards) {
  EXPECT_EQ(guardianships_over_emma(), 2u);
  must(sign_in("anna-eriksson"));
  EXPECT_EQ(guardianships_over_emma(), 2u);
  world.clock.set(at("2037-05-17T00:00:00Z"));
  must(sign_in("anna-eriksson"));
  EXPECT_EQ(guardianships_over_emma(), 1u);
  must(sign_in("emma-eriksson"));
  EXPECT_EQ(guardianships_over_emma(), 0u);
}

TEST_F(Guardians, AnAccountOfTheChildsOwnBeginsAtTheProfilesAge) {
  world.profile.own_account_age = std::chrono::years{16};
  world.clock.set(at("2035-05-16T23:59:59Z"));
  auto const early = sign_in("emma-eriksson");
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, errc::forbidden);
  EXPECT_NE(early.error().detail.find("until you are 16"), std::string::npos) << early.error().detail;
  auto const sessions = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
    auto const all =
        s.sessions(s.record_of_document(index_tag(world.context, *world.state(world.emma()).identity)).value());
    return all.size();
  }));
  world.clock.set(at("2035-05-17T00:00:00Z"));
  must(sign_in("emma-eriksson"));
  auto const after = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
    return s.sessions(s.record_of_document(index_tag(world.context, *world.state(world.emma()).identity)).value())
        .size();
  }));
  EXPECT_GT(after, sessions);
}

TEST_F(Guardians, TheChildSeesAllAndDecidesAll) {
  auto const by_anna = must(world.act(Actor{anna()}, world.file(rules::Kind::main, "Birkenweg 1")));
  auto const by_peter = must(world.act(Actor{peter()}, world.file(rules::Kind::temporary, "Eichenweg 2")));
  world.clock.set(at("2035-06-01T00:00:00Z"));
  EXPECT_EQ(world.state(world.emma()).residence.registrations.size(), 2u);
  must(world.act(world.emma(), rules::Move{by_anna.registration->id, new_registration_id(world.random),
                                           address("Ulmenweg 3"), base::day_of(world.clock.now())}));
  EXPECT_TRUE(must(child_of(anna())).registrations.empty()) << "what the child changed is the child's";
  EXPECT_EQ(must(child_of(peter())).registrations.size(), 1u);
  EXPECT_EQ(world.act(Actor{anna()}, rules::Undo{by_anna.registration->id}).error().code, errc::not_found);
  must(world.act(Actor{peter()}, rules::End{by_peter.registration->id, base::day_of(world.clock.now())}));
}

TEST_F(Guardians, ARepeatedRequestHasOneEffectAndTheSameReceipt) {
  auto const command = world.file();
  auto const first = must(world.act(Actor{anna()}, command, test::request_key("k")));
  auto const again = must(world.act(Actor{anna()}, command, test::request_key("k")));
  EXPECT_EQ(again.receipt.commitment, first.receipt.commitment);
  EXPECT_EQ(again.registration, first.registration);
  EXPECT_EQ(world.state(world.emma()).residence.registrations.size(), 1u);
  must(world.act(world.emma(), rules::Correct{first.registration->id, address("Ulmenweg 3"), {}}));
  EXPECT_FALSE(must(world.act(Actor{anna()}, command, test::request_key("k"))).registration)
      << "what is the child's by now is not shown again";
}

TEST_F(Guardians, HearNothingOfAnErasureThatTheChildAskedFor) {
  world.clock.set(at("2035-06-01T00:00:00Z"));
  auto const emma = world.emma();
  must(test::write(*world.store, [&](ports::Transaction& t) {
    t.mark_notices_read(emma.record(), 1000);
    return request_erasure(world.context, t, emma, {});
  }));
  auto const refused = world.act(Actor{anna()}, world.file());
  EXPECT_EQ(refused.error().code, errc::conflict);
  EXPECT_EQ(refused.error().detail.find("eras"), std::string::npos) << refused.error().detail;
}

TEST_F(Guardians, ErasureOfEitherTakesTheGuardianshipAlong) {
  ports::RecordId const doomed = world.anna().record();
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    t.erase(doomed, world.clock.now());
    return 0;
  }));
  EXPECT_EQ(guardianships_over_emma(), 1u);
  EXPECT_TRUE(child_of(peter()));
}

TEST_F(Guardians, ACopyTellsOfGuardianshipsAndOfNobody) {
  auto const copy_of = [&](ports::HolderSession const& session) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return personal_copy(world.context, s, session); }))
        .reveal(Disclosure::to_holder)
        .guardianships;
  };
  EXPECT_EQ(copy_of(world.emma()).size(), 2u);
  EXPECT_EQ(copy_of(world.anna()).size(), 1u);
}

TEST_F(Guardians, AChildMovesAlong) {
  auto const home = world.file(rules::Kind::main, "Birkenweg 1");
  must(world.act(world.anna(), home));
  auto const of_emma = must(world.act(Actor{anna()}, world.file(rules::Kind::main, "Birkenweg 1")));
  auto const moved = must(world.act(world.anna(), rules::Move{home.id, new_registration_id(world.random),
                                                              address("Ulmenweg 3"), base::day_of(world.clock.now())}));
  auto const along = [&](ports::GuardianSession const& session, rules::RegistrationId const& to,
                         std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return move_along(world.context, t, session, to, key); });
  };
  EXPECT_EQ(along(peter(), moved.registration->id).error().code, errc::not_found) << "Anna's registration is not his";
  EXPECT_EQ(along(anna(), home.id).error().code, errc::conflict) << "it has ended";
  auto const done = must(along(anna(), moved.registration->id, test::request_key("k")));
  EXPECT_EQ(done.registration->address, address("Ulmenweg 3"));
  EXPECT_EQ(done.registration->since, moved.registration->since);
  EXPECT_FALSE(world.state(world.emma()).residence.find(of_emma.registration->id)->active());
  auto const again = must(along(anna(), moved.registration->id, test::request_key("k")));
  EXPECT_EQ(again.receipt.commitment, done.receipt.commitment);
  must(world.act(world.peter(), world.file(rules::Kind::main, "Eichenweg 2")));
  auto const of_peter = world.state(world.peter()).residence.main()->id;
  EXPECT_EQ(along(peter(), of_peter).error().code, errc::conflict) << "he filed no main residence";
}

TEST_F(Guardians, AGuardiansCodeOpensWhatThatGuardianFiled) {
  must(world.act(Actor{anna()}, world.file(rules::Kind::main, "Birkenweg 1")));
  must(world.act(Actor{peter()}, world.file(rules::Kind::temporary, "Eichenweg 2")));
  rules::FieldSet const fields{rules::Field::given_names, rules::Field::main_address, rules::Field::other_addresses};
  auto const opened_by = [&](ports::GuardianSession const& session) {
    auto const made = must(world.make_code(Actor{session}, fields));
    auto const request = must(check_opening_request(world.profile, made.code.code->reveal(Disclosure::to_holder),
                                                    "counter-help", "S-1", fields));
    auto opened = must(world.open("clerk-civic", request));
    return opened.state.reveal(Disclosure::to_official);
  };
  auto const by_anna = opened_by(anna());
  ASSERT_EQ(by_anna.residence.registrations.size(), 1u);
  EXPECT_EQ(by_anna.residence.main()->address, address("Birkenweg 1"));
  EXPECT_EQ(by_anna.identity->names.given, "EMMA");
  auto const by_peter = opened_by(peter());
  ASSERT_EQ(by_peter.residence.registrations.size(), 1u);
  EXPECT_EQ(by_peter.residence.main(), nullptr) << "nor does it tell that another main residence stands";
}

TEST_F(Guardians, KnowTheirOwnCodesAndTakeBackNoOthers) {
  auto const made = must(world.make_code(Actor{anna()}, {rules::Field::given_names}));
  EXPECT_EQ(must(world.codes(Actor{anna()})).size(), 1u);
  EXPECT_TRUE(must(world.codes(Actor{peter()})).empty());
  EXPECT_EQ(world.revoke_code(Actor{peter()}, made.code.entry).error().code, errc::not_found);
  EXPECT_EQ(must(world.codes(world.emma())).size(), 1u) << "the child sees it";
  auto const by_name = [&](ports::GuardianSession const& session) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return revoke_opening_code(world.context, t, Actor{session}, made.receipt.commitment, {});
    });
  };
  EXPECT_EQ(by_name(peter()).error().code, errc::not_found);
  EXPECT_EQ(must(by_name(anna())).code.state, CodeState::revoked);
}

TEST_F(Guardians, ACodeIsOverWhenTheChildIsOfAge) {
  world.clock.set(at("2037-05-16T12:00:00Z"));
  auto const made = must(world.make_code(Actor{anna()}, {rules::Field::given_names}, std::chrono::hours{48}));
  EXPECT_EQ(made.code.expires_at, at("2037-05-17T00:00:00Z"));
}

// Enrolment.

class GuardianLists : public Guardians {
 protected:
  static Newcomer person(std::string const& card, char const* born, std::vector<std::string> guardians = {}) {
    return {{{"Specimen", card}, base::parse_date(born).value(), {identity::DocumentKind::other, card}},
            card,
            {},
            std::move(guardians)};
  }
  void enrol(Newcomer const& newcomer) {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      if (auto const done = enrol_newcomer(world.context, t, newcomer); !done) return done.error();
      return 0;
    }));
  }
  std::size_t guardians_of(Newcomer const& newcomer) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return s.guardianships_over(s.record_of_document(index_tag(world.context, newcomer.identity)).value()).size();
    }));
  }
};

TEST_F(GuardianLists, AddThoseWhoAreKnownAndARerunAddsTheRest) {
  enrol(person("PARENT1", "1990-01-01"));
  Newcomer const kid = person("CHILD1", "2020-01-01", {"PARENT1", "PARENT2"});
  enrol(kid);
  EXPECT_EQ(guardians_of(kid), 1u) << "the second card is not known yet, and nothing says so";
  enrol(person("PARENT2", "1991-01-01"));
  enrol(kid);
  EXPECT_EQ(guardians_of(kid), 2u);
  enrol(kid);
  EXPECT_EQ(guardians_of(kid), 2u) << "each once";
}

TEST_F(GuardianLists, LinkNobodyWhoseCardAndDocumentAreOfTwoPeople) {
  enrol(person("PARENT1", "1990-01-01"));
  Newcomer const kid = person("CHILD1", "2020-01-01");
  Newcomer const other = person("CHILD2", "2020-02-02");
  enrol(kid);
  enrol(other);
  Newcomer mixed = kid;
  mixed.card = "CHILD2";
  mixed.guardian_cards = {"PARENT1"};
  enrol(mixed);
  EXPECT_EQ(guardians_of(kid), 0u);
  EXPECT_EQ(guardians_of(other), 0u);
}

TEST_F(GuardianLists, GiveAChildFourAtMostAndNobodyThemselves) {
  std::vector<std::string> cards{"CHILD1"};
  for (char const* card : {"PARENT1", "PARENT2", "PARENT3", "PARENT4", "PARENT5"}) {
    enrol(person(card, "1990-01-01"));
    cards.emplace_back(card);
  }
  Newcomer const kid = person("CHILD1", "2020-01-01", cards);
  enrol(kid);
  EXPECT_EQ(guardians_of(kid), 4u);
}

TEST_F(GuardianLists, AChildsRightCodeIsNotUsedUpByAnAttemptBeforeTheAge) {
  enrol(person("CHILD1", "2011-11-22"));
  auto const code = must(test::write(*world.store, [&](ports::Transaction& t) {
                      return make_activation_code(world.context, t, CardNumber{"CHILD1"});
                    })).code.reveal(Disclosure::to_print);
  auto const sign_in_by_card = [&](std::string const& typed) -> base::result<SignedIn> {
    auto const request = must(check_card_and_code("CHILD1", typed));
    std::optional<SignInAttempt> attempt;
    auto const commit = world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      auto made = attempt_sign_in(world.context, t, request, {});
      if (!made) return made.error();
      attempt = std::move(*made);
      return {};
    });
    if (!commit) return commit.error();
    return complete_sign_in(*attempt, *commit);
  };
  auto const card = [&] {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<ports::CardRow> {
      return s.card(world.sealer->card_tag(CardNumber{"CHILD1"})).value();
    }));
  };
  world.profile.own_account_age = std::chrono::years{16};
  world.clock.set(at("2027-11-21T12:00:00Z"));
  EXPECT_EQ(sign_in_by_card("000000000000").error().code, errc::unauthenticated) << "a wrong code tells nothing of age";
  EXPECT_EQ(card().misses, 1u);
  EXPECT_EQ(sign_in_by_card(code).error().code, errc::forbidden);
  EXPECT_EQ(card().misses, 1u) << "nothing is counted";
  EXPECT_FALSE(card().used_by) << "nothing is used up";
  world.clock.set(at("2027-11-22T00:00:00Z"));
  EXPECT_TRUE(sign_in_by_card(code));
}

}  // namespace
}  // namespace abode::service
