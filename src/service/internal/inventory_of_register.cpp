#include <array>

#include "ports/rows.hpp"
#include "service/internal/inventory.hpp"

namespace abode::service::internal {
namespace {

using enum Ground;

// Who sees it.
constexpr std::string_view see_roles = "Supervisors, auditors and operators";
constexpr std::string_view seen_of_officials =
    "Supervisors, auditors and operators, and everybody whose record the official opened or whom they identified";
constexpr std::string_view everybody_rounded =
    "Everybody, rounded to the nearest ten and only once the week is over. The exact number: operators";
constexpr std::string_view everybody_in_list = "Everybody: it is in the published list";

// When it goes.
constexpr Expiry invitation_end{End::on_time, std::chrono::seconds{0},
                                "the end of the invitation, or as soon as it is used"};
constexpr Expiry proposal_end{End::on_time, std::chrono::seconds{0},
                              "the end of the proposal, or as soon as it is decided"};
constexpr Expiry count_end{End::on_time, ports::opening_count_lifetime, "the week began"};
constexpr Expiry status_end{End::on_time, std::chrono::seconds{0}, "the last proof in the list has expired"};
constexpr Expiry epoch_end{End::on_later_epoch, {}, "90 newer epochs have ended; the last epoch of a month stays"};
constexpr Expiry stays_with_account{
    End::stays, {}, "it belongs to an official's account, which is not about a resident"};
constexpr Expiry stays_with_register{End::stays, {}, "it is about the register itself"};

// Headings.
constexpr std::string_view public_log = "The public log";
constexpr std::string_view staff = "Officials";
constexpr std::string_view itself = "The register itself";

// What it is for.
constexpr std::string_view for_two_people = "So that it takes two people to give an official a role";
constexpr std::string_view for_statuses =
    "So that a withdrawn proof is known as such, and nothing leads from a place to a person";
constexpr std::string_view for_counts = "So that everybody sees how much offices look into records, and nobody whose";

constexpr std::array items{
    DataItem{public_log, "abode.db log.id", "Number of the row", for_log, none_needed, operators, stays_for_log,
             is_about_register},
    DataItem{public_log, "abode.db log.size", "How many leaves the log has", for_log, none_needed, everybody,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db log.edge", "Hashes to grow it from", for_log, none_needed, everybody, stays_for_log,
             is_about_register},
    DataItem{public_log, "abode.db log.checkpoint", "Its signed summary", for_log, none_needed, everybody,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db log.last_taken", "How many entries are in it", for_log, none_needed, operators,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db published.size", "Its size when witnesses were asked", for_log, none_needed,
             everybody, stays_for_log, is_about_register},
    DataItem{public_log, "abode.db published.at", "When they saw it", for_log, none_needed, everybody, stays_for_log,
             is_about_register},
    DataItem{public_log, "abode.db published.checkpoint", "What they signed", for_log, none_needed, everybody,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db published.quorum", "Whether enough of them signed", for_log, none_needed, everybody,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db batch.start", "Where a batch begins in the log", for_log, none_needed, operators,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db batch.first_entry", "The first entry of a batch", for_log, none_needed, operators,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db batch.entries", "How many entries it took", for_log, none_needed, operators,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db batch.places", "Where each of them stands", for_log, none_needed, operators,
             stays_for_log, is_about_register},
    DataItem{public_log, "abode.db batch.leaves", "Its leaves, until they are published", for_log, none_needed,
             everybody, stays_for_log, is_about_register},
    DataItem{public_log, "abode.db epoch.number",
             "The number of an epoch, after which the log binds how many entries "
             "every record has",
             for_log, none_needed, everybody, epoch_end, is_about_register},
    DataItem{public_log, "abode.db epoch.leaf", "What the public log says of it", for_log, none_needed, everybody,
             epoch_end, is_about_register},
    DataItem{public_log, "abode.db epoch.nonce",
             "What the numbers come from that keep one record's leaf in the tree of "
             "an epoch from telling about another's",
             for_log, none_needed, nobody, epoch_end, is_key_hash},
    DataItem{public_log, "abode.db epoch.log_index", "Where its leaf stands in the log", for_log, none_needed,
             everybody, epoch_end, is_about_register},
    DataItem{public_log, "abode.db head_tile.epoch", "The epoch whose tree it is a part of", for_log, none_needed,
             operators, epoch_end, is_about_register},
    DataItem{public_log, "abode.db head_tile.level", "How high in the tree it stands", for_log, none_needed, operators,
             epoch_end, is_about_register},
    DataItem{public_log, "abode.db head_tile.number", "Which one of its height it is", for_log, none_needed, operators,
             epoch_end, is_about_register},
    DataItem{public_log, "abode.db head_tile.hashes",
             "Hashes over how many entries the records have that stand there, and over empty places", for_log,
             none_needed, "You, as a part of the proof in your history file", epoch_end, is_in_history_file},

    DataItem{staff, "abode.db official.id", "Name of the account", for_officials, accountability, seen_of_officials,
             stays_with_account, is_about_official},
    DataItem{staff, "abode.db official.name", "The official's name", for_officials, accountability, see_roles,
             stays_with_account, is_about_official},
    DataItem{staff, "abode.db official.office", "Their office", for_officials, accountability, seen_of_officials,
             stays_with_account, is_about_official},
    DataItem{staff, "abode.db official.office_record", "Where attempts are written down that hit nobody's record",
             for_officials, accountability, operators, stays_with_account, is_about_official},
    DataItem{staff, "abode.db official.misses", "How many of their attempts opened nothing lately", "To stop guessing",
             accountability, operators, stays_with_account, is_about_official},
    DataItem{staff, "abode.db official.misses_since", "Since when they are counted", "To stop guessing", accountability,
             operators, stays_with_account, is_about_official},
    DataItem{staff, "abode.db official.requests", "Their requests that may come twice, as hashes",
             "So that a request that is sent twice has one effect", accountability, nobody, requests_end,
             is_about_official},
    DataItem{staff, "abode.db official.last_request_at", "When the newest of them was", "So that they go in time",
             accountability, operators, requests_end, is_about_official},
    DataItem{staff, "abode.db official.roles", "Which roles they have", for_officials, accountability, see_roles,
             stays_with_account, is_about_official},
    DataItem{staff, "abode.db official.identifications", "How many people they identified in person lately",
             "To bound what one official can do in a day", accountability, operators, stays_with_account,
             is_about_official},
    DataItem{staff, "abode.db official.identified_since", "Since when they are counted",
             "To bound what one official can do in a day", accountability, operators, stays_with_account,
             is_about_official},
    DataItem{staff, "abode.db role_proposal.official", "For whom a role is proposed", for_two_people, accountability,
             see_roles, proposal_end, is_about_official},
    DataItem{staff, "abode.db role_proposal.role", "Which role", for_two_people, accountability, see_roles,
             proposal_end, is_about_official},
    DataItem{staff, "abode.db role_proposal.proposed_by", "Who proposed it", for_two_people, accountability, see_roles,
             proposal_end, is_about_official},
    DataItem{staff, "abode.db role_proposal.proposed_at", "When", for_two_people, accountability, see_roles,
             proposal_end, is_about_official},
    DataItem{staff, "abode.db role_proposal.expires_at", "Until when it waits", for_two_people, accountability,
             see_roles, proposal_end, is_about_official},
    DataItem{itself, "abode.db status_list.number", "The name of a list of statuses of proofs", for_statuses,
             none_needed, everybody_in_list, status_end, is_about_register},
    DataItem{itself, "abode.db status_list.taken", "How many of its places are given out or decoys", for_statuses,
             none_needed, operators, status_end, is_about_register},
    DataItem{itself, "abode.db status_list.told", "How many of them it has published as revoked", for_statuses,
             none_needed, everybody_in_list, status_end, is_about_register},
    DataItem{itself, "abode.db status_list.last_needed", "Until when it is needed", for_statuses, none_needed,
             operators, status_end, is_about_register},
    DataItem{itself, "abode.db status_place.list", "A list of statuses", for_statuses, none_needed, everybody_in_list,
             status_end, is_about_register},
    DataItem{itself, "abode.db status_place.place", "A place in it that is taken, by a proof or by a decoy",
             for_statuses, none_needed, operators, status_end, is_about_register},
    DataItem{itself, "abode.db status_place.revoked", "Whether it says that a proof was withdrawn", for_statuses,
             none_needed, everybody_in_list, status_end, is_about_register},
    DataItem{staff, "abode.db opening_count.week", "A week in which offices opened records", for_counts, none_needed,
             everybody_rounded, count_end, is_about_register},
    DataItem{staff, "abode.db opening_count.office", "An office", for_counts, none_needed, everybody_rounded, count_end,
             is_about_register},
    DataItem{staff, "abode.db opening_count.purpose", "What it opened them for", for_counts, none_needed,
             everybody_rounded, count_end, is_about_register},
    DataItem{staff, "abode.db opening_count.openings", "How many it opened", for_counts, none_needed, everybody_rounded,
             count_end, is_about_register},
    DataItem{staff, "abode.db staff_passkey.tag", "A keyed hash of the id of an official's passkey",
             "To know it again when it is used", accountability, nobody, stays_with_account, is_about_official},
    DataItem{staff, "abode.db staff_passkey.official", "Whose passkey it is", for_officials, accountability, operators,
             stays_with_account, is_about_official},
    DataItem{staff, "abode.db staff_passkey.added_at", "When it was added", "So that they know their passkeys apart",
             accountability, operators, stays_with_account, is_about_official},
    DataItem{staff, "abode.db staff_passkey.public_key", "Its public key", "To check that it was it that signed",
             accountability, operators, stays_with_account, is_about_official},
    DataItem{staff, "abode.db staff_passkey.notes",
             "Its name, id, count of uses, month of the last, and what it signed in the last minutes",
             "So that they know their passkeys apart, and each sign-in is good once", accountability,
             "The official, and operators", stays_with_account, is_about_official},
    DataItem{staff, "abode.db invitation.tag", "A keyed hash of an invitation to sign in",
             "To know the invitation again when the official uses it", accountability, nobody, invitation_end,
             is_about_official},
    DataItem{staff, "abode.db invitation.official", "Which official it is for", for_officials, accountability,
             operators, invitation_end, is_about_official},
    DataItem{staff, "abode.db invitation.expires_at", "Until when it is good", "To end it in time", accountability,
             operators, invitation_end, is_about_official},

    DataItem{itself, "abode.db total.id", "Number of the row", for_finding, none_needed, operators, stays_with_register,
             is_about_register},
    DataItem{itself, "abode.db total.records", "How many records there are", "To size the register", none_needed,
             operators, stays_with_register, is_about_register},
    DataItem{itself, "abode.db meta.id", "Number of the row", "To know what the file is", none_needed, operators,
             stays_with_register, is_about_register},
    DataItem{itself, "abode.db meta.schema_version", "Version of the tables", "To know what the file is", none_needed,
             operators, stays_with_register, is_about_register},
    DataItem{itself, "abode.db meta.mode", "Test or live", "To know what the file is", none_needed, operators,
             stays_with_register, is_about_register},
    DataItem{itself, "abode.db meta.origin", "Name of the log", "To know what the file is", none_needed, everybody,
             stays_with_register, is_about_register},
    DataItem{itself, "abode.db meta.key_check", "A check value of the register's keys", "To know what the file is",
             none_needed, operators, stays_with_register, is_about_register},
    DataItem{itself, "keys.db meta.id", "Number of the row", "To know what the file is", none_needed, operators,
             stays_with_register, is_about_register},
    DataItem{itself, "keys.db meta.schema_version", "Version of the tables", "To know what the file is", none_needed,
             operators, stays_with_register, is_about_register},
    DataItem{itself, "keys.db meta.mode", "Test or live", "To know what the file is", none_needed, operators,
             stays_with_register, is_about_register},
    DataItem{itself, "keys.db meta.origin", "Name of the log", "To know what the file is", none_needed, everybody,
             stays_with_register, is_about_register},
    DataItem{itself, "keys.db meta.key_check", "A check value of the register's keys", "To know what the file is",
             none_needed, operators, stays_with_register, is_about_register},
};

}  // namespace

std::span<DataItem const> inventory_of_register() {
  return items;
}

}  // namespace abode::service::internal
