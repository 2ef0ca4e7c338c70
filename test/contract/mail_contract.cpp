// Contacts, and the outbox of mails: written, found when due, taken together, swept.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

RecordId const person{7};
RecordId const other{8};

std::vector<OutboxRow> due(Store& store, std::int64_t now, std::size_t limit = everything) {
  return seen(store, [=](Snapshot& s) { return s.outbox_due(at(now), limit); });
}
std::vector<OutboxRow> waiting(Store& store, RecordId record) {
  return seen(store, [=](Snapshot& s) { return s.outbox(record); });
}

TEST_P(StoreContract, KeepsContactsInTheOrderOfTheirEntries) {
  auto const store = make();
  ContactRow changed = contact_row(3, person);
  changed.misses = 4;
  changed.sealed = {1};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_contact(contact_row(3, person));
                    t.put_contact(contact_row(2, person));
                    t.put_contact(contact_row(2, other));
                    t.put_contact(changed);
                    EXPECT_EQ(t.contacts(person), (std::vector{contact_row(2, person), changed}));
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.contacts(person); }),
            (std::vector{contact_row(2, person), changed}));
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    t.remove_contact(person, 2);
                    t.remove_contact(person, 77);  // is not there: nothing happens
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.contacts(person); }), (std::vector{changed}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.contacts(other).size(); }), 1U);
}

TEST_P(StoreContract, TakesAMailInToTheOneThatWaits) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    t.queue_mail(mail_row(4, person));
                    t.queue_mail(mail_row(9, person));
                    t.queue_mail(mail_row(6, person));
                    t.queue_mail(mail_row(5, person, MailKind::confirm));
                    t.queue_mail(mail_row(6, person, MailKind::confirm));
                    t.queue_mail(mail_row(5, person, MailKind::changed_former));
                    t.queue_mail(mail_row(4, other));
                  }),
            ok);
  OutboxRow first = mail_row(4, person);
  first.seq = 9;
  first.queued_at = std::max(first.queued_at, mail_row(9, person).queued_at);
  EXPECT_EQ(waiting(*store, person),
            (std::vector{first, mail_row(5, person, MailKind::changed_former), mail_row(5, person, MailKind::confirm),
                         mail_row(6, person, MailKind::confirm)}))
      << "the first one's name and next try, the newest one's entry and its three days; another contact is another "
         "mail";
  EXPECT_EQ(waiting(*store, other), (std::vector{mail_row(4, other)}));
}

TEST_P(StoreContract, FindsMailsWhenTheyAreDue) {
  auto const store = make();
  OutboxRow late = mail_row(1, other);
  late.next_try_at = at(5000);
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.queue_mail(late);
                    t.queue_mail(mail_row(9, person));
                    t.queue_mail(mail_row(2, person, MailKind::confirm));
                  }),
            ok);
  EXPECT_TRUE(due(*store, 3001).empty());
  EXPECT_EQ(due(*store, 3002), (std::vector{mail_row(2, person, MailKind::confirm)})) << "at its second";
  EXPECT_EQ(due(*store, 4999), (std::vector{mail_row(2, person, MailKind::confirm), mail_row(9, person)}));
  EXPECT_EQ(due(*store, 9999, 1), (std::vector{mail_row(2, person, MailKind::confirm)}));
  EXPECT_EQ(due(*store, 9999).back(), late);
}

TEST_P(StoreContract, ChangesAndRemovesOneMail) {
  auto const store = make();
  OutboxRow again = mail_row(4, person);
  again.seq = 11;
  again.message_id.fill(99);
  again.queued_at = at(7);
  again.attempts = 3;
  again.next_try_at = at(9000);
  OutboxRow absent = mail_row(4, RecordId{9});
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.queue_mail(mail_row(4, person));
                    t.queue_mail(mail_row(4, other));
                    t.update_mail(again);
                    t.update_mail(absent);  // is not there: nothing happens
                    t.remove_mail(other, MailKind::confirm, 4);
                  }),
            ok);
  EXPECT_EQ(waiting(*store, person), (std::vector{again}));
  EXPECT_EQ(waiting(*store, other), (std::vector{mail_row(4, other)}));
  EXPECT_TRUE(waiting(*store, RecordId{9}).empty());
  ASSERT_EQ(write(*store, [](Transaction& t) { t.remove_mail(person, MailKind::changed, 0); }), ok);
  EXPECT_TRUE(waiting(*store, person).empty());
  EXPECT_EQ(waiting(*store, other).size(), 1U);
}

TEST_P(StoreContract, KeepsNoMailOfAUseCaseThatFails) {
  auto const store = make();
  auto const outcome = store->write_and_wait([](Transaction& t) -> base::result<void> {
    t.queue_mail(mail_row(4, person));
    t.put_contact(contact_row(2, person));
    return base::fail(errc::conflict, "No.");
  });
  EXPECT_FALSE(outcome);
  EXPECT_TRUE(waiting(*store, person).empty());
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.contacts(person); }).empty());
}

TEST_P(StoreContract, SweepsContactsThatNobodyConfirmedAndMailsThatNobodySent) {
  auto const store = make();
  base::Time const now = at(1'000'000);
  auto const second = std::chrono::seconds{1};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (std::uint64_t n : {1U, 2U, 3U, 5U}) {
                      ContactRow row = contact_row(n, person);
                      if (n == 1 || n == 5) row.unconfirmed_until = now;
                      if (n == 3) row.unconfirmed_until = now + second;
                      t.put_contact(row);
                    }
                    for (std::uint64_t n : {1U, 2U, 3U}) {
                      OutboxRow row = mail_row(n, person, MailKind::confirm);
                      row.queued_at = n == 3 ? now - mail_lifetime + second : now - mail_lifetime;
                      t.queue_mail(row);
                    }
                    t.sweep(now, 1);
                    EXPECT_EQ(t.contacts(person).size(), 3U) << "at most so many at once";
                    EXPECT_EQ(t.outbox(person).size(), 2U);
                    t.sweep(now, 100);
                  }),
            ok);
  std::vector<std::uint64_t> left;
  for (ContactRow const& row : seen(*store, [](Snapshot& s) { return s.contacts(person); })) left.push_back(row.seq);
  EXPECT_EQ(left, (std::vector<std::uint64_t>{2, 3})) << "in force, and a second before its end";
  EXPECT_EQ(waiting(*store, person).size(), 1U);
  EXPECT_EQ(waiting(*store, person).front().seq, 3U);
}

}  // namespace
}  // namespace abode::contract
