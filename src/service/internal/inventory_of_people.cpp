#include <array>

#include "ports/rows.hpp"
#include "rules/residence.hpp"
#include "service/contact.hpp"
#include "service/internal/inventory.hpp"

namespace abode::service::internal {
namespace {

using enum Ground;

// Who sees it.
constexpr std::string_view you = "You";
constexpr std::string_view you_and_officials =
    "You, and an official whom you give a code for it; each such read is in your history";
constexpr std::string_view you_and_mail_servers =
    "You, and the mail servers on the way of a mail to you. No official sees it";
constexpr std::string_view you_and_that_official = "You, and the official who made the entry";

// When it goes.
constexpr Expiry erasure{End::with_erasure};
constexpr Expiry session_end{End::on_time, std::chrono::seconds{0}, "the end of the session"};
constexpr Expiry sheet_end{End::on_time, std::chrono::seconds{0}, "a newer sheet takes the place of this one"};
constexpr Expiry passkey_end{End::on_time, std::chrono::seconds{0}, "its removal"};
constexpr Expiry code_end{End::on_time, ports::opening_code_afterlife, "the code has run out or was used"};
constexpr Expiry letter_end{End::on_time, ports::letter_afterlife,
                            "its code is over, or after the 90 days in which it should have been printed"};
constexpr Expiry proof_end{End::on_time, ports::proof_afterlife, "the proof has expired"};
constexpr Expiry notice_end{End::on_time, ports::read_notice_lifetime,
                            "its entry, if you have read it; three years after it if you have not"};
constexpr Expiry contact_end{End::by_holder};
constexpr Expiry unconfirmed_end{End::on_time, contact_code_life,
                                 "you named the address, or as soon as you confirm it"};
constexpr Expiry mail_end{End::on_time, ports::mail_lifetime, "it was to go, or as soon as it is sent"};
constexpr Expiry registration_end{End::on_next_act, {}, "you filed the end of the registration", true};
constexpr Expiry undo_end{End::on_next_act, rules::undo_window, "the act"};
constexpr Expiry guardianship_end{End::on_sign_in, std::chrono::seconds{0}, "the child's 18th birthday"};
constexpr Expiry stays_as_gap{End::stays, {}, "it keeps the place of an erased record empty, and tells nothing of it"};

// Why it is not in a person's copy.
constexpr std::string_view is_number = "It only numbers rows.";
constexpr std::string_view is_sealed = "What is sealed in it is in your copy, opened.";

// Headings.
constexpr std::string_view who = "Who you are";
constexpr std::string_view where_you_live = "Where you are registered";
constexpr std::string_view children = "Children and those who file for them";
constexpr std::string_view corrections = "What you asked to have corrected";
constexpr std::string_view acts = "Your history";
constexpr std::string_view notices = "Notices to you";
constexpr std::string_view codes = "Codes and invitations you made";
constexpr std::string_view letters = "Letters to confirm your address";
constexpr std::string_view proofs = "Proofs you had made";
constexpr std::string_view signing_in = "Signing in";
constexpr std::string_view repeats = "Requests that may come twice";
constexpr std::string_view erasing = "Erasure";
constexpr std::string_view record = "Your record as a whole";

// What it is for.
constexpr std::string_view for_proofs = "So that you see what you had made, and can withdraw what lasts";
constexpr std::string_view for_history =
    "So that you can see everything that was ever written to or read from your record";
constexpr std::string_view for_checking =
    "So that you can check, without us, that nothing in your history was removed or altered";
constexpr std::string_view for_undo = "So that you can take back what you did";
constexpr std::string_view for_residence = "To record where you live: the task of the register";

constexpr std::array items{
    // ---- the sealed state
    DataItem{who, "state 1/0/0", "Family name", "To know whose record it is", public_task, you_and_officials, erasure,
             "/person/family_name"},
    DataItem{who, "state 1/0/1", "Given names", "To know whose record it is", public_task, you_and_officials, erasure,
             "/person/given_names"},
    DataItem{who, "state 1/0/2", "Date of birth", "To tell people of one name apart", public_task, you_and_officials,
             erasure, "/person/birth_date"},
    DataItem{who, "state 1/0/3", "Kind of your identity document", "So that you can sign in with it", public_task, you,
             erasure, "/person/document/kind"},
    DataItem{who, "state 1/0/4", "Number of your identity document", "So that you can sign in with it", public_task,
             you, erasure, "/person/document/number"},
    DataItem{who, "state 1/3", "Number of your identity card", "So that you can sign in with it", public_task, you,
             erasure, "/card"},
    DataItem{who, "contact 0", "Your e-mail address, if one is known", "So that you can be told that something changed",
             public_task, you_and_mail_servers, contact_end, "/contacts/*/address"},
    DataItem{who, "contact 1", "The language you want to be written to in", "To write in it", own_wish, you,
             contact_end, "/contacts/*/language"},
    DataItem{who, "contact 2", "The code that was mailed to an address that you have still to confirm",
             "To know that the address is yours before anything else is sent there", own_wish, you_and_mail_servers,
             contact_end, "A copy that lies about must confirm nothing. The mail has the code."},
    DataItem{who, "contact 3", "Whether you want reminders", "So that you get none that you do not want", own_wish, you,
             contact_end, "/contacts/*/reminders"},
    DataItem{who, "abode.db contact.record", "Whose address it is", for_finding, public_task, operators, contact_end,
             is_number},
    DataItem{who, "abode.db contact.seq", "The entry that it came with", "To tell an old address from a new one",
             public_task, operators, contact_end, "/contacts/*/entry"},
    DataItem{who, "abode.db contact.sealed", "The address and the language, sealed under your key",
             "So that you can be told that something changed", public_task, nobody, contact_end, is_sealed},
    DataItem{who, "abode.db contact.unconfirmed_until", "Until when you can confirm a new address",
             "So that an address with a slip in it goes by itself", own_wish, operators, unconfirmed_end,
             "/contacts/*/unconfirmed_until"},
    DataItem{who, "abode.db contact.misses", "How many wrong codes were typed to confirm it",
             "So that nobody guesses it", own_wish, operators, contact_end, "/contacts/*/wrong_codes"},
    DataItem{who, "abode.db document.tag", "A keyed hash of your document's kind and number",
             "To find your record when you sign in, without storing the number in the clear", public_task, nobody,
             erasure, is_key_hash},
    DataItem{who, "abode.db document.record", "Which record that document leads to", for_finding, public_task,
             operators, erasure, is_number},

    DataItem{where_you_live, "state 1/1/*/0", "Number of each registration", "To name it in your history", public_task,
             you, registration_end, "/registrations/*/id"},
    DataItem{where_you_live, "state 1/1/*/1", "Kind: main, secondary or temporary", for_residence, public_task,
             you_and_officials, registration_end, "/registrations/*/kind"},
    DataItem{where_you_live, "state 1/1/*/2", "How the address was confirmed", for_residence, public_task,
             you_and_officials, registration_end, "/registrations/*/assurance"},
    DataItem{where_you_live, "state 1/1/*/3/**", "Address", for_residence, public_task, you_and_officials,
             registration_end, "/registrations/*/address"},
    DataItem{where_you_live, "state 1/1/*/4", "First day there", for_residence, public_task, you_and_officials,
             registration_end, "/registrations/*/since"},
    DataItem{where_you_live, "state 1/1/*/5", "When you filed it", "It counts from that moment", public_task, you,
             registration_end, "/registrations/*/filed_at"},
    DataItem{where_you_live, "state 1/1/*/6/0", "Last day there", for_residence, public_task, you_and_officials,
             registration_end, "/registrations/*/ended/on"},
    DataItem{where_you_live, "state 1/1/*/6/1", "When you filed the end", "The time it is kept counts from it",
             public_task, you, registration_end, "/registrations/*/ended/filed_at"},
    DataItem{where_you_live, "state 1/1/*/6/2", "Which registration took its place when you moved",
             "So that you can undo the move as a whole", public_task, you, registration_end,
             "/registrations/*/ended/moved_to"},
    DataItem{where_you_live, "state 1/1/*/7", "Last day that you expect to be there, if you said one",
             "So that you see it; nothing happens when it is over", own_wish, you, registration_end,
             "/registrations/*/until"},
    DataItem{where_you_live, "state 1/1/*/8", "When you last said that it is still right",
             "So that you see it; nothing happens if you do not", own_wish, you, registration_end,
             "/registrations/*/confirmed_at"},
    DataItem{where_you_live, "state 1/1/*/9", "Which guardianship it was filed by, if a guardian did",
             "So that guardians see what they filed, and nothing else", public_task, you, registration_end,
             "/registrations/*/filed_by"},
    DataItem{where_you_live, "state 1/2/*/0", "What you did in the last 72 hours", for_undo, own_wish, you, undo_end,
             "/can_be_undone/*/act"},
    DataItem{where_you_live, "state 1/2/*/1", "When you did it", for_undo, own_wish, you, undo_end,
             "/can_be_undone/*/at"},
    DataItem{where_you_live, "state 1/2/*/2/**", "The registrations as they were before", for_undo, own_wish, you,
             undo_end, "/can_be_undone/*/before"},
    DataItem{where_you_live, "state 1/2/*/3", "The registration that it made", for_undo, own_wish, you, undo_end,
             "/can_be_undone/*/created"},

    DataItem{where_you_live, "state 1/2/*/4", "Which guardianship it was done by, if a guardian did",
             "So that guardians take back only what they did", public_task, you, undo_end, "/can_be_undone/*/by"},

    DataItem{children, "abode.db guardianship.id", "Name of the guardianship",
             "To name it to both without naming one to the other", public_task,
             "You, the other of the two, and whoever runs the register", guardianship_end, "/guardianships/*/id"},
    DataItem{children, "abode.db guardianship.child", "Whose record it is over",
             "So that guardians can file for a child", public_task, operators, guardianship_end,
             "/guardianships/*/you_are"},
    DataItem{children, "abode.db guardianship.guardian", "Who files for the child",
             "So that nobody else files for the child", public_task, operators, guardianship_end,
             "/guardianships/*/you_are"},

    DataItem{corrections, "state 1/5/*/0", "Number of the request", "To name it in your history", own_wish, you,
             erasure, "/rectification_requests/*/entry"},
    DataItem{corrections, "state 1/5/*/1", "Which field you want corrected", "To have it decided on", own_wish, you,
             erasure, "/rectification_requests/*/field"},
    DataItem{corrections, "state 1/5/*/2", "What should stand there", "To have it decided on", own_wish, you, erasure,
             "/rectification_requests/*/wanted"},
    DataItem{corrections, "state 1/5/*/3", "Your reason", "To have it decided on", own_wish, you, erasure,
             "/rectification_requests/*/reason"},
    DataItem{corrections, "state 1/5/*/4", "When you asked", "To see how long it has been waiting", own_wish, you,
             erasure, "/rectification_requests/*/filed_at"},

    // ---- the sealed entry
    DataItem{acts, "entry 0", "Version of the entry's form", for_checking, accountability, you, erasure,
             is_in_history_file},
    DataItem{acts, "entry 1", "Place of your record among all records, for life", for_checking, accountability, you,
             erasure, "/record/position"},
    DataItem{acts, "entry 2", "Number of the entry", for_history, accountability, you, erasure, "/history/*/entry"},
    DataItem{acts, "entry 3", "Commitment of the entry before it", for_checking, accountability, you, erasure,
             is_in_history_file},
    DataItem{acts, "entry 4", "When it was", for_history, accountability, you, erasure, "/history/*/at"},
    DataItem{acts, "entry 5", "Who did it: you, a guardian, the register, or an official by the name of their account",
             for_history, accountability, you, erasure, "/history/*/actor"},
    DataItem{acts, "entry 6", "The official's office", for_history, accountability, you, erasure,
             "/history/*/office/id"},
    DataItem{acts, "entry 7", "What the official wanted it for", for_history, accountability, you, erasure,
             "/history/*/purpose/id"},
    DataItem{acts, "entry 8", "Which registration it was about, or the official's own file number", for_history,
             accountability, you_and_that_official, erasure, "/history/*/reference"},
    DataItem{acts, "entry 9", "What was done", for_history, accountability, you, erasure, "/history/*/operation"},
    DataItem{acts, "entry 10", "Names of the fields that were written or read, never what stood in them", for_history,
             accountability, you, erasure, "/history/*/fields"},
    DataItem{acts, "entry 11", "A check value of your record before it", for_checking, accountability, you, erasure,
             is_in_history_file},
    DataItem{acts, "entry 12", "A check value of your record after it", for_checking, accountability, you, erasure,
             is_in_history_file},
    DataItem{
        acts, "entry 13",
        "If it had to wait for a connection: in which minute you first tried to send it, by your own device's clock",
        "So that your own word for it is on record, should it matter that you tried in time", accountability, you,
        erasure, "/history/*/first_tried"},
    DataItem{acts, "entry salt", "A random number that hides the entry behind its commitment", for_checking,
             accountability, you, erasure, is_in_history_file},

    DataItem{acts, "abode.db entry.id", "Order in which entries of all records were written", for_log, none_needed,
             operators, stays_for_log, is_number},
    DataItem{acts, "abode.db entry.record", "Which record the entry belongs to", for_finding, accountability, operators,
             stays_as_gap, is_number},
    DataItem{acts, "abode.db entry.seq", "Number of the entry in its record", for_finding, accountability, operators,
             stays_as_gap, "/history/*/entry"},
    DataItem{acts, "abode.db entry.commitment", "A hash that binds the entry and tells nothing of it", for_log,
             accountability, everybody, stays_for_log, "/history/*/commitment"},
    DataItem{acts, "abode.db entry.sealed", "The entry, sealed under your key", for_history, accountability, nobody,
             erasure, is_sealed},

    // ---- rows of a person
    DataItem{notices, "abode.db notice.record", "Whose notice it is", for_finding, accountability, operators,
             notice_end, is_number},
    DataItem{notices, "abode.db notice.seq", "Which entry it tells of",
             "So that you learn of every read of your record", accountability, operators, notice_end,
             "/notices/*/entry"},
    DataItem{notices, "abode.db notice.is_read", "Whether you have marked it as read",
             "So that you see what is new; and an access is erased only after you have seen it", accountability,
             operators, notice_end, "/notices/*/read"},
    DataItem{notices, "abode.db notice.at", "When the read was", "So that the notice goes in time", accountability,
             operators, notice_end, "/notices/*/at"},

    DataItem{notices, "abode.db outbox.record", "Whose mail waits to be sent", for_finding, accountability, operators,
             mail_end, is_number},
    DataItem{
        notices, "abode.db outbox.kind",
        "Whether it says that something changed, has the code for a new address, or reminds you of a date that you set",
        "To write the right words", accountability, operators, mail_end, "/mails/*/kind"},
    DataItem{notices, "abode.db outbox.contact",
             "Which of your addresses it goes to, if not the one in use; of a reminder, its moment",
             "So that your old address hears that something changed, too", accountability, operators, mail_end,
             "/mails/*/contact"},
    DataItem{notices, "abode.db outbox.sealed", "That address, sealed under your key",
             "So that your old address hears that something changed, too", accountability, nobody, mail_end,
             "It is an address that you had until now, or the new one, which your copy has."},
    DataItem{notices, "abode.db outbox.seq", "The newest entry that it tells of",
             "So that two changes make one mail, and none is forgotten", accountability, operators, mail_end,
             "/mails/*/entry"},
    DataItem{notices, "abode.db outbox.message_id", "A random name of the mail",
             "So that a mail that is sent twice is known to be one", none_needed,
             "Mail servers on the way, and whoever runs the register", mail_end, is_number},
    DataItem{notices, "abode.db outbox.queued_at",
             "Since when it waits; of a reminder, its moment: 30, 14 or 7 days or a day before a date that you set",
             "So that it is not tried for ever", accountability, operators, mail_end, "/mails/*/queued_at"},
    DataItem{notices, "abode.db outbox.attempts", "How often sending it failed",
             "To wait longer before the next attempt", accountability, operators, mail_end, "/mails/*/attempts"},
    DataItem{notices, "abode.db outbox.next_try_at", "When it is tried next", "To send it in time", accountability,
             operators, mail_end, "/mails/*/next_try_at"},

    DataItem{codes, "abode.db opening_code.id", "Number of the row", for_finding, none_needed, operators, code_end,
             is_number},
    DataItem{codes, "abode.db opening_code.code_tag", "A keyed hash of the code",
             "To know the code again when an official types it", own_wish, nobody, code_end, is_key_hash},
    DataItem{codes, "abode.db opening_code.record", "Whose code it is", for_finding, own_wish, operators, code_end,
             is_number},
    DataItem{codes, "abode.db opening_code.seq", "The entry that tells of it", for_finding, own_wish, operators,
             code_end, "/opening_codes/*/entry"},
    DataItem{codes, "abode.db opening_code.fields", "Which fields it opens", "To open these and no others", own_wish,
             operators, code_end, "/opening_codes/*/fields"},
    DataItem{codes, "abode.db opening_code.expires_at", "Until when it is good", "To end it in time", own_wish,
             operators, code_end, "/opening_codes/*/expires_at"},
    DataItem{codes, "abode.db opening_code.revoked", "Whether you took it back", "To end it at your wish", own_wish,
             operators, code_end, "/opening_codes/*/state"},
    DataItem{codes, "abode.db opening_code.sealed", "The code itself, sealed under your key",
             "So that you can look it up while it is good", own_wish, nobody, code_end,
             "A copy that lies about must open nothing. Your list of codes shows it while it is good."},
    DataItem{codes, "code", "The code, opened", "So that you can look it up while it is good", own_wish, you, code_end,
             "A copy that lies about must open nothing. Your list of codes shows it while it is good."},
    DataItem{codes, "abode.db opening_code.used_by", "A hash of the request that used it", "So that it is used once",
             accountability, nobody, code_end, "/opening_codes/*/state"},

    DataItem{codes, "abode.db opening_code.invitation",
             "Whether it is an invitation to your address instead, for somebody who moved along",
             "So that neither can be used as the other", own_wish, operators, code_end, "/move_invitations/*/entry"},

    DataItem{codes, "abode.db opening_code.made_by", "Which guardianship it was made by, if a guardian did",
             "So that it opens what that guardian filed, and nothing else", public_task, operators, code_end,
             "/opening_codes/*/made_by"},

    DataItem{letters, "abode.db letter.record", "Whose letter it is", for_finding, own_wish, operators, letter_end,
             is_number},
    DataItem{letters, "abode.db letter.seq", "The entry that tells of your asking, and of which registration",
             for_finding, own_wish, operators, letter_end, "/letters/*/entry"},
    DataItem{letters, "abode.db letter.delivery", "Whether it is posted or picked up", "To bring it to you", own_wish,
             operators, letter_end, "/letters/*/delivery"},
    DataItem{letters, "abode.db letter.good_until",
             "Until when its code is good; before it is printed, until when you want it", "To end it in time", own_wish,
             operators, letter_end, "/letters/*/good_until"},
    DataItem{letters, "abode.db letter.place_tag", "A keyed hash of the registration and of the address on the letter",
             "So that the code confirms that address and no other", own_wish, nobody, letter_end, is_key_hash},
    DataItem{letters, "abode.db letter.code_tag", "A keyed hash of the code in the letter",
             "To know the code again when you type it", own_wish, nobody, letter_end, "/letters/*/printed"},
    DataItem{letters, "abode.db letter.misses", "How many wrong codes were typed", "To stop guessing", accountability,
             operators, letter_end, "/letters/*/wrong_codes"},

    DataItem{proofs, "abode.db proof.record", "Whose proofs they are", for_finding, own_wish, operators, proof_end,
             is_number},
    DataItem{proofs, "abode.db proof.seq", "The entry that tells of their making", for_finding, own_wish, operators,
             proof_end, "/proofs/*/entry"},
    DataItem{proofs, "abode.db proof.expires_at", "Until when they are good", "To forget them in time", own_wish,
             operators, proof_end, "/proofs/*/expires_at"},
    DataItem{proofs, "abode.db proof.sealed", "What is noted of the proofs, sealed under your key", for_proofs,
             own_wish, nobody, proof_end, is_sealed},
    DataItem{proofs, "proof 0", "Whether they went into a wallet, a file or on paper", for_proofs, own_wish, you,
             proof_end, "/proofs/*/form"},
    DataItem{proofs, "proof 1", "Whether they are fresh or lasting", for_proofs, own_wish, you, proof_end,
             "/proofs/*/life"},
    DataItem{proofs, "proof 2", "Which things they can say, and not what", for_proofs, own_wish, you, proof_end,
             "/proofs/*/fields"},
    DataItem{proofs, "proof 3", "The registration that they are about", for_proofs, own_wish, you, proof_end,
             "/proofs/*/registration"},
    DataItem{proofs, "proof 4", "The hour in which they were made", for_proofs, own_wish, you, proof_end,
             "/proofs/*/issued_at"},
    DataItem{proofs, "proof 5", "How many were made at once", for_proofs, own_wish, you, proof_end, "/proofs/*/copies"},
    DataItem{proofs, "proof 6/**", "The places of lasting ones in the lists of statuses",
             "So that you can withdraw them", own_wish, you, proof_end, "/proofs/*/statuses"},
    DataItem{proofs, "proof 7", "Which version of your record they were made of",
             "So that a request that comes twice gives the same", own_wish, nobody, proof_end,
             "It only counts changes of your record, which your history shows."},
    DataItem{proofs, "proof 8", "When you withdrew them", for_proofs, own_wish, you, proof_end,
             "/proofs/*/withdrawn_at"},
    DataItem{proofs, "proof 9", "The random number on a paper", for_proofs, own_wish, you, proof_end,
             "/proofs/*/number"},

    DataItem{signing_in, "abode.db session.token_hash", "A hash of the session's secret",
             "To know your browser or program again", own_wish, nobody, session_end, is_key_hash},
    DataItem{signing_in, "abode.db session.subject", "Whether a person or an official signed in", "To keep both apart",
             own_wish, operators, session_end, is_about_register},
    DataItem{signing_in, "abode.db session.record", "Whose session it is", for_finding, own_wish, operators,
             session_end, is_number},
    DataItem{signing_in, "abode.db session.official", "Which official's session it is", for_officials, accountability,
             operators, session_end, is_about_official},
    DataItem{signing_in, "abode.db session.expires_at", "When the session ends if it is not used", "To end it in time",
             own_wish, operators, session_end, "/sessions/*/expires_at"},
    DataItem{signing_in, "abode.db session.begun_at", "When you signed in", "So that you know your sessions apart",
             own_wish, operators, session_end, "/sessions/*/begun_at"},
    DataItem{signing_in, "abode.db session.last_end", "When the session ends at the latest", "To end it in time",
             own_wish, operators, session_end, "/sessions/*/last_end"},
    DataItem{signing_in, "abode.db session.proof", "What you signed in with, such as a code from a letter",
             "So that you notice a sign-in that was not yours", own_wish, operators, session_end, "/sessions/*/proof"},

    DataItem{signing_in, "abode.db printed_code.tag", "A keyed hash of each code on your printed sheet",
             "To know the code again when you type it", own_wish, nobody, sheet_end, is_key_hash},
    DataItem{signing_in, "abode.db printed_code.record", "Whose code it is", for_finding, own_wish, operators,
             sheet_end, is_number},
    DataItem{signing_in, "abode.db printed_code.seq", "Which sheet a code is of", "To replace a sheet as a whole",
             own_wish, operators, sheet_end, "/printed_codes/*/sheet"},
    DataItem{signing_in, "abode.db printed_code.number", "The number of a code on its sheet",
             "So that you know which ones are left", own_wish, operators, sheet_end, "/printed_codes/*/number"},
    DataItem{signing_in, "abode.db printed_code.good_from", "From when the sheet works",
             "So that you have time to notice a new one that was not yours", own_wish, operators, sheet_end,
             "/printed_codes/*/good_from"},
    DataItem{signing_in, "abode.db printed_code.good_until", "When a newer sheet takes its place", "To end it in time",
             own_wish, operators, sheet_end, "/printed_codes/*/good_until"},
    DataItem{signing_in, "abode.db printed_code.used_by", "A hash of the request that used a code",
             "So that it is used once", accountability, nobody, sheet_end, "/printed_codes/*/used_at"},
    DataItem{signing_in, "abode.db printed_code.used_at", "When a code was used",
             "So that you see a use that was not yours, and a sign-in that is sent twice has one effect",
             accountability, operators, sheet_end, "/printed_codes/*/used_at"},

    DataItem{signing_in, "abode.db passkey.tag", "A keyed hash of each passkey's id",
             "To know the passkey again when you use it", own_wish, nobody, passkey_end, is_key_hash},
    DataItem{signing_in, "abode.db passkey.record", "Whose passkey it is", for_finding, own_wish, operators,
             passkey_end, is_number},
    DataItem{signing_in, "abode.db passkey.seq", "The entry that tells of its adding", for_finding, own_wish, operators,
             passkey_end, "/passkeys/*/entry"},
    DataItem{signing_in, "abode.db passkey.public_key", "The public half of the key in your device",
             "To check that it was your device that signed", own_wish, operators, passkey_end,
             "It was made for this register alone and says nothing of you or of your device."},
    DataItem{signing_in, "abode.db passkey.good_from", "From when the passkey works",
             "So that you have time to notice a new one that was not yours", own_wish, operators, passkey_end,
             "/passkeys/*/good_from"},
    DataItem{signing_in, "abode.db passkey.good_until", "When it is removed, if that was asked for",
             "So that you can take the removal back", own_wish, operators, passkey_end, "/passkeys/*/removed_from"},
    DataItem{signing_in, "abode.db passkey.sealed", "What is noted of the passkey, sealed under your key",
             "So that you know your passkeys apart", own_wish, nobody, passkey_end, is_sealed},
    DataItem{signing_in, "passkey 0", "What you call the passkey", "So that you know your passkeys apart", own_wish,
             you, passkey_end, "/passkeys/*/name"},
    DataItem{signing_in, "passkey 1", "The passkey's id, which your device chose",
             "So that a device that has one makes no second", own_wish, you, passkey_end,
             "Your device has it, and nobody else needs it."},
    DataItem{signing_in, "passkey 2", "How often it has signed, if its device counts that", "To notice a copy of it",
             accountability, nobody, passkey_end,
             "Most devices do not count, and of others it says no more than your history."},
    DataItem{signing_in, "passkey 3", "The month of its last use", "So that you notice a use that was not yours",
             own_wish, you, passkey_end, "/passkeys/*/last_used"},
    DataItem{signing_in, "passkey 4/**", "The questions of the register that it answered in the last minutes",
             "So that each sign-in is good once", accountability, nobody, passkey_end,
             "They are random numbers with the second in which they were asked; the next sign-in with it drops the old "
             "ones."},

    DataItem{signing_in, "abode.db card.tag", "A keyed hash of your card's number",
             "To find your record when you sign in, without storing the number in the clear", public_task, nobody,
             erasure, is_key_hash},
    DataItem{signing_in, "abode.db card.record", "Whose card it is", for_finding, public_task, operators, erasure,
             is_number},
    DataItem{signing_in, "abode.db card.code_tag", "A keyed hash of the activation code in your letter",
             "To know the code again when you type it", public_task, nobody, erasure, is_key_hash},
    DataItem{signing_in, "abode.db card.issued", "Whether a code was made and is ready to be sent to you",
             "So that you get one letter and not two", public_task, operators, erasure, "/card_sign_in/code_made"},
    DataItem{signing_in, "abode.db card.used_by", "A hash of the request that used the code", "So that it is used once",
             accountability, nobody, erasure, "/card_sign_in/code_used_at"},
    DataItem{signing_in, "abode.db card.used_at", "When the code was used",
             "So that a sign-in that is sent twice has one effect", accountability, operators, erasure,
             "/card_sign_in/code_used_at"},
    DataItem{signing_in, "abode.db card.good_from", "From when an activation code works that was made for you anew",
             "So that you have time to notice one that you did not ask for", accountability, operators, erasure,
             "/card_sign_in/code_good_from"},
    DataItem{signing_in, "abode.db card.misses", "How many wrong codes were tried since your last letter",
             "So that you see that somebody guesses", accountability, operators, erasure, "/card_sign_in/wrong_codes"},
    DataItem{signing_in, "abode.db card.missed_at", "When the last wrong code was tried",
             "So that you see that somebody guesses", accountability, operators, erasure,
             "/card_sign_in/last_wrong_code_at"},

    DataItem{repeats, "abode.db record.requests",
             "Of each write with an Idempotency-Key: hashes of the key and the request, its entry and its time",
             "So that a request that is sent twice has one effect", own_wish, nobody, requests_end,
             "/remembered_requests/*/entry"},
    DataItem{repeats, "abode.db record.last_request_at", "When the newest of them was", "So that they go in time",
             own_wish, operators, requests_end, "/remembered_requests/*/at"},

    DataItem{erasing, "abode.db record.erasure_due", "When your record will be erased, if you asked for it",
             "To do what you asked for, and not before you can no longer take it back", own_wish, operators,
             stays_as_gap, "/erasure/due"},
    DataItem{erasing, "abode.db record.erased_at", "When a record was erased",
             "To tell an erased record from a damaged one", accountability, operators, stays_as_gap,
             "Whose record is erased cannot be given a copy."},
    DataItem{erasing, "keys.db record_key.destroyed_at", "When a record's key was destroyed",
             "So that an old copy of the data, put back, is erased again", accountability, operators, stays_as_gap,
             "Whose record is erased cannot be given a copy."},

    DataItem{record, "abode.db record.id", "Number of the row", for_finding, none_needed, operators, stays_as_gap,
             is_number},
    DataItem{record, "abode.db record.position", "Place of your record among all records, for life", for_log,
             accountability, operators, stays_as_gap, "/record/position"},
    DataItem{record, "abode.db record.version", "How often your record was sealed anew",
             "So that an old state cannot be put in its place", accountability, operators, stays_as_gap,
             "/record/version"},
    DataItem{record, "abode.db record.entries", "How many entries it has", for_checking, accountability, operators,
             stays_as_gap, "/record/entries"},
    DataItem{record, "abode.db record.last", "Commitment of its last entry", for_checking, accountability, operators,
             stays_as_gap, "/record/last"},
    DataItem{record, "abode.db record.last_at", "Time of its last entry", "So that its time never runs backwards",
             accountability, operators, erasure, "/record/last_at"},
    DataItem{record, "abode.db record.state_tag", "A keyed check value of what is sealed",
             "So that your history shows if your record was changed without an entry", accountability, nobody, erasure,
             is_key_hash},
    DataItem{record, "abode.db record.sealed_state", "Who you are and where you live, sealed under your key",
             for_residence, public_task, nobody, erasure, is_sealed},
    DataItem{record, "state 0", "A random key for that check value", for_checking, accountability, you, erasure,
             is_in_history_file},
    DataItem{record, "keys.db record_key.record", "Whose key it is", for_finding, none_needed, operators, stays_as_gap,
             is_number},
    DataItem{record, "keys.db record_key.wrapped", "Your key, itself under the register's key",
             "To seal all of the above, and to make it unreadable for good when you want it erased", accountability,
             nobody, erasure, "A key in a copy that lies about would open your record."},
};

}  // namespace

std::span<DataItem const> inventory_of_people() {
  return items;
}

}  // namespace abode::service::internal
